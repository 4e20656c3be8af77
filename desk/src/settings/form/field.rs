//! One field of the form: what it asks, of which kind it is, and its place.

use leptos::prelude::*;
use saluda_protocol::form::Kind;
use saluda_protocol::limits;

use super::super::field::{Words, Wrong, id_of};
use super::super::input::Tick;
use super::bound::{Bound, Day};
use super::list::{Items, of_kind, put_member, two_options};
use super::options::Options;
use super::wording::InLanguage;
use super::{FIELDS, focus, kind_name};
use crate::icons::{Icon, Symbol};
use crate::keys;
use crate::state::use_desk;
use crate::texts::{text, text_with};

/// The field at a place.
#[component]
pub(super) fn Field(at: usize, count: Memo<usize>) -> impl IntoView {
    let desk = use_desk();
    let settings = desk.settings;
    let path = format!("{FIELDS}[{at}]");
    let of = StoredValue::new(path.clone());
    let member = move |name: &str| of.with_value(|path| settings.raw(&format!("{path}.{name}")));
    let kind = Memo::new(move |_| {
        let word = member("kind").unwrap_or_default();
        Kind::from_word(word.trim_matches('"')).unwrap_or(Kind::Text)
    });
    let turned = move |event| {
        if let Some(kind) = Kind::from_word(&event_target_value(&event)) {
            of.with_value(|path| of_kind(desk, path, kind, &two_options()));
        }
    };
    let required = Memo::new(move |_| member("required").as_deref() == Some("true"));
    let require = move |on: bool| {
        let json = if on { "true" } else { "false" };
        of.with_value(|path| put_member(desk, path, "required", Some(json)));
    };
    let number = (at + 1).to_string();
    let kind_id = id_of(&format!("{path}.kind"));
    view! {
        <li class="form-field">
            <fieldset class="form-field-set">
                <legend class="form-field-name">{text_with("form.field", &[("number", &number)])}</legend>
                <Places at count/>
                <InLanguage
                    path=format!("{path}.label")
                    label=text("form.label")
                    most=limits::FIELD_LABEL_CHARS
                />
                <div class="field">
                    <label class="field-label" for=kind_id.clone()>{text("form.kind")}</label>
                    <select class="select" id=kind_id on:change=turned prop:value=move || kind.get().word()>
                        {Kind::ALL.map(|of| view! {
                            <option value=of.word() selected=move || kind.get() == of>{kind_name(of)}</option>
                        })}
                    </select>
                </div>
                {move || (kind.get() == Kind::Choice).then(|| view! {
                    <Options path=of.with_value(|path| format!("{path}.options"))/>
                })}
                <InLanguage
                    path=format!("{path}.hint")
                    label=text("form.hint")
                    most=limits::FIELD_HINT_CHARS
                />
                {move || of.with_value(|path| bounds(path, kind.get()))}
                <Tick on=required turn=require label=text("form.required")/>
                <Words path=format!("{path}.id") label=text("form.id") hint=text("form.id_hint")/>
            </fieldset>
        </li>
    }
}

/// What bounds an answer, by the kind of the field.
fn bounds(path: &str, kind: Kind) -> AnyView {
    let (least, most) = match kind {
        Kind::Number => (text("form.least"), text("form.most")),
        Kind::Text | Kind::LongText => (text("form.fewest"), text("form.longest")),
        Kind::Date => {
            return view! {
                <div class="field-row">
                    <Day path=path.to_owned() name="earliest" label=text("form.earliest")/>
                    <Day path=path.to_owned() name="latest" label=text("form.latest")/>
                </div>
                <Wrong path=format!("{path}.earliest")/>
                <Wrong path=format!("{path}.latest")/>
            }
            .into_any();
        }
        _ => return ().into_any(),
    };
    view! {
        <div class="field-row">
            <Bound path=path.to_owned() name="min" label=least/>
            <Bound path=path.to_owned() name="max" label=most/>
        </div>
        <Wrong path=format!("{path}.min")/>
        <Wrong path=format!("{path}.max")/>
    }
    .into_any()
}

/// Moves the field up or down, or takes it away.
#[component]
fn Places(at: usize, count: Memo<usize>) -> impl IntoView {
    let items = Items::at(use_desk(), FIELDS);
    let move_to = move |to: usize| {
        items.swap(at, to);
        focus(&format!("{FIELDS}[{to}].label"));
    };
    let remove = move |_| {
        items.remove(at);
        if count.get_untracked() > 0 {
            focus(&format!("{FIELDS}[{}].label", at.saturating_sub(1)));
        } else {
            keys::focus(".form-add");
        }
    };
    let number = (at + 1).to_string();
    let number = [("number", number.as_str())];
    view! {
        <div class="form-field-places">
            <button
                class="icon-button"
                type="button"
                aria-label=text_with("form.up", &number)
                disabled=at == 0
                on:click=move |_| move_to(at.saturating_sub(1))
            >
                <Icon of=Symbol::Send/>
            </button>
            <button
                class="icon-button"
                type="button"
                aria-label=text_with("form.down", &number)
                disabled=move || { at + 1 >= count.get() }
                on:click=move |_| move_to(at + 1)
            >
                <Icon of=Symbol::Down/>
            </button>
            <button
                class="icon-button"
                type="button"
                aria-label=text_with("form.remove", &number)
                on:click=remove
            >
                <Icon of=Symbol::Close/>
            </button>
        </div>
    }
}
