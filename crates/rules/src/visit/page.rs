//! Pages that begin, time that passes only while one is visible, and visits that
//! end.

use alloc::borrow::ToOwned as _;

use saluda_protocol::Millis;

use super::Visit;
use crate::facts::Stopwatch;
use crate::stay::Stay;
use crate::text::cut;
use crate::url::Parts;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

impl Visit {
    pub(crate) fn begin_page(&mut self, url: &str, title: &str, referrer: &str, now: Millis) {
        self.settle(now);
        self.begun = true;
        let before = self.memory.stay.map(|stay| stay.number);
        cut(url).clone_into(&mut self.url);
        cut(title).clone_into(&mut self.title);
        self.go_on(now);
        let Some(stay) = &mut self.memory.stay else {
            return;
        };
        *stay = stay.see_page(now);
        if before != Some(stay.number) {
            let own = Parts::of(&self.url).host == Parts::of(referrer).host;
            let referrer = if own { "" } else { cut(referrer) };
            referrer.clone_into(&mut self.memory.referrer);
            // The page that began it is counted already.
            stay.pages = 1;
        }
        self.scroll = None;
        self.seen.clear();
        self.clicked.clear();
        self.pointer_left = false;
        self.form_touched = false;
        self.form_focus = false;
        self.on_screen = false;
        self.page_time = Stopwatch::starting_at(0, self.visible, now);
        self.idle_time = self.page_time;
        self.seen_time = Stopwatch::starting_at(self.memory.visible_ms, self.visible, now);
    }

    pub(crate) fn see(&mut self, visible: bool, now: Millis) {
        if visible || self.goes_on(now) {
            self.go_on(now);
        }
        // Else it was left alone for so long that leaving it is no sign of
        // another visit.
        self.visible = visible;
        self.settle(now);
        self.page_time.run(visible, now);
        self.seen_time.run(visible, now);
        self.idle_time.run(visible, now);
    }

    /// Moves the time that was visible into the memory.
    pub(crate) fn settle(&mut self, now: Millis) {
        let elapsed_ms = self.seen_time.elapsed_ms(now);
        if elapsed_ms > self.memory.visible_ms {
            self.memory.visible_ms = elapsed_ms;
        }
    }

    /// Whether a sign of life would belong to this visit.
    fn goes_on(&self, now: Millis) -> bool {
        let number = Stay::resume(self.memory.stay, now).number;
        number == self.number()
    }

    pub(crate) fn go_on(&mut self, now: Millis) {
        let stored = self.memory.stay;
        let stay = Stay::resume(stored, now);
        self.memory.stay = Some(stay);
        if stored.is_some_and(|stored| stored.number == stay.number) {
            return;
        }
        if let Some(stored) = stored {
            self.memory.last_visit_ended_at = Some(stored.active_at);
        }
        self.memory.stay = Some(Stay { pages: 1, ..stay });
        self.memory.referrer.clear();
        self.url.clone_into(&mut self.memory.landing);
        self.memory.visible_ms = 0;
        self.seen_time = Stopwatch::starting_at(0, self.visible, now);
        for tally in &mut self.memory.events {
            tally.visit = 0;
        }
        self.memory.events.retain(|tally| !tally.last.is_empty());
        let number = stay.number;
        let showings = &mut self.memory.showings;
        showings.retain(|one| one.visit == number || now.since(one.at) < DAY_MS);
    }
}
