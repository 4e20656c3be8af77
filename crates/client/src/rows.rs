//! The rows of a conversation's log: days, groups of messages, lines between.

use saluda_protocol::{
    Author, Body, ErrorBody, Marks, Message, MessageId, Millis, Number, Side, What,
};

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
pub enum Row<'a> {
    /// A new day begins with what follows.
    Day(Millis),
    /// Someone said something.
    Message {
        /// Which message; stays the same when it turns solid.
        id: MessageId,
        /// Who.
        author: &'a Author,
        /// What.
        body: &'a Body,
        /// What may change about it.
        standing: Standing,
    },
    /// Something else happened.
    Line {
        /// Its place.
        number: Number,
        /// When.
        at: Millis,
        /// What: never a message.
        what: &'a What,
    },
}

/// What may change about a message that is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// When it was said.
    pub at: Millis,
    /// Whether it begins a group.
    pub first: bool,
    /// Whether it ends a group.
    pub last: bool,
    /// How far it has come, when this side said it.
    pub delivery: Option<Delivery>,
    /// Which of its quick replies was tapped, counted from 0.
    pub tapped: Option<u8>,
}

/// A name for a row that stays with it while the log changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// A day, by the first thing on it.
    Day(Millis),
    /// A message.
    Message(MessageId),
    /// Something else that happened.
    Line(Number),
}

impl Row<'_> {
    /// Its name.
    #[must_use]
    pub fn key(&self) -> Key {
        match self {
            Self::Day(at) => Key::Day(*at),
            Self::Message { id, .. } => Key::Message(*id),
            Self::Line { number, .. } => Key::Line(*number),
        }
    }
}

/// Lays a conversation out. `day_of` names the local day of an instant.
#[must_use]
pub fn rows<'a>(
    conversation: &'a Conversation,
    me: &'a Author,
    day_of: impl FnMut(Millis) -> i64,
) -> Vec<Row<'a>> {
    let side = conversation.side();
    let marks = conversation.marks();
    let taps: Vec<_> = conversation.taps().collect();
    let mut layout = Layout {
        taps: &taps,
        day_of,
        day: None,
        rows: Vec::new(),
    };
    for event in conversation.events() {
        match &event.what {
            What::Message(Message { id, author, body }) => {
                let ours = author.is_visitor() == (side == Side::Visitor);
                let delivery = ours.then(|| delivery(event.number, side, marks));
                layout.message(*id, author, body, event.at, delivery);
            }
            what => {
                layout.day(event.at);
                layout.rows.push(Row::Line {
                    number: event.number,
                    at: event.at,
                    what,
                });
            }
        }
    }
    for pending in conversation.pending().iter().chain(conversation.offered()) {
        let delivery = match (&pending.greeting, &pending.refused) {
            (Some(_), _) => None,
            (None, Some(error)) => Some(Delivery::Failed(error.clone())),
            (None, None) => Some(Delivery::Waiting),
        };
        let author = pending.author(me);
        layout.message(pending.id, author, &pending.body, pending.at, delivery);
    }
    layout.rows
}

/// Rows while they are laid out.
struct Layout<'a, 't, F> {
    taps: &'t [(MessageId, u8)],
    day_of: F,
    day: Option<i64>,
    rows: Vec<Row<'a>>,
}

impl<'a, F: FnMut(Millis) -> i64> Layout<'a, '_, F> {
    fn day(&mut self, at: Millis) {
        let today = (self.day_of)(at);
        if self.day.replace(today) != Some(today) {
            self.rows.push(Row::Day(at));
        }
    }

    fn message(
        &mut self,
        id: MessageId,
        author: &'a Author,
        body: &'a Body,
        at: Millis,
        delivery: Option<Delivery>,
    ) {
        self.day(at);
        let mut first = true;
        if let Some(Row::Message {
            author: before,
            standing,
            ..
        }) = self.rows.last_mut()
            && *before == author
            && at.since(standing.at) < GROUP_MS
        {
            first = false;
            standing.last = false;
        }
        let tap = self.taps.iter().find(|(message, _)| *message == id);
        self.rows.push(Row::Message {
            id,
            author,
            body,
            standing: Standing {
                at,
                first,
                last: true,
                delivery,
                tapped: tap.map(|(_, button)| *button),
            },
        });
    }
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
    use saluda_protocol::{AgentId, Event, Mark, Slice};

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
                greeting: None,
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
                standing:
                    Standing {
                        first,
                        last,
                        delivery,
                        ..
                    },
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
