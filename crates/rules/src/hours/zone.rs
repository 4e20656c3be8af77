//! Time zones and wall clocks.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{self, TimeZone};
use saluda_protocol::Millis;

use crate::compile::mistake::{Complaint, MistakeKind};
use crate::compile::nearest::nearest;
use crate::compile::reader::short;

/// Finds a zone by its name.
pub(crate) fn find(name: &str) -> Result<TimeZone, Complaint> {
    TimeZone::get(name).map_err(|_| {
        let names: Vec<String> = tz::db().available().map(|name| name.to_string()).collect();
        let spelt = name.trim().replace(' ', "_");
        let hint = match nearest(&spelt, names.iter().map(String::as_str)) {
            Some(near) => format!("; did you mean `{near}`?"),
            None => "; write one such as `America/Sao_Paulo`".to_owned(),
        };
        Complaint::new(
            MistakeKind::UnknownZone,
            format!("there is no time zone `{}`{hint}", short(name)),
        )
    })
}

/// The instant that a wall clock shows a time. A time that does not exist moves
/// forward by the gap; of two that are the same, it is the first.
pub(crate) fn instant(zone: &TimeZone, time: DateTime) -> Millis {
    zone.to_ambiguous_timestamp(time)
        .compatible()
        .map_or(Millis(0), millis)
}

/// An instant before 1970 counts as its beginning.
pub(super) fn millis(timestamp: Timestamp) -> Millis {
    Millis(u64::try_from(timestamp.as_millisecond()).unwrap_or(0))
}
