//! Keys that work wherever the focus is: `j` and `k` go through the list,
//! Escape goes back.

use leptos::prelude::*;
use saluda_client::socket::Listener;
use saluda_protocol::ConversationId;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::inbox;
use crate::route::{self, Place, Section};
use crate::state::Desk;

/// Where a key leads in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Next,
    Previous,
    First,
    Last,
}

/// Listens until the owner is disposed of.
pub(crate) fn follow(desk: Desk) {
    let listener = Listener::new(&document(), "keydown", move |event: KeyboardEvent| {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        // While an input method composes, every key belongs to it.
        if modified || event.is_composing() || event.default_prevented() {
            return;
        }
        if event.key() == "Escape" {
            go_back(desk);
        } else if let Some(step) = step_of(&event.key())
            && may_walk()
        {
            event.prevent_default();
            inbox::list::walk(desk, step);
        }
    });
    StoredValue::new_local(listener);
}

fn go_back(desk: Desk) {
    // What is open over the desk closes by itself, and nothing behind it.
    let is_over = |element: Element| element.closest("dialog").is_ok_and(|it| it.is_some());
    if document().active_element().is_some_and(is_over) {
        return;
    }
    if desk.place.with_untracked(Place::section) != Section::Inbox {
        return;
    }
    if desk.person_shown.get_untracked() {
        desk.person_shown.set(false);
        focus("[data-opens=person]");
    } else if desk
        .threads
        .with_untracked(|threads| threads.open_id().is_some())
    {
        route::go(&Place::Inbox(None));
    }
}

fn step_of(key: &str) -> Option<Step> {
    match key {
        "j" | "ArrowDown" => Some(Step::Next),
        "k" | "ArrowUp" => Some(Step::Previous),
        "Home" => Some(Step::First),
        "End" => Some(Step::Last),
        _ => None,
    }
}

/// Only from the list itself or from nowhere: in a text field a `j` is a
/// letter, and in the log an arrow scrolls.
fn may_walk() -> bool {
    document().active_element().is_none_or(|element| {
        element.tag_name() == "BODY" || element.closest(".items").is_ok_and(|it| it.is_some())
    })
}

/// The neighbour of `from` that a key leads to.
pub(crate) fn step(
    shown: &[ConversationId],
    from: Option<ConversationId>,
    step: Step,
) -> Option<ConversationId> {
    let at = from.and_then(|from| shown.iter().position(|id| *id == from));
    match (step, at) {
        (Step::First, _) | (Step::Next, None) => shown.first(),
        (Step::Last, _) | (Step::Previous, None) => shown.last(),
        (Step::Next, Some(at)) => shown.get(at + 1),
        (Step::Previous, Some(at)) => at.checked_sub(1).and_then(|at| shown.get(at)),
    }
    .copied()
}

/// Puts the focus on the first element that a selector finds.
pub(crate) fn focus(selector: &str) -> bool {
    let found: Option<Element> = document().query_selector(selector).ok().flatten();
    found
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        .is_some_and(|element| element.focus().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_stays_in_the_list() {
        let id = |n| ConversationId::from_random([n; 16]);
        let shown = [id(1), id(2), id(3)];
        for (from, key, to) in [
            (None, "j", Some(1)),
            (None, "k", Some(3)),
            (Some(1), "ArrowDown", Some(2)),
            (Some(3), "j", None),
            (Some(1), "ArrowUp", None),
            (Some(3), "k", Some(2)),
            (Some(3), "Home", Some(1)),
            (Some(9), "j", Some(1)),
        ] {
            let step = step(&shown, from.map(id), step_of(key).unwrap());
            assert_eq!(step, to.map(id), "{key} from {from:?}");
        }
        assert_eq!(super::step(&[], None, Step::Next), None);
        assert_eq!(step_of("x"), None);
    }
}
