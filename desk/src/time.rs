//! Instants in words. What to say is decided here, how the browser says it in
//! [`intl`].

use saluda_protocol::Millis;

pub(crate) use crate::intl::Format;

use crate::intl;
use crate::texts::{capitalised, locale, text, text_with};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How long ago something was, as coarse as a list needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ago {
    Now,
    Minutes(u64),
    Hours(u64),
    Weekday,
    Date,
    DateAndYear,
}

fn ago(then: Millis, now: Millis) -> Ago {
    match now.since(then) {
        passed if passed < MINUTE => Ago::Now,
        passed if passed < HOUR => Ago::Minutes(passed / MINUTE),
        passed if passed < DAY => Ago::Hours(passed / HOUR),
        passed if passed < 6 * DAY => Ago::Weekday,
        passed if passed < 300 * DAY => Ago::Date,
        _ => Ago::DateAndYear,
    }
}

/// `now`, `2 min`, `1 h`, `Fri`, `14 Oct`.
pub(crate) fn short_ago(then: Millis, now: Millis) -> String {
    match ago(then, now) {
        Ago::Now => text("time.now"),
        Ago::Minutes(count) => text_with("time.minutes", &[("count", &count.to_string())]),
        Ago::Hours(count) => text_with("time.hours", &[("count", &count.to_string())]),
        Ago::Weekday => show(Format::Weekday, then),
        Ago::Date => show(Format::Date, then),
        Ago::DateAndYear => show(Format::DateAndYear, then),
    }
}

/// `2 minutes ago`, `yesterday`, `14 Oct`; for the middle of a sentence.
pub(crate) fn long_ago(then: Millis, now: Millis) -> String {
    match ago(then, now) {
        Ago::Now => text("time.moments"),
        Ago::Minutes(count) => past(count, "minute"),
        Ago::Hours(count) => past(count, "hour"),
        Ago::Weekday => past(now.since(then) / DAY, "day"),
        Ago::Date => show(Format::Date, then),
        Ago::DateAndYear => show(Format::DateAndYear, then),
    }
}

/// The heading of a day in a log: `Today`, `Yesterday`, `Friday, 14 November`.
pub(crate) fn day_heading(at: Millis, now: Millis) -> String {
    let words = match local_day(now) - local_day(at) {
        days @ (0 | 1) => past(days.unsigned_abs(), "day"),
        _ if now.since(at) < 300 * DAY => show(Format::Day, at),
        _ => show(Format::DateAndYear, at),
    };
    capitalised(&words)
}

/// The time of day.
pub(crate) fn clock(at: Millis) -> String {
    show(Format::Clock, at)
}

/// A date, with its year when that is not obvious.
pub(crate) fn date(at: Millis, now: Millis) -> String {
    let format = if now.since(at) < 300 * DAY {
        Format::Date
    } else {
        Format::DateAndYear
    };
    show(format, at)
}

/// Date and time, for whoever wants to know exactly.
pub(crate) fn full(at: Millis) -> String {
    show(Format::Full, at)
}

/// `12:31 in Lisbon`, from a zone such as `Europe/Lisbon`.
pub(crate) fn clock_in(zone: &str, now: Millis) -> Option<String> {
    let clock = intl::clock_in(zone, &locale(), browser_ms(now))?;
    let place = place_of(zone)?;
    Some(text_with(
        "person.clock",
        &[("clock", &clock), ("place", &place)],
    ))
}

/// A moment by a clock on a wall, such as `2026-12-25T09:30:00-03:00`, as
/// [`wall`] shows it: as if that wall were in UTC.
pub(crate) fn on_the_wall(local: &str) -> Option<Millis> {
    let wall = local.get(..16)?;
    let at = js_sys::Date::parse(&format!("{wall}:00Z"));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number of milliseconds; what is none becomes 0"
    )]
    let at = at as u64;
    Some(Millis(at))
}

/// What stands on a wall, in words.
pub(crate) fn wall(format: Format, at: Millis) -> String {
    show(format, at)
}

/// The city in a zone's name. Zones such as `UTC` name none.
fn place_of(zone: &str) -> Option<String> {
    let (_, city) = zone.rsplit_once('/')?;
    Some(city.replace('_', " "))
}

/// What the browser's own clock says.
pub(crate) fn browser_now() -> Millis {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number of milliseconds, positive since 1970"
    )]
    let now = js_sys::Date::now() as u64;
    Millis(now)
}

/// The day of an instant where the agent is, counted from 1970.
pub(crate) fn local_day(at: Millis) -> i64 {
    let date = js_sys::Date::new(&browser_ms(at).into());
    #[expect(clippy::cast_possible_truncation, reason = "within a day, in minutes")]
    let behind_minutes = date.get_timezone_offset() as i64;
    local_day_of(at, behind_minutes)
}

fn local_day_of(at: Millis, behind_minutes: i64) -> i64 {
    let at_minutes = i64::try_from(at.0 / MINUTE).unwrap_or(i64::MAX);
    at_minutes
        .saturating_sub(behind_minutes)
        .div_euclid(24 * 60)
}

fn show(format: Format, at: Millis) -> String {
    intl::instant(format, &locale(), browser_ms(at))
}

fn past(count: u64, unit: &str) -> String {
    #[expect(clippy::cast_precision_loss, reason = "fewer than a thousand")]
    let amount = -(count as f64);
    intl::relative(&locale(), amount, unit)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "exact for the next 280,000 years"
)]
fn browser_ms(at: Millis) -> f64 {
    at.0 as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_that_passed_is_told_in_the_largest_unit() {
        let then = Millis(1_000_000_000);
        for (passed, said) in [
            (0, Ago::Now),
            (59_999, Ago::Now),
            (MINUTE, Ago::Minutes(1)),
            (HOUR - 1, Ago::Minutes(59)),
            (HOUR, Ago::Hours(1)),
            (DAY, Ago::Weekday),
            (6 * DAY, Ago::Date),
            (400 * DAY, Ago::DateAndYear),
        ] {
            assert_eq!(ago(then, then.plus(passed)), said, "{passed}");
        }
        assert_eq!(ago(then.plus(5), then), Ago::Now, "a clock that is behind");
    }

    #[test]
    fn a_day_begins_at_the_agents_midnight() {
        let midnight_utc = Millis(DAY * 10);
        assert_eq!(local_day_of(midnight_utc, 0), 10);
        assert_eq!(local_day_of(midnight_utc, 180), 9);
        assert_eq!(local_day_of(midnight_utc, -60), 10);
    }

    #[test]
    fn a_zone_names_its_city() {
        assert_eq!(place_of("America/Sao_Paulo").as_deref(), Some("Sao Paulo"));
        assert_eq!(
            place_of("America/Argentina/Ushuaia").as_deref(),
            Some("Ushuaia")
        );
        assert_eq!(place_of("UTC"), None);
    }
}
