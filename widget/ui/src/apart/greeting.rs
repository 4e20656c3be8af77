//! What a greeting looks like: who says what, and the ways to go on.

use leptos::prelude::*;
use saluda_client::Pending;
use saluda_protocol::Author;

use crate::{
    chat::Chat,
    choices::choices,
    controls::cross,
    header::initials,
    live::{class, does},
};

/// The card.
pub(super) fn card(chat: Chat, pending: &Pending) -> impl IntoView<State: Send> + use<> {
    let author = pending.author(&Author::Visitor);
    let sender = match author {
        Author::Greeting { name, .. } => name.clone(),
        _ => String::new(),
    };
    let name = chat.fill("greeting", &sender);
    let initials = initials(&sender);
    let site = chat.core().map(|core| core.site.name.clone());
    // One line is enough when the site itself greets.
    let site = site.filter(|site| *site != sender).unwrap_or_default();
    let text = pending.body.as_text().to_owned();
    let avatar = class(["avatar online", "avatar"], move || {
        chat.follow(|shown| shown.agents_online)
    });
    view! {
        <div class="greeting" role="group" aria-label=name>
            <div class="greeting-scroll">
                <button type="button" class="greeting-said" on:click=does(move || chat.open())>
                    <span class=avatar aria-hidden="true">
                        {initials}
                    </span>
                    <b>{sender}</b>
                    <small>{site}</small>
                    <span class="greeting-text">{text}</span>
                </button>
            </div>
            {cross("tool", chat.say("dismiss"), does(move || chat.dismiss()))}
            {choices(chat, pending.id, author, &pending.body, None)}
        </div>
    }
}
