//! The conversations this desk has looked into, and which one is open.
//!
//! A conversation that was left stays here, so that it is there at once when
//! the agent comes back, and so that nothing written into it is lost while it
//! is on its way.

use std::collections::HashMap;

use saluda_client::{Conversation, Outcome, Pending};
use saluda_protocol::{
    ConversationId, ErrorBody, Event, Marks, MessageId, Number, Person, Side, Slice, Status,
    Summary, What,
};

/// Conversations kept after they were left.
const KEPT: usize = 30;

/// All conversations held here.
#[derive(Debug, Clone, Default)]
pub(crate) struct Threads {
    open: Option<ConversationId>,
    held: HashMap<ConversationId, Thread>,
    /// Counts openings, to know which conversation was left longest ago.
    openings: u64,
}

/// One conversation.
#[derive(Debug, Clone)]
pub(crate) struct Thread {
    /// What was said.
    pub(crate) conversation: Conversation,
    /// With whom; nothing until the server has told.
    pub(crate) person: Option<Person>,
    /// Open or closed.
    pub(crate) status: Status,
    /// Whether the visitor is typing.
    pub(crate) typing: bool,
    /// Why it cannot be shown, if it cannot.
    pub(crate) refused: Option<ErrorBody>,
    /// Older events were asked for and are not here yet.
    pub(crate) fetching_older: bool,
    /// Nothing is left of it, and nothing can be done with it.
    pub(crate) erased: bool,
    opened: u64,
}

impl Thread {
    fn new(opened: u64) -> Self {
        Self {
            conversation: Conversation::new(Side::Agent),
            person: None,
            status: Status::Open,
            typing: false,
            refused: None,
            fetching_older: false,
            erased: false,
            opened,
        }
    }

    /// The last message of the visitor that no agent has read; nothing when
    /// all were.
    pub(crate) fn to_read(&self) -> Option<Number> {
        let asked = self.conversation.last_of_other_side();
        (asked > self.conversation.marks().agent.read).then_some(asked)
    }
}

impl Threads {
    /// The conversation that is open.
    pub(crate) fn open_id(&self) -> Option<ConversationId> {
        self.open
    }

    /// The conversation that is open, as far as it is known.
    pub(crate) fn current(&self) -> Option<&Thread> {
        self.held.get(&self.open?)
    }

    /// A conversation that was looked into.
    pub(crate) fn get(&self, id: ConversationId) -> Option<&Thread> {
        self.held.get(&id)
    }

    /// A conversation that was looked into.
    pub(crate) fn get_mut(&mut self, id: ConversationId) -> Option<&mut Thread> {
        self.held.get_mut(&id)
    }

    /// Opens a conversation; nothing closes the one that is open.
    pub(crate) fn open(&mut self, id: Option<ConversationId>) {
        self.open = id;
        let Some(id) = id else { return };
        self.openings += 1;
        let opened = self.openings;
        let thread = self.held.entry(id).or_insert_with(|| Thread::new(opened));
        thread.opened = opened;
        thread.refused = None;
        thread.typing = false;
        thread.fetching_older = false;
        self.forget_the_oldest();
    }

    fn forget_the_oldest(&mut self) {
        if self.held.len() <= KEPT {
            return;
        }
        let oldest = self
            .held
            .iter()
            .filter(|(id, thread)| {
                Some(**id) != self.open && thread.conversation.pending().is_empty()
            })
            .min_by_key(|(_, thread)| thread.opened)
            .map(|(id, _)| *id);
        if let Some(id) = oldest {
            self.held.remove(&id);
        }
    }

    /// Takes what the server has of a conversation.
    pub(crate) fn opened(
        &mut self,
        id: ConversationId,
        epoch: String,
        slice: Slice,
        person: Person,
        status: Status,
        marks: Marks,
    ) -> Outcome {
        let Some(thread) = self.held.get_mut(&id) else {
            return Outcome::Applied;
        };
        thread.person = Some(person);
        thread.status = status;
        // Of one that was erased, that is all there is.
        let mut told = slice.events.iter();
        thread.erased = told.any(|event| event.what == What::Erased);
        thread.refused = None;
        thread.fetching_older = false;
        thread.conversation.welcome(epoch, slice, marks)
    }

    /// The server does not show the conversation that is open.
    ///
    /// Only one that is still waited for is meant: what is shown already cannot
    /// be refused any more. Returns whether it was.
    pub(crate) fn refuse_open(&mut self, id: ConversationId, error: &ErrorBody) -> bool {
        match self.held.get_mut(&id) {
            Some(thread) if thread.person.is_none() => {
                thread.refused = Some(error.clone());
                true
            }
            _ => false,
        }
    }

    /// Takes one event.
    pub(crate) fn event(&mut self, id: ConversationId, event: Event) -> Outcome {
        let Some(thread) = self.held.get_mut(&id) else {
            return Outcome::Applied;
        };
        let what = event.what.clone();
        let outcome = thread.conversation.event(event);
        if outcome == Outcome::Applied {
            match what {
                What::Closed(_) => thread.status = Status::Closed,
                What::Reopened(_) => thread.status = Status::Open,
                What::Erased => {
                    thread.status = Status::Closed;
                    thread.erased = true;
                    thread.typing = false;
                }
                What::Message(message) if message.author.is_visitor() => thread.typing = false,
                _ => {}
            }
        }
        outcome
    }

    /// A visitor came or left.
    pub(crate) fn presence(&mut self, id: ConversationId, online: bool) {
        let thread = self.held.get_mut(&id);
        if let Some(person) = thread.and_then(|thread| thread.person.as_mut()) {
            person.online = online;
        }
    }

    /// Takes what the inbox says of a conversation.
    pub(crate) fn changed(&mut self, summary: &Summary) {
        if let Some(thread) = self.held.get_mut(&summary.conversation) {
            thread.conversation.mark(summary.marks);
            // What was not opened yet since it was left follows when it is.
            if summary.last <= thread.conversation.last() {
                thread.status = summary.status;
            }
        }
    }

    /// Everything that was written here and may not have arrived.
    pub(crate) fn to_send(&self) -> Vec<(ConversationId, Pending)> {
        self.held
            .iter()
            .flat_map(|(id, thread)| {
                thread
                    .conversation
                    .to_send()
                    .map(|pending| (*id, pending.clone()))
            })
            .collect()
    }

    /// Puts a refusal beside the message it is about.
    pub(crate) fn refuse(&mut self, message: MessageId, error: &ErrorBody) {
        for thread in self.held.values_mut() {
            thread.conversation.refuse(message, error.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use saluda_protocol::{
        AgentId, Author, Body, Contact, ErrorCode, Message, Millis, VisitorId, visitor::Place,
    };

    use super::*;

    fn id(n: u8) -> ConversationId {
        ConversationId::from_random([n; 16])
    }

    fn person() -> Person {
        Person {
            visitor: VisitorId::from_random([1; 16]),
            contact: Contact::default(),
            identity: None,
            place: Place::default(),
            first_seen: Millis(1),
            last_seen: Millis(2),
            online: true,
            origin: None,
            tags: Vec::new(),
            attributes: Vec::new(),
        }
    }

    fn event(number: u64, what: What) -> Event {
        Event {
            number: Number(number),
            at: Millis(number),
            what,
        }
    }

    fn asked(number: u64) -> Event {
        event(
            number,
            What::Message(Message {
                id: MessageId::from_random([u8::try_from(number).unwrap(); 16]),
                author: Author::Visitor,
                body: Body::Text("?".into()),
            }),
        )
    }

    fn opened(threads: &mut Threads, n: u8, events: Vec<Event>) {
        threads.open(Some(id(n)));
        let slice = Slice {
            events,
            reset: true,
            older: false,
        };
        let outcome = threads.opened(
            id(n),
            "e".into(),
            slice,
            person(),
            Status::Open,
            Marks::default(),
        );
        assert_eq!(outcome, Outcome::Applied);
    }

    fn write(threads: &mut Threads, n: u8, message: u8) {
        threads.get_mut(id(n)).unwrap().conversation.write(Pending {
            id: MessageId::from_random([message; 16]),
            body: Body::Text("hello".into()),
            at: Millis(9),
            refused: None,
            greeting: None,
        });
    }

    fn error(code: ErrorCode) -> ErrorBody {
        ErrorBody {
            code,
            message: "no".into(),
            retry_ms: None,
        }
    }

    #[test]
    fn events_carry_the_status_along() {
        let lucia = Author::Agent {
            id: AgentId::from_random([1; 16]),
            name: "Lucía".into(),
        };
        let mut threads = Threads::default();
        opened(&mut threads, 1, vec![asked(1)]);
        threads.event(id(1), event(2, What::Closed(lucia)));
        assert_eq!(threads.current().unwrap().status, Status::Closed);
        threads.event(id(1), event(4, What::Reopened(Author::Visitor)));
        assert_eq!(
            threads.current().unwrap().status,
            Status::Closed,
            "3 is missing"
        );
        threads.event(id(1), event(3, What::Reopened(Author::Visitor)));
        assert_eq!(threads.current().unwrap().status, Status::Open);
    }

    #[test]
    fn what_was_written_is_kept_when_the_conversation_is_left() {
        let mut threads = Threads::default();
        opened(&mut threads, 1, vec![]);
        write(&mut threads, 1, 200);
        for n in 2..60 {
            opened(&mut threads, n, vec![]);
        }
        let waiting: Vec<_> = threads.to_send().into_iter().map(|(id, _)| id).collect();
        assert_eq!(waiting, [id(1)]);
        assert!(
            threads.get(id(2)).is_none(),
            "others are forgotten in the end"
        );
        assert!(threads.get(id(59)).is_some());

        threads.refuse(
            MessageId::from_random([200; 16]),
            &error(ErrorCode::TooMany),
        );
        assert!(threads.to_send().is_empty());
    }

    #[test]
    fn only_a_conversation_that_is_waited_for_can_be_refused() {
        let mut threads = Threads::default();
        assert!(!threads.refuse_open(id(1), &error(ErrorCode::NotFound)));
        threads.open(Some(id(1)));
        assert!(!threads.refuse_open(id(2), &error(ErrorCode::NotFound)));
        assert!(threads.refuse_open(id(1), &error(ErrorCode::NotFound)));
        assert!(threads.current().unwrap().refused.is_some());
        opened(&mut threads, 1, vec![]);
        assert!(threads.current().unwrap().refused.is_none());
        assert!(!threads.refuse_open(id(1), &error(ErrorCode::TooMany)));
    }

    #[test]
    fn there_is_something_to_read_until_any_agent_has() {
        let mut threads = Threads::default();
        opened(&mut threads, 1, vec![asked(1), asked(2)]);
        assert_eq!(threads.current().unwrap().to_read(), Some(Number(2)));
        let mut marks = Marks::default();
        marks.agent.read = Number(2);
        threads.get_mut(id(1)).unwrap().conversation.mark(marks);
        assert_eq!(threads.current().unwrap().to_read(), None);
    }
}
