//! What the days of the week are called.

use saluda_protocol::Millis;

use super::form::DAYS;
use crate::texts::capitalised;
use crate::time::{self, Format};

/// A Monday, at midnight.
const MONDAY: Millis = Millis(1_704_067_200_000);
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// What a day is called.
pub(super) fn day_name(day: &str) -> String {
    let at = DAYS.iter().position(|known| *known == day).unwrap_or(0);
    let at = MONDAY.plus(DAY_MS * u64::try_from(at).unwrap_or(0));
    capitalised(&time::wall(Format::WallDay, at))
}
