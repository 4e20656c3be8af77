//! What opening hours mean for the days to come, before anyone chooses them. By the
//! same functions that `saluda hours explain` asks.

use saluda_protocol::Millis;
use saluda_protocol::settings::{HoursPreview, Moment, OpenInterval, PreviewDay};
use saluda_protocol::studio::Mistake;
use saluda_rules::hours::{Hours, Interval};
use serde_json::Value;

use super::check::in_hours;
use super::fields::Fields;
use super::mistake;

/// Two weeks: what is written for single days is then mostly in sight.
const DAYS: u16 = 14;

/// Reads hours and from when on to look at them, and looks.
pub(crate) fn preview(text: &str, now: Millis) -> Result<HoursPreview, Vec<Mistake>> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        vec![mistake(
            "",
            "invalid_json",
            format!("this is no JSON: {error}"),
        )]
    })?;
    let mut found = Vec::new();
    if let Some(mut fields) = Fields::open(&mut found, "", value) {
        let hours = fields.take("hours");
        let from = fields.optional("from").filter(|from| !from.is_null());
        fields.close(&["hours", "from"]);
        let hours = hours.map(|hours| Hours::parse(&hours.to_string()));
        match hours {
            Some(Ok(hours)) => match instant(&hours, from.as_ref(), now) {
                Ok(from) if found.is_empty() => return Ok(of(&hours, from)),
                Ok(_) => {}
                Err(wrong) => found.push(wrong),
            },
            Some(Err(mistakes)) => found.extend(mistakes.iter().map(in_hours)),
            None => {}
        }
    }
    Err(found)
}

fn instant(hours: &Hours, from: Option<&Value>, now: Millis) -> Result<Millis, Mistake> {
    let Some(from) = from else {
        return Ok(now);
    };
    let read = from.as_str().and_then(|text| hours.instant_of(text));
    read.ok_or_else(|| {
        let message = "this is no time; write `2026-12-25T09:30` or `2026-12-25T09:30:00-03:00`";
        mistake("from", "invalid_wall_clock", message)
    })
}

fn of(hours: &Hours, from: Millis) -> HoursPreview {
    let opening = hours.at(from);
    let days = hours.days(from, DAYS);
    let ends = days.first().zip(days.last());
    let intervals = ends.map_or_else(Vec::new, |((_, first), (_, last))| {
        hours.intervals(first.opens_at, last.closes_at)
    });
    let moment = |at: Millis| Moment {
        at,
        local: hours.written(at),
    };
    let shown = |interval: Interval| OpenInterval {
        opens_at: moment(interval.opens_at),
        closes_at: moment(interval.closes_at),
    };
    let days = days.into_iter().map(|(day, lasts)| PreviewDay {
        date: day.date,
        windows: day.windows,
        dated: day.dated,
        open: within(&intervals, lasts).map(shown).collect(),
    });
    HoursPreview {
        zone: hours.zone().to_owned(),
        from: moment(from),
        open: opening.open,
        closes_at: opening.closes_at.map(moment),
        next_opening: opening.next_opening.map(moment),
        days: days.collect(),
        intervals: intervals.iter().copied().map(shown).collect(),
    }
}

/// The parts of intervals that lie in another.
fn within(intervals: &[Interval], outer: Interval) -> impl Iterator<Item = Interval> {
    let parts = intervals.iter().map(move |interval| Interval {
        opens_at: interval.opens_at.max(outer.opens_at),
        closes_at: interval.closes_at.min(outer.closes_at),
    });
    parts.filter(|part| part.opens_at < part.closes_at)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn looked(form: &Value) -> HoursPreview {
        preview(&form.to_string(), Millis(0)).unwrap()
    }

    fn times(intervals: &[OpenInterval]) -> Vec<(&str, &str)> {
        let both = |one: &'_ OpenInterval| (one.opens_at.local.len(), one.closes_at.local.len());
        assert!(intervals.iter().map(both).all(|both| both == (25, 25)));
        let clock = |moment: &'_ Moment| -> std::ops::Range<usize> { 5..moment.local.len() - 9 };
        intervals
            .iter()
            .map(|one| {
                (
                    &one.opens_at.local[clock(&one.opens_at)],
                    &one.closes_at.local[clock(&one.closes_at)],
                )
            })
            .collect()
    }

    #[test]
    fn two_weeks_are_laid_out_day_by_day() {
        let seen = looked(&json!({
            "hours": {
                "zone": "America/Sao_Paulo",
                "weekly": { "mon": ["09:00-13:00", "14:00-18:00"], "fri": ["21:00-02:00"] },
                "dates": { "2026-12-25": [] }
            },
            "from": "2026-12-18T22:00"
        }));
        assert_eq!(seen.zone, "America/Sao_Paulo");
        assert_eq!(seen.from.local, "2026-12-18T22:00:00-03:00");
        assert!(seen.open);
        assert_eq!(seen.closes_at.unwrap().local, "2026-12-19T02:00:00-03:00");
        assert_eq!(
            seen.next_opening.unwrap().local,
            "2026-12-21T09:00:00-03:00"
        );
        assert_eq!(seen.days.len(), 14);
        assert_eq!(seen.days[0].windows, ["21:00-02:00"]);
        assert_eq!(times(&seen.days[0].open), [("12-18T21:00", "12-19T00:00")]);
        assert_eq!(times(&seen.days[1].open), [("12-19T00:00", "12-19T02:00")]);
        assert!(seen.days[1].windows.is_empty());
        assert_eq!(seen.days[3].open.len(), 2);
        let holiday = &seen.days[7];
        assert!(holiday.dated && holiday.open.is_empty());
        assert_eq!(
            times(&seen.intervals),
            [
                ("12-18T21:00", "12-19T02:00"),
                ("12-21T09:00", "12-21T13:00"),
                ("12-21T14:00", "12-21T18:00"),
                ("12-28T09:00", "12-28T13:00"),
                ("12-28T14:00", "12-28T18:00"),
            ]
        );
        let first = &seen.intervals[0];
        assert_eq!(first.opens_at.at, Millis(1_797_638_400_000));
    }

    #[test]
    fn it_is_about_now_if_nothing_is_said() {
        let form = json!({ "hours": { "zone": "UTC" }, "from": null }).to_string();
        let seen = preview(&form, Millis(1_772_496_000_000)).unwrap();
        assert_eq!(seen.from.local, "2026-03-03T00:00:00+00:00");
        assert!(!seen.open && seen.next_opening.is_none() && seen.intervals.is_empty());
    }

    #[test]
    fn mistakes_have_their_places_in_what_was_sent() {
        for (form, places) in [
            (json!({}), vec!["hours"]),
            (
                json!({ "hours": { "zone": "Mars" }, "at": 1 }),
                vec!["at", "hours.zone"],
            ),
            (
                json!({ "hours": { "zone": "UTC" }, "from": "noon" }),
                vec!["from"],
            ),
            (
                json!({ "hours": { "zone": "UTC" }, "from": 7 }),
                vec!["from"],
            ),
            (json!([]), vec![""]),
        ] {
            let found = preview(&form.to_string(), Millis(0)).unwrap_err();
            let found: Vec<_> = found.iter().map(|one| one.path.as_str()).collect();
            assert_eq!(found, places, "{form}");
        }
        assert_eq!(preview("{", Millis(0)).unwrap_err()[0].kind, "invalid_json");
    }
}
