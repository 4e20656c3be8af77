//! Who says a greeting.

use leptos::prelude::*;

use super::field::Choice;
use super::use_forms;
use crate::form_text::Document;
use crate::texts::{text, text_with};

const PATH: &str = "greeting.sender";
const DEFAULT: &str = "default";

/// The sender that is chosen.
fn chosen(document: &Document) -> String {
    let written = document.string(PATH);
    written.unwrap_or_else(|| DEFAULT.to_owned())
}

/// Chooses among the senders of the site.
#[component]
pub(super) fn Sender() -> impl IntoView {
    let forms = use_forms();
    let about = forms.editor.desk.studio.about;
    let chosen = forms.read(chosen);
    let options = Signal::derive(move || {
        let chosen = chosen.get();
        about.with(|site| {
            let Some(site) = site else {
                return Vec::from([(DEFAULT.to_owned(), text("sender.default"))]);
            };
            let mut options: Vec<_> = site.senders().map(named).collect();
            if site.sender(&chosen).is_none() {
                let name = text_with("sender.gone", &[("id", &chosen)]);
                options.push((chosen, name));
            }
            options
        })
    });
    view! { <Choice path=PATH label=text("sender.label") options otherwise=DEFAULT/> }
}

/// A sender, and what it is called in the choice.
fn named((id, name): (&str, &str)) -> (String, String) {
    let called = if id == DEFAULT {
        text_with("sender.default_named", &[("name", name)])
    } else {
        name.to_owned()
    };
    (id.to_owned(), called)
}

/// Says when the sender is gone, or when nobody knows who there is.
#[component]
pub(super) fn SenderNote() -> impl IntoView {
    let forms = use_forms();
    let desk = forms.editor.desk;
    let chosen = forms.read(chosen);
    let gone = Memo::new(move |_| {
        let about = desk.studio.about.read();
        chosen.with(|chosen| about.as_ref().is_some_and(|it| it.sender(chosen).is_none()))
    });
    let failed = Memo::new(move |_| desk.studio.about_failed.get());
    view! {
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
