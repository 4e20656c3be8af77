//! What the server says that hours mean, as the strip draws it.

use crate::form_text::{self, values};

/// Minutes of a day.
pub(super) const DAY: u32 = 24 * 60;

/// What hours mean for the days to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) open: bool,
    /// The instant that was asked about, and the wall's clock then.
    pub(super) from: Moment,
    pub(super) closes_at: Option<Moment>,
    pub(super) next_opening: Option<Moment>,
    pub(super) days: Vec<Day>,
}

/// An instant, and what the clock on the site's wall shows then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) at: u64,
    pub(super) local: String,
}

/// A day on the site's wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) date: String,
    /// Whether it differs from the week.
    pub(super) dated: bool,
    /// When it is open, in minutes from its first midnight.
    pub(super) open: Vec<(u32, u32)>,
}

impl Seen {
    /// The answer to a preview; nothing if it is none.
    pub(super) fn read(body: &str) -> Option<Self> {
        Some(Self {
            open: values::at(body, "open")? == "true",
            from: moment(body, "from")?,
            closes_at: moment(body, "closes_at"),
            next_opening: moment(body, "next_opening"),
            days: form_text::items(body, "days")
                .into_iter()
                .filter_map(day)
                .collect(),
        })
    }

    /// When the answer is another one.
    pub(super) fn turns_at(&self) -> Option<u64> {
        let next = if self.open {
            &self.closes_at
        } else {
            &self.next_opening
        };
        next.as_ref().map(|moment| moment.at)
    }
}

fn moment(body: &str, path: &str) -> Option<Moment> {
    let one = values::at(body, path)?;
    Some(Moment {
        at: values::whole(one, "at")?,
        local: values::words(one, "local")?,
    })
}

fn day(one: &str) -> Option<Day> {
    let date = values::words(one, "date")?;
    let open = form_text::items(one, "open")
        .into_iter()
        .filter_map(|span| {
            let end = |path| Some(minute(&date, &moment(span, path)?.local));
            Some((end("opens_at")?, end("closes_at")?))
        });
    Some(Day {
        dated: values::at(one, "dated")? == "true",
        open: open.collect(),
        date,
    })
}

/// How far into a day a wall's clock is: what is another day is one of its ends.
pub(super) fn minute(date: &str, local: &str) -> u32 {
    let day = local.get(..10).unwrap_or_default();
    if day < date {
        return 0;
    }
    if day > date {
        return DAY;
    }
    let part = |from: usize| -> u32 {
        let digits = local.get(from..from + 2).unwrap_or_default();
        digits.parse().unwrap_or_default()
    };
    (part(11) * 60 + part(14)).min(DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{ "zone": "Europe/Lisbon",
        "from": { "at": 1795000000000, "local": "2026-11-18T12:26:40+00:00" },
        "open": true, "closes_at": { "at": 1795021200000, "local": "2026-11-18T18:00:00+00:00" },
        "next_opening": null, "intervals": [],
        "days": [ { "date": "2026-11-18", "windows": ["09:00-18:00"], "dated": false,
            "open": [ { "opens_at": { "at": 1, "local": "2026-11-18T09:30:00+00:00" },
                        "closes_at": { "at": 2, "local": "2026-11-19T00:00:00+00:00" } } ] },
          { "date": "2026-11-19", "windows": [], "dated": true, "open": [] } ] }"#;

    #[test]
    fn what_hours_mean_is_read() {
        let seen = Seen::read(BODY).unwrap();
        assert!(seen.open);
        assert_eq!(seen.turns_at(), Some(1_795_021_200_000));
        assert_eq!(seen.next_opening, None);
        assert_eq!(seen.days[0].open, [(570, DAY)]);
        assert!(seen.days[1].dated && seen.days[1].open.is_empty());
        assert_eq!(minute("2026-11-18", &seen.from.local), 12 * 60 + 26);
        assert_eq!(Seen::read("<html>"), None);
    }
}
