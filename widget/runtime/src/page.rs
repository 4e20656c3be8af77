//! One page: what a call means, and what is answered.

use saluda_protocol::Millis;
use saluda_rules::text::Fold;
use saluda_rules::{Act, Engine, Memory, Plan, Row, Start, Words};

/// The rules at work in one page.
pub struct Page {
    pub(crate) engine: Engine,
    /// The memory as it was last written down.
    saved: Row,
    saved_active_at: Millis,
}

/// Activity within this time of what is written down is not written down.
const ACTIVITY_MS: u64 = 10_000;

/// Answers a call: the first begins a page, the others tell it what happens.
/// One that makes no sense is answered with nothing.
pub fn answer(page: &mut Option<Page>, words: &[u8], fold: Fold, output: &mut Row) {
    let mut words = Words::new(words);
    match page {
        // There is none before, so nothing that would have to be dropped.
        None => core::mem::forget(page.replace(Page::begin(&mut words, fold))),
        Some(page) => page.take(&mut words, output),
    }
}

impl Page {
    fn begin(words: &mut Words<'_>, fold: Fold) -> Self {
        let plan = Plan::unpack(words);
        let dice = u64::from(words.small()) << 32 | u64::from(words.small());
        let mut start = Start {
            language: words.text(),
            timezone: words.text(),
            device: words.text(),
            clock: words.clock(),
            desk_online: words.flag(),
            visible: words.flag(),
            ..Start::default()
        };
        if !words.is_empty() {
            let memory = Memory::unpack(words);
            // What is no memory of ours is none.
            if words.are_sound() {
                start.memory = memory;
            }
        }
        if start.memory.dice == 0 {
            start.memory.dice = dice;
        }
        Self {
            engine: Engine::new(plan, start, fold),
            saved: Row::new(),
            saved_active_at: Millis(0),
        }
    }

    /// Takes in what happened, and writes what is to be done.
    fn take(&mut self, words: &mut Words<'_>, output: &mut Row) {
        let now = words.instant();
        while !words.is_empty() {
            let at = words.instant();
            self.engine.hear(words, at.min(now));
        }
        let decision = self.engine.decide(now);
        let (act, trigger, variant) = match &decision.act {
            Act::Rest => (0, "", None),
            Act::Show { trigger, variant } => (1, trigger.as_str(), *variant),
            Act::Hold { trigger } => (2, trigger.as_str(), None),
        };
        output.whole(act);
        output.text(trigger);
        output.optional(variant.map(u64::from));
        output.optional(decision.wake_at.map(|at| at.0));
        output.optional(decision.greets_at.map(|at| at.0));
        let reports = self.engine.take_reports();
        let memory = self.engine.memory();
        output.whole(memory.stay.map_or(1, |stay| u64::from(stay.number)));
        output.list(&reports, |output, (kind, trigger)| {
            let record = memory.record(trigger);
            output.text(kind.as_str());
            output.text(trigger.as_str());
            output.whole(record.map_or(0, |record| u64::from(record.version)));
            let variant = record.and_then(|record| record.variant);
            output.optional(variant.map(u64::from));
        });
        self.write_changes(output);
    }

    /// Writes why each trigger shows or not, in the order in which they are
    /// considered.
    #[cfg(feature = "explain")]
    pub fn explain(&mut self, now: Millis, output: &mut Row) {
        for explanation in self.engine.explain(now) {
            explanation.pack(output);
        }
    }

    /// Writes the memory, if it is worth writing down since it last was.
    fn write_changes(&mut self, output: &mut Row) {
        let memory = self.engine.memory();
        let mut active_at = memory.stay.map_or(Millis(0), |stay| stay.active_at);
        if active_at.since(self.saved_active_at) < ACTIVITY_MS {
            active_at = self.saved_active_at;
        }
        let mut row = Row::new();
        memory.pack(active_at, &mut row);
        if row != self.saved {
            output.append(&row);
            self.saved = row;
            self.saved_active_at = active_at;
        }
    }
}
