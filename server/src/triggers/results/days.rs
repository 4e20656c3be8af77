//! Days as the site's clock has them: those on which it is set are longer or
//! shorter than others.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use saluda_protocol::Millis;
use saluda_store::Period;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Most days of one answer.
pub(crate) const MOST: usize = 366;

/// How many days are looked at when nobody says which.
const USUAL: i64 = 28;

/// Days that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Days {
    zone: TimeZone,
    first: Date,
    last: Date,
}

/// Why these are no days.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoDays {
    /// A text is no date.
    #[error("`{0}` is no day; write one such as `2026-11-27`")]
    Senseless(String),
    /// They end before they begin.
    #[error("`to` is before `from`")]
    Backwards,
    /// There are too many.
    #[error("at most {MOST} days at once; ask for fewer")]
    TooMany,
}

/// Some of the days: where they begin in time, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Days of 24 hours each.
    Even { from: Millis, days: u32 },
    /// One that is longer or shorter.
    Odd(Period),
}

impl Days {
    /// From the first to the last of them, both counted. Today is the last if
    /// nobody says, and four weeks are looked at.
    pub(crate) fn read(
        from: Option<&str>,
        to: Option<&str>,
        zone: TimeZone,
        now: Millis,
    ) -> Result<Self, NoDays> {
        let last = match to {
            Some(text) => date(text)?,
            None => today(&zone, now),
        };
        let first = match from {
            Some(text) => date(text)?,
            None => last.saturating_sub(Span::new().days(USUAL - 1)),
        };
        let days = Self { zone, first, last };
        if first > last {
            return Err(NoDays::Backwards);
        }
        if days.dates().nth(MOST).is_some() {
            return Err(NoDays::TooMany);
        }
        Ok(days)
    }

    pub(crate) fn dates(&self) -> impl Iterator<Item = Date> + '_ {
        let days = self.first.series(Span::new().days(1));
        days.take_while(|day| *day <= self.last)
    }

    pub(crate) fn first(&self) -> Date {
        self.first
    }

    pub(crate) fn last(&self) -> Date {
        self.last
    }

    /// All of them.
    pub(crate) fn period(&self) -> Period {
        Period {
            from: self.of(self.first).from,
            to: self.of(self.last).to,
        }
    }

    fn of(&self, day: Date) -> Period {
        Period {
            from: begin(&self.zone, day),
            to: day
                .tomorrow()
                .map_or(Millis(u64::MAX), |next| begin(&self.zone, next)),
        }
    }

    /// All of them in a few stretches.
    pub(crate) fn stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for day in self.dates() {
            let period = self.of(day);
            let even = period.to.since(period.from) == DAY_MS;
            match stretches.last_mut() {
                Some(Stretch::Even { days, .. }) if even => *days += 1,
                _ if even => stretches.push(Stretch::Even {
                    from: period.from,
                    days: 1,
                }),
                _ => stretches.push(Stretch::Odd(period)),
            }
        }
        stretches
    }
}

fn date(text: &str) -> Result<Date, NoDays> {
    // Nothing before 1970 is counted, and no calendar goes on for ever.
    text.parse::<Date>()
        .ok()
        .filter(|day| (1970..9999).contains(&day.year()))
        .ok_or_else(|| NoDays::Senseless(text.chars().take(40).collect()))
}

fn today(zone: &TimeZone, now: Millis) -> Date {
    let now = i64::try_from(now.0).unwrap_or(i64::MAX);
    let now = Timestamp::from_millisecond(now).unwrap_or(Timestamp::MAX);
    zone.to_datetime(now).date()
}

/// The first instant of a day: an hour later than midnight where that does not
/// exist.
fn begin(zone: &TimeZone, day: Date) -> Millis {
    let begin = day.to_zoned(zone.clone()).map(|begin| begin.timestamp());
    let begin = begin.map_or(0, Timestamp::as_millisecond);
    Millis(u64::try_from(begin).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lisbon() -> TimeZone {
        TimeZone::get("Europe/Lisbon").unwrap()
    }

    fn read(from: Option<&str>, to: Option<&str>) -> Result<Days, NoDays> {
        // 2026-11-27T23:30Z
        Days::read(from, to, lisbon(), Millis(1_795_822_200_000))
    }

    #[test]
    fn four_weeks_up_to_today_are_looked_at() {
        let days = read(None, None).unwrap();
        let ends = (days.first().to_string(), days.last().to_string());
        assert_eq!(ends, ("2026-10-31".into(), "2026-11-27".into()));
        assert_eq!(days.dates().count(), 28);
        let there = TimeZone::get("Pacific/Auckland").unwrap();
        let days = Days::read(None, None, there, Millis(1_795_822_200_000)).unwrap();
        assert_eq!(
            days.last().to_string(),
            "2026-11-28",
            "it is tomorrow there"
        );
    }

    #[test]
    fn a_day_on_which_the_clock_is_set_stands_for_itself() {
        let days = read(Some("2026-10-23"), Some("2026-10-27")).unwrap();
        let hours = |stretch: &Stretch| match stretch {
            Stretch::Even { days, .. } => format!("{days} days"),
            Stretch::Odd(period) => {
                format!("{} hours", period.to.since(period.from) / 3_600_000)
            }
        };
        let stretches: Vec<_> = days.stretches().iter().map(hours).collect();
        assert_eq!(stretches, ["2 days", "25 hours", "2 days"]);
        // They follow each other without a gap.
        let mut at = days.period().from;
        for stretch in days.stretches() {
            let (from, to) = match stretch {
                Stretch::Even { from, days } => (from, from.plus(u64::from(days) * DAY_MS)),
                Stretch::Odd(period) => (period.from, period.to),
            };
            assert_eq!(from, at);
            at = to;
        }
        assert_eq!(at, days.period().to);
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for text in ["", "yesterday", "2026-13-01", "1969-12-31", "2026-02-30"] {
            assert!(
                matches!(read(Some(text), None), Err(NoDays::Senseless(_))),
                "{text}"
            );
        }
        assert_eq!(
            read(Some("2026-11-02"), Some("2026-11-01")),
            Err(NoDays::Backwards)
        );
        assert!(read(Some("2025-11-02"), Some("2026-11-01")).is_ok());
        assert_eq!(read(Some("2024-01-01"), None), Err(NoDays::TooMany));
        assert_eq!(
            read(Some("1970-01-01"), Some("9998-12-31")),
            Err(NoDays::TooMany)
        );
    }
}
