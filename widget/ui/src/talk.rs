//! What the visitor's side of a conversation knows and does, as a pure state
//! machine: updates and the visitor's acts go in, effects come out.
//!
//! How anything looks, the socket and the clock are not in this file.

use saluda_client::{Conversation, Outcome, Pending};
use saluda_flow::capture::Question;
use saluda_protocol::{
    Author, Contact, Credentials, ErrorCode, Event, Marks, MessageId, Millis, Side, TriggerId,
    VisitorFrame, VisitorUpdate, WIRE_VERSION, What, site::EmailCapture, visitor::Place,
};

pub(crate) use form::Asking;
use rating::Rated;
pub(crate) use rating::Rates;
use say::frame;

use crate::fields::Fields;

/// What the owner of a [`Talk`] has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Send this if the socket is open; what matters is sent again after the
    /// next welcome.
    Send(VisitorFrame),
    /// Send a frame that was written down before.
    SendText(String),
    /// Remember who the visitor is.
    Keep(Credentials),
    /// A message came that was not written here.
    Said {
        /// Which one.
        id: MessageId,
        /// Who said it. The visitor may have another tab.
        by: Voice,
    },
    /// What there was in the conversation before: how many messages, and when
    /// the last one was written, by this browser's clock.
    Before { count: u32, last_at: Millis },
    /// The visitor answered what this trigger showed, or gave what it asked for.
    Replied(TriggerId),
    /// An agent is typing.
    Typing(String),
    /// Nobody is typing any more.
    Silence,
    /// What was loaded stands before everything that was there.
    Prepended,
    /// The server does not take the e-mail address.
    EmailRefused,
    /// What was filled in is on the server.
    FilledIn,
    /// What was filled in does not fit the site's form.
    FormRefused,
    /// Files may be sent now.
    MayAttach,
    /// The site greets by other rules now.
    Renew,
}

/// Who said something, as far as it makes a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    Visitor,
    Agent,
    /// Nobody: a greeting, or what it says by itself.
    Greeting,
}

/// The visitor's side of a conversation.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, of the connection or of the site"
)]
pub(crate) struct Talk {
    conversation: Conversation,
    capture: EmailCapture,
    /// What the server knows.
    known: Contact,
    /// What was given here and is not known to be on the server.
    unsaved: Contact,
    /// What the page claims of the visitor, until they say something.
    claims: Contact,
    /// What a greeting asks for, until the visitor says not now.
    wanted: Fields,
    question: Question,
    asking: Asking,
    /// Whether the site asks how a conversation was.
    rates: bool,
    rated: Option<Rated>,
    welcomed: bool,
    /// Whether the server has ever told what it knows.
    has_been_welcome: bool,
    asked_for_older: bool,
    /// Whether files are to be sent.
    attaches: bool,
    /// Whether the server takes files of this visitor.
    may_attach: bool,
    agents_online: bool,
    /// The server's clock minus ours.
    clock_ahead_ms: i64,
    /// What the server was told of our side, since the last welcome.
    told: saluda_protocol::Mark,
}

impl Talk {
    /// A conversation with what an earlier page left behind.
    pub(crate) fn new(
        capture: EmailCapture,
        pending: Vec<Pending>,
        unsaved: Contact,
        skipped: bool,
        online: bool,
    ) -> Self {
        let mut conversation = Conversation::new(Side::Visitor);
        for pending in pending {
            conversation.write(pending);
        }
        Self {
            conversation,
            capture,
            known: Contact::default(),
            unsaved,
            claims: Contact::default(),
            wanted: Fields::default(),
            question: if skipped {
                Question::Skipped
            } else {
                Question::Unasked
            },
            asking: Asking::default(),
            rates: false,
            rated: None,
            welcomed: false,
            has_been_welcome: false,
            asked_for_older: false,
            attaches: false,
            may_attach: false,
            agents_online: online,
            clock_ahead_ms: 0,
            told: saluda_protocol::Mark::default(),
        }
    }

    pub(crate) fn conversation(&self) -> &Conversation {
        &self.conversation
    }

    pub(crate) fn agents_online(&self) -> bool {
        self.agents_online
    }

    pub(crate) fn welcomed(&self) -> bool {
        self.welcomed
    }

    pub(crate) fn is_loading_older(&self) -> bool {
        self.asked_for_older
    }

    /// Whether something was begun that the server does not have.
    pub(crate) fn has_unsent(&self) -> bool {
        self.conversation.to_send().next().is_some()
            || self.unsaved().is_some()
            || self.filled().is_some()
    }

    /// Whether the visitor is in an open conversation.
    pub(crate) fn is_open(&self) -> bool {
        let events = self.conversation.events();
        let last = events.iter().rev().find_map(|event| match event.what {
            What::Closed(_) => Some(false),
            What::Reopened(_) => Some(true),
            _ => None,
        });
        last.unwrap_or(!events.is_empty()) || self.conversation.to_send().next().is_some()
    }

    /// The first frame of a connection.
    pub(crate) fn hello(&self, credentials: Option<Credentials>, place: Place) -> VisitorFrame {
        VisitorFrame::Hello {
            wire: WIRE_VERSION,
            credentials,
            resume: self.conversation.cursor(),
            place,
        }
    }

    /// The connection is gone.
    pub(crate) fn lose(&mut self) {
        self.welcomed = false;
        self.asked_for_older = false;
        self.may_attach = false;
    }

    /// Takes in what the server says. `now` is the clock of this browser.
    pub(crate) fn hear(&mut self, update: VisitorUpdate, now: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        match update {
            VisitorUpdate::Welcome {
                credentials,
                epoch,
                now: server_now,
                slice,
                marks,
                contact,
                agents_online,
                answered,
            } => {
                self.welcomed = true;
                self.has_been_welcome = true;
                self.know_answered(answered);
                self.agents_online = agents_online;
                self.clock_ahead_ms = server_now.0.cast_signed() - now.0.cast_signed();
                self.told = marks.visitor;
                self.known = Contact::default();
                self.know(&contact);
                effects.extend(credentials.map(Effect::Keep));
                if slice.reset {
                    effects.extend(self.before(&slice.events));
                } else {
                    self.note_said(&slice.events, &mut effects);
                    // It was away, and may have missed that they changed.
                    effects.push(Effect::Renew);
                }
                let outcome = self.conversation.welcome(epoch, slice, marks);
                ask_for_missed(outcome, &mut effects);
                self.take_claims_up();
                self.send_unsent(&mut effects);
            }
            VisitorUpdate::Event(event) => {
                if let What::Contact(contact) = &event.what {
                    self.know(contact);
                }
                if let What::Rated(_) = &event.what {
                    self.settle_rating();
                }
                self.note_said(std::slice::from_ref(&event), &mut effects);
                ask_for_missed(self.conversation.event(event), &mut effects);
            }
            VisitorUpdate::Ack { id, number, .. } => {
                ask_for_missed(self.conversation.ack(id, number), &mut effects);
            }
            VisitorUpdate::Refused {
                id: Some(id),
                error,
            } => {
                let instead = self.conversation.refuse(id, error);
                effects.extend(instead.as_ref().map(|pending| Effect::Send(frame(pending))));
            }
            VisitorUpdate::Refused { id: None, error } => {
                effects.extend(match error.code {
                    ErrorCode::EmailInvalid => self.take_contact_back(),
                    ErrorCode::FormChanged => self.take_form_back(),
                    ErrorCode::Conflict => {
                        self.settle_rating();
                        None
                    }
                    _ => None,
                });
            }
            VisitorUpdate::Marks(marks) => self.conversation.mark(marks),
            VisitorUpdate::Typing { name } => effects.push(Effect::Typing(name)),
            VisitorUpdate::Contact(contact) => self.know(&contact),
            VisitorUpdate::Answered(fields) => effects.extend(self.answered(fields)),
            VisitorUpdate::AgentsOnline(online) => self.agents_online = online,
            VisitorUpdate::RulesChanged => effects.push(Effect::Renew),
            VisitorUpdate::Slice(slice) => {
                let first = self.conversation.first();
                let before = slice
                    .events
                    .first()
                    .is_none_or(|event| event.number < first);
                if self.asked_for_older && before && !slice.reset {
                    self.asked_for_older = false;
                    self.conversation.older(slice);
                    effects.push(Effect::Prepended);
                } else {
                    self.note_said(&slice.events, &mut effects);
                    ask_for_missed(self.conversation.slice(slice), &mut effects);
                }
            }
            VisitorUpdate::Attach => {
                self.may_attach = true;
                effects.push(Effect::MayAttach);
            }
            VisitorUpdate::Ping => effects.push(Effect::Send(VisitorFrame::Pong)),
            // From a newer server.
            _ => {}
        }
        self.tell_delivered(&mut effects);
        effects
    }

    /// What is told of a conversation that is loaded with these as its last
    /// events. What lies before them is nearly all messages.
    fn before(&self, events: &[Event]) -> Option<Effect> {
        let earlier = events.first()?.number.0.saturating_sub(1);
        let messages = events.iter().filter(|event| event.what.message().is_some());
        let last_at = messages.clone().next_back()?.at;
        let count = earlier.saturating_add(messages.count() as u64);
        Some(Effect::Before {
            count: u32::try_from(count).unwrap_or(u32::MAX),
            last_at: Millis(last_at.0.saturating_add_signed(-self.clock_ahead_ms)),
        })
    }

    /// The visitor is about to send files, now and whenever they connect again.
    pub(crate) fn attach(&mut self) -> Option<Effect> {
        self.attaches = true;
        let asks = !self.may_attach;
        self.send(VisitorFrame::Attach).filter(|_| asks)
    }

    pub(crate) fn may_attach(&self) -> bool {
        self.may_attach
    }

    /// The visitor is typing.
    pub(crate) fn typing(&self) -> Option<Effect> {
        self.send(VisitorFrame::Typing)
    }

    /// Everything that is here is on the visitor's screen.
    pub(crate) fn see(&mut self) -> Vec<Effect> {
        let last = self.conversation.last_of_other_side();
        if last > self.conversation.marks().visitor.read {
            let mut marks = Marks::default();
            marks.visitor.read = last;
            marks.visitor.delivered = last;
            self.conversation.mark(marks);
        }
        if self.welcomed && last > self.told.read {
            self.told.read = last;
            vec![Effect::Send(VisitorFrame::Read(last))]
        } else {
            Vec::new()
        }
    }

    /// The visitor wants to see what was said before.
    pub(crate) fn load_older(&mut self) -> Vec<Effect> {
        if self.asked_for_older || !self.welcomed || !self.conversation.has_older() {
            return Vec::new();
        }
        self.asked_for_older = true;
        vec![Effect::Send(VisitorFrame::Older(self.conversation.first()))]
    }

    /// What is not welcomed yet is sent by the welcome.
    fn send(&self, frame: VisitorFrame) -> Option<Effect> {
        self.welcomed.then_some(Effect::Send(frame))
    }

    fn tell_delivered(&mut self, effects: &mut Vec<Effect>) {
        let last = self.conversation.last_of_other_side();
        if self.welcomed && last > self.told.delivered {
            self.told.delivered = last;
            effects.push(Effect::Send(VisitorFrame::Delivered(last)));
        }
    }

    /// Notes messages that are new here. The visitor's own were noted when they
    /// were written.
    fn note_said(&self, events: &[saluda_protocol::Event], effects: &mut Vec<Effect>) {
        let last = self.conversation.last();
        for event in events.iter().filter(|event| event.number > last) {
            let Some(message) = event.what.message() else {
                continue;
            };
            let id = message.id;
            if self.conversation.pending().iter().any(|own| own.id == id) {
                continue;
            }
            let by = match message.author {
                Author::Visitor => Voice::Visitor,
                Author::Greeting { .. } => Voice::Greeting,
                _ => Voice::Agent,
            };
            if by == Voice::Agent {
                effects.push(Effect::Silence);
            }
            effects.push(Effect::Said { id, by });
        }
    }
}

fn ask_for_missed(outcome: Outcome, effects: &mut Vec<Effect>) {
    if let Outcome::Missed(after) = outcome {
        effects.push(Effect::Send(VisitorFrame::Missed(after)));
    }
}

mod contact;
mod form;
mod rating;
mod say;
#[cfg(test)]
mod tests;
