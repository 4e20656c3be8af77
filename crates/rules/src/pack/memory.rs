//! A memory as words, which is how the browser keeps it.
//!
//! A page can be served by an older or a newer build than the one before, so
//! the words begin with the version of their form. What is of another version,
//! or damaged, is no memory: the visitor begins anew.

use saluda_protocol::Millis;

use super::{Row, Words};
use crate::memory::{Memory, Record, Showing, Tally};
use crate::stay::Stay;

/// The version of the form below.
const VERSION: u64 = 1;

impl Memory {
    /// Writes it as words. `active_at` is when something last happened, as far
    /// as that is worth writing down. The address where the visit began is the
    /// second word: the page reads it there.
    pub fn pack(&self, active_at: Millis, row: &mut Row) {
        row.whole(VERSION);
        row.text(&self.landing);
        row.text(&self.referrer);
        row.whole(self.dice >> 32);
        row.whole(self.dice & u64::from(u32::MAX));
        // A visit that has not begun is number 0.
        let stay = self.stay.unwrap_or(Stay {
            number: 0,
            began_at: Millis(0),
            active_at,
            pages: 0,
        });
        row.whole(u64::from(stay.number));
        row.whole(stay.began_at.0);
        row.whole(active_at.0);
        row.whole(u64::from(stay.pages));
        row.optional(self.last_visit_ended_at.map(|at| at.0));
        row.whole(self.visible_ms);
        row.optional(self.agent_wrote_at.map(|at| at.0));
        row.list(&self.greetings, Row::record);
        row.list(&self.showings, |row, showing| {
            row.whole(showing.at.0);
            row.whole(u64::from(showing.visit));
        });
        row.list(&self.events, |row, tally| {
            row.text(&tally.key);
            row.whole(u64::from(tally.visit));
            row.list(&tally.last, |row, at| row.whole(at.0));
        });
    }

    /// Reads it back, if the words are sound to its end.
    #[must_use]
    pub fn unpack(words: &mut Words<'_>) -> Self {
        if words.whole() != VERSION {
            words.spoil();
        }
        Self {
            landing: words.text(),
            referrer: words.text(),
            dice: u64::from(words.small()) << 32 | u64::from(words.small()),
            stay: Some(Stay {
                number: words.small(),
                began_at: words.instant(),
                active_at: words.instant(),
                pages: words.small(),
            })
            .filter(|stay| stay.number > 0),
            last_visit_ended_at: words.optional().map(Millis),
            visible_ms: words.whole(),
            agent_wrote_at: words.optional().map(Millis),
            greetings: words.list(&mut Words::record),
            showings: words.list(&mut |words| Showing {
                at: words.instant(),
                visit: words.small(),
            }),
            events: words.list(&mut |words| Tally {
                key: words.text(),
                visit: words.small(),
                last: words.list(&mut Words::instant),
            }),
        }
    }
}

impl Row {
    #[inline(never)]
    fn record(&mut self, record: &Record) {
        self.text(record.trigger.as_str());
        self.optional(record.variant.map(u64::from));
        for number in [
            u32::from(record.held),
            u32::from(record.reached),
            u32::from(record.spent),
            record.version,
            record.shown,
            record.shown_visit,
            record.opened,
            record.dismissed,
            record.dismissed_visit,
            record.replied,
        ] {
            self.whole(u64::from(number));
        }
        self.whole(record.shown_at.0);
        self.whole(record.dismissed_at.0);
    }
}

impl Words<'_> {
    fn record(&mut self) -> Record {
        let mut record = Record::new(self.trigger());
        record.variant = self
            .optional()
            .and_then(|variant| u8::try_from(variant).ok());
        record.held = self.flag();
        record.reached = self.flag();
        record.spent = self.flag();
        for number in [
            &mut record.version,
            &mut record.shown,
            &mut record.shown_visit,
            &mut record.opened,
            &mut record.dismissed,
            &mut record.dismissed_visit,
            &mut record.replied,
        ] {
            *number = self.small();
        }
        record.shown_at = self.instant();
        record.dismissed_at = self.instant();
        record
    }
}
