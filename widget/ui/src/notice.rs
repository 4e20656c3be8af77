//! A word about the connection, when there is one to say.

use leptos::prelude::*;

use crate::{chat::Chat, live::says, shown::Connection};

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
    }
}
