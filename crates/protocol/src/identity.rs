//! Who a visitor is by the word of the site's owner.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::ids::SecretId;
use crate::{EmailAddress, Millis};

/// What the owner's server says of a visitor. It has signed it: unlike a
/// [`Contact`](crate::Contact), it is verified.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Identity {
    /// What the owner's server calls them.
    pub user: String,
    /// Where to write to.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub email: Option<EmailAddress>,
    /// How they are called.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub name: Option<String>,
    /// Where to call.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub phone: Option<String>,
    /// What else the owner wants agents to know, by its name.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "BTreeMap::is_empty")
    )]
    pub attributes: BTreeMap<String, String>,
}

/// A secret with which the owner's server signs, without what makes it one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecretRow {
    /// Its id, for revoking it.
    pub id: SecretId,
    /// When it was made.
    pub created_at: Millis,
}

/// All secrets of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecretList {
    /// The latest first.
    pub secrets: Vec<SecretRow>,
}

/// A secret that was made now.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MadeSecret {
    /// What to sign with. It is shown in this answer and in no other.
    pub secret: String,
    /// The secret without what makes it one.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub row: SecretRow,
}

impl core::fmt::Debug for MadeSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("MadeSecret")
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}
