//! What opening hours mean for the days to come.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Millis;
use crate::trigger::HoursSpec;

/// Hours that someone is about to choose: the body of
/// `POST /api/sites/{key}/hours/preview`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WantedPreview {
    /// The hours.
    pub hours: HoursSpec,
    /// From when on: `2026-12-25T09:30:00-03:00`, or `2026-12-25T09:30` by the
    /// clock on the site's wall. Now if none.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub from: Option<String>,
}

/// What hours mean from an instant on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HoursPreview {
    /// The zone of every `local` time.
    pub zone: String,
    /// The instant that was asked about.
    pub from: Moment,
    /// Whether the site is open then.
    pub open: bool,
    /// When it closes, if it is open and that is known.
    pub closes_at: Option<Moment>,
    /// When it opens the next time, if that is known: after it has closed, if it
    /// is open.
    pub next_opening: Option<Moment>,
    /// When it is open on these days. Sorted; no two overlap or touch, and what
    /// reaches beyond the days is cut.
    pub intervals: Vec<OpenInterval>,
    /// Days in a row, the first being the one that was asked about.
    pub days: Vec<PreviewDay>,
}

/// One day on the site's wall.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PreviewDay {
    /// Which day, as `2026-12-25`.
    pub date: String,
    /// The windows that are written for it, as `09:00-13:00`.
    pub windows: Vec<String>,
    /// Whether these are written under `dates`, not under `weekly`.
    pub dated: bool,
    /// When it is open between its two midnights, also by a window of the day
    /// before.
    pub open: Vec<OpenInterval>,
}

/// From when until when a site is open.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenInterval {
    /// The first instant.
    pub opens_at: Moment,
    /// The first instant after it.
    pub closes_at: Moment,
}

/// An instant, and what the clock on the site's wall shows then.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moment {
    /// The instant.
    pub at: Millis,
    /// As in RFC 3339, with the zone's offset: `2026-12-25T09:30:00-03:00`.
    pub local: String,
}
