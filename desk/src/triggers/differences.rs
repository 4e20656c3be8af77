//! What differs between two forms, as a person reads it.

use leptos::prelude::*;

use crate::diff::Line;
use crate::texts::{text, text_count};

/// What differs between two forms.
#[component]
pub(crate) fn Differences(lines: Vec<Line>) -> impl IntoView {
    if lines.is_empty() {
        return view! { <p class="diff-none">{text("diff.none")}</p> }.into_any();
    }
    let line = |line: Line| match line {
        Line::Same(words) => row("diff-line", None, words),
        Line::Removed(words) => row("diff-line removed", Some(text("diff.removed")), words),
        Line::Added(words) => row("diff-line added", Some(text("diff.added")), words),
        Line::Skipped(count) => {
            let count = u64::try_from(count).unwrap_or_default();
            row("diff-line skipped", None, text_count("diff.skipped", count))
        }
    };
    // It scrolls, so it must be reached with the keyboard.
    view! {
        <div class="diff" role="group" aria-label=text("diff.label") tabindex="0">
            {lines.into_iter().map(line).collect_view()}
        </div>
    }
    .into_any()
}

fn row(class: &'static str, said: Option<String>, words: String) -> impl IntoView {
    view! {
        <div class=class>
            {said.map(|said| view! { <span class="unseen">{said}": "</span> })}
            {words}
        </div>
    }
}
