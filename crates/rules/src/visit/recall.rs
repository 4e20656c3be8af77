//! A visit that goes on from what others have remembered of it.

use saluda_protocol::Millis;

use super::Visit;
use crate::facts::Stopwatch;
use crate::memory::Memory;

impl Visit {
    /// Goes on with what another tab wrote.
    #[inline(never)]
    pub(crate) fn share(&mut self, memory: Memory, now: Millis) {
        let before = core::mem::replace(&mut self.memory, memory);
        if self.memory.dice == 0 {
            self.memory.dice = before.dice;
        }
        let same_visit = before.stay.map(|stay| stay.number) == Some(self.number());
        let elapsed_ms = if same_visit {
            self.seen_time.elapsed_ms(now)
        } else {
            0
        };
        let total_ms = elapsed_ms.max(self.memory.visible_ms);
        self.seen_time = Stopwatch::starting_at(total_ms, self.visible, now);
    }

    /// Goes on from what the browser remembers, with what has happened on this
    /// page until that could be looked at.
    #[inline(never)]
    pub(crate) fn recall(&mut self, memory: Memory, now: Millis) {
        let here = core::mem::replace(&mut self.memory, memory);
        if self.memory.dice == 0 {
            self.memory.dice = here.dice;
        }
        let stored = self.memory.stay.map(|stay| stay.number);
        self.go_on(now);
        let visit = self.number();
        let same_visit = stored == Some(visit);
        if let Some(stay) = &mut self.memory.stay {
            let before = if same_visit { stay.pages } else { 0 };
            let pages = here.stay.map_or(0, |stay| stay.pages);
            stay.pages = before.saturating_add(pages);
        }
        if !same_visit {
            self.memory.referrer = here.referrer;
            self.memory.landing = here.landing;
        }
        let elapsed_ms = self.seen_time.elapsed_ms(now);
        let elapsed_ms = if same_visit {
            self.memory.visible_ms
        } else {
            0
        }
        .saturating_add(elapsed_ms);
        self.memory.visible_ms = elapsed_ms;
        self.seen_time = Stopwatch::starting_at(elapsed_ms, self.visible, now);
        self.memory.agent_wrote_at = self.memory.agent_wrote_at.max(here.agent_wrote_at);
        for mut showing in here.showings {
            showing.visit = visit;
            self.memory.showings.push(showing);
        }
        for mut record in here.greetings {
            let known = self.memory.record_mut(&record.trigger);
            record.shown = record.shown.saturating_add(known.shown);
            if record.dismissed == 0 {
                record.dismissed = known.dismissed;
                record.dismissed_at = known.dismissed_at;
                record.dismissed_visit = known.dismissed_visit;
            } else {
                record.dismissed_visit = visit;
            }
            record.shown_visit = visit;
            *known = record;
        }
        for tally in here.events {
            let known = self.memory.tally_mut(&tally.key);
            known.visit = known.visit.saturating_add(tally.visit);
            known.last.extend(tally.last);
        }
    }
}
