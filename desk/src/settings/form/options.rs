//! What can be chosen in a field.

use leptos::prelude::*;
use saluda_protocol::limits;

use super::super::field::Wrong;
use super::focus;
use super::list::{Items, free_id};
use super::wording::InLanguage;
use crate::form_text::quote;
use crate::icons::{Icon, Symbol};
use crate::state::use_desk;
use crate::texts::{text, text_with};

/// The options, a line for each.
#[component]
pub(super) fn Options(path: String) -> impl IntoView {
    let items = Items::at(use_desk(), &path);
    let count = Memo::new(move |_| items.count());
    let of = StoredValue::new(path);
    let (least, most) = limits::FIELD_OPTIONS.into_inner();
    let add = move |_| {
        let ids = untrack(|| items.words("id"));
        let id = free_id("option", &ids);
        items.push(format!(r#"{{"id":{},"label":{{}}}}"#, quote(&id)));
        let place = untrack(|| items.count()).saturating_sub(1);
        of.with_value(|path| focus(&format!("{path}[{place}].label")));
    };
    let row = move |at: usize| {
        let path = of.with_value(|path| format!("{path}[{at}].label"));
        let number = (at + 1).to_string();
        let remove_label = text_with("form.option_remove", &[("number", &number)]);
        let remove = move |_| {
            items.remove(at);
            of.with_value(|path| focus(&format!("{path}[{}].label", at.saturating_sub(1))));
        };
        view! {
            <li class="field-row form-option">
                <InLanguage
                    path
                    label=String::new()
                    called=text_with("form.option", &[("number", &number)])
                    most=limits::OPTION_LABEL_CHARS
                />
                {move || (count.get() > least).then(|| view! {
                    <button class="icon-button" type="button" aria-label=remove_label.clone() on:click=remove>
                        <Icon of=Symbol::Close/>
                    </button>
                })}
            </li>
        }
    };
    view! {
        <div class="field">
            <span class="field-label">{text("form.options")}</span>
            <ul class="field-list">
                <For each=move || 0..count.get() key=|at| *at children=row/>
            </ul>
            {move || (count.get() < most).then(|| view! {
                <button class="link" type="button" on:click=add>{text("form.option_add")}</button>
            })}
            {move || (!(least..=most).contains(&count.get())).then(|| view! {
                <Wrong path=of.get_value()/>
            })}
        </div>
    }
}
