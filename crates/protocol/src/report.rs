//! What pages report of greetings: the body of
//! `POST /api/sites/{key}/events`.
//!
//! No text and nothing of a person: who it was is a random number of the
//! browser that is used for nothing else.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::{Millis, TriggerId};

/// What happened to greetings in one browser.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Report {
    /// The browser, for counting each person once.
    pub person: Random,
    /// What it runs on.
    pub device: Device,
    /// What happened, at most
    /// [`REPORTED_EVENTS`](crate::limits::REPORTED_EVENTS).
    pub events: Vec<Reported>,
}

/// Something that happened to a greeting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Reported {
    /// Given once, so that a report that is sent twice is counted once.
    pub id: Random,
    /// When, by the browser's clock.
    pub at: Millis,
    /// Whose greeting.
    pub trigger: TriggerId,
    /// Which publication of it.
    pub version: u32,
    /// Which variant; the original if none.
    pub variant: Option<String>,
    /// What happened.
    pub kind: Kind,
    /// The path of the page, without query and fragment.
    pub page: String,
}

/// What can happen to a greeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Kind {
    /// On the screen (S2.16).
    Sent,
    /// Would have been, for someone who is to see none.
    Held,
    /// Clicked (S2.17).
    Opened,
    /// Closed with its X.
    Dismissed,
    /// Answered, or what was asked for was given (S2.18).
    Replied,
    /// A call to action was clicked.
    Clicked,
    /// The goal was reached.
    Goal,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Sent,
        Self::Held,
        Self::Opened,
        Self::Dismissed,
        Self::Replied,
        Self::Clicked,
        Self::Goal,
    ];

    /// The word for it on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Held => "held",
            Self::Opened => "opened",
            Self::Dismissed => "dismissed",
            Self::Replied => "replied",
            Self::Clicked => "clicked",
            Self::Goal => "goal",
        }
    }
}

/// What a page runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Device {
    /// A screen with a pointer.
    Desktop,
    /// A large screen that is touched.
    Tablet,
    /// A small one.
    Phone,
}

impl Device {
    /// The word for it on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Tablet => "tablet",
            Self::Phone => "phone",
        }
    }
}

/// 128 random bits as 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Random(String);

/// Why a text is not such a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidRandom;

impl fmt::Display for InvalidRandom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected 32 lower-case hexadecimal digits")
    }
}

impl core::error::Error for InvalidRandom {}

impl Random {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Random {
    type Error = InvalidRandom;

    fn try_from(text: String) -> Result<Self, InvalidRandom> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() == 32 && text.bytes().all(digit) {
            Ok(Self(text))
        } else {
            Err(InvalidRandom)
        }
    }
}

impl From<Random> for String {
    fn from(random: Random) -> Self {
        random.0
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Random {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Random".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{32}$" })
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_wire() {
        for kind in Kind::ALL {
            let word = serde_json::to_value(kind).unwrap();
            assert_eq!(word, kind.as_str());
        }
        for device in [Device::Desktop, Device::Tablet, Device::Phone] {
            let word = serde_json::to_value(device).unwrap();
            assert_eq!(word, device.as_str());
        }
    }

    #[test]
    fn a_random_number_has_one_form() {
        let read = |text: &str| Random::try_from(text.to_owned());
        assert!(read("0123456789abcdef0123456789abcdef").is_ok());
        for bad in [
            "",
            "0123",
            "0123456789ABCDEF0123456789abcdef",
            "ines@cafelargo.pt",
        ] {
            assert_eq!(read(bad), Err(InvalidRandom), "{bad}");
        }
    }
}
