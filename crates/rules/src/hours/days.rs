//! Days in a row on the site's wall.

use jiff::ToSpan as _;

use super::Interval;
use super::calendar::{Day, Hours};

impl Hours {
    /// So many days, the first being the one that an instant falls on, each with
    /// its first instant and the first after it. A day that the zone has skipped
    /// is left out.
    #[must_use]
    pub fn days(&self, from: saluda_protocol::Millis, count: u16) -> Vec<(Day, Interval)> {
        let first = self.zoned(from).date();
        let dates = (0..i32::from(count)).filter_map(|n| first.checked_add(n.days()).ok());
        let days = dates.map(|date| {
            let lasts = Interval {
                opens_at: self.instant(date, 0),
                closes_at: self.instant(date, 24 * 60),
            };
            (self.day_of(date), lasts)
        });
        days.filter(|(_, lasts)| lasts.opens_at < lasts.closes_at)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(zone: &str, from: &str) -> Vec<(String, u64)> {
        let hours = Hours::parse(&format!(r#"{{"zone":"{zone}"}}"#)).unwrap();
        let from = hours.instant_of(from).unwrap();
        let days = hours.days(from, 3).into_iter();
        days.map(|(day, lasts)| {
            let hours = lasts.closes_at.since(lasts.opens_at) / 3_600_000;
            (day.date, hours)
        })
        .collect()
    }

    #[test]
    fn a_day_is_as_long_as_its_clock_makes_it() {
        let spring = days("Europe/Lisbon", "2026-03-28T15:00");
        let expected = [("2026-03-28", 24), ("2026-03-29", 23), ("2026-03-30", 24)];
        assert_eq!(spring, expected.map(|(day, hours)| (day.to_owned(), hours)));
        let autumn = days("Europe/Lisbon", "2026-10-25T00:00");
        assert_eq!(autumn[0], ("2026-10-25".to_owned(), 25));
    }

    #[test]
    fn a_day_that_was_skipped_is_none() {
        let samoa = days("Pacific/Apia", "2011-12-29T12:00");
        let dates: Vec<_> = samoa.into_iter().map(|(date, _)| date).collect();
        assert_eq!(dates, ["2011-12-29", "2011-12-31"]);
    }
}
