//! Instants and lengths of time, as both sides write them.

use alloc::string::String;
use alloc::string::ToString as _;
use core::fmt;
use core::str::FromStr;

/// Milliseconds since the beginning of 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Millis(pub u64);

impl Millis {
    /// The instant `milliseconds` later.
    #[must_use]
    pub fn plus(self, milliseconds: u64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// How many milliseconds have passed from `earlier` until this instant;
    /// none when `earlier` lies in its future.
    #[must_use]
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A length of time as people write it in rules and settings: a whole number
/// and one of `s`, `m`, `h`, `d`, such as `30s` or `7d`. In milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Span(pub u64);

/// In the largest unit that leaves no rest, as `30s` or `7d`. Parts of a second
/// are left out: they cannot be written.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(86_400_000, 'd'), (3_600_000, 'h'), (60_000, 'm')];
        let fits = units
            .into_iter()
            .find(|(unit_ms, _)| self.0 > 0 && self.0.is_multiple_of(*unit_ms));
        let (unit_ms, unit) = fits.unwrap_or((1_000, 's'));
        write!(f, "{}{unit}", self.0 / unit_ms)
    }
}

impl TryFrom<String> for Span {
    type Error = InvalidSpan;

    fn try_from(text: String) -> Result<Self, InvalidSpan> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Span {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A length of time: `30s`, `5m`, `1h`, `7d`.",
            "pattern": "^[0-9]+[smhd]$",
        })
    }
}

/// Why a text is not a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSpan;

impl fmt::Display for InvalidSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a length of time is a number and `s`, `m`, `h` or `d`, such as `30s`")
    }
}

impl core::error::Error for InvalidSpan {}

impl FromStr for Span {
    type Err = InvalidSpan;

    fn from_str(text: &str) -> Result<Self, InvalidSpan> {
        let unit = text.chars().last().ok_or(InvalidSpan)?;
        let unit_ms = match unit {
            's' => 1_000,
            'm' => 60_000,
            'h' => 3_600_000,
            'd' => 86_400_000,
            _ => return Err(InvalidSpan),
        };
        let digits = &text[..text.len() - 1];
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidSpan);
        }
        let count: u64 = digits.parse().map_err(|_| InvalidSpan)?;
        count.checked_mul(unit_ms).map(Self).ok_or(InvalidSpan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_number_and_a_unit() {
        let span = |text: &str| text.parse::<Span>().map(|span| span.0);
        assert_eq!(span("30s"), Ok(30_000));
        assert_eq!(span("5m"), Ok(300_000));
        assert_eq!(span("1h"), Ok(3_600_000));
        assert_eq!(span("7d"), Ok(604_800_000));
        for text in ["30s", "5m", "1h", "7d", "90s", "36h", "0s"] {
            assert_eq!(
                text.parse::<Span>().map(|span| span.to_string()).as_deref(),
                Ok(text)
            );
        }
        for bad in [
            "",
            "s",
            "30",
            "-5s",
            "+5s",
            "1.5h",
            "5 m",
            "5m ",
            "5w",
            "é",
            "99999999999999999999d",
        ] {
            assert_eq!(span(bad), Err(InvalidSpan), "{bad}");
        }
    }
}
