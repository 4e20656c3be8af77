//! Who says a greeting.

use leptos::prelude::*;

use super::field::Choice;
use super::use_forms;
use crate::texts::{text, text_with};

const PATH: &str = "greeting.sender";
const DEFAULT: &str = "default";

/// Chooses among the senders of the site.
#[component]
pub(super) fn Sender() -> impl IntoView {
    let forms = use_forms();
    let desk = forms.editor.desk;
    let site = Memo::new(move |_| desk.studio.about.get());
    let written = forms.text_at(PATH);
    let chosen = move || written.get().unwrap_or_else(|| DEFAULT.to_owned());
    let gone = Memo::new(move |_| {
        let chosen = chosen();
        let known = |site: &crate::triggers::site::About| site.sender(&chosen).is_some();
        site.with(|site| site.as_ref().is_some_and(|site| !known(site)))
    });
    let options = Signal::derive(move || {
        let chosen = chosen();
        site.with(|site| {
            let Some(site) = site else {
                return Vec::from([(DEFAULT.to_owned(), text("sender.default"))]);
            };
            let mut options: Vec<_> = site
                .senders()
                .map(|(id, name)| {
                    let name = if id == DEFAULT {
                        text_with("sender.default_named", &[("name", name)])
                    } else {
                        name.to_owned()
                    };
                    (id.to_owned(), name)
                })
                .collect();
            if site.sender(&chosen).is_none() {
                let name = text_with("sender.gone", &[("id", &chosen)]);
                options.push((chosen, name));
            }
            options
        })
    });
    let failed = Memo::new(move |_| desk.studio.about_failed.get());
    view! {
        <Choice path=PATH label=text("sender.label") options otherwise=DEFAULT/>
        <p class="form-note" class:warned=gone role="status">
            {move || gone.get().then(|| text("sender.gone_words"))}
            {move || failed.get().then(|| view! {
                {text("sender.unknown")}
                " "
                <button class="link" on:click=move |_| desk.read_about()>
                    {text("action.try_again")}
                </button>
            })}
        </p>
    }
    .into_any()
}
