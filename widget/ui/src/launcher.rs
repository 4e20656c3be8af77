//! The button in the corner, with the number of what waits to be read.

use leptos::prelude::*;

use crate::{
    chat::Chat,
    icons,
    live::{class, does, says, yes_or_no},
    shown::Shown,
};

/// The launcher.
pub(crate) fn launcher(chat: Chat) -> impl IntoView {
    let label = chat.core().and_then(|core| core.link.label());
    let classes = if label.is_some() {
        ["launcher wide launcher-open", "launcher wide"]
    } else {
        ["launcher launcher-open", "launcher"]
    };
    let label = label.unwrap_or_default();
    // Whoever says what they see must reach it (WCAG 2.5.3).
    let seen = if label.is_empty() { "" } else { ", " };
    let seen = [&label, seen].concat();
    let name = says(
        move || match chat.follow(|shown| (shown.open, shown.waiting())) {
            (true, _) => chat.say("hide"),
            (false, 0) => [&*seen, &chat.say("open")].concat(),
            (false, unread) => [&*seen, &chat.count("open_unread", unread)].concat(),
        },
    );
    let counts = chat.core().is_some_and(|core| core.site.notices.badge);
    let badge = says(move || match chat.follow(Shown::waiting) {
        _ if !counts => String::new(),
        0 => String::new(),
        unread @ 1..=99 => unread.to_string(),
        _ => "99+".to_owned(),
    });
    let is_open = move || chat.follow(|shown| shown.open);
    view! {
        <button
            type="button"
            class=class(classes, is_open)
            id="launcher"
            aria-label=name
            aria-haspopup="dialog"
            aria-controls="panel"
            aria-expanded=yes_or_no(is_open)
            on:click=does(move || chat.toggle())
        >
            {icons::chat()}
            {icons::down()}
            <span class="label">{label}</span>
            <span class="badge" aria-hidden="true">
                {badge}
            </span>
        </button>
    }
}
