//! How the visitor can be reached: what is known, what is asked for, and what
//! they told.

use saluda_flow::capture::{self, Decision, Facts, Question};
use saluda_protocol::{Contact, Millis, VisitorFrame};

use super::{Effect, Talk};
use crate::fields::Fields;

impl Talk {
    /// What was given here and is not known to be on the server.
    pub(crate) fn unsaved(&self) -> Option<&Contact> {
        (self.unsaved != Contact::default()).then_some(&self.unsaved)
    }

    /// Whether there is a way to reach the visitor.
    pub(crate) fn can_reach(&self) -> bool {
        let ways = |contact: &Contact| contact.email.is_some() || contact.phone.is_some();
        ways(&self.known) || ways(&self.unsaved)
    }

    /// The visitor tells how to reach them.
    pub(crate) fn give_contact(&mut self, contact: Contact) -> Vec<Effect> {
        let mut effects = self.take_up();
        self.question = Question::Unasked;
        add(&mut self.unsaved, contact);
        let all = self.unsaved.clone();
        effects.extend(self.send(VisitorFrame::Contact(all.into())));
        effects
    }

    /// The page claims something of the visitor. Nobody is written down for that
    /// alone: it is told with what they say, or have said.
    pub(crate) fn claim(&mut self, claims: Contact) -> Option<Effect> {
        self.claims = claims;
        self.tell_claims()
    }

    pub(super) fn tell_claims(&mut self) -> Option<Effect> {
        if !self.take_claims_up() {
            return None;
        }
        let all = self.unsaved.clone();
        self.send(VisitorFrame::Contact(all.into()))
    }

    /// Makes of claims what was given here. Returns whether there were any that
    /// the server does not know.
    pub(super) fn take_claims_up(&mut self) -> bool {
        let conversation = &self.conversation;
        if conversation.events().is_empty() && conversation.pending().is_empty() {
            return false;
        }
        let claims = std::mem::take(&mut self.claims);
        let known = &self.known;
        let news = Contact {
            email: claims.email.filter(|it| known.email.as_ref() != Some(it)),
            name: claims.name.filter(|it| known.name.as_ref() != Some(it)),
            phone: claims.phone.filter(|it| known.phone.as_ref() != Some(it)),
        };
        let any = news != Contact::default();
        add(&mut self.unsaved, news);
        any
    }

    /// The visitor does not want to tell, now. Returns whether it was the site
    /// that asked, and not only a greeting.
    pub(crate) fn skip(&mut self) -> bool {
        self.wanted = Fields::default();
        let asked = self.question == Question::Shown;
        if asked {
            self.question = Question::Skipped;
        }
        asked
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

    /// What to ask the visitor for, after [`Talk::question`].
    pub(crate) fn asked(&self) -> Fields {
        // One thing after the other.
        if self.is_asked_to_fill_in() {
            return Fields::default();
        }
        let wanted = Fields {
            email: self.question == Question::Shown || self.wanted.email,
            ..self.wanted
        };
        wanted.without(self.given())
    }

    /// What a greeting that was taken up asks for and has not got.
    pub(crate) fn owed(&self) -> Fields {
        match self.conversation.offered() {
            Some(_) => Fields::default(),
            None => self.wanted.without(self.given()),
        }
    }

    /// An earlier page could not get what its greeting asked for.
    pub(crate) fn owe(&mut self, wanted: Fields) {
        self.wanted = wanted;
    }

    fn given(&self) -> Fields {
        let has = |what: fn(&Contact) -> bool| {
            [&self.known, &self.unsaved, &self.claims]
                .into_iter()
                .any(what)
        };
        Fields {
            name: has(|contact| contact.name.is_some()),
            email: has(|contact| contact.email.is_some()),
            phone: has(|contact| contact.phone.is_some()),
        }
    }

    /// Whether the question may be put off.
    pub(crate) fn may_skip(&self) -> bool {
        !self.capture.required || self.question != Question::Shown
    }

    /// Whether the visitor must tell something before writing.
    pub(crate) fn is_blocked(&self) -> bool {
        self.is_asked_to_fill_in() || capture::blocks_writing(self.capture, &self.facts())
    }

    fn facts(&self) -> Facts {
        let conversation = &self.conversation;
        let wrote_before = conversation.events().iter().any(|event| {
            let message = event.what.message();
            message.is_some_and(|message| message.author.is_visitor())
        });
        Facts {
            email_known: self.given().email,
            question: self.question,
            wrote: wrote_before
                || conversation
                    .pending()
                    .iter()
                    .any(|it| it.greeting.is_none()),
            unanswered_since: capture::unanswered_since(conversation.events()),
        }
    }

    fn on_server(&self, now: Millis) -> Millis {
        Millis(now.0.saturating_add_signed(self.clock_ahead_ms))
    }

    pub(super) fn know(&mut self, contact: &Contact) {
        add(&mut self.known, contact.clone());
        let (known, unsaved) = (&self.known, &self.unsaved);
        let saved = (unsaved.email.is_none() || unsaved.email == known.email)
            && (unsaved.name.is_none() || unsaved.name == known.name)
            && (unsaved.phone.is_none() || unsaved.phone == known.phone);
        if saved {
            self.unsaved = Contact::default();
        }
    }

    pub(super) fn take_contact_back(&mut self) -> Option<Effect> {
        self.unsaved()?;
        self.unsaved = Contact::default();
        self.question = Question::Shown;
        Some(Effect::EmailRefused)
    }
}

/// Adds what is new to what is known.
fn add(known: &mut Contact, new: Contact) {
    known.email = new.email.or(known.email.take());
    known.name = new.name.or(known.name.take());
    known.phone = new.phone.or(known.phone.take());
}
