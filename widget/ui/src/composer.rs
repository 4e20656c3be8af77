//! Where the visitor writes.

use leptos::prelude::*;
use saluda_protocol::limits;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use crate::{
    apart::Part,
    chat::Chat,
    icons,
    live::{class, holds, says},
    shown::Shown,
};

/// The number of characters is shown when fewer than this are left.
const FEW_LEFT: usize = 200;

/// The composer.
pub(crate) fn composer(chat: Chat) -> impl IntoView {
    let limit = limits::VISITOR_TEXT_CHARS;
    let can_send = move |shown: &Shown| (1..=limit).contains(&shown.typed) && !shown.blocked;
    let room = says(move || {
        let typed = chat.follow(|shown| shown.typed);
        match limit.checked_sub(typed) {
            Some(left) if left >= FEW_LEFT => String::new(),
            Some(left) => chat.count("left", left),
            None => chat.count("over", typed - limit),
        }
    });
    let field = move || chat.element::<HtmlTextAreaElement>("composer");
    let send = move || {
        if let Some(field) = field()
            && chat.now(can_send)
            && chat.send(&field.value()).is_ok()
        {
            field.set_value("");
            chat.show(|shown| shown.typed = 0);
            fit(&field);
            let _ = field.focus();
        }
    };
    let typed = move |_| {
        if let Some(field) = field() {
            let typed = field.value().trim().chars().count();
            chat.show(|shown| shown.typed = typed);
            fit(&field);
            if typed > 0 {
                chat.tell_typing();
            }
        }
    };
    view! {
        <form
            class="composer"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <textarea
                class="text"
                rows="1"
                dir="auto"
                aria-label=chat.say("message")
                aria-describedby="room"
                placeholder=chat.say("placeholder")
                disabled=holds(move || chat.follow(|shown| shown.blocked))
                id="composer"
                on:input=typed
                on:keydown=move |event| {
                    if sends(&event) {
                        event.prevent_default();
                        send();
                    }
                }
            ></textarea>
            <div id=Part::Files.home() class="home"></div>
            <button
                type="submit"
                class="send"
                aria-label=chat.say("send")
                disabled=holds(move || !chat.follow(can_send))
            >
                {icons::up()}
            </button>
            <p
                id="room"
                class=class(["room over", "room"], move || chat.follow(|shown| shown.typed > limit))
                role="status"
            >
                {room}
            </p>
        </form>
    }
}

/// Enter sends, unless it makes a new line or ends a word that is still being
/// composed. Safari ends the composition before the key: it says 229 then.
fn sends(event: &KeyboardEvent) -> bool {
    event.key() == "Enter" && !event.shift_key() && !event.is_composing() && event.key_code() != 229
}

/// Makes the field as high as its text; the sheet says where that ends.
fn fit(field: &HtmlTextAreaElement) {
    let style = web_sys::HtmlElement::style(field);
    let _ = style.set_property("height", "auto");
    let height = [&field.scroll_height().to_string(), "px"].concat();
    let _ = style.set_property("height", &height);
}
