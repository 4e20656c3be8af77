//! The form before the chat: whether it is asked, and what was filled in.

use saluda_protocol::{FieldId, Number, What, message::Body};

use super::{Effect, Talk};

/// The form, as far as it matters here: which fields it has, not what they ask.
#[derive(Debug, Default)]
pub(crate) struct Asking {
    /// The fields of the site's form; none if it has no form.
    pub(crate) fields: Vec<String>,
    /// Whether the visitor is known to the server by something this browser
    /// remembers. Then only the server knows whether they are asked.
    pub(crate) known: bool,
    /// Whether it was filled in or put off here, now or earlier.
    pub(crate) done: bool,
    /// What was filled in and is not known to be on the server: the frame that
    /// says it.
    pub(crate) filled: Option<String>,
    pub(crate) answered: Vec<FieldId>,
}

impl Talk {
    /// What an earlier page and the config say of the form.
    pub(crate) fn ask(&mut self, asking: Asking) {
        self.asking = asking;
    }

    /// The form has these fields from now on.
    pub(crate) fn ask_for(&mut self, fields: Vec<String>) {
        self.asking.fields = fields;
    }

    /// Whether the form stands before the chat. Whoever has written is not kept
    /// from it; who only tapped a greeting's button is asked all the same.
    pub(crate) fn is_asked_to_fill_in(&self) -> bool {
        let asking = &self.asking;
        let nobody = self.welcomed || self.has_been_welcome || !asking.known;
        let open = asking.fields.iter().any(|field| !self.has_answered(field));
        nobody && open && !asking.done && asking.filled.is_none() && !self.has_written()
    }

    /// Whether a field need not be filled in any more.
    pub(crate) fn has_answered(&self, field: &str) -> bool {
        let mut answered = self.asking.answered.iter();
        answered.any(|known| known.as_str() == field)
    }

    /// What was filled in and is not known to be on the server.
    pub(crate) fn filled(&self) -> Option<&String> {
        self.asking.filled.as_ref()
    }

    /// The visitor fills it in.
    pub(crate) fn fill_in(&mut self, frame: String) -> Option<Effect> {
        self.asking.filled = Some(frame.clone());
        self.welcomed.then_some(Effect::SendText(frame))
    }

    /// The visitor does not fill it in, now or later.
    pub(crate) fn put_off(&mut self) {
        self.asking.done = true;
    }

    pub(super) fn know_answered(&mut self, fields: Vec<FieldId>) {
        self.asking.answered = fields;
    }

    pub(super) fn answered(&mut self, fields: Vec<FieldId>) -> Option<Effect> {
        self.know_answered(fields);
        let was_ours = self.asking.filled.take().is_some();
        self.asking.done |= was_ours;
        was_ours.then_some(Effect::FilledIn)
    }

    pub(super) fn take_form_back(&mut self) -> Option<Effect> {
        self.asking.filled.take().map(|_| Effect::FormRefused)
    }

    fn has_written(&self) -> bool {
        let words = |body: &Body| !matches!(body, Body::Tap { .. });
        let conversation = &self.conversation;
        let before = conversation.events().iter().any(|event| match &event.what {
            What::Message(message) => message.author.is_visitor() && words(&message.body),
            _ => false,
        });
        let mut pending = conversation.pending().iter();
        before
            || (conversation.has_older() && conversation.first() > Number(1))
            || pending.any(|it| it.greeting.is_none() && words(&it.body))
    }
}
