//! When a site is open, as a list of intervals.
//!
//! The server makes it of what the owner wrote, with the zone database it has;
//! so a page needs neither zone nor calendar.

#[cfg(feature = "compile")]
mod calendar;
#[cfg(feature = "compile")]
mod coming;
#[cfg(feature = "compile")]
mod days;
#[cfg(feature = "compile")]
mod read;
#[cfg(feature = "compile")]
pub(crate) mod zone;

use saluda_protocol::Millis;

#[cfg(feature = "compile")]
pub use self::calendar::{DAYS_AHEAD, Day, Hours};

/// A time during which a site is open: from the first instant until right before
/// the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(from = "(Millis, Millis)", into = "(Millis, Millis)")
)]
pub struct Interval {
    /// The first instant.
    pub opens_at: Millis,
    /// The first instant after it.
    pub closes_at: Millis,
}

impl From<(Millis, Millis)> for Interval {
    fn from((opens_at, closes_at): (Millis, Millis)) -> Self {
        Self {
            opens_at,
            closes_at,
        }
    }
}

impl From<Interval> for (Millis, Millis) {
    fn from(interval: Interval) -> Self {
        (interval.opens_at, interval.closes_at)
    }
}

/// Whether a site is open, and when that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Whether it is open now.
    pub open: bool,
    /// When it closes, if it is open and that is known.
    pub closes_at: Option<Millis>,
    /// When it opens the next time, if that is known: after it has closed, if
    /// it is open.
    pub next_opening: Option<Millis>,
}

/// Looks up an instant in intervals that are sorted and neither overlap nor
/// touch.
#[must_use]
pub fn at(intervals: &[Interval], now: Millis) -> Opening {
    let coming = intervals.partition_point(|interval| interval.opens_at <= now);
    let current = intervals[..coming]
        .last()
        .filter(|interval| now < interval.closes_at);
    Opening {
        open: current.is_some(),
        closes_at: current.map(|interval| interval.closes_at),
        next_opening: intervals.get(coming).map(|interval| interval.opens_at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(now: u64) -> (bool, Option<u64>, Option<u64>) {
        let intervals = [(10, 20), (30, 40)].map(|(a, b)| Interval::from((Millis(a), Millis(b))));
        let opening = at(&intervals, Millis(now));
        let plain = |at: Option<Millis>| at.map(|at| at.0);
        (
            opening.open,
            plain(opening.closes_at),
            plain(opening.next_opening),
        )
    }

    #[test]
    fn it_opens_with_the_first_instant_and_closes_with_the_last() {
        assert_eq!(state(9), (false, None, Some(10)));
        assert_eq!(state(10), (true, Some(20), Some(30)));
        assert_eq!(state(19), (true, Some(20), Some(30)));
        assert_eq!(state(20), (false, None, Some(30)));
        assert_eq!(state(39), (true, Some(40), None));
        assert_eq!(state(40), (false, None, None));
    }

    #[test]
    fn without_intervals_it_is_closed() {
        let opening = at(&[], Millis(5));
        assert_eq!((opening.open, opening.next_opening), (false, None));
    }
}
