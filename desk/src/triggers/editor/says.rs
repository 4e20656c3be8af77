//! What the trigger does, as a sentence. Each part leads to its place in the
//! form.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use saluda_protocol::studio::TriggerStatus;

use super::super::forms::use_forms;
use super::state::{Known, use_editor};
use crate::icons::{Icon, Symbol};
use crate::sentence::{self, Part, Parts};
use crate::texts::text;

/// What the trigger does, as a sentence.
#[component]
pub(super) fn Says() -> impl IntoView {
    let editor = use_editor();
    // While the form cannot be read, the sentence stays as it was.
    let said = Memo::new(move |before: Option<&(Parts, bool)>| match editor.spec() {
        Some(spec) => {
            let about = editor.desk.studio.about.read();
            let name = |id: &str| Some(about.as_ref()?.sender(id)?.to_owned());
            (sentence::of(&spec, &name), true)
        }
        None => (
            before.map(|(parts, _)| parts.clone()).unwrap_or_default(),
            false,
        ),
    });
    let reason = Memo::new(move |_| {
        editor.known.with(|known| match known {
            Known::Saved(it) if it.row.status == TriggerStatus::Error => it.row.reason.clone(),
            _ => None,
        })
    });
    view! {
        {move || reason.get().map(|reason| view! {
            <p class="editor-reason">
                <Icon of=Symbol::Alert/>
                <span><strong>{text("editor.stopped")}</strong> " " {reason}</span>
            </p>
        })}
        <p class="says" class:behind=move || !said.get().1>
            {move || said.get().0.into_iter().map(|part| view! { <Word part/> }).collect_view()}
        </p>
        <p class="says-behind" role="status">
            {move || (!said.get().1).then(|| text("editor.behind"))}
        </p>
    }
}

/// A part of the sentence. One that stands for something leads there.
#[component]
fn Word(part: Part) -> impl IntoView {
    let forms = use_forms();
    let (path, words) = match part {
        Part::Plain(words) => return words.into_any(),
        Part::Chosen { path, words } => (path, words),
    };
    let path = StoredValue::new(path);
    let go = move || path.with_value(|path| forms.lead(path));
    let press = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            go();
        }
    };
    // Not a button, which would not break over lines.
    view! {
        <span class="says-part" role="button" tabindex="0" on:click=move |_| go() on:keydown=press>
            {words}
        </span>
    }
    .into_any()
}
