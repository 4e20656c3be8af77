//! What a greeting looks like: who says what, and the ways to go on.

use leptos::prelude::*;
use saluda_client::Pending;
use saluda_protocol::{Author, MessageId};

use crate::{
    built::{Built, built},
    chat::{Chat, now, random},
    choices::choices,
    controls::cross,
    greeting::Greeting,
    header::initials,
    live::{class, does},
    wire,
};

/// Reads the greeting that has come, and makes its card. While the panel is open
/// there is none: the log has it then.
pub(super) fn greeting(chat: Chat) -> Option<Built> {
    let core = chat.core()?;
    let coming = core.coming.take()?;
    let id = MessageId::from_random(random());
    let (pending, wanted) = wire::greeting(coming, id, now())?;
    if chat.now(|shown| shown.open) {
        chat.offer(pending, wanted);
        return None;
    }
    let card = built(card(chat, &pending));
    core.greeting.replace(Some(Greeting { pending, wanted }));
    Some(card)
}

fn card(chat: Chat, pending: &Pending) -> impl IntoView<State: Send> + use<> {
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
                    <span class="greeting-text" dir="auto">{text}</span>
                </button>
            </div>
            {cross("tool", chat.say("dismiss"), does(move || chat.dismiss()))}
            {choices(chat, pending.id, author, &pending.body, None)}
        </div>
    }
}
