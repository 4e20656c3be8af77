//! What the visitor says, and what of it the server does not have yet.

use saluda_client::Pending;
use saluda_protocol::{Author, MessageId, VisitorFrame, message::Body};

use super::{Effect, Talk};
use crate::fields::Fields;

impl Talk {
    /// The visitor says something. A greeting they looked at is taken up by it.
    pub(crate) fn write(&mut self, pending: Pending) -> Vec<Effect> {
        let mut effects = self.take_up();
        effects.extend(self.say(pending));
        effects
    }

    /// The visitor taps a quick reply, unless they did that before (S0.7).
    pub(crate) fn tap(&mut self, tap: Pending) -> Vec<Effect> {
        let Body::Tap { message, .. } = tap.body else {
            return Vec::new();
        };
        if self
            .conversation
            .taps()
            .any(|(tapped, _)| tapped == message)
        {
            return Vec::new();
        }
        let offered = self.conversation.offered();
        let mut effects = if offered.is_some_and(|offered| offered.id == message) {
            self.take_up()
        } else {
            match self.conversation.author_of(message) {
                Some(Author::Greeting { trigger, .. }) => vec![Effect::Replied(trigger.clone())],
                _ => Vec::new(),
            }
        };
        effects.extend(self.say(tap));
        effects
    }

    /// The visitor looks at a greeting. It asks for these.
    pub(crate) fn offer(&mut self, greeting: Pending, wanted: Fields) {
        self.conversation.offer(greeting);
        self.wanted = wanted;
    }

    pub(super) fn take_up(&mut self) -> Vec<Effect> {
        let Some(pending) = self.conversation.take_up() else {
            return Vec::new();
        };
        let trigger = pending
            .greeting
            .as_ref()
            .map(|it| it.greeted.trigger.clone());
        let mut effects: Vec<Effect> = trigger.map(Effect::Replied).into_iter().collect();
        effects.extend(self.send(frame(&pending)));
        effects
    }

    fn say(&mut self, pending: Pending) -> Vec<Effect> {
        let frame = frame(&pending);
        self.conversation.write(pending);
        let mut effects: Vec<_> = self.send(frame).into_iter().collect();
        effects.extend(self.tell_claims());
        effects
    }

    /// The visitor wants a message that was turned away to be sent again.
    pub(crate) fn try_again(&mut self, id: MessageId) -> Vec<Effect> {
        let again = self.conversation.try_again(id);
        again
            .and_then(|pending| self.send(frame(&pending)))
            .into_iter()
            .collect()
    }

    /// The visitor takes a message back that was turned away.
    pub(crate) fn discard(&mut self, id: MessageId) {
        self.conversation.discard(id);
    }

    /// In the order it was written; what a greeting asked for follows it.
    pub(super) fn send_unsent(&self, effects: &mut Vec<Effect>) {
        // What was filled in comes first: the conversation begins with it.
        let filled = self.filled().cloned();
        effects.extend(filled.map(Effect::SendText));
        if self.attaches {
            effects.push(Effect::Send(VisitorFrame::Attach));
        }
        let mut frames: Vec<_> = self.conversation.to_send().map(frame).collect();
        if let Some(contact) = self.unsaved() {
            let greeting = |frame: &VisitorFrame| matches!(frame, VisitorFrame::Greeted(_));
            let place = frames
                .iter()
                .rposition(greeting)
                .map_or(0, |place| place + 1);
            frames.insert(place, VisitorFrame::Contact(contact.clone().into()));
        }
        effects.extend(frames.into_iter().map(Effect::Send));
        effects.extend(self.unsent_rating());
    }
}

pub(super) fn frame(pending: &Pending) -> VisitorFrame {
    match &pending.greeting {
        Some(greeting) => VisitorFrame::Greeted(greeting.greeted.clone()),
        None => VisitorFrame::Post {
            id: pending.id,
            body: pending.body.clone(),
        },
    }
}
