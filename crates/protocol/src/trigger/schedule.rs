//! When and how often a trigger may show, whatever its rule says.

use alloc::string::String;
use alloc::string::ToString as _;

use crate::Span;

/// From when, until when, and at which hours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields, default))]
pub struct Schedule {
    /// At which of the site's hours (S2.7).
    pub hours: OpeningHours,
    /// Not before this wall-clock time in the site's zone: `2026-12-01T00:00`.
    pub from: Option<String>,
    /// Not at this wall-clock time or later.
    pub until: Option<String>,
}

/// Which of the site's hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum OpeningHours {
    /// At any time.
    #[default]
    Any,
    /// While the site is open.
    During,
    /// While the site is closed.
    Outside,
}

/// How often one visitor may see a greeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Frequency {
    /// Once ever.
    #[default]
    Once,
    /// Once in a visit.
    Visit,
    /// Each time the rule becomes true again.
    Always,
}

/// What narrows the frequency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields, default))]
pub struct Limits {
    /// At most this many times for one visitor.
    pub times: Option<u32>,
    /// At least this long between two times.
    pub gap: Option<Span>,
}

/// For how long a greeting stays away once a visitor has closed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub enum AfterDismiss {
    /// Not at all: only the frequency counts.
    None,
    /// For the rest of the visit.
    #[default]
    Visit,
    /// For this long.
    For(Span),
    /// For ever.
    Forever,
}

impl core::fmt::Display for AfterDismiss {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Visit => f.write_str("visit"),
            Self::For(span) => span.fmt(f),
            Self::Forever => f.write_str("forever"),
        }
    }
}

impl core::str::FromStr for AfterDismiss {
    type Err = crate::time::InvalidSpan;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "none" => Self::None,
            "visit" => Self::Visit,
            "forever" => Self::Forever,
            span => Self::For(span.parse()?),
        })
    }
}

impl TryFrom<String> for AfterDismiss {
    type Error = crate::time::InvalidSpan;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AfterDismiss> for String {
    fn from(value: AfterDismiss) -> Self {
        value.to_string()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for AfterDismiss {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "AfterDismiss".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "`none`, `visit`, `forever`, or a length of time such as `7d`.",
            "pattern": "^(none|visit|forever|[0-9]+[smhd])$",
        })
    }
}
