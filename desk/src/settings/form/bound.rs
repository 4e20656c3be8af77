//! What bounds an answer: a number or a day, or nothing.

use leptos::prelude::*;

use super::super::field::id_of;
use super::super::input::Line;
use super::list::put_member;
use crate::form_text::quote;
use crate::state::use_desk;

/// A number.
#[component]
pub(super) fn Bound(path: String, name: &'static str, label: String) -> impl IntoView {
    let written = |typed: &str| match typed.trim().parse::<i64>() {
        Ok(number) => number.to_string(),
        // The server says what is wrong with it.
        Err(_) => quote(typed),
    };
    view! { <Limit path name label kind="text" written/> }
}

/// A day.
#[component]
pub(super) fn Day(path: String, name: &'static str, label: String) -> impl IntoView {
    view! { <Limit path name label kind="date" written=quote/> }
}

#[component]
fn Limit(
    path: String,
    name: &'static str,
    label: String,
    kind: &'static str,
    written: fn(&str) -> String,
) -> impl IntoView {
    let desk = use_desk();
    let place = format!("{path}.{name}");
    let of = StoredValue::new(place.clone());
    let value = Memo::new(move |_| {
        let raw = of.with_value(|place| desk.settings.raw(place));
        raw.map(|raw| raw.trim_matches('"').to_owned())
            .unwrap_or_default()
    });
    let typed = move |typed: String| {
        let json = (!typed.trim().is_empty()).then(|| written(&typed));
        put_member(desk, &path, name, json.as_deref());
    };
    view! {
        <div class="field">
            <label class="field-label" for=id_of(&place)>{label}</label>
            <Line
                id=id_of(&place)
                path=place
                kind
                class="field-input form-bound"
                value
                typed=Callback::new(typed)
            />
        </div>
    }
}
