//! One line of the log.

use leptos::prelude::*;
use saluda_client::{
    Delivery, Row, Standing,
    links::{Piece, pieces, spelled_out},
};
use saluda_protocol::{Author, Body, ErrorCode, MessageId, What};

use crate::{
    attach,
    built::{Built, Parts, built},
    chat::Chat,
    choices::choices,
    controls::{button, link, note},
    header::initials,
    live::{does, holds, says, words},
    shown::Connection,
};

/// A line.
pub(crate) fn line(chat: Chat, row: &Row<'_>, standing: RwSignal<Option<Standing>>) -> Built {
    match row {
        Row::Day(at) => {
            let at = *at;
            note("day", says(move || chat.day(at)))
        }
        Row::Line { what, .. } => note("event", words(event(chat, what))),
        Row::Message {
            id, author, body, ..
        } => message(chat, *id, author, body, standing),
    }
}

/// Something that is not a message. What a visitor has no use for is not shown.
fn event(chat: Chat, what: &What) -> String {
    match what {
        What::Contact(contact) => chat.contact(contact),
        What::Closed(Author::Agent { name, .. }) => chat.fill("closed", first_name(name)),
        _ => String::new(),
    }
}

fn message(
    chat: Chat,
    id: MessageId,
    author: &Author,
    body: &Body,
    standing: RwSignal<Option<Standing>>,
) -> Built {
    let (side, who, avatar) = match author {
        Author::Agent { name, .. } | Author::Greeting { name, .. } => {
            ("row them", chat.fill("them", name), initials(name))
        }
        _ => ("row us", chat.say("you"), String::new()),
    };
    let is = move |what: fn(&Standing) -> bool| {
        move || standing.with(|standing| standing.as_ref().is_some_and(what))
    };
    let failed = is(|standing| matches!(standing.delivery, Some(Delivery::Failed(_))));
    let waiting = is(|standing| standing.delivery == Some(Delivery::Waiting));
    let ends = is(|standing| standing.last);
    // What was on disk when it came cannot be turned away.
    let remedies =
        if standing.with_untracked(|standing| standing.as_ref().is_some_and(is_on_its_way)) {
            vec![
                button(
                    "quiet",
                    chat.say("again"),
                    holds(move || !failed()),
                    does(move || chat.try_again(id)),
                ),
                button(
                    "quiet",
                    chat.say("discard"),
                    holds(move || !failed()),
                    does(move || chat.discard(id)),
                ),
            ]
        } else {
            Vec::new()
        };
    let home = ["said-", &id.to_string()].concat();
    let said = match body {
        Body::File(file) => attach::card(chat, file),
        _ => text(body.as_text()),
    };
    let choices = choices(chat, id, author, body, Some(standing));
    let author = author.clone();
    let meta = says(move || {
        standing.with(|standing| {
            let standing = standing.as_ref();
            standing.map_or_else(String::new, |standing| meta(chat, &author, standing))
        })
    });
    let class = says(move || {
        let word = |holds: bool, word: &'static str| if holds { word } else { "" };
        [
            side,
            word(ends(), " ends"),
            word(failed(), " failed"),
            word(waiting(), " waiting"),
        ]
        .concat()
    });
    built(view! {
        <div class=class>
            <span class="avatar" aria-hidden="true">
                {avatar}
            </span>
            <span class="away">{who}</span>
            <div class="bubble" dir="auto" id=home>
                {Parts(said)}
            </div>
            {choices}
            <p class="meta">{meta}</p>
            <div class="remedies">{Parts(remedies)}</div>
        </div>
    })
}

/// A text in which addresses can be followed.
pub(crate) fn text(text: &str) -> Vec<Built> {
    pieces(text, spelled_out)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) => built(text.to_owned()),
            Piece::Link { address, shown } => link("", address, shown.to_owned(), does(|| ())),
        })
        .collect()
}

/// Who and when, or when and how far it has come; nothing inside a group.
fn meta(chat: Chat, author: &Author, standing: &Standing) -> String {
    let hour = || chat.hour(standing.at);
    match (author, &standing.delivery) {
        (_, Some(Delivery::Failed(error))) => chat.say(match error.code {
            ErrorCode::TooMany => "failed_often",
            ErrorCode::TextTooLong | ErrorCode::TooLarge => "failed_long",
            _ => "failed_other",
        }),
        _ if !standing.last => String::new(),
        (Author::Agent { name, .. }, _) => [first_name(name), " · ", &hour()].concat(),
        // A greeting may come from a site, whose name is more than a first one.
        (Author::Greeting { name, .. }, _) => [name, " · ", &hour()].concat(),
        (_, None) => hour(),
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
            [&hour(), " · ", &word].concat()
        }
    }
}

fn is_on_its_way(standing: &Standing) -> bool {
    matches!(
        standing.delivery,
        Some(Delivery::Waiting | Delivery::Failed(_))
    )
}

fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
