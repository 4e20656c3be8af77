//! One line of the log.

use leptos::prelude::*;
use saluda_client::{Delivery, Row};
use saluda_protocol::{Author, Body, ErrorCode, MessageId, What};

use crate::{
    chat::Chat,
    header::initials,
    links::{Piece, pieces},
    live::{holds, says},
    shown::Connection,
};

/// A line.
pub(crate) fn line(chat: Chat, shown: RwSignal<Row>) -> AnyView {
    match shown.get_untracked() {
        Row::Day(at) => {
            let day = says(move || chat.day(at));
            view! { <p class="day">{day}</p> }.into_any()
        }
        Row::Line { what, .. } => event(chat, &what),
        Row::Message {
            id, author, body, ..
        } => message(chat, id, &author, &body, shown),
    }
}

/// Something that is not a message. What a visitor has no use for is not shown.
fn event(chat: Chat, what: &What) -> AnyView {
    let words = match what {
        What::Contact(contact) => contact
            .email
            .as_ref()
            .map(|email| chat.fill("contact", email.as_str())),
        What::Closed(Author::Agent { name, .. }) => Some(chat.fill("closed", first_name(name))),
        _ => None,
    };
    words
        .map(|words| view! { <p class="event">{words}</p> })
        .into_any()
}

fn message(
    chat: Chat,
    id: MessageId,
    author: &Author,
    body: &Body,
    shown: RwSignal<Row>,
) -> AnyView {
    let (who, avatar) = match author {
        Author::Agent { name, .. } => (chat.fill("them", name), Some(initials(name))),
        _ => (chat.say("you"), None),
    };
    let side = if avatar.is_some() {
        "row them"
    } else {
        "row us"
    };
    let author = author.clone();
    let ends = holds(move || shown.with(ends_group));
    let failed = move || shown.with(|row| matches!(delivery(row), Some(Delivery::Failed(_))));
    let waiting = holds(move || shown.with(|row| delivery(row) == Some(&Delivery::Waiting)));
    let meta = says(move || shown.with(|row| meta(chat, &author, row)));
    let avatar = avatar.map(|initials| {
        view! {
            <span class="avatar" aria-hidden="true">
                {initials}
            </span>
        }
    });
    view! {
        <div class=side class:ends=ends class:failed=holds(failed) class:waiting=waiting>
            {avatar}
            <span class="away">{who}</span>
            <div class="bubble" dir="auto">
                {text(body.as_text())}
            </div>
            <p class="meta">{meta}</p>
            {move || failed().then(|| remedies(chat, id))}
        </div>
    }
    .into_any()
}

fn text(text: &str) -> Vec<AnyView> {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned().into_any(),
            Piece::Link(address) => view! {
                <a href=address.to_owned() target="_blank" rel="noopener nofollow">
                    {address.to_owned()}
                </a>
            }
            .into_any(),
        })
        .collect()
}

/// What the visitor can do about a message that was turned away.
fn remedies(chat: Chat, id: MessageId) -> impl IntoView {
    view! {
        <div class="remedies">
            <button type="button" class="quiet" on:click=move |_| chat.try_again(id)>
                {chat.say("again")}
            </button>
            <button type="button" class="quiet" on:click=move |_| chat.discard(id)>
                {chat.say("discard")}
            </button>
        </div>
    }
}

/// Who and when, or when and how far it has come; nothing inside a group.
fn meta(chat: Chat, author: &Author, row: &Row) -> String {
    let Row::Message { at, .. } = row else {
        return String::new();
    };
    match (author, delivery(row)) {
        (_, Some(Delivery::Failed(error))) => chat.say(match error.code {
            ErrorCode::TooMany => "failed_often",
            ErrorCode::TextTooLong | ErrorCode::TooLarge => "failed_long",
            _ => "failed_other",
        }),
        _ if !ends_group(row) => String::new(),
        (Author::Agent { name, .. }, _) => [first_name(name), " · ", &chat.hour(*at)].concat(),
        (_, None) => chat.hour(*at),
        (_, Some(Delivery::Waiting)) => chat.say(
            if chat.follow(|shown| shown.connection) == Connection::Fine {
                "sending"
            } else {
                "waiting"
            },
        ),
        (_, Some(come)) => {
            let word = chat.say(match come {
                Delivery::Delivered => "delivered",
                Delivery::Read => "read",
                _ => "sent",
            });
            [&chat.hour(*at), " · ", &word].concat()
        }
    }
}

fn ends_group(row: &Row) -> bool {
    matches!(row, Row::Message { last: true, .. })
}

fn delivery(row: &Row) -> Option<&Delivery> {
    match row {
        Row::Message { delivery, .. } => delivery.as_ref(),
        _ => None,
    }
}

fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
