//! A word about the connection, or about what could not be loaded, when there is
//! one to say.

use leptos::prelude::*;

use crate::{
    built::Parts,
    chat::Chat,
    controls::button,
    live::{does, holds, says},
    shown::Connection,
};

/// The notice. Its place is always there, so that a screen reader hears of what
/// comes into it.
pub(crate) fn notice(chat: Chat) -> impl IntoView {
    let word = says(move || match chat.follow(|shown| shown.connection) {
        Connection::Fine => String::new(),
        Connection::Lost => chat.say("lost"),
        Connection::Rejected => chat.say("rejected"),
    });
    view! {
        <div class="notice" role="status">
            {word}
        </div>
        <div class="notice missing" role="status" hidden=holds(move || !chat.follow(|shown| shown.missing))>
            {chat.say("missing")}
            {Parts(vec![button(
                "quiet",
                chat.say("again"),
                holds(|| false),
                does(move || chat.fetch_apart()),
            )])}
        </div>
    }
}
