//! The rows of a conversation's log: days, groups of messages, lines between.

use saluda_protocol::{Author, Body, ErrorBody, Marks, MessageId, Millis, Number, Side, What};

use crate::Conversation;

/// Messages of one author further apart than this begin a new group.
const GROUP_MS: u64 = 5 * 60 * 1000;

/// How far a message of this side has come (S1.15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// On its way.
    Waiting,
    /// Turned away.
    Failed(ErrorBody),
    /// On disk.
    Sent,
    /// The other side's client has it.
    Delivered,
    /// It was on the other side's screen.
    Read,
}

/// One row of the log, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A new day begins with what follows.
    Day(Millis),
    /// Someone said something.
    Message {
        /// Which message; stays the same when it turns solid.
        id: MessageId,
        /// Who.
        author: Author,
        /// What.
        body: Body,
        /// When.
        at: Millis,
        /// Whether it begins a group.
        first: bool,
        /// Whether it ends a group.
        last: bool,
        /// How far it has come, when this side said it.
        delivery: Option<Delivery>,
    },
    /// Something else happened.
    Line {
        /// Its place.
        number: Number,
        /// When.
        at: Millis,
        /// What: never a message.
        what: What,
    },
}

impl Row {
    /// A name for the row that stays with it while the log changes.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Day(at) => format!("d{}", at.0),
            Self::Message { id, .. } => id.to_string(),
            Self::Line { number, .. } => format!("l{}", number.0),
        }
    }

    /// Who wrote it, when it is a message.
    fn author(&self) -> Option<(&Author, Millis)> {
        match self {
            Self::Message { author, at, .. } => Some((author, *at)),
            _ => None,
        }
    }
}

/// Lays a conversation out. `day_of` names the local day of an instant.
#[must_use]
pub fn rows(
    conversation: &Conversation,
    me: &Author,
    mut day_of: impl FnMut(Millis) -> i64,
) -> Vec<Row> {
    let side = conversation.side();
    let marks = conversation.marks();
    let confirmed = conversation.events().iter().map(|event| match &event.what {
        What::Message(message) => Row::Message {
            id: message.id,
            author: message.author.clone(),
            body: message.body.clone(),
            at: event.at,
            first: true,
            last: true,
            delivery: (message.author.is_visitor() == (side == Side::Visitor))
                .then(|| delivery(event.number, side, marks)),
        },
        what => Row::Line {
            number: event.number,
            at: event.at,
            what: what.clone(),
        },
    });
    let pending = conversation.pending().iter().map(|pending| Row::Message {
        id: pending.id,
        author: me.clone(),
        body: pending.body.clone(),
        at: pending.at,
        first: true,
        last: true,
        delivery: Some(match &pending.refused {
            Some(error) => Delivery::Failed(error.clone()),
            None => Delivery::Waiting,
        }),
    });

    let mut rows: Vec<Row> = Vec::new();
    let mut day = None;
    for mut row in confirmed.chain(pending) {
        let at = match &row {
            Row::Message { at, .. } | Row::Line { at, .. } | Row::Day(at) => *at,
        };
        let today = day_of(at);
        if day.replace(today) != Some(today) {
            rows.push(Row::Day(at));
        }
        let joins = match (rows.last().and_then(Row::author), row.author()) {
            (Some((before, then)), Some((author, now))) => {
                before == author && now.since(then) < GROUP_MS
            }
            _ => false,
        };
        if joins
            && let (Row::Message { first, .. }, Some(Row::Message { last, .. })) =
                (&mut row, rows.last_mut())
        {
            *first = false;
            *last = false;
        }
        rows.push(row);
    }
    rows
}

fn delivery(number: Number, side: Side, marks: Marks) -> Delivery {
    let theirs = marks.of(match side {
        Side::Visitor => Side::Agent,
        Side::Agent => Side::Visitor,
    });
    if number <= theirs.read {
        Delivery::Read
    } else if number <= theirs.delivered {
        Delivery::Delivered
    } else {
        Delivery::Sent
    }
}

#[cfg(test)]
mod tests {
    use saluda_protocol::{AgentId, Event, Mark, Message, Slice};

    use super::*;
    use crate::Pending;

    const DAY: u64 = 24 * 60 * 60 * 1000;

    fn lucia() -> Author {
        Author::Agent {
            id: AgentId::from_random([1; 16]),
            name: "Lucía".into(),
        }
    }

    fn story(said: &[(u64, Author)], marks: Marks, written: usize) -> String {
        let mut conversation = Conversation::new(Side::Visitor);
        let events = said
            .iter()
            .zip(1..)
            .map(|((at, author), number)| Event {
                number: Number(number),
                at: Millis(*at),
                what: What::Message(Message {
                    id: MessageId::from_random([u8::try_from(number).unwrap(); 16]),
                    author: author.clone(),
                    body: Body::Text(format!("{number}")),
                }),
            })
            .collect();
        let slice = Slice {
            events,
            reset: true,
            older: false,
        };
        conversation.welcome("e".into(), slice, marks);
        for n in 0..written {
            conversation.write(Pending {
                id: MessageId::from_random([100 + u8::try_from(n).unwrap(); 16]),
                body: Body::Text("pending".into()),
                at: Millis(said.last().map_or(0, |last| last.0)),
                refused: None,
            });
        }
        rows(&conversation, &Author::Visitor, |at| {
            i64::try_from(at.0 / DAY).unwrap()
        })
        .iter()
        .map(|row| match row {
            Row::Day(at) => format!("day {}", at.0 / DAY),
            Row::Message {
                body,
                first,
                last,
                delivery,
                ..
            } => {
                let edges = match (first, last) {
                    (true, true) => "alone",
                    (true, false) => "first",
                    (false, false) => "middle",
                    (false, true) => "last",
                };
                match delivery {
                    Some(delivery) => format!("{} {edges} {delivery:?}", body.as_text()),
                    None => format!("{} {edges}", body.as_text()),
                }
            }
            Row::Line { number, .. } => format!("line {}", number.0),
        })
        .collect::<Vec<_>>()
        .join(", ")
    }

    #[test]
    fn messages_group_by_author_and_time() {
        let said = [
            (0, lucia()),
            (1_000, lucia()),
            (2_000, Author::Visitor),
            (2_000 + GROUP_MS, Author::Visitor),
        ];
        assert_eq!(
            story(&said, Marks::default(), 1),
            "day 0, 1 first, 2 last, 3 alone Sent, 4 first Sent, pending last Waiting"
        );
    }

    #[test]
    fn a_day_separates_even_one_author() {
        let said = [(DAY - 1, lucia()), (DAY, lucia())];
        assert_eq!(
            story(&said, Marks::default(), 0),
            "day 0, 1 alone, day 1, 2 alone"
        );
    }

    #[test]
    fn marks_show_how_far_each_message_has_come() {
        let said = [
            (0, Author::Visitor),
            (1, Author::Visitor),
            (2, Author::Visitor),
        ];
        let marks = Marks {
            visitor: Mark::default(),
            agent: Mark {
                delivered: Number(2),
                read: Number(1),
            },
        };
        assert_eq!(
            story(&said, marks, 0),
            "day 0, 1 first Read, 2 middle Delivered, 3 last Sent"
        );
    }
}
