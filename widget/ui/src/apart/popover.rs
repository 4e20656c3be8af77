//! What is opened by a button and lies above the rest until it is left: by
//! Escape, by a look elsewhere, or by the button again.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent};

use super::{
    Part,
    script::{call, get, is, put},
};
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
                let to = get(&event, "relatedTarget");
                let home = chat.element::<Element>(name_of(part));
                let inside = home.is_some_and(|home| {
                    call(&home, "contains", std::slice::from_ref(&to)).is_truthy()
                });
                if !inside && !is(&to, "id", opener) {
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
    let found = home.map(|home| call(&home, "querySelectorAll", &["button".into()]));
    let found = found.unwrap_or_default();
    // As many as there are: what follows the last is nothing.
    let things = (0_u32..).map(|at| get(&found, &at.to_string()));
    let things = things.take_while(JsValue::is_truthy);
    things.map(JsValue::unchecked_into).collect()
}

/// Goes to one of them; Tab finds that one again.
fn go_to(thing: &HtmlElement) {
    put(thing, "tabIndex", &0.into());
    let _ = thing.focus();
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
            put(one, "tabIndex", &(-1).into());
        }
        go_to(thing);
    }
}

/// Says that a part is open, and goes to the first thing in it.
fn pop_up(chat: Chat, part: Part) {
    expand(chat, part, true);
    if let Some(first) = things(chat, part).first() {
        go_to(first);
    }
}

/// The popover's id, and its class.
fn name_of(part: Part) -> &'static str {
    match part {
        Part::Emoji => "emoji",
        _ => "menu",
    }
}
