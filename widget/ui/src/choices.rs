//! The buttons under a message: quick replies, of which one can be tapped, and
//! calls to action, which can be followed again and again.

use leptos::prelude::*;
use saluda_client::{Standing, links::may_follow};
use saluda_protocol::{Author, Body, MessageId, message::Action};

use crate::{
    built::{Built, Parts, built},
    chat::Chat,
    controls::{link, note},
    live::{Fact, does, holds, words},
};

/// The buttons, if the message has some. In the log they follow its standing:
/// only the first tap counts (S0.7).
pub(crate) fn choices(
    chat: Chat,
    id: MessageId,
    author: &Author,
    body: &Body,
    standing: Option<RwSignal<Option<Standing>>>,
) -> Parts {
    let mut buttons = Vec::new();
    match body {
        Body::QuickReplies { replies, .. } => {
            for (button, label) in replies.iter().enumerate() {
                buttons.push(reply(chat, id, button, label, is_tapped(standing)));
            }
        }
        Body::Actions { actions, .. } => {
            for (button, shown) in actions.iter().enumerate() {
                // What may not be followed is not there.
                if may_follow(&shown.href) {
                    action(chat, author, button, shown, &mut buttons);
                }
            }
        }
        _ => {}
    }
    Parts::of(view! { <div class="choices">{Parts(buttons)}</div> })
}

fn reply(chat: Chat, id: MessageId, button: usize, label: &str, tapped: Fact) -> Built {
    let shown = label.to_owned();
    let label = label.to_owned();
    built(view! {
        <button
            type="button"
            class="choice"
            disabled=tapped
            on:click=does(move || chat.tap(id, button, label.clone()))
        >
            {shown}
        </button>
    })
}

fn is_tapped(standing: Option<RwSignal<Option<Standing>>>) -> Fact {
    holds(move || {
        standing.is_some_and(|standing| {
            standing.with(|standing| standing.as_ref().is_some_and(|it| it.tapped.is_some()))
        })
    })
}

fn action(chat: Chat, author: &Author, button: usize, action: &Action, buttons: &mut Vec<Built>) {
    let Action { label, href } = action.clone();
    let trigger = match author {
        Author::Greeting { trigger, .. } => Some(trigger.clone()),
        _ => None,
    };
    let clicked = does(move || {
        if let (Some(core), Some(trigger)) = (chat.core(), &trigger) {
            core.link.clicked(trigger, button);
        }
    });
    // A number can be read and copied where nothing can call it (S0.10).
    let number = href.strip_prefix("tel:").map(str::to_owned);
    let class = if number.is_some() {
        "choice"
    } else {
        "choice out"
    };
    buttons.push(link(class, href, label, clicked));
    buttons.extend(number.map(|number| note("number", words(number))));
}
