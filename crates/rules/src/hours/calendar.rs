//! Opening hours in a zone, and the intervals that follow from them.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, Zoned};
use saluda_protocol::Millis;

use super::{Interval, Opening, zone};

#[cfg(test)]
mod tests;

/// How many days ahead hours are looked up. What lies beyond is not known: a
/// site that is closed for longer has no next opening, and one that is open for
/// longer does not close.
pub const DAYS_AHEAD: u16 = 400;

/// How many days before an instant a window can begin that holds it: one that
/// runs past midnight, over a day that a zone has skipped, and one to spare.
const DAYS_BACK: i32 = 3;

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// The beginning of the year 9000. Later instants are as good as this one.
const LAST: Millis = Millis(221_845_392_000_000);

/// When a site is open, by the clock on its wall.
#[derive(Debug, Clone)]
pub struct Hours {
    pub(super) zone: TimeZone,
    /// From Monday to Sunday.
    pub(super) weekly: [Vec<Window>; 7],
    /// These replace the windows that begin on such a day.
    pub(super) dates: BTreeMap<Date, Vec<Window>>,
}

/// From when until when, in minutes since the midnight that the day begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) opens: u32,
    /// After `opens`, so after 24 hours if it is on the next day.
    pub(super) closes: u32,
}

/// What is written for one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Which day, as `2026-12-25`.
    pub date: String,
    /// Its windows, as `09:00-13:00`.
    pub windows: Vec<String>,
    /// Whether it is written under `dates`, not under `weekly`.
    pub dated: bool,
}

impl Hours {
    /// Whether it is open, and when that changes within [`DAYS_AHEAD`].
    #[must_use]
    pub fn at(&self, now: Millis) -> Opening {
        // Most sites open within days; the others take a longer look.
        let near = self.within(now, 10);
        let settled = near.next_opening.is_some() && near.open == near.closes_at.is_some();
        if settled {
            near
        } else {
            self.within(now, DAYS_AHEAD)
        }
    }

    fn within(&self, now: Millis, days: u16) -> Opening {
        let now = now.min(LAST);
        let today = self.zoned(now).date();
        let horizon = i32::from(days);
        let intervals = self.intervals_of(today, -DAYS_BACK, horizon + 1);
        // What a later day could still join is not known.
        let horizon = today.saturating_add(horizon.days());
        let horizon = zone::instant(&self.zone, horizon.to_datetime(Time::midnight()));
        let opening = super::at(&intervals, now);
        Opening {
            closes_at: opening.closes_at.filter(|at| *at < horizon),
            next_opening: opening.next_opening.filter(|at| *at < horizon),
            ..opening
        }
    }

    /// When it is open from one instant until right before another, at most
    /// [`DAYS_AHEAD`] later. Sorted; no two overlap or touch.
    #[must_use]
    pub fn intervals(&self, from: Millis, until: Millis) -> Vec<Interval> {
        let from = from.min(LAST);
        let until = until
            .min(LAST)
            .min(from.plus(u64::from(DAYS_AHEAD) * DAY_MS));
        let days = i32::try_from(until.since(from) / DAY_MS).unwrap_or(0);
        let first = self.zoned(from).date();
        let all = self.intervals_of(first, -DAYS_BACK, days + 2);
        let cut = all.into_iter().map(|interval| Interval {
            opens_at: interval.opens_at.max(from),
            closes_at: interval.closes_at.min(until),
        });
        cut.filter(|interval| interval.opens_at < interval.closes_at)
            .collect()
    }

    /// The intervals of the windows that begin on some days, counted from one of
    /// them: the one place where hours become instants.
    pub(super) fn intervals_of(&self, day: Date, first: i32, last: i32) -> Vec<Interval> {
        let mut intervals = Vec::new();
        for date in (first..=last).filter_map(|days| day.checked_add(days.days()).ok()) {
            for window in self.windows(date).0 {
                let opens_at = self.instant(date, window.opens);
                let closes_at = self.instant(date, window.closes);
                // A change of the clock can swallow a window.
                if opens_at < closes_at {
                    intervals.push(Interval {
                        opens_at,
                        closes_at,
                    });
                }
            }
        }
        intervals.sort_unstable_by_key(|interval| interval.opens_at);
        let mut joined: Vec<Interval> = Vec::new();
        for interval in intervals {
            match joined.last_mut() {
                Some(last) if interval.opens_at <= last.closes_at => {
                    last.closes_at = last.closes_at.max(interval.closes_at);
                }
                _ => joined.push(interval),
            }
        }
        joined
    }

    /// The windows that begin on a day, and whether they are its own.
    fn windows(&self, date: Date) -> (&[Window], bool) {
        if let Some(windows) = self.dates.get(&date) {
            return (windows, true);
        }
        let day = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        (self.weekly.get(day).map_or(&[], Vec::as_slice), false)
    }

    pub(super) fn instant(&self, date: Date, minutes: u32) -> Millis {
        let minutes = i64::from(minutes);
        let days = (minutes / (24 * 60)).days();
        let midnight = date.saturating_add(days).to_datetime(Time::midnight());
        let time = midnight.saturating_add((minutes % (24 * 60)).minutes());
        zone::instant(&self.zone, time)
    }

    /// What is written for the day that an instant falls on.
    #[must_use]
    pub fn day(&self, now: Millis) -> Day {
        self.day_of(self.zoned(now).date())
    }

    pub(super) fn day_of(&self, date: Date) -> Day {
        let (windows, dated) = self.windows(date);
        Day {
            date: date.to_string(),
            windows: windows.iter().map(|window| window.written()).collect(),
            dated,
        }
    }

    /// Reads a time: as in RFC 3339, or by the clock on the site's wall.
    #[must_use]
    pub fn instant_of(&self, text: &str) -> Option<Millis> {
        if let Ok(timestamp) = text.parse::<Timestamp>() {
            return Some(zone::millis(timestamp));
        }
        let time = text.parse::<jiff::civil::DateTime>().ok()?;
        Some(zone::instant(&self.zone, time))
    }

    /// An instant as in RFC 3339, with the zone's offset.
    #[must_use]
    pub fn written(&self, at: Millis) -> String {
        self.zoned(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    /// The name of the zone.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    pub(super) fn zoned(&self, at: Millis) -> Zoned {
        let at = i64::try_from(at.min(LAST).0).unwrap_or(0);
        let timestamp = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
        timestamp.to_zoned(self.zone.clone())
    }
}

impl Window {
    fn written(self) -> String {
        let day = 24 * 60;
        let closes = if self.closes > day {
            self.closes - day
        } else {
            self.closes
        };
        let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        format!("{}-{}", clock(self.opens), clock(closes))
    }
}

/// Days as they are written, in the order of [`Hours::weekly`].
pub(super) fn weekday(word: &str) -> Option<usize> {
    let days = [
        ("mon", Weekday::Monday),
        ("tue", Weekday::Tuesday),
        ("wed", Weekday::Wednesday),
        ("thu", Weekday::Thursday),
        ("fri", Weekday::Friday),
        ("sat", Weekday::Saturday),
        ("sun", Weekday::Sunday),
    ];
    let (_, day) = days.into_iter().find(|(known, _)| *known == word)?;
    Some(usize::from(day.to_monday_zero_offset().unsigned_abs()))
}
