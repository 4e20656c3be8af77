//! One visit as it is kept between pages: where it begins, what belongs to it, when it is over.
//!
//! A visit spans every tab and page of a site. What it did in them is not in
//! this file; only that something was done, and when.

use saluda_protocol::Millis;

/// A visit without activity for this long is over.
pub const PAUSE_MS: u64 = 30 * 60 * 1000;

/// One stay, from the first page until a pause of [`PAUSE_MS`].
///
/// The browser keeps it between pages, so it can come back from there damaged
/// or from another clock; [`Stay::resume`] makes it sound again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Stay {
    /// Which visit of this browser it is, counting from 1.
    pub number: u32,
    /// When it began.
    pub began_at: Millis,
    /// When something last happened in it.
    pub active_at: Millis,
    /// How many pages were seen in it.
    pub pages: u32,
}

impl Stay {
    /// The visit that `now` belongs to: the stored one if its pause has not
    /// come yet, else the next one. It has seen no page until
    /// [`Stay::see_page`] says so.
    ///
    /// A stored visit that lies in the future is from a clock that was set
    /// back. It continues from `now`: a wrong clock must not make one stay look
    /// like two.
    #[must_use]
    pub fn resume(stored: Option<Self>, now: Millis) -> Self {
        let Some(stored) = stored else {
            return Self::begin(1, now);
        };
        if now.since(stored.active_at) >= PAUSE_MS {
            return Self::begin(stored.number.saturating_add(1), now);
        }
        Self {
            number: stored.number.max(1),
            began_at: stored.began_at.min(now),
            active_at: now,
            pages: stored.pages,
        }
    }

    fn begin(number: u32, now: Millis) -> Self {
        Self {
            number,
            began_at: now,
            active_at: now,
            pages: 0,
        }
    }

    /// Counts a page, which is activity too.
    #[must_use]
    pub fn see_page(self, now: Millis) -> Self {
        Self {
            pages: self.pages.saturating_add(1),
            ..self.stay(now)
        }
    }

    /// Takes note of activity. An earlier instant than the last one changes
    /// nothing.
    #[must_use]
    pub fn stay(self, now: Millis) -> Self {
        Self {
            active_at: self.active_at.max(now),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = 60 * 1000;

    /// Pages seen at these minutes, as `number/pages began-active`.
    fn story(minutes: &[u64]) -> String {
        let mut stored = None;
        let mut lines = Vec::new();
        for minute in minutes {
            let now = Millis(minute * MINUTE);
            let visit = Stay::resume(stored, now).see_page(now);
            lines.push(format!(
                "{}/{} {}-{}",
                visit.number,
                visit.pages,
                visit.began_at.0 / MINUTE,
                visit.active_at.0 / MINUTE
            ));
            stored = Some(visit);
        }
        lines.join(", ")
    }

    #[test]
    fn the_first_page_begins_the_first_visit() {
        assert_eq!(story(&[5]), "1/1 5-5");
    }

    #[test]
    fn pages_within_half_an_hour_of_each_other_are_one_visit() {
        assert_eq!(story(&[0, 29, 58]), "1/1 0-0, 1/2 0-29, 1/3 0-58");
    }

    #[test]
    fn half_an_hour_without_activity_ends_it() {
        assert_eq!(story(&[0, 30]), "1/1 0-0, 2/1 30-30");
        assert_eq!(
            story(&[0, 10, 39, 70]),
            "1/1 0-0, 1/2 0-10, 1/3 0-39, 2/1 70-70"
        );
    }

    #[test]
    fn activity_without_a_page_keeps_it_alive() {
        let visit = Stay::resume(None, Millis(0)).see_page(Millis(0));
        let visit = visit.stay(Millis(20 * MINUTE));
        let later = Stay::resume(Some(visit), Millis(45 * MINUTE));
        assert_eq!((later.number, later.pages), (1, 1));
    }

    #[test]
    fn activity_never_goes_back() {
        let visit = Stay::resume(None, Millis(MINUTE));
        assert_eq!(visit.stay(Millis(0)), visit);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_make_two_visits() {
        assert_eq!(story(&[100, 40]), "1/1 100-100, 1/2 40-40");
    }

    #[test]
    fn what_cannot_be_right_is_made_right() {
        let broken = Stay {
            number: 0,
            began_at: Millis(9),
            active_at: Millis(5),
            pages: u32::MAX,
        };
        let visit = Stay::resume(Some(broken), Millis(6)).see_page(Millis(6));
        assert_eq!((visit.number, visit.began_at), (1, Millis(6)));
        assert_eq!(visit.pages, u32::MAX);
        let worn = Stay {
            number: u32::MAX,
            ..broken
        };
        assert_eq!(Stay::resume(Some(worn), Millis(u64::MAX)).number, u32::MAX);
    }
}
