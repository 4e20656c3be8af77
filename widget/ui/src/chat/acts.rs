//! What the visitor does, other than to open, close and read.

use saluda_client::Pending;
use saluda_protocol::{Body, Contact, MessageId, limits, message::InvalidText};

use super::{Chat, now, random};
use crate::{apart::Part, road::Road, talk::Voice};

impl Chat {
    /// Says something.
    ///
    /// # Errors
    ///
    /// When there is nothing to say, or too much.
    pub(crate) fn send(self, typed: &str) -> Result<(), InvalidText> {
        self.post(Body::text(typed, limits::VISITOR_TEXT_CHARS)?);
        Ok(())
    }

    /// Taps a quick reply under a message.
    pub(crate) fn tap(self, message: MessageId, button: usize, label: String) {
        self.open();
        if let Ok(button) = u8::try_from(button) {
            self.post(Body::Tap {
                message,
                button,
                label,
            });
            self.focus_soon();
        }
    }

    /// Says something that needs no more looking at.
    pub(crate) fn post(self, body: Body) {
        let Some(core) = self.core() else { return };
        let id = MessageId::from_random(random());
        let tap = matches!(body, Body::Tap { .. });
        let pending = Pending {
            id,
            body,
            at: now(),
            refused: None,
            greeting: None,
        };
        core.link.memory().consent("written");
        let effects = {
            let mut talk = core.talk.borrow_mut();
            core.road.own(id);
            if tap {
                talk.tap(pending)
            } else {
                talk.write(pending)
            }
        };
        self.show(|shown| shown.at_end = true);
        self.connect();
        self.run(effects);
        self.tell_message(id, Voice::Visitor);
    }

    /// Sends a message again that was turned away.
    pub(crate) fn try_again(self, id: MessageId) {
        let Some(core) = self.core() else { return };
        let effects = core.talk.borrow_mut().try_again(id);
        self.connect();
        self.run(effects);
    }

    /// Takes a message back that was turned away.
    pub(crate) fn discard(self, id: MessageId) {
        let Some(core) = self.core() else { return };
        core.talk.borrow_mut().discard(id);
        self.refresh();
        self.focus_soon();
    }

    /// Tells how to reach the visitor.
    pub(crate) fn give_contact(self, contact: Contact) {
        let Some(core) = self.core() else { return };
        core.link.memory().consent("written");
        let effects = core.talk.borrow_mut().give_contact(contact);
        self.show(|shown| shown.wrong = None);
        self.connect();
        self.run(effects);
        self.focus_soon();
    }

    /// Does not tell, now or later.
    pub(crate) fn skip(self) {
        let Some(core) = self.core() else { return };
        if core.talk.borrow_mut().skip() {
            Road::remember_skipping(&core.link.memory());
        }
        self.refresh();
        self.focus_soon();
    }

    /// Fills the form in. `frame` says what.
    pub(crate) fn fill_in(self, frame: String) {
        let Some(core) = self.core() else { return };
        core.link.memory().consent("written");
        let effects = core.talk.borrow_mut().fill_in(frame);
        self.connect();
        self.run(effects);
        self.focus_soon();
    }

    /// Does not fill the form in, now or later.
    pub(crate) fn put_off(self) {
        let Some(core) = self.core() else { return };
        core.talk.borrow_mut().put_off();
        Road::remember_form(&core.link.memory());
        self.refresh();
        self.focus_soon();
    }

    /// The site asks for these fields now: the form is drawn anew.
    pub(crate) fn ask_for(self, fields: Vec<String>) {
        let Some(core) = self.core() else { return };
        core.talk.borrow_mut().ask_for(fields);
        self.leave(Part::Form);
        self.refresh();
    }

    /// Says how the conversation was. `frame` says so too.
    pub(crate) fn rate(self, score: u8, frame: String) {
        let Some(core) = self.core() else { return };
        let effects = core.talk.borrow_mut().rate(score, frame);
        self.run(effects);
    }
}
