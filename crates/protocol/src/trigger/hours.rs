//! Opening hours as they are written (design, *Hours*).

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// When a site is open.
///
/// A window whose end is not after its start runs into the next day; `24:00` is
/// an end; a date replaces the windows that begin on that day; windows that
/// overlap or touch join. Without any window the site is never open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct HoursSpec {
    /// The IANA zone of every time in here, such as `America/Sao_Paulo`.
    pub zone: String,
    /// Windows such as `09:00-13:00`, by `mon` to `sun`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub weekly: BTreeMap<String, Vec<String>>,
    /// Windows of single days, by `2026-12-25`; none of them means closed.
    #[cfg_attr(feature = "serde", serde(default))]
    pub dates: BTreeMap<String, Vec<String>>,
}
