//! The rows of the log, kept from one layout to the next.

use std::collections::HashMap;

use leptos::prelude::With as _;
use saluda_client::{Key, Standing, rows};
use saluda_protocol::{Author, Body, ConversationId, MessageId, Millis, What};

use crate::state::Desk;
use crate::time;

/// A row that no longer needs the conversation it was read from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    /// A new day begins.
    Day(Millis),
    /// Someone said something.
    Message(Said),
    /// Something else happened.
    Line {
        /// When.
        at: Millis,
        /// What.
        what: What,
    },
}

/// A message of the log.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said {
    /// Which one.
    pub(super) id: MessageId,
    /// Who said it.
    pub(super) author: Author,
    /// What was said.
    pub(super) body: Body,
    /// What may change about it.
    pub(super) standing: Standing,
}

/// The rows, by their names and in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Laid {
    pub(super) order: Vec<Key>,
    pub(super) rows: HashMap<Key, Row>,
}

/// Lays a conversation out, as far as it is held.
pub(super) fn lay(desk: Desk, id: ConversationId) -> Laid {
    let me = desk.author();
    desk.threads.with(|threads| {
        let mut laid = Laid::default();
        let Some(thread) = threads.get(id) else {
            return laid;
        };
        for row in rows(&thread.conversation, &me, time::local_day) {
            laid.order.push(row.key());
            laid.rows.insert(row.key(), row.into());
        }
        laid
    })
}

impl From<saluda_client::Row<'_>> for Row {
    fn from(row: saluda_client::Row<'_>) -> Self {
        match row {
            saluda_client::Row::Day(at) => Self::Day(at),
            saluda_client::Row::Message {
                id,
                author,
                body,
                standing,
            } => Self::Message(Said {
                id,
                author: author.clone(),
                body: body.clone(),
                standing,
            }),
            saluda_client::Row::Line { at, what, .. } => Self::Line {
                at,
                what: what.clone(),
            },
        }
    }
}
