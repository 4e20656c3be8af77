//! What is opened by a button and lies above the rest until it is left: by
//! Escape, by a look elsewhere, or by the button again.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, Node};

use super::Part;
use crate::{
    built::{Built, Parts, built},
    chat::Chat,
};

/// What a click may take.
const A_CLICK: Duration = Duration::from_millis(200);

/// A popover around what is in it, a row of so many things after the other.
pub(super) fn popover(
    chat: Chat,
    part: Part,
    role: &'static str,
    name: String,
    columns: i32,
    inner: Parts,
) -> Built {
    let opener = part.opener();
    on_cleanup(move || expand(chat, part, false));
    chat.soon(move || pop_up(chat, part));
    built(view! {
        <div
            class=["popover ", name_of(part)].concat()
            id=name_of(part)
            role=role
            aria-label=name
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    // The panel stays.
                    event.stop_propagation();
                    chat.soon(move || {
                        chat.leave(part);
                        chat.focus(opener);
                    });
                } else {
                    walk(chat, part, columns, &event);
                }
            }
            on:focusout=move |event: FocusEvent| {
                let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
                let home = chat.element::<Element>(name_of(part));
                let inside = home.is_some_and(|home| home.contains(to.as_ref()));
                let is_opener = to
                    .and_then(|to| to.dyn_into::<Element>().ok())
                    .is_some_and(|to| to.id() == opener);
                if !inside && !is_opener {
                    // Some browsers focus no button that is clicked: it comes
                    // first.
                    set_timeout(move || chat.leave(part), A_CLICK);
                }
            }
        >
            {inner}
        </div>
    })
}

fn expand(chat: Chat, part: Part, open: bool) {
    if let Some(button) = chat.element::<Element>(part.opener()) {
        let _ = button.set_attribute("aria-expanded", if open { "true" } else { "false" });
    }
}

fn things(chat: Chat, part: Part) -> Vec<HtmlElement> {
    let home = chat.element::<Element>(name_of(part));
    let found = home.and_then(|home| home.query_selector_all("button").ok());
    let found = found.map(|found| (0..found.length()).filter_map(move |at| found.item(at)));
    let things = found.into_iter().flatten();
    things.filter_map(|one| one.dyn_into().ok()).collect()
}

/// Moves the focus by the arrow keys, in a grid of so many columns.
fn walk(chat: Chat, part: Part, columns: i32, event: &KeyboardEvent) {
    let things = things(chat, part);
    let Ok(count) = i32::try_from(things.len()) else {
        return;
    };
    let focused = chat
        .core()
        .and_then(|core| core.link.root().active_element());
    let at = things
        .iter()
        .position(|one| focused.as_ref().is_some_and(|focused| focused == &**one));
    let Some(at) = at.and_then(|at| i32::try_from(at).ok()) else {
        return;
    };
    let right_to_left = chat
        .core()
        .is_some_and(|core| core.link.host().dir() == "rtl");
    let onward = if right_to_left { -1 } else { 1 };
    let to = match event.key().as_str() {
        "ArrowRight" => at + onward,
        "ArrowLeft" => at - onward,
        "ArrowDown" => at + columns,
        "ArrowUp" => at - columns,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    event.prevent_default();
    if let Some(thing) = usize::try_from(to).ok().and_then(|to| things.get(to)) {
        for one in &things {
            one.set_tab_index(-1);
        }
        thing.set_tab_index(0);
        let _ = thing.focus();
    }
}

/// Says that a part is open, and goes to the first thing in it.
fn pop_up(chat: Chat, part: Part) {
    expand(chat, part, true);
    if let Some(first) = things(chat, part).first() {
        first.set_tab_index(0);
        let _ = first.focus();
    }
}

/// The popover's id, and its class.
fn name_of(part: Part) -> &'static str {
    match part {
        Part::Emoji => "emoji",
        _ => "menu",
    }
}
