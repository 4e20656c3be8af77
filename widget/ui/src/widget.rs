//! The element that holds everything: language, direction, the owner's colours.

use leptos::prelude::*;
use saluda_protocol::site::Corner;
use web_sys::KeyboardEvent;

use crate::{chat::Chat, greeting::greetings, launcher::launcher, panel::panel};

/// Everything of ours that is in the page.
pub(crate) fn widget(chat: Chat) -> Option<impl IntoView + use<>> {
    let core = chat.core()?;
    let look = core.site.look.clone();
    let class = match look.corner {
        Corner::Start => "saluda corner-start",
        Corner::End => "saluda corner-end",
    };
    // The page's shortcuts must not fire while someone writes to us: seen from
    // outside, the keys come from an element that is no text field.
    let keep = |event: KeyboardEvent| event.stop_propagation();
    Some(view! {
        <div
            class=class
            lang=core.texts.locale().to_owned()
            dir=core.link.host().dir()
            style:--owner-accent=look.accent
            style:--owner-on-accent=look.on_accent
            style:--owner-accent-dark=look.accent_dark
            style:--owner-on-accent-dark=look.on_accent_dark
            on:keydown=move |event| {
                if event.key() == "Escape" && !event.is_composing() {
                    if chat.is_greeting_focused() {
                        chat.dismiss();
                    } else {
                        chat.close();
                    }
                }
                keep(event);
            }
            on:keypress=keep
            on:keyup=keep
        >
            {greetings()}
            {launcher(chat)}
            {panel(chat)}
        </div>
    })
}
