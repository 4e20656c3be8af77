//! Reads when and how often a trigger may show.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use saluda_protocol::Millis;
use saluda_protocol::trigger::{AfterDismiss, Limits, OpeningHours, Schedule};

use super::json::Node;
use super::mistake::{Complaint, MistakeKind};
use super::reader::{Path, Reader, short};
use super::rule::positive_span;
use super::span;
use crate::hours::zone;

const HOURS: [(&str, OpeningHours); 3] = [
    ("any", OpeningHours::Any),
    ("during", OpeningHours::During),
    ("outside", OpeningHours::Outside),
];

/// Years that a schedule can be about.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=9000;

/// Most times that one visitor can be greeted by one trigger.
const TIMES: i32 = 1_000;

/// Reads a schedule.
pub(super) fn read(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Schedule> {
    let fields = reader.open(path, node, &["hours", "from", "until"])?;
    let hours = match fields.get("hours") {
        Some(node) => reader.word(&path.field("hours"), node, &HOURS),
        None => Some(OpeningHours::Any),
    };
    let mut clock = |name: &str| {
        let place = path.field(name);
        fields.optional(name, |node| {
            let text = reader.text(&place, node)?;
            reader.accept(&place, wall_clock(text))?;
            Some(text.to_owned())
        })
    };
    let (from, until) = (clock("from"), clock("until"));
    let schedule = Schedule {
        hours: hours?,
        from: from.ok()?,
        until: until.ok()?,
    };
    reader.accept(&path.field("until"), in_order(&schedule))?;
    Some(schedule)
}

/// A time on the wall, such as `2026-12-01T00:00`.
fn wall_clock(text: &str) -> Result<DateTime, Complaint> {
    let plain = text.len() == "2026-12-01T00:00".len() && text.as_bytes().get(10) == Some(&b'T');
    let read = plain.then(|| text.parse::<DateTime>().ok()).flatten();
    read.filter(|time| YEARS.contains(&time.year()))
        .ok_or_else(|| {
            let zoned = text.ends_with(['Z', 'z'])
                || text.get(11..).is_some_and(|rest| rest.contains(['+', '-']));
            let hint = if zoned {
                "leave the zone out, because it is the site's"
            } else {
                "write it as `2026-12-01T00:00`"
            };
            Complaint::new(
                MistakeKind::InvalidWallClock,
                format!("`{}` is no date and time; {hint}", short(text)),
            )
        })
}

fn in_order(schedule: &Schedule) -> Result<(), Complaint> {
    match (&schedule.from, &schedule.until) {
        // Texts of this form sort as the times they say.
        (Some(from), Some(until)) if until <= from => Err(Complaint::new(
            MistakeKind::EndsBeforeItBegins,
            format!("`until` should be after `from`, which is `{}`", short(from)),
        )),
        _ => Ok(()),
    }
}

/// The two ends of a schedule as instants.
pub(super) fn compile(
    reader: &mut Reader,
    path: &Path<'_>,
    schedule: &Schedule,
    zone: Option<&str>,
) -> Option<(Option<Millis>, Option<Millis>)> {
    if schedule.from.is_none() && schedule.until.is_none() {
        return Some((None, None));
    }
    let found = match zone {
        Some(name) => reader.accept(path, zone::find(name)),
        None => Some(TimeZone::UTC),
    };
    let zone = found?;
    let mut end = |name: &str, text: &Option<String>| match text {
        Some(text) => {
            let time = reader.accept(&path.field(name), wall_clock(text))?;
            Some(Some(zone::instant(&zone, time)))
        }
        None => Some(None),
    };
    let (from, until) = (end("from", &schedule.from)?, end("until", &schedule.until)?);
    reader.accept(&path.field("until"), in_order(schedule))?;
    Some((from, until))
}

/// Reads what narrows the frequency.
pub(super) fn limits(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Limits> {
    let fields = reader.open(path, node, &["times", "gap"])?;
    let times = fields.optional("times", |node| {
        let times = reader.whole(&path.field("times"), node, 1, TIMES);
        times.map(i32::unsigned_abs)
    });
    let gap = fields.optional("gap", |node| {
        positive_span(reader, &path.field("gap"), node)
    });
    Some(Limits {
        times: times.ok()?,
        gap: gap.ok()?,
    })
}

/// Reads for how long a greeting stays away once it was closed.
pub(super) fn after_dismiss(
    reader: &mut Reader,
    path: &Path<'_>,
    node: &Node,
) -> Option<AfterDismiss> {
    let text = reader.text(path, node)?;
    match text {
        "none" => Some(AfterDismiss::None),
        "visit" => Some(AfterDismiss::Visit),
        "forever" => Some(AfterDismiss::Forever),
        text => {
            let read = span::parse(text).and_then(span::positive);
            let read = read.map_err(|complaint| match complaint.kind {
                MistakeKind::InvalidSpan => Complaint::new(
                    MistakeKind::InvalidSpan,
                    format!(
                        "`{}` is none of `none`, `visit`, `forever`, and no length of time such \
                         as `7d`",
                        short(text)
                    ),
                ),
                _ => complaint,
            });
            reader.accept(path, read).map(AfterDismiss::For)
        }
    }
}
