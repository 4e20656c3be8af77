//! Reads opening hours as they are written, and names every mistake in them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use saluda_protocol::trigger::HoursSpec;

use super::calendar::{Hours, Window, weekday};
use super::zone;
use crate::compile::json::{self, Node};
use crate::compile::mistake::{Complaint, Mistake, MistakeKind};
use crate::compile::reader::{Path, Reader, short};
use crate::compile::value::{minutes, no_weekday};

/// Most windows of one day.
const WINDOWS: usize = 24;

/// Most days under `weekly`: enough to tell someone who wrote them twice, each in
/// another way, which of them are none.
const WEEK: usize = 14;

/// Most dates with windows of their own.
const DATES: usize = 1_000;

/// Days by their name, each with its windows.
type Days = BTreeMap<String, Vec<String>>;

impl Hours {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Every mistake that is in it.
    pub fn parse(text: &str) -> Result<Self, Vec<Mistake>> {
        let mut reader = Reader::default();
        let node = reader.accept(&Path::TOP, json::parse(text));
        let spec = node.and_then(|node| spec(&mut reader, &node));
        let hours = spec.and_then(|spec| hours(&mut reader, &spec));
        reader.finish(hours)
    }

    /// Makes hours of what was written.
    ///
    /// # Errors
    ///
    /// Every mistake that is in it.
    pub fn read(spec: &HoursSpec) -> Result<Self, Vec<Mistake>> {
        let mut reader = Reader::default();
        let hours = hours(&mut reader, spec);
        reader.finish(hours)
    }
}

/// Reads the form, and what stands in it as far as the form allows: a wrong type
/// in one day hides no wrong window in another.
fn spec(reader: &mut Reader, node: &Node) -> Option<HoursSpec> {
    let top = Path::TOP;
    let fields = reader.open(&top, node, &["zone", "weekly", "dates"])?;
    let zone = match fields.get("zone") {
        Some(node) => reader.text(&top.field("zone"), node).map(str::to_owned),
        None => reader.missing(
            &top,
            "zone",
            "where the clock hangs, such as `America/Sao_Paulo`",
        ),
    };
    let mut days = |name: &str| match fields.get(name) {
        Some(node) => days(reader, &top.field(name), node),
        None => Some(Days::new()),
    };
    let (weekly, dates) = (days("weekly"), days("dates"));
    let spec = HoursSpec {
        zone: zone.clone().unwrap_or_default(),
        weekly: weekly.clone().unwrap_or_default(),
        dates: dates.clone().unwrap_or_default(),
    };
    if zone.is_some() && weekly.is_some() && dates.is_some() {
        return Some(spec);
    }
    if zone.is_some() {
        reader.accept(&top.field("zone"), zone::find(&spec.zone));
    }
    weekly_windows(reader, &spec.weekly);
    dated_windows(reader, &spec.dates);
    None
}

fn days(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Days> {
    let entries = reader.entries(path, node)?;
    let all: Vec<_> = entries
        .iter()
        .map(|(name, node)| {
            let place = path.field(name);
            if let Node::Text(text) = node {
                let message = format!("windows stand in a list: `[\"{}\"]`", short(text));
                return reader.refuse(&place, MistakeKind::WrongType, message);
            }
            let items = reader.list(&place, node, WINDOWS)?;
            let windows: Vec<Option<String>> = items
                .iter()
                .enumerate()
                .map(|(index, node)| reader.text(&place.item(index), node).map(str::to_owned))
                .collect();
            let windows: Option<Vec<String>> = windows.into_iter().collect();
            Some((name.clone(), windows?))
        })
        .collect();
    all.into_iter().collect()
}

fn hours(reader: &mut Reader, spec: &HoursSpec) -> Option<Hours> {
    let top = Path::TOP;
    let zone = reader.accept(&top.field("zone"), zone::find(&spec.zone));
    let weekly = weekly_windows(reader, &spec.weekly);
    let dates = dated_windows(reader, &spec.dates);
    Some(Hours {
        zone: zone?,
        weekly: weekly?,
        dates: dates?,
    })
}

fn weekly_windows(reader: &mut Reader, days: &Days) -> Option<[Vec<Window>; 7]> {
    let top = Path::TOP;
    let path = top.field("weekly");
    if days.len() > WEEK {
        let message = format!("a week has 7 days, these are {}", days.len());
        return reader.refuse(&path, MistakeKind::TooMany, message);
    }
    let mut weekly: [Vec<Window>; 7] = Default::default();
    let mut sound = true;
    for (name, written) in days {
        let place = path.field(name);
        let day = weekday(name).and_then(|day| weekly.get_mut(day));
        if day.is_none() {
            reader.complain::<()>(&place, no_weekday(name));
        }
        match (day, windows(reader, &place, written)) {
            (Some(day), Some(windows)) => *day = windows,
            _ => sound = false,
        }
    }
    sound.then_some(weekly)
}

fn dated_windows(reader: &mut Reader, days: &Days) -> Option<BTreeMap<Date, Vec<Window>>> {
    let top = Path::TOP;
    let path = top.field("dates");
    if days.len() > DATES {
        let message = format!(
            "at most {DATES} dates may stand here, these are {}",
            days.len()
        );
        return reader.refuse(&path, MistakeKind::TooMany, message);
    }
    let all: Vec<_> = days
        .iter()
        .map(|(name, written)| {
            let place = path.field(name);
            let date = reader.accept(&place, date(name));
            let windows = windows(reader, &place, written);
            Some((date?, windows?))
        })
        .collect();
    all.into_iter().collect()
}

fn date(text: &str) -> Result<Date, Complaint> {
    let plain = text.len() == "2026-12-25".len() && text.as_bytes().get(4) == Some(&b'-');
    let read = plain.then(|| text.parse::<Date>().ok()).flatten();
    read.filter(|date| (1970..=9000).contains(&date.year()))
        .ok_or_else(|| {
            Complaint::new(
                MistakeKind::InvalidDate,
                format!("`{}` is no date; write it as `2026-12-25`", short(text)),
            )
        })
}

fn windows(reader: &mut Reader, path: &Path<'_>, written: &[String]) -> Option<Vec<Window>> {
    if written.len() > WINDOWS {
        let message = format!(
            "a day has at most {WINDOWS} windows, this has {}",
            written.len()
        );
        return reader.refuse(path, MistakeKind::TooMany, message);
    }
    let all: Vec<Option<Window>> = written
        .iter()
        .enumerate()
        .map(|(index, text)| reader.accept(&path.item(index), window(text)))
        .collect();
    all.into_iter().collect()
}

/// A window such as `09:00-13:00`. One whose end is not after its start runs
/// into the next day; `24:00` is an end.
fn window(text: &str) -> Result<Window, Complaint> {
    const DAY: u32 = 24 * 60;
    let wrong = |hint: &str| {
        Complaint::new(
            MistakeKind::InvalidWindow,
            format!("`{}` is no window of hours; {hint}", short(text)),
        )
    };
    let ends = text.split_once('-');
    let read = ends.and_then(|(opens, closes)| Some((minutes(opens)?, minutes(closes)?)));
    let Some((opens, closes)) = read else {
        return Err(wrong("write it as `09:00-13:00`, with two digits each"));
    };
    if opens == DAY {
        return Err(wrong(
            "`24:00` is an end; a window that begins at midnight begins at `00:00`",
        ));
    }
    let closes = if closes > opens { closes } else { closes + DAY };
    Ok(Window { opens, closes })
}
