//! The few icons there are. All are drawn in the colour of the text around them
//! and say nothing to a screen reader.

use leptos::prelude::*;

use crate::built::{Built, built};

/// A speech bubble. The loader draws the same.
pub(crate) fn chat() -> impl IntoView {
    icon(
        "icon-chat",
        "M12 4c4.7 0 8.5 3.1 8.5 7s-3.8 7-8.5 7c-.9 0-1.8-.1-2.6-.3L5 20l1-3.6C4.4 15.1 3.5 13.1 3.5 11 3.5 7.1 7.3 4 12 4Z",
    )
}

/// Puts the panel away.
pub(crate) fn down() -> impl IntoView {
    icon("icon-down", "m6.5 9.5 5.5 5.5 5.5-5.5")
}

/// Closes.
pub(crate) fn cross() -> impl IntoView<State: Send> {
    icon("icon", "m7 7 10 10M17 7 7 17")
}

/// Sends.
pub(crate) fn up() -> impl IntoView {
    icon("icon", "M12 19V6m0 0-5.5 5.5M12 6l5.5 5.5")
}

/// Opens the emoji.
pub(crate) fn smile() -> Built {
    built(icon(
        "icon",
        "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM8.5 14c1.6 2.3 5.4 2.3 7 0M9 9.5v.5m6-.5v.5",
    ))
}

/// Chooses files.
pub(crate) fn clip() -> Built {
    built(icon(
        "icon",
        "m19 11-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5L13 4a3 3 0 0 1 4.3 4.3l-7.6 7.6",
    ))
}

/// Opens the menu.
pub(crate) fn dots() -> Built {
    built(icon(
        "icon",
        "M6 11.2a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6Zm6 0a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6Zm6 0a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6Z",
    ))
}

fn icon(class: &'static str, path: &'static str) -> impl IntoView<State: Send> {
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
}
