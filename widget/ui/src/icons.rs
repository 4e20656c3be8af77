//! The few icons there are. All are drawn in the colour of the text around them
//! and say nothing to a screen reader.

use leptos::prelude::*;

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

fn icon(class: &'static str, path: &'static str) -> impl IntoView<State: Send> {
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
}
