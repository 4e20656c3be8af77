//! What a greeting says, or a variant of it: a text with gaps, and buttons.

use leptos::prelude::*;

use super::buttons::Buttons;
use super::gaps::Gaps;
use super::words::{Wording, Words};
use super::{Part, use_forms, wording};
use crate::bubble;
use crate::form_text::Document;
use crate::texts::{text, text_count, text_with};

/// The text and the buttons below `base`, such as `greeting`.
#[component]
pub(super) fn Saying(base: String, part: Part) -> impl IntoView {
    let field = NodeRef::new();
    let path = format!("{base}.text");
    let buttons = format!("{base}.buttons");
    view! {
        <Words path=path.clone() label=text("greeting.text") wording=Wording::Greeting field/>
        <Room base/>
        <Gaps path field/>
        <Buttons path=buttons part/>
    }
    .into_any()
}

/// Says when the bubble does not show all of it.
#[component]
fn Room(base: String) -> impl IntoView {
    let forms = use_forms();
    let language = forms.language();
    let beyond = Memo::new(move |_| {
        let language = language.get();
        forms
            .document
            .with(|document| beyond(document, &base, &language))
    });
    view! {
        <p class="form-note warned" role="status">
            {move || beyond.get().map(|(lines, room)| {
                let room = room.to_string();
                let whole = text_count("greeting.lines", u64::try_from(lines).unwrap_or_default());
                text_with("greeting.beyond", &[("lines", &whole), ("room", &room)])
            })}
        </p>
    }
    .into_any()
}

/// How many lines a text takes and how many are shown, if that is fewer.
fn beyond(document: &Document, base: &str, language: &str) -> Option<(usize, usize)> {
    let said = document.string(&format!("{base}.text.{language}"))?;
    let labels = (0..document.len(&format!("{base}.buttons"))).map(|at| {
        let path = format!("{base}.buttons[{at}]");
        let own = document.string(&format!("{path}.label.{language}"));
        let label = own.or_else(|| {
            wording::instead(document, &format!("{path}.label"), language).map(|it| it.1)
        });
        let phone = document.string(&format!("{path}.phone"));
        // A number stands beside its button.
        let number = phone.map_or_else(String::new, |phone| format!(" {phone}"));
        format!("{}{number}", label.unwrap_or_default())
    });
    let room = bubble::room(&labels.collect::<Vec<_>>());
    let lines = bubble::lines(&said);
    (lines > room).then_some((lines, room))
}
