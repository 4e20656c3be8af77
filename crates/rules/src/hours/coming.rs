//! Whether a site is ever open, or closed, between two instants.
//!
//! For the linter: what it says must be so, and hours that reach further than
//! they are looked up may hold more than meets the eye. So each answer is yes
//! unless it is certain that it is no.

use jiff::civil::Date;
use saluda_protocol::Millis;

use super::calendar::{DAYS_AHEAD, Hours, Window, weekday};
use crate::compile::value::WEEKDAYS;

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// Minutes by which the clocks of two people on earth differ at most, and two
/// hours for a clock that is set meanwhile.
const APART: u32 = 28 * 60;

impl Hours {
    /// Whether it may be open at some instant from one until right before
    /// another.
    #[must_use]
    pub fn may_open(&self, from: Option<Millis>, until: Option<Millis>) -> bool {
        if let Some((from, until)) = short(from, until) {
            return !self.intervals(from, until).is_empty();
        }
        // A week comes round again and again.
        if self.weekly.iter().any(|day| !day.is_empty()) {
            return true;
        }
        let mut dated = self.dated();
        dated.any(|(date, window)| {
            let opens_at = self.instant(date, window.opens);
            let closes_at = self.instant(date, window.closes);
            from.is_none_or(|from| from < closes_at) && until.is_none_or(|until| opens_at < until)
        })
    }

    /// Whether it may be closed at some instant from one until right before
    /// another.
    #[must_use]
    pub fn may_close(&self, from: Option<Millis>, until: Option<Millis>) -> bool {
        let around_the_clock = |from: Millis, until: Millis| {
            let intervals = self.intervals(from, until);
            let [only] = intervals.as_slice() else {
                return false;
            };
            only.opens_at <= from && until <= only.closes_at
        };
        if let Some((from, until)) = short(from, until) {
            return !around_the_clock(from, until);
        }
        if !self.dates.is_empty() {
            return true;
        }
        // Without dates one year is like another.
        let from = from.unwrap_or_default();
        !around_the_clock(from, from.plus(u64::from(DAYS_AHEAD) * DAY_MS))
    }

    /// The days of the week that it may be for someone, wherever on earth, while
    /// the site is open.
    #[must_use]
    pub fn weekdays_while_open(&self) -> Vec<&'static str> {
        let weekly = (0_u32..).zip(&self.weekly);
        let weekly = weekly.flat_map(|(day, windows)| windows.iter().map(move |it| (day, *it)));
        let dated = self.dated().map(|(date, window)| {
            let day = date.weekday().to_monday_zero_offset().unsigned_abs();
            (u32::from(day), window)
        });
        let mut open = [false; 7];
        for (day, window) in weekly.chain(dated) {
            const MINUTES: u32 = 24 * 60;
            // A week more, so that nothing comes before the first day.
            let opens = (day + 7) * MINUTES + window.opens;
            let closes = (day + 7) * MINUTES + window.closes;
            for day in (opens - APART) / MINUTES..=(closes - 1 + APART) / MINUTES {
                if let Some(open) = open.get_mut(day as usize % 7) {
                    *open = true;
                }
            }
        }
        let is_open = |name: &&str| {
            let day = weekday(name).and_then(|day| open.get(day));
            day.is_some_and(|open| *open)
        };
        WEEKDAYS.into_iter().filter(is_open).collect()
    }

    fn dated(&self) -> impl Iterator<Item = (Date, Window)> {
        let dates = self.dates.iter();
        dates.flat_map(|(date, windows)| windows.iter().map(|window| (*date, *window)))
    }
}

/// The two ends, if all between them can be looked up.
fn short(from: Option<Millis>, until: Option<Millis>) -> Option<(Millis, Millis)> {
    let ends = from.zip(until)?;
    let most = u64::from(DAYS_AHEAD) * DAY_MS;
    (ends.1.since(ends.0) <= most).then_some(ends)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: Millis = Millis(1_772_496_000_000); // 2026-03-03T00:00Z, a Tuesday.

    fn hours(rest: &str) -> Hours {
        Hours::parse(&format!(r#"{{"zone":"UTC",{rest}}}"#)).unwrap()
    }

    fn day(day: u64) -> Millis {
        FROM.plus(day * DAY_MS)
    }

    #[test]
    fn a_window_of_the_week_comes_round() {
        let hours = hours(r#""weekly":{"mon":["09:00-17:00"]}"#);
        assert!(hours.may_open(None, None));
        assert!(
            !hours.may_open(Some(day(0)), Some(day(6))),
            "from Tuesday to Sunday"
        );
        assert!(hours.may_open(Some(day(0)), Some(day(7))));
        assert!(hours.may_open(Some(day(0)), Some(day(900))));
        assert!(hours.may_close(Some(day(0)), None));
    }

    #[test]
    fn a_date_comes_once() {
        let hours = hours(r#""dates":{"2026-03-10":["09:00-17:00"]}"#);
        assert!(hours.may_open(None, None) && hours.may_open(Some(day(0)), None));
        assert!(!hours.may_open(Some(day(8)), None));
        assert!(!hours.may_open(None, Some(day(7))));
    }

    #[test]
    fn without_windows_it_never_opens() {
        assert!(!hours(r#""weekly":{}"#).may_open(None, None));
        let holidays = hours(r#""dates":{"2026-03-10":[]}"#);
        assert!(!holidays.may_open(Some(day(0)), None));
    }

    #[test]
    fn around_the_clock_it_never_closes() {
        let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
            .map(|day| format!(r#""{day}":["00:00-24:00"]"#))
            .join(",");
        let always = hours(&format!(r#""weekly":{{{week}}}"#));
        assert!(!always.may_close(None, None));
        assert!(!always.may_close(Some(day(0)), Some(day(3))));
        let holiday = hours(&format!(
            r#""weekly":{{{week}}},"dates":{{"2026-03-10":[]}}"#
        ));
        assert!(holiday.may_close(None, None));
        assert!(!holiday.may_close(Some(day(0)), Some(day(3))));
        assert!(holiday.may_close(Some(day(0)), Some(day(8))));
    }

    #[test]
    fn elsewhere_it_is_another_day() {
        let one = hours(r#""weekly":{"wed":["10:00-14:00"]}"#);
        assert_eq!(one.weekdays_while_open(), ["tue", "wed", "thu"]);
        let monday = hours(r#""weekly":{"mon":["00:00-01:00"]}"#);
        assert_eq!(monday.weekdays_while_open(), ["mon", "tue", "sat", "sun"]);
    }
}
