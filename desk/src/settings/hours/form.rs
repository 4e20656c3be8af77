//! Opening hours as they are typed. A window may be half written: the server
//! says what is wrong with it, and nothing that was typed is lost until then.

use std::collections::BTreeMap;

use crate::form_text::{quote, values};

/// The days of a week, as the form names them.
pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What a window begins as.
pub(super) const FIRST: &str = "09:00-18:00";
const SECOND: &str = "14:00-18:00";

/// Opening hours. A window is written as `09:00-13:00`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HoursForm {
    pub(super) zone: String,
    pub(super) weekly: BTreeMap<String, Vec<String>>,
    pub(super) dates: BTreeMap<String, Vec<String>>,
}

/// To which windows something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Of {
    /// Those of each such day of the week.
    Week(&'static str),
    /// Those of one date.
    Date(String),
}

impl Of {
    /// Where they stand in the settings.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Week(day) => format!("hours.weekly.{day}"),
            Self::Date(date) => format!("hours.dates.{date}"),
        }
    }
}

impl HoursForm {
    /// What most begin with.
    pub(super) fn usual(zone: &str) -> Self {
        let weekly = DAYS[..5].iter();
        Self {
            zone: zone.to_owned(),
            weekly: weekly
                .map(|day| ((*day).to_owned(), vec![FIRST.to_owned()]))
                .collect(),
            dates: BTreeMap::new(),
        }
    }

    pub(super) fn read(json: &str) -> Self {
        let windows = |field: &str| {
            let days = values::entries(json, field).into_iter();
            days.map(|(day, list)| (day, values::texts(list, "")))
                .collect()
        };
        Self {
            zone: values::words(json, "zone").unwrap_or_default(),
            weekly: windows("weekly"),
            dates: windows("dates"),
        }
    }

    pub(super) fn write(&self) -> String {
        let object = |days: &BTreeMap<String, Vec<String>>, closed_too: bool| {
            let days = days
                .iter()
                .filter(|(_, list)| closed_too || !list.is_empty());
            values::object_of(days.map(|(day, list)| (day, values::list_of(list))))
        };
        format!(
            "{{\"zone\":{},\"weekly\":{},\"dates\":{}}}",
            quote(&self.zone),
            object(&self.weekly, false),
            // A date without windows is a holiday.
            object(&self.dates, true),
        )
    }

    pub(super) fn windows(&self, of: &Of) -> &[String] {
        let windows = match of {
            Of::Week(day) => self.weekly.get(*day),
            Of::Date(date) => self.dates.get(date),
        };
        windows.map_or(&[], Vec::as_slice)
    }

    pub(super) fn windows_mut(&mut self, of: &Of) -> &mut Vec<String> {
        match of {
            Of::Week(day) => self.weekly.entry((*day).to_owned()).or_default(),
            Of::Date(date) => self.dates.entry(date.clone()).or_default(),
        }
    }

    /// One window more: the usual one, or an afternoon after a morning.
    pub(super) fn add_window(&mut self, of: &Of) {
        let windows = self.windows_mut(of);
        let next = windows.last().map_or_else(
            || FIRST.to_owned(),
            |last| match split(last) {
                // After what is there, where there is room.
                (_, end) if end < "14:00" && !end.is_empty() => SECOND.to_owned(),
                (_, end) if end > "14:00" && end < "20:00" => "20:00-22:00".to_owned(),
                _ => "-".to_owned(),
            },
        );
        windows.push(next);
    }
}

/// The two ends of a window.
pub(super) fn split(window: &str) -> (&str, &str) {
    window.split_once('-').unwrap_or((window, ""))
}

/// Whether a window runs into the next day.
pub(super) fn runs_over(window: &str) -> bool {
    let (start, end) = split(window);
    let whole = !start.is_empty() && !end.is_empty();
    // The end of a day is no part of the next.
    whole && end <= start && end != "00:00"
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: &str = r#"{ "zone": "America/Sao_Paulo",
        "weekly": { "mon": ["09:00-13:00", "14:00-18:00"], "fri": ["21:00-02:00"], "sun": [] },
        "dates": { "2026-12-25": [], "2026-12-31": ["09:00-12:00"] } }"#;

    #[test]
    fn hours_are_read_and_written() {
        let hours = HoursForm::read(HOURS);
        assert_eq!(hours.zone, "America/Sao_Paulo");
        assert_eq!(hours.windows(&Of::Week("mon")).len(), 2);
        assert!(hours.windows(&Of::Week("tue")).is_empty());
        let written = hours.write();
        assert_eq!(
            written,
            r#"{"zone":"America/Sao_Paulo","weekly":{"fri":["21:00-02:00"],"mon":["09:00-13:00","14:00-18:00"]},"dates":{"2026-12-25":[],"2026-12-31":["09:00-12:00"]}}"#
        );
        let read = serde_json::from_str::<saluda_protocol::trigger::HoursSpec>(&written);
        assert_eq!(read.unwrap().dates.len(), 2);
    }

    #[test]
    fn a_window_that_ends_before_it_begins_runs_over_midnight() {
        assert!(runs_over("21:00-02:00"));
        assert!(runs_over("09:00-09:00"));
        for not in [
            "09:00-13:00",
            "21:00-00:00",
            "21:00-24:00",
            "-02:00",
            "21:00-",
        ] {
            assert!(!runs_over(not), "{not}");
        }
    }

    #[test]
    fn a_second_window_begins_after_the_first() {
        let mut hours = HoursForm::usual("UTC");
        let monday = Of::Week("mon");
        *hours.windows_mut(&monday) = vec!["09:00-13:00".to_owned()];
        hours.add_window(&monday);
        hours.add_window(&monday);
        hours.add_window(&monday);
        let windows = hours.windows(&monday);
        assert_eq!(windows, ["09:00-13:00", "14:00-18:00", "20:00-22:00", "-"]);
        assert_eq!(hours.windows(&Of::Week("sat")).len(), 0);
    }
}
