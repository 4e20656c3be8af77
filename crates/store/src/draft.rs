//! A conversation while a transaction changes it. Pure: a database loads the
//! row, lets this decide, and saves what came of it.

use saluda_protocol::inbox::Preview;
use saluda_protocol::{
    Answer, Author, Contact, ConversationId, Event, Mark, Marks, Message, Millis, Number, Rating,
    Side, SiteId, Status, VisitorId, What, limits,
};

use crate::{Conversation, FollowUp, Greeting};

/// Most tags of a conversation; those that came first stay.
const TAGS: usize = 50;

/// A conversation and what is about to be added to it.
pub(crate) struct Draft {
    pub(crate) conversation: Conversation,
    pub(crate) events: Vec<Event>,
    /// What is answered to the quick replies of the message that is added, if
    /// it has any.
    pub(crate) answers: Option<Vec<Option<String>>>,
    counted_open: bool,
    counted_unread: bool,
}

impl Draft {
    /// Begins a conversation.
    pub(crate) fn begin(id: ConversationId, site: SiteId, visitor: VisitorId, at: Millis) -> Self {
        Self {
            conversation: Conversation {
                id,
                site,
                visitor,
                status: Status::Open,
                created_at: at,
                last: Number(0),
                change: Number(0),
                written_at: at,
                preview: None,
                asked: Number(0),
                marks: Marks::default(),
                origin: None,
                tags: Vec::new(),
                follow_up: None,
                verified: false,
                erased: false,
                moved: None,
            },
            events: Vec::new(),
            answers: None,
            counted_open: false,
            counted_unread: false,
        }
    }

    /// Continues a conversation.
    pub(crate) fn of(conversation: Conversation) -> Self {
        Self {
            counted_open: conversation.status == Status::Open,
            counted_unread: conversation.unread(),
            conversation,
            events: Vec::new(),
            answers: None,
        }
    }

    /// Adds a message. A visitor's message opens a closed conversation again.
    /// Returns its number.
    pub(crate) fn message(&mut self, message: Message, at: Millis) -> Number {
        let by_visitor = message.author.is_visitor();
        if by_visitor {
            self.status(Status::Open, message.author.clone(), at);
        }
        self.conversation.written_at = at;
        // What a greeting says by itself must not hide what the visitor said.
        if self.conversation.preview.is_none() || !is_greeting(&message.author) {
            self.conversation.preview = Some(Preview {
                author: message.author.clone(),
                text: preview(message.body.as_text()),
            });
        }
        let number = self.add(What::Message(message), at);
        if by_visitor {
            self.conversation.asked = number;
        }
        number
    }

    /// Adds a greeting that the visitor takes up. Returns its number.
    pub(crate) fn greet(&mut self, message: Message, greeting: Greeting, at: Millis) -> Number {
        let kept = &mut self.conversation;
        kept.origin.get_or_insert(greeting.origin);
        for tag in greeting.tags {
            if kept.tags.len() < TAGS && !kept.tags.contains(&tag) {
                kept.tags.push(tag);
            }
        }
        kept.follow_up = greeting.follow_up;
        self.answers = Some(greeting.answers).filter(|answers| !answers.is_empty());
        self.message(message, at)
    }

    /// Adds what the last greeting says once the visitor wrote.
    pub(crate) fn follow_words(&mut self, at: Millis) {
        match self.conversation.follow_up.take() {
            Some(FollowUp::OnWords(message)) => {
                self.message(message, at);
            }
            other => self.conversation.follow_up = other,
        }
    }

    /// Adds what the last greeting says once the visitor told how to reach them.
    /// Returns whether it had something to say.
    pub(crate) fn follow_contact(&mut self, at: Millis) -> bool {
        match self.conversation.follow_up.take() {
            Some(FollowUp::OnContact(message)) => {
                self.message(message, at);
                true
            }
            other => {
                self.conversation.follow_up = other;
                false
            }
        }
    }

    /// Opens or closes. Returns whether that changed anything.
    pub(crate) fn status(&mut self, status: Status, by: Author, at: Millis) -> bool {
        if self.conversation.status == status {
            return false;
        }
        self.conversation.status = status;
        let what = match status {
            Status::Open => What::Reopened(by),
            Status::Closed => What::Closed(by),
        };
        self.add(what, at);
        true
    }

    /// Writes down how the visitor can be reached.
    pub(crate) fn contact(&mut self, contact: Contact, at: Millis) {
        self.add(What::Contact(contact), at);
    }

    /// Writes down what the visitor filled in.
    pub(crate) fn filled_in(&mut self, answers: Vec<Answer>, at: Millis) {
        self.add(What::Answers(answers), at);
    }

    /// Writes down how the visitor found it.
    pub(crate) fn rated(&mut self, rating: Rating, at: Millis) {
        self.add(What::Rated(rating), at);
    }

    /// Moves a mark forward. Returns whether that changed anything.
    pub(crate) fn mark(&mut self, side: Side, mark: Mark) -> bool {
        let last = self.conversation.last;
        let kept = match side {
            Side::Visitor => &mut self.conversation.marks.visitor,
            Side::Agent => &mut self.conversation.marks.agent,
        };
        let read = kept.read.max(mark.read.min(last));
        let delivered = kept.delivered.max(mark.delivered.min(last)).max(read);
        let moved = Mark { delivered, read };
        let changed = *kept != moved;
        *kept = moved;
        changed
    }

    /// Takes in another conversation of the same person: its events follow its own,
    /// in their order. Returns how far their numbers move.
    pub(crate) fn absorb(&mut self, other: &Conversation) -> u64 {
        let ours = &mut self.conversation;
        let by = ours.last.0;
        let moved = |number: Number| match number {
            Number(0) => Number(0),
            Number(number) => Number(number + by),
        };
        // A mark goes on only where its side has come to the end of ours.
        let last_by_agent = ours
            .preview
            .as_ref()
            .is_some_and(|preview| !preview.author.is_visitor());
        let visitor_waits = last_by_agent && ours.marks.visitor.read < ours.last;
        for (mark, theirs, waits) in [
            (&mut ours.marks.visitor, other.marks.visitor, visitor_waits),
            (
                &mut ours.marks.agent,
                other.marks.agent,
                self.counted_unread,
            ),
        ] {
            if !waits {
                mark.read = mark.read.max(moved(theirs.read));
                mark.delivered = mark.delivered.max(moved(theirs.delivered));
            }
        }
        if other.asked > Number(0) {
            ours.asked = moved(other.asked);
        }
        ours.last = moved(other.last).max(ours.last);
        if other.status == Status::Open {
            ours.status = Status::Open;
        }
        if other.written_at >= ours.written_at {
            ours.written_at = other.written_at;
            ours.preview = other.preview.clone().or(ours.preview.take());
        }
        ours.origin = ours.origin.take().or_else(|| other.origin.clone());
        ours.follow_up = other.follow_up.clone().or(ours.follow_up.take());
        for tag in &other.tags {
            if ours.tags.len() < TAGS && !ours.tags.contains(tag) {
                ours.tags.push(tag.clone());
            }
        }
        by
    }

    /// Leaves nothing in the conversation, because it became a part of another.
    pub(crate) fn empty(&mut self, into: ConversationId) {
        let kept = &mut self.conversation;
        kept.moved = Some(into);
        kept.status = Status::Closed;
        kept.last = Number(0);
        kept.asked = Number(0);
        kept.marks = Marks::default();
        kept.preview = None;
        kept.follow_up = None;
    }

    /// Leaves nothing but the numbers, and says so.
    pub(crate) fn erase(&mut self, at: Millis) {
        let number = self.add(What::Erased, at);
        let kept = &mut self.conversation;
        kept.erased = true;
        kept.status = Status::Closed;
        kept.asked = Number(0);
        let mark = Mark {
            delivered: number,
            read: number,
        };
        kept.marks = Marks {
            visitor: mark,
            agent: mark,
        };
        kept.preview = None;
        kept.origin = None;
        kept.tags = Vec::new();
        kept.follow_up = None;
    }

    /// How the site's counts of open and unread conversations change.
    pub(crate) fn count_changes(&self) -> (i64, i64) {
        let open = self.conversation.status == Status::Open;
        (
            i64::from(open) - i64::from(self.counted_open),
            i64::from(self.conversation.unread()) - i64::from(self.counted_unread),
        )
    }

    fn add(&mut self, what: What, at: Millis) -> Number {
        let number = self.conversation.last.next();
        self.conversation.last = number;
        self.events.push(Event { number, at, what });
        number
    }
}

fn is_greeting(author: &Author) -> bool {
    matches!(author, Author::Greeting { .. })
}

/// The beginning of a text, on one line.
fn preview(text: &str) -> String {
    text.split_whitespace()
        .flat_map(|word| [" ", word])
        .skip(1)
        .flat_map(str::chars)
        .take(limits::PREVIEW_CHARS)
        .collect()
}

#[cfg(test)]
mod tests {
    use saluda_protocol::{Body, MessageId};

    use super::*;

    fn draft() -> Draft {
        Draft::begin(
            ConversationId::from_random([1; 16]),
            SiteId::from_random([1; 16]),
            VisitorId::from_random([1; 16]),
            Millis(5),
        )
    }

    fn message(text: &str) -> Message {
        Message {
            id: MessageId::from_random([1; 16]),
            author: Author::Visitor,
            body: Body::Text(text.into()),
        }
    }

    #[test]
    fn counts_change_once_when_a_conversation_begins() {
        let mut draft = draft();
        draft.message(message("hello"), Millis(5));
        assert_eq!(draft.count_changes(), (1, 1));
        let mut draft = Draft::of(draft.conversation);
        draft.message(message("hello?"), Millis(6));
        assert_eq!(draft.count_changes(), (0, 0));
        let all = draft.conversation.last;
        assert!(draft.mark(
            Side::Agent,
            Mark {
                delivered: all,
                read: all
            }
        ));
        assert_eq!(draft.count_changes(), (0, -1));
    }

    #[test]
    fn a_mark_stays_between_what_it_was_and_the_last_event() {
        let mut draft = draft();
        draft.message(message("one"), Millis(5));
        let far = Mark {
            delivered: Number(0),
            read: Number(99),
        };
        assert!(draft.mark(Side::Agent, far));
        assert_eq!(
            draft.conversation.marks.agent,
            Mark {
                delivered: Number(1),
                read: Number(1)
            }
        );
        assert!(!draft.mark(Side::Agent, Mark::default()));
    }

    #[test]
    fn a_preview_is_one_short_line() {
        assert_eq!(preview("  two\n\n lines\t"), "two lines");
        assert_eq!(
            preview(&"é".repeat(500)).chars().count(),
            limits::PREVIEW_CHARS
        );
    }
}
