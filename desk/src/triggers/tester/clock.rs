//! The visitor's clock: what it shows, and which instant that is.

use js_sys::Date;

use crate::intl;

const MINUTE_MS: i64 = 60_000;

/// What a clock so far ahead of UTC shows, as `2026-03-02T09:30`.
pub(super) fn wall_of(at_ms: u64, ahead_minutes: i32) -> String {
    let shown = at_ms.saturating_add_signed(i64::from(ahead_minutes) * MINUTE_MS);
    #[expect(clippy::cast_precision_loss, reason = "an instant, exact below 2^53")]
    let date = Date::new(&(shown as f64).into());
    let iso = String::from(date.to_iso_string());
    iso.get(..16).unwrap_or_default().to_owned()
}

/// The instant at which the clocks of a zone show this, and how far they are
/// ahead of UTC then.
pub(super) fn instant_of(wall: &str, zone: &str) -> Option<(u64, i32)> {
    let shown = instant(&format!("{wall}Z"))?;
    let at = |ahead: i32| shown.saturating_add_signed(-i64::from(ahead) * MINUTE_MS);
    // Near a change of the clock the first guess may be an hour off.
    let guess = intl::ahead_minutes(zone, shown)?;
    let ahead = intl::ahead_minutes(zone, at(guess))?;
    Some((at(ahead), ahead))
}

/// An instant as people write it: RFC 3339.
pub(super) fn instant(text: &str) -> Option<u64> {
    let at_ms = Date::parse(text);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number of milliseconds that was looked at"
    )]
    (at_ms >= 0.0).then_some(at_ms as u64)
}
