//! Names of things. Each is a type of its own, so that no one passes a
//! visitor's where an agent's is meant.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use uuid::Uuid;

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id: expected 32 hexadecimal digits with hyphens")
    }
}

impl core::error::Error for InvalidId {}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(transparent))]
        pub struct $name(Uuid);

        impl $name {
            /// Makes a random id of 16 bytes of good randomness.
            #[must_use]
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
            }

            /// Makes an id that sorts by `now`, from 10 bytes of good
            /// randomness. Databases keep such rows close together.
            #[must_use]
            pub fn at(now: crate::Millis, bytes: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(now.0, &bytes).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::try_parse(text).map(Self).map_err(|_| InvalidId)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> alloc::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": "uuid" })
            }
        }
    };
}

id!(
    /// One owner's installation.
    SiteId
);
id!(
    /// The person in the page.
    VisitorId
);
id!(
    /// The person at the desk.
    AgentId
);
id!(
    /// A personal token. It is no secret: what makes it one is behind it.
    TokenId
);
id!(
    /// What a site's owner signs identities with. It is no secret: what makes it
    /// one is behind it.
    SecretId
);
id!(
    /// What one visitor and the agents of a site say to each other.
    ConversationId
);
id!(
    /// A message. Its author names it before sending it, so that sending twice
    /// is harmless.
    MessageId
);
id!(
    /// A file. It is a secret of 128 bits: whoever has it may fetch the file, as a
    /// picture in a page does, which can prove nothing else.
    FileId
);

impl FileId {
    /// Makes an id of which every bit is random, from 16 bytes of good randomness.
    #[must_use]
    pub fn secret(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }
}

/// A name that stands in addresses and files: lower-case letters, digits and
/// a few marks, and no more of them than `$most`.
macro_rules! slug {
    ($(#[$doc:meta])* $name:ident, $most:literal, $marks:literal, $(#[$why:meta])* $invalid:ident, $sentence:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
        pub struct $name(String);

        $(#[$why])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $invalid;

        impl fmt::Display for $invalid {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($sentence)
            }
        }

        impl core::error::Error for $invalid {}

        impl $name {
            /// The name as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = $invalid;

            fn from_str(text: &str) -> Result<Self, $invalid> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<String> for $name {
            type Error = $invalid;

            fn try_from(text: String) -> Result<Self, $invalid> {
                let plain = |byte: u8| {
                    byte.is_ascii_lowercase()
                        || byte.is_ascii_digit()
                        || $marks.as_bytes().contains(&byte)
                };
                if (1..=$most).contains(&text.len()) && text.bytes().all(plain) {
                    Ok(Self(text))
                } else {
                    Err($invalid)
                }
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> alloc::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let pattern = concat!("^[a-z0-9", $marks, "]{1,", $most, "}$");
                schemars::json_schema!({ "type": "string", "pattern": pattern })
            }
        }
    };
}

slug!(
    /// The public name of a site in its snippet: lower-case letters, digits and
    /// hyphens, 1 to 40 of them. It grants nothing.
    SiteKey,
    40,
    "-",
    /// Why a text is not a site key.
    InvalidSiteKey,
    "a site key is 1 to 40 lower-case letters, digits and hyphens"
);

slug!(
    /// The name of a trigger on its site, in files, addresses and rules:
    /// lower-case letters, digits and hyphens, 1 to 60 of them.
    TriggerId,
    60,
    "-",
    /// Why a text is not the id of a trigger.
    InvalidTriggerId,
    "the id of a trigger is 1 to 60 lower-case letters, digits and hyphens"
);

slug!(
    /// The name of a field of a form, and of the attribute that its answer
    /// becomes: lower-case letters, digits, `_` and hyphens, 1 to 40 of them.
    FieldId,
    40,
    "_-",
    /// Why a text is not the id of a field.
    InvalidFieldId,
    "the id of a field is 1 to 40 lower-case letters, digits, `_` and hyphens"
);

impl TriggerId {
    /// Takes a text that was an id before it was written down: a page reads many
    /// and need not look at them again.
    #[must_use]
    pub fn trusted(id: String) -> Self {
        Self(id)
    }

    /// The id that a name gives: `Pricing help` becomes `pricing-help`. None
    /// when the name has no letter or digit of ASCII.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut id = String::new();
        for c in name.chars() {
            if c.is_ascii_alphanumeric() {
                id.push(c.to_ascii_lowercase());
            } else if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
        }
        id.truncate(60);
        Self::try_from(id.trim_end_matches('-').to_owned()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trigger_is_named_after_what_the_team_calls_it() {
        let named = |name: &str| TriggerId::from_name(name).map(String::from);
        assert_eq!(named("Pricing help").as_deref(), Some("pricing-help"));
        assert_eq!(named("  50% off (May)!").as_deref(), Some("50-off-may"));
        assert_eq!(named("¿?"), None);
        assert_eq!(named(&"a ".repeat(40)).map(|id| id.len()), Some(59));
    }

    #[test]
    fn an_id_survives_text() {
        let id = MessageId::from_random([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("not an id".parse::<MessageId>(), Err(InvalidId));
    }

    #[test]
    fn ids_made_later_sort_later() {
        let early = ConversationId::at(crate::Millis(1_000), [255; 10]);
        let late = ConversationId::at(crate::Millis(1_001), [0; 10]);
        assert!(early < late);
    }

    #[test]
    fn a_site_key_is_plain() {
        assert!("alba-coffee-2".parse::<SiteKey>().is_ok());
        for bad in ["", "Alba", "a b", "../etc", "é", &"a".repeat(41)] {
            assert_eq!(bad.parse::<SiteKey>(), Err(InvalidSiteKey), "{bad}");
        }
    }
}
