//! Whether someone looks at the desk, which minute it is, and whether the page
//! may be left.
//!
//! A message counts as read only when the tab is in front and has the focus: a
//! desk that is open on an empty chair reads nothing.

use std::time::Duration;

use leptos::prelude::*;
use saluda_client::socket::Listener;
use web_sys::{Event, VisibilityState};

use crate::state::Desk;

/// How often times in words are put right.
const MINUTE: Duration = Duration::from_mins(1);
/// Narrower than this, one pane covers the others.
const NARROW: &str = "(max-width: 719.98px)";

/// Follows them until the owner is disposed of, and says what was read.
pub(crate) fn follow(desk: Desk) {
    let look = move |_: Event| desk.looking.set(is_looking());
    desk.looking.set(is_looking());
    let (window, document) = (window(), document());
    StoredValue::new_local([
        Listener::new(&window, "focus", look),
        Listener::new(&window, "blur", look),
        Listener::new(&document, "visibilitychange", look),
    ]);
    if let Ok(ticks) = set_interval_with_handle(move || desk.minute.set(desk.now()), MINUTE) {
        on_cleanup(move || ticks.clear());
    }
    StoredValue::new_local(Listener::new(
        &window,
        "beforeunload",
        move |event: Event| {
            // What is not on disk yet lives in this page alone.
            let unsent = desk
                .threads
                .with_untracked(|threads| !threads.to_send().is_empty());
            if unsent || desk.has_unsaved() || desk.settings.has_unsaved() {
                event.prevent_default();
            }
        },
    ));
    Effect::new(move |_| {
        let covered = desk.person_shown.get() && is_narrow();
        if !covered {
            desk.tell_read();
        }
    });
}

/// Whether one pane covers the others.
pub(crate) fn is_narrow() -> bool {
    matches(NARROW)
}

/// Whether a finger does the pointing, so that the focus in a text field would
/// bring up a keyboard over half of the screen.
pub(crate) fn is_touched() -> bool {
    matches("(pointer: coarse)")
}

fn matches(query: &str) -> bool {
    window()
        .match_media(query)
        .ok()
        .flatten()
        .is_some_and(|list| list.matches())
}

fn is_looking() -> bool {
    let document = document();
    document.visibility_state() == VisibilityState::Visible && document.has_focus().unwrap_or(true)
}
