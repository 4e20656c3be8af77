//! What becomes of greetings.

use saluda_protocol::{Millis, TriggerId};

use super::Visit;
use crate::event::Reaction;
use crate::experiment;
use crate::memory::{SHOWINGS, Showing};
use crate::trigger::Terms;

impl Visit {
    /// A greeting is about to be on the screen, or is held back.
    pub(crate) fn show(&mut self, terms: &Terms, held: bool, now: Millis) {
        let visit = self.number();
        let dice = self.memory.dice;
        let record = self.memory.record_mut(&terms.id);
        record.version = terms.version;
        record.variant = experiment::variant(terms, dice);
        record.held = held;
        record.reached = false;
        record.shown = record.shown.saturating_add(1);
        record.shown_at = now;
        record.shown_visit = visit;
        record.spent = true;
        if !held {
            self.on_screen = true;
            let showings = &mut self.memory.showings;
            showings.push(Showing { at: now, visit });
            if showings.len() > SHOWINGS {
                showings.remove(0);
            }
        }
    }

    /// The visitor does something with a greeting.
    pub(crate) fn react(&mut self, trigger: &TriggerId, what: Reaction, now: Millis) {
        let visit = self.number();
        let record = self.memory.record_mut(trigger);
        match what {
            Reaction::Opened => record.opened = record.opened.saturating_add(1),
            Reaction::Replied => record.replied = record.replied.saturating_add(1),
            Reaction::Clicked => return,
            Reaction::Dismissed => {
                record.dismissed = record.dismissed.saturating_add(1);
                record.dismissed_at = now;
                record.dismissed_visit = visit;
            }
        }
        self.on_screen &= what == Reaction::Replied;
    }
}
