//! A conversation as both sides see it: numbered events, and marks.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;

use crate::{Answer, Author, Body, Contact, Message, Millis, Rating};

/// The place of an event in its conversation, or of a change in an inbox.
///
/// Numbers begin with 1, have no holes and alone give the order; clocks never
/// do. 0 stands before everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Number(pub u64);

impl Number {
    /// The one that follows.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Something that happened in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Event {
    /// Its place.
    pub number: Number,
    /// When the server wrote it down; for showing, not for ordering.
    pub at: Millis,
    /// What it was.
    pub what: What,
}

/// The kinds of events.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum What {
    /// Someone said something.
    Message(Message),
    /// The visitor told how to reach them.
    Contact(Contact),
    /// Someone closed the conversation (S1.9).
    Closed(Author),
    /// It is open again: an agent opened it, or the visitor wrote (S4.21).
    Reopened(Author),
    /// The visitor filled in the site's form.
    Answers(Vec<Answer>),
    /// The visitor said how they found it, once it was closed.
    Rated(Rating),
    /// What was said before is erased, and what was known of the visitor.
    Erased,
}

impl What {
    /// In the words of a client that said this
    /// [`WIRE_VERSION`](crate::WIRE_VERSION) in its hello. What it has no word
    /// for becomes what it shows as nothing, so that no number is missing.
    #[must_use]
    pub fn for_wire(self, wire: u32) -> Self {
        match self {
            Self::Answers(_) | Self::Rated(_) if wire < 2 => Self::Contact(Contact::default()),
            Self::Erased if wire < 4 => Self::Contact(Contact::default()),
            Self::Message(
                message @ Message {
                    body: Body::File(_),
                    ..
                },
            ) if wire < 3 => {
                let name = Body::Text(message.body.as_text().to_owned());
                Self::Message(Message {
                    body: name,
                    ..message
                })
            }
            other => other,
        }
    }

    /// The message, if it is one.
    #[must_use]
    pub fn message(&self) -> Option<&Message> {
        match self {
            Self::Message(message) => Some(message),
            _ => None,
        }
    }
}

impl Event {
    /// See [`What::for_wire`].
    #[must_use]
    pub fn for_wire(self, wire: u32) -> Self {
        Self {
            what: self.what.for_wire(wire),
            ..self
        }
    }
}

/// Whether agents still have to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Status {
    /// Waiting or in talk.
    Open,
    /// Done.
    Closed,
}

/// The two sides of a conversation. All agents are one side (S4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Side {
    /// The person in the page.
    Visitor,
    /// The people at the desk.
    Agent,
}

/// How far one side has come in what the other side said.
///
/// A mark is a state and only grows, so it has no number of its own: the newest
/// one replaces the others, and every welcome carries it whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Mark {
    /// Their client has everything up to here.
    pub delivered: Number,
    /// Everything up to here was on their screen.
    pub read: Number,
}

/// How far each side has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Marks {
    /// The visitor, in what agents said.
    pub visitor: Mark,
    /// The agents, in what the visitor said.
    pub agent: Mark,
}

impl Marks {
    /// The mark of one side.
    #[must_use]
    pub fn of(&self, side: Side) -> Mark {
        match side {
            Side::Visitor => self.visitor,
            Side::Agent => self.agent,
        }
    }
}

/// Where a client stands in a conversation or an inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Cursor {
    /// The database the numbers belong to. It changes when a backup is
    /// restored, and then what the client holds is void.
    pub epoch: String,
    /// The last number it has.
    pub last: Number,
}

/// A stretch of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Slice {
    /// In order, without holes.
    pub events: Vec<Event>,
    /// Whether these are the newest events and stand in for everything the
    /// client had. Otherwise they follow what it has.
    pub reset: bool,
    /// Whether there are older events before the first of these.
    pub older: bool,
}

impl Slice {
    /// See [`What::for_wire`].
    #[must_use]
    pub fn for_wire(self, wire: u32) -> Self {
        let events = self.events.into_iter();
        Self {
            events: events.map(|event| event.for_wire(wire)).collect(),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{File, FileId, MessageId};

    #[test]
    fn an_older_client_hears_of_what_it_knows_and_of_every_number() {
        let rated = What::Rated(Rating {
            closed: Number(3),
            score: 5,
            comment: None,
        });
        let nothing = What::Contact(Contact::default());
        assert_eq!(rated.clone().for_wire(1), nothing);
        assert_eq!(What::Answers(Vec::new()).for_wire(1), nothing);
        assert_eq!(rated.clone().for_wire(crate::WIRE_VERSION), rated);
        let closed = What::Closed(Author::Visitor);
        assert_eq!(closed.clone().for_wire(1), closed);
        let said = |body| {
            What::Message(Message {
                id: MessageId::from_random([1; 16]),
                author: Author::Visitor,
                body,
            })
        };
        let file = said(Body::File(File {
            id: FileId::secret([1; 16]),
            name: "offer.pdf".to_owned(),
            kind: "application/pdf".to_owned(),
            bytes: 9,
            picture: None,
        }));
        let named = said(Body::Text("offer.pdf".to_owned()));
        assert_eq!(file.clone().for_wire(2), named, "it hears the name");
        assert_eq!(file.clone().for_wire(crate::WIRE_VERSION), file);
    }
}
