//! Rules that are laid out, as words.

use alloc::vec::Vec;

use saluda_protocol::Millis;
use saluda_protocol::site::Attention;

use super::codes::{FREQUENCIES, HOURS, node_of, word_of};
use super::row::as_number;
use super::words::{as_whole, saturated};
use super::{Row, Words};
use crate::hours::Interval;
use crate::plan::{Asked, Plan, Planned, Slot};
use crate::trigger::{Dismissal, Goal, Terms};

impl Plan {
    /// Writes it as words.
    pub fn pack(&self, row: &mut Row) {
        row.optional(self.attention.per_visit.map(u64::from));
        row.optional(self.attention.per_day.map(u64::from));
        row.whole(self.attention.gap_ms);
        row.whole(u64::from(self.attention.holdout));
        row.flag(self.hours.is_some());
        if let Some(hours) = &self.hours {
            row.list(hours, |row, interval| {
                row.whole(interval.opens_at.0);
                row.whole(interval.closes_at.0);
            });
        }
        let mut laid = Row::new();
        laid.list(&self.slots, |row, slot| row.source(&slot.source));
        laid.list(&self.conditions, Row::asked);
        laid.list(&self.nodes, |row, node| row.whole(word_of(*node) as u64));
        laid.list(&self.triggers, |row, planned| {
            row.terms(&planned.terms);
            row.whole(planned.root as u64);
            row.flag(planned.belongs_to_page);
        });
        row.text(&laid.line());
    }

    /// Reads it back, if the words are sound to its end.
    #[must_use]
    pub fn unpack(words: &mut Words<'_>) -> Self {
        let attention = Attention {
            per_visit: words.optional().map(saturated),
            per_day: words.optional().map(saturated),
            gap_ms: words.whole(),
            holdout: words.byte(),
        };
        let hours = words.flag().then(|| {
            words.list(&mut |words| Interval {
                opens_at: words.instant(),
                closes_at: words.instant(),
            })
        });
        let mut laid = Words::new(words.str().as_bytes());
        let mut plan = Self {
            attention,
            hours,
            slots: laid.list(&mut |words| Slot::from(words.source())),
            conditions: laid.list(&mut |words| Asked {
                slot: words.small() as usize,
                test: words.test(),
                within_ms: words.optional(),
            }),
            nodes: laid.list(&mut |words| node_of(words.small() as usize)),
            triggers: laid.list(&mut |words| Planned {
                terms: words.terms(),
                root: words.small() as usize,
                belongs_to_page: words.flag(),
            }),
            groups: Default::default(),
            goals: Vec::new(),
            always: Vec::new(),
        };
        if !laid.are_sound() || !laid.is_empty() {
            words.spoil();
            for planned in &mut plan.triggers {
                // What was damaged on its way shows nothing.
                planned.terms.live = false;
            }
        }
        plan.index();
        plan
    }
}

impl Row {
    fn terms(&mut self, terms: &Terms) {
        self.text(terms.id.as_str());
        self.whole(u64::from(terms.version));
        self.flag(terms.live);
        self.code(&HOURS, &terms.hours);
        self.optional(terms.from.map(|at| at.0));
        self.optional(terms.until.map(|at| at.0));
        self.code(&FREQUENCIES, &terms.frequency);
        self.optional(terms.times.map(u64::from));
        self.optional(terms.gap_ms);
        self.number(match terms.after_dismiss {
            Dismissal::None => -1.0,
            Dismissal::Visit => -2.0,
            Dismissal::Forever => -3.0,
            Dismissal::For(span_ms) => as_number(span_ms),
        });
        self.flag(terms.with_open_conversation);
        match &terms.goal {
            Some(goal) => {
                self.text(&goal.event);
                self.whole(goal.within_ms);
            }
            None => self.text(""),
        }
        self.text(&terms.seed);
        self.whole(u64::from(terms.holdout));
        self.list(&terms.shares, |row, share| row.whole(u64::from(*share)));
    }
}

impl Words<'_> {
    #[inline(never)]
    fn terms(&mut self) -> Terms {
        Terms {
            id: self.trigger(),
            version: self.small(),
            live: self.flag(),
            hours: self.code(&HOURS),
            from: self.optional().map(Millis),
            until: self.optional().map(Millis),
            frequency: self.code(&FREQUENCIES),
            times: self.optional().map(saturated),
            gap_ms: self.optional(),
            after_dismiss: match self.number() {
                -1.0 => Dismissal::None,
                -2.0 => Dismissal::Visit,
                -3.0 => Dismissal::Forever,
                span_ms => Dismissal::For(as_whole(span_ms)),
            },
            with_open_conversation: self.flag(),
            goal: match self.text() {
                event if event.is_empty() => None,
                event => Some(Goal {
                    event,
                    within_ms: self.whole(),
                }),
            },
            seed: self.text(),
            holdout: self.byte(),
            shares: self.list(&mut Self::byte),
        }
    }
}
