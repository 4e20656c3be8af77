//! A conversation as one client holds it: what the server confirmed, and what
//! was written here and is still on its way.
//!
//! A message written here and the same message confirmed pass through the same
//! state: it is pending under its id until an event with that id, or an
//! acknowledgement, takes its place.

use saluda_protocol::{
    Author, Body, Cursor, ErrorBody, ErrorCode, Event, Marks, MessageId, Millis, Number, Side,
    Slice, What, visitor::Greeted,
};
use serde::{Deserialize, Serialize};

/// A message written here that is not known to be on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Its id, kept over every attempt.
    pub id: MessageId,
    /// What it says.
    pub body: Body,
    /// When it was written, by the clock of this client.
    pub at: Millis,
    /// Why the server turned it away, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<ErrorBody>,
    /// The greeting it is, unless somebody wrote it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greeting: Option<Box<Greeting>>,
}

/// A greeting that the page showed and the server does not know of yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greeting {
    /// Who says it.
    pub author: Author,
    /// What the server has to know to say the same.
    pub greeted: Greeted,
}

impl Pending {
    /// Who said it; `me` is who writes here.
    #[must_use]
    pub fn author<'a>(&'a self, me: &'a Author) -> &'a Author {
        self.greeting
            .as_ref()
            .map_or(me, |greeting| &greeting.author)
    }
}

/// What the caller has to do after something was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing more.
    Applied,
    /// A number was missing: ask for everything after this one.
    Missed(Number),
}

/// One conversation, seen from one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    side: Side,
    epoch: String,
    events: Vec<Event>,
    older: bool,
    marks: Marks,
    pending: Vec<Pending>,
    offered: Option<Pending>,
}

impl Conversation {
    /// A conversation nothing is known of yet.
    #[must_use]
    pub fn new(side: Side) -> Self {
        Self {
            side,
            epoch: String::new(),
            events: Vec::new(),
            older: false,
            marks: Marks::default(),
            pending: Vec::new(),
            offered: None,
        }
    }

    /// Whose view it is.
    #[must_use]
    pub fn side(&self) -> Side {
        self.side
    }

    /// Everything confirmed, in order.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Everything on its way, in the order it was written.
    #[must_use]
    pub fn pending(&self) -> &[Pending] {
        &self.pending
    }

    /// A greeting that the visitor looks at and has not taken up.
    #[must_use]
    pub fn offered(&self) -> Option<&Pending> {
        self.offered.as_ref()
    }

    /// How far each side has come.
    #[must_use]
    pub fn marks(&self) -> Marks {
        self.marks
    }

    /// Whether there are events before the first one held here.
    #[must_use]
    pub fn has_older(&self) -> bool {
        self.older
    }

    /// The first event held here.
    #[must_use]
    pub fn first(&self) -> Number {
        self.events.first().map_or(Number(0), |event| event.number)
    }

    /// The last event held here.
    #[must_use]
    pub fn last(&self) -> Number {
        self.events.last().map_or(Number(0), |event| event.number)
    }

    /// Where this client stands, if it has anything to continue from.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor> {
        (!self.epoch.is_empty()).then(|| Cursor {
            epoch: self.epoch.clone(),
            last: self.last(),
        })
    }

    /// The last message of the other side; 0 when there is none.
    #[must_use]
    pub fn last_of_other_side(&self) -> Number {
        self.events
            .iter()
            .rev()
            .find(|event| self.is_from_other_side(event))
            .map_or(Number(0), |event| event.number)
    }

    /// How many messages of the other side this side has not read.
    #[must_use]
    pub fn unread(&self) -> usize {
        let read = self.marks.of(self.side).read;
        self.events
            .iter()
            .rev()
            .take_while(|event| event.number > read)
            .filter(|event| self.is_from_other_side(event))
            .count()
    }

    fn is_from_other_side(&self, event: &Event) -> bool {
        event
            .what
            .message()
            .is_some_and(|message| message.author.is_visitor() != (self.side == Side::Visitor))
    }

    /// Adds a message that was just written here.
    pub fn write(&mut self, pending: Pending) {
        if !self.knows(pending.id) {
            self.pending.push(pending);
        }
    }

    /// Puts a greeting at the end, in place of one that was not taken up. Nothing
    /// of it is sent or kept.
    pub fn offer(&mut self, greeting: Pending) {
        self.offered = Some(greeting);
    }

    /// The visitor takes up the greeting that is offered: from now on it is on
    /// its way like what they write. Returns it, to be sent.
    pub fn take_up(&mut self) -> Option<Pending> {
        let greeting = self.offered.take()?;
        self.write(greeting.clone());
        Some(greeting)
    }

    /// Who said a message, as far as it is held here.
    #[must_use]
    pub fn author_of(&self, id: MessageId) -> Option<&Author> {
        for event in &self.events {
            if let Some(message) = event.what.message()
                && message.id == id
            {
                return Some(&message.author);
            }
        }
        let pending = self.pending.iter().find(|pending| pending.id == id)?;
        Some(pending.author(&Author::Visitor))
    }

    /// Which quick replies were tapped, and under which messages (S0.7).
    pub fn taps(&self) -> impl Iterator<Item = (MessageId, u8)> {
        let confirmed = self.events.iter().filter_map(|event| event.what.message());
        let confirmed = confirmed.map(|message| &message.body);
        let pending = self.pending.iter().map(|pending| &pending.body);
        confirmed.chain(pending).filter_map(|body| match body {
            Body::Tap {
                message, button, ..
            } => Some((*message, *button)),
            _ => None,
        })
    }

    /// Gives a refused message another chance. Returns it, to be sent again.
    pub fn try_again(&mut self, id: MessageId) -> Option<Pending> {
        let pending = self.pending.iter_mut().find(|pending| pending.id == id)?;
        pending.refused = None;
        Some(pending.clone())
    }

    /// Takes back a message that was refused.
    pub fn discard(&mut self, id: MessageId) {
        self.pending
            .retain(|pending| pending.id != id || pending.refused.is_none());
    }

    /// What to send when a connection begins: everything not refused.
    pub fn to_send(&self) -> impl Iterator<Item = &Pending> {
        self.pending
            .iter()
            .filter(|pending| pending.refused.is_none())
    }

    /// Begins with what the server has, or continues with what was missed.
    pub fn welcome(&mut self, epoch: String, slice: Slice, marks: Marks) -> Outcome {
        self.epoch = epoch;
        self.marks = marks;
        self.slice(slice)
    }

    /// Applies a stretch of events that follows what is here, or replaces it.
    pub fn slice(&mut self, slice: Slice) -> Outcome {
        if slice.reset {
            self.events.clear();
            self.older = slice.older;
            let ids: Vec<MessageId> = slice
                .events
                .iter()
                .filter_map(|event| event.what.message().map(|message| message.id))
                .collect();
            self.pending.retain(|pending| !ids.contains(&pending.id));
            self.events = slice.events;
            return Outcome::Applied;
        }
        for event in slice.events {
            if let Outcome::Missed(after) = self.event(event) {
                return Outcome::Missed(after);
            }
        }
        Outcome::Applied
    }

    /// Applies a stretch of events that comes before what is here.
    pub fn older(&mut self, slice: Slice) {
        let first = self.first();
        let fits = slice
            .events
            .last()
            .is_none_or(|event| event.number.next() == first);
        if fits {
            self.older = slice.older;
            self.events.splice(0..0, slice.events);
        }
    }

    /// Applies one event. What is known already changes nothing.
    pub fn event(&mut self, event: Event) -> Outcome {
        let last = self.last();
        if event.number <= last {
            return Outcome::Applied;
        }
        // What came before it is nowhere any more: nothing is missed.
        if event.what == What::Erased {
            self.events.clear();
            self.pending.clear();
            self.older = false;
            self.events.push(event);
            return Outcome::Applied;
        }
        if event.number != last.next() {
            return Outcome::Missed(last);
        }
        if let Some(message) = event.what.message() {
            let id = message.id;
            self.pending.retain(|pending| pending.id != id);
        }
        self.events.push(event);
        Outcome::Applied
    }

    /// A message written here is on disk under this number.
    ///
    /// It stays pending until its event is here, so that it never leaves the
    /// screen in between; an event that did not come is asked for.
    pub fn ack(&mut self, id: MessageId, number: Number) -> Outcome {
        if number > self.last() {
            return Outcome::Missed(self.last());
        }
        self.pending.retain(|pending| pending.id != id);
        Outcome::Applied
    }

    /// The server turned a message away. Returns what to send in its place, if
    /// the person who wrote it need not be troubled.
    ///
    /// A greeting that is refused goes: it was no one's wish. A tap under a
    /// message that the server does not have is said in words, and one that came
    /// too late is dropped for the one that came first.
    pub fn refuse(&mut self, id: MessageId, error: ErrorBody) -> Option<Pending> {
        let place = self.pending.iter().position(|pending| pending.id == id)?;
        let pending = self.pending.get_mut(place)?;
        match (&pending.body, error.code) {
            _ if pending.greeting.is_some() => {
                self.pending.remove(place);
            }
            (Body::Tap { .. }, ErrorCode::TappedAlready) => {
                self.pending.remove(place);
            }
            (Body::Tap { label, .. }, ErrorCode::NotFound) => {
                pending.body = Body::Text(label.clone());
                return Some(pending.clone());
            }
            _ => pending.refused = Some(error),
        }
        None
    }

    /// Takes newer marks. An older one changes nothing.
    pub fn mark(&mut self, marks: Marks) {
        self.marks.visitor.delivered = self.marks.visitor.delivered.max(marks.visitor.delivered);
        self.marks.visitor.read = self.marks.visitor.read.max(marks.visitor.read);
        self.marks.agent.delivered = self.marks.agent.delivered.max(marks.agent.delivered);
        self.marks.agent.read = self.marks.agent.read.max(marks.agent.read);
    }

    fn knows(&self, id: MessageId) -> bool {
        self.pending.iter().any(|pending| pending.id == id)
            || self
                .events
                .iter()
                .any(|event| event.what.message().is_some_and(|message| message.id == id))
    }
}

#[cfg(test)]
mod tests;
