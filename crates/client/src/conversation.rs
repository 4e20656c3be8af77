//! A conversation as one client holds it: what the server confirmed, and what
//! was written here and is still on its way.
//!
//! A message written here and the same message confirmed pass through the same
//! state: it is pending under its id until an event with that id, or an
//! acknowledgement, takes its place.

use saluda_protocol::{
    Body, Cursor, ErrorBody, Event, Marks, MessageId, Millis, Number, Side, Slice,
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

    /// The server turned a message away.
    pub fn refuse(&mut self, id: MessageId, error: ErrorBody) {
        if let Some(pending) = self.pending.iter_mut().find(|pending| pending.id == id) {
            pending.refused = Some(error);
        }
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
mod tests {
    use saluda_protocol::{Author, ErrorCode, Mark, Message, What};

    use super::*;

    fn id(n: u8) -> MessageId {
        MessageId::from_random([n; 16])
    }

    fn said(number: u64, author: Author) -> Event {
        Event {
            number: Number(number),
            at: Millis(number),
            what: What::Message(Message {
                id: id(u8::try_from(number).unwrap()),
                author,
                body: Body::Text(format!("message {number}")),
            }),
        }
    }

    fn agent() -> Author {
        Author::Agent {
            id: saluda_protocol::AgentId::from_random([1; 16]),
            name: "Lucía".into(),
        }
    }

    fn pending(n: u8) -> Pending {
        Pending {
            id: id(n),
            body: Body::Text("hello".into()),
            at: Millis(0),
            refused: None,
        }
    }

    fn newest(events: Vec<Event>) -> Slice {
        Slice {
            events,
            reset: true,
            older: false,
        }
    }

    #[test]
    fn a_written_message_turns_solid_once() {
        let mut conversation = Conversation::new(Side::Visitor);
        conversation.welcome("e".into(), newest(vec![]), Marks::default());
        conversation.write(pending(1));
        conversation.write(pending(1));
        assert_eq!(conversation.pending().len(), 1);

        assert_eq!(
            conversation.event(said(1, Author::Visitor)),
            Outcome::Applied
        );
        assert_eq!(conversation.ack(id(1), Number(1)), Outcome::Applied);
        assert!(conversation.pending().is_empty());
        assert_eq!(conversation.events().len(), 1);

        conversation.write(pending(1));
        assert!(conversation.pending().is_empty(), "it is on disk already");
    }

    #[test]
    fn an_acknowledgement_before_its_event_asks_for_the_event() {
        let mut conversation = Conversation::new(Side::Visitor);
        conversation.welcome("e".into(), newest(vec![]), Marks::default());
        conversation.write(pending(2));
        assert_eq!(
            conversation.ack(id(2), Number(2)),
            Outcome::Missed(Number(0))
        );
        assert_eq!(conversation.pending().len(), 1);
        conversation.slice(Slice {
            events: vec![said(1, agent()), said(2, Author::Visitor)],
            reset: false,
            older: false,
        });
        assert!(conversation.pending().is_empty());
    }

    #[test]
    fn a_hole_is_noticed_and_not_filled_with_later_events() {
        let mut conversation = Conversation::new(Side::Agent);
        conversation.welcome("e".into(), newest(vec![said(1, agent())]), Marks::default());
        assert_eq!(
            conversation.event(said(3, Author::Visitor)),
            Outcome::Missed(Number(1))
        );
        assert_eq!(conversation.last(), Number(1));
        assert_eq!(conversation.event(said(1, agent())), Outcome::Applied);
        assert_eq!(conversation.events().len(), 1);
    }

    #[test]
    fn a_reset_replaces_everything_but_what_is_on_its_way() {
        let mut conversation = Conversation::new(Side::Visitor);
        conversation.welcome(
            "old".into(),
            newest(vec![said(1, Author::Visitor), said(2, agent())]),
            Marks::default(),
        );
        conversation.write(pending(3));
        conversation.write(pending(9));
        conversation.welcome(
            "new".into(),
            newest(vec![said(3, Author::Visitor)]),
            Marks::default(),
        );
        assert_eq!(conversation.first(), Number(3));
        let waiting: Vec<_> = conversation.pending().iter().map(|p| p.id).collect();
        assert_eq!(waiting, [id(9)]);
        assert_eq!(conversation.cursor().unwrap().epoch, "new");
    }

    #[test]
    fn older_events_join_only_without_a_hole() {
        let mut conversation = Conversation::new(Side::Agent);
        conversation.welcome("e".into(), newest(vec![said(5, agent())]), Marks::default());
        let before = |number| Slice {
            events: vec![said(number, agent())],
            reset: false,
            older: true,
        };
        conversation.older(before(3));
        assert_eq!(conversation.first(), Number(5));
        conversation.older(before(4));
        assert_eq!(conversation.first(), Number(4));
        assert!(conversation.has_older());
    }

    #[test]
    fn a_refused_message_stays_until_it_is_tried_again_or_taken_back() {
        let mut conversation = Conversation::new(Side::Visitor);
        conversation.write(pending(1));
        conversation.refuse(
            id(1),
            ErrorBody {
                code: ErrorCode::TooMany,
                message: "slow down".into(),
            },
        );
        assert_eq!(conversation.to_send().count(), 0);
        assert_eq!(conversation.try_again(id(1)).unwrap().id, id(1));
        assert_eq!(conversation.to_send().count(), 1);
        conversation.discard(id(1));
        assert_eq!(conversation.pending().len(), 1, "only what was refused");
    }

    #[test]
    fn unread_counts_what_the_other_side_said_since() {
        let mut conversation = Conversation::new(Side::Visitor);
        conversation.welcome(
            "e".into(),
            newest(vec![
                said(1, agent()),
                said(2, Author::Visitor),
                said(3, agent()),
            ]),
            Marks::default(),
        );
        assert_eq!(conversation.unread(), 2);
        let read = |number| Marks {
            visitor: Mark {
                delivered: Number(number),
                read: Number(number),
            },
            agent: Mark::default(),
        };
        conversation.mark(read(2));
        assert_eq!(conversation.unread(), 1);
        conversation.mark(read(1));
        assert_eq!(conversation.unread(), 1, "marks only grow");
    }
}
