//! What the visitor's side of a conversation knows and does, as a pure state
//! machine: updates and the visitor's acts go in, effects come out.
//!
//! How anything looks, the socket and the clock are not in this file.

use saluda_client::{Conversation, Outcome, Pending};
use saluda_flow::capture::{self, Decision, Facts, Question};
use saluda_protocol::{
    Claim, Contact, Credentials, EmailAddress, ErrorCode, Marks, MessageId, Millis, Side,
    VisitorFrame, VisitorUpdate, WIRE_VERSION, What, site::EmailCapture, visitor::Place,
};

/// What the owner of a [`Talk`] has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Send this if the socket is open; what matters is sent again after the
    /// next welcome.
    Send(VisitorFrame),
    /// Remember who the visitor is.
    Keep(Credentials),
    /// A message came that was not written here.
    Said {
        /// Which one.
        id: MessageId,
        /// Who said it. The visitor may have another tab.
        by: Side,
    },
    /// An agent is typing.
    Typing(String),
    /// Nobody is typing any more.
    Silence,
    /// What was loaded stands before everything that was there.
    Prepended,
    /// The server does not take the e-mail address.
    EmailRefused,
}

/// The visitor's side of a conversation.
#[derive(Debug)]
pub(crate) struct Talk {
    conversation: Conversation,
    capture: EmailCapture,
    /// What the server knows.
    email: Option<EmailAddress>,
    /// What was given here and is not known to be on the server.
    unsaved_email: Option<EmailAddress>,
    question: Question,
    welcomed: bool,
    asked_for_older: bool,
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
        unsaved_email: Option<EmailAddress>,
        skipped: bool,
    ) -> Self {
        let mut conversation = Conversation::new(Side::Visitor);
        for pending in pending {
            conversation.write(pending);
        }
        Self {
            conversation,
            capture,
            email: None,
            unsaved_email,
            question: if skipped {
                Question::Skipped
            } else {
                Question::Unasked
            },
            welcomed: false,
            asked_for_older: false,
            agents_online: false,
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

    pub(crate) fn unsaved_email(&self) -> Option<&EmailAddress> {
        self.unsaved_email.as_ref()
    }

    /// Whether something was begun that the server does not have.
    pub(crate) fn has_unsent(&self) -> bool {
        self.conversation.to_send().next().is_some() || self.unsaved_email.is_some()
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
            } => {
                self.welcomed = true;
                self.agents_online = agents_online;
                self.clock_ahead_ms = server_now.0.cast_signed() - now.0.cast_signed();
                self.told = marks.visitor;
                self.know(&contact);
                effects.extend(credentials.map(Effect::Keep));
                if !slice.reset {
                    self.note_said(&slice.events, &mut effects);
                }
                let outcome = self.conversation.welcome(epoch, slice, marks);
                ask_for_missed(outcome, &mut effects);
                self.send_unsent(&mut effects);
            }
            VisitorUpdate::Event(event) => {
                if let What::Contact(contact) = &event.what {
                    self.know(contact);
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
            } => self.conversation.refuse(id, error),
            VisitorUpdate::Refused { id: None, error } => {
                let refused = error.code == ErrorCode::EmailInvalid;
                effects.extend(refused.then(|| self.take_email_back()).flatten());
            }
            VisitorUpdate::Marks(marks) => self.conversation.mark(marks),
            VisitorUpdate::Typing { name } => effects.push(Effect::Typing(name)),
            VisitorUpdate::Contact(contact) => self.know(&contact),
            VisitorUpdate::AgentsOnline(online) => self.agents_online = online,
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
            VisitorUpdate::Ping => effects.push(Effect::Send(VisitorFrame::Pong)),
            // From a newer server.
            _ => {}
        }
        self.tell_delivered(&mut effects);
        effects
    }

    /// The visitor says something.
    pub(crate) fn write(&mut self, pending: Pending) -> Vec<Effect> {
        let post = post(&pending);
        self.conversation.write(pending);
        self.send(post)
    }

    /// The visitor wants a message that was turned away to be sent again.
    pub(crate) fn try_again(&mut self, id: MessageId) -> Vec<Effect> {
        match self.conversation.try_again(id) {
            Some(pending) => self.send(post(&pending)),
            None => Vec::new(),
        }
    }

    /// The visitor takes a message back that was turned away.
    pub(crate) fn discard(&mut self, id: MessageId) {
        self.conversation.discard(id);
    }

    /// The visitor tells where to write to.
    pub(crate) fn give_email(&mut self, email: EmailAddress) -> Vec<Effect> {
        self.question = Question::Unasked;
        self.unsaved_email = Some(email.clone());
        self.send(contact(email))
    }

    /// The visitor does not want to tell, now.
    pub(crate) fn skip_email(&mut self) {
        self.question = Question::Skipped;
    }

    /// The visitor is typing.
    pub(crate) fn typing(&self) -> Vec<Effect> {
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

    /// Whether to ask for an e-mail address now. `now` is the clock of this
    /// browser, and so is the answer.
    pub(crate) fn question(&mut self, now: Millis) -> Decision {
        let decision = capture::decide(self.capture, &self.facts(), self.on_server(now));
        self.question = match (decision, self.question) {
            (Decision::Ask, _) => Question::Shown,
            (_, Question::Skipped) => Question::Skipped,
            _ => Question::Unasked,
        };
        match decision {
            Decision::WakeAt(at) => {
                Decision::WakeAt(Millis(at.0.saturating_add_signed(-self.clock_ahead_ms)))
            }
            other => other,
        }
    }

    /// Whether the visitor must tell an e-mail address before writing.
    pub(crate) fn is_blocked(&self) -> bool {
        capture::blocks_writing(self.capture, &self.facts())
    }

    fn facts(&self) -> Facts {
        let conversation = &self.conversation;
        let wrote_before = conversation.events().iter().any(|event| {
            let message = event.what.message();
            message.is_some_and(|message| message.author.is_visitor())
        });
        Facts {
            email_known: self.email.is_some() || self.unsaved_email.is_some(),
            question: self.question,
            wrote: wrote_before || !conversation.pending().is_empty(),
            unanswered_since: capture::unanswered_since(conversation.events()),
        }
    }

    fn on_server(&self, now: Millis) -> Millis {
        Millis(now.0.saturating_add_signed(self.clock_ahead_ms))
    }

    fn know(&mut self, contact: &Contact) {
        if contact.email.is_some() {
            self.email.clone_from(&contact.email);
            if self.email == self.unsaved_email {
                self.unsaved_email = None;
            }
        }
    }

    fn take_email_back(&mut self) -> Option<Effect> {
        self.unsaved_email.take()?;
        self.question = Question::Shown;
        Some(Effect::EmailRefused)
    }

    /// What is not welcomed yet is sent by the welcome.
    fn send(&self, frame: VisitorFrame) -> Vec<Effect> {
        if self.welcomed {
            vec![Effect::Send(frame)]
        } else {
            Vec::new()
        }
    }

    fn send_unsent(&self, effects: &mut Vec<Effect>) {
        let email = self.unsaved_email.clone().map(contact);
        let posts = self.conversation.to_send().map(post);
        effects.extend(email.into_iter().chain(posts).map(Effect::Send));
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
            if !message.author.is_visitor() {
                effects.extend([
                    Effect::Silence,
                    Effect::Said {
                        id,
                        by: Side::Agent,
                    },
                ]);
            } else if self.conversation.pending().iter().all(|own| own.id != id) {
                effects.push(Effect::Said {
                    id,
                    by: Side::Visitor,
                });
            }
        }
    }
}

fn post(pending: &Pending) -> VisitorFrame {
    VisitorFrame::Post {
        id: pending.id,
        body: pending.body.clone(),
    }
}

fn contact(email: EmailAddress) -> VisitorFrame {
    VisitorFrame::Contact(Claim {
        email: Some(email.into()),
        name: None,
    })
}

fn ask_for_missed(outcome: Outcome, effects: &mut Vec<Effect>) {
    if let Outcome::Missed(after) = outcome {
        effects.push(Effect::Send(VisitorFrame::Missed(after)));
    }
}

#[cfg(test)]
mod tests;
