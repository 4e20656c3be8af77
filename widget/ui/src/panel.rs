//! The panel: who answers, what was said, where to write.

use leptos::prelude::*;

use crate::{
    chat::Chat, composer::composer, header::header, live::holds, log::log, notice::notice,
};

/// The panel. It stays in the page while it is closed, so that opening it is
/// immediate and what was typed stays.
pub(crate) fn panel(chat: Chat) -> impl IntoView {
    view! {
        <div
            id="panel"
            class="panel"
            role="dialog"
            aria-modal="false"
            aria-labelledby="title"
            hidden=holds(move || !chat.follow(|shown| shown.open))
        >
            {header(chat)}
            {notice(chat)}
            {log(chat)}
            {composer(chat)}
        </div>
    }
}
