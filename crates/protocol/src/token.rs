//! Personal tokens, with which an agent's tools call the API.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::ids::TokenId;
use crate::{Millis, Span};

/// What a token may be used for. It never allows more than its agent's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Scope {
    /// See triggers, their versions and their history.
    #[cfg_attr(feature = "serde", serde(rename = "triggers:read"))]
    TriggersRead,
    /// Write drafts, and make links to the explain panel. Changes nothing that
    /// visitors see.
    #[cfg_attr(feature = "serde", serde(rename = "triggers:write"))]
    TriggersWrite,
    /// Change what visitors see: publish, pause, resume, roll back, order, delete.
    #[cfg_attr(feature = "serde", serde(rename = "triggers:publish"))]
    TriggersPublish,
    /// See what triggers achieved.
    #[cfg_attr(feature = "serde", serde(rename = "results:read"))]
    ResultsRead,
    /// See what the owner of a site chose.
    #[cfg_attr(feature = "serde", serde(rename = "site:read"))]
    SiteRead,
    /// Change what the owner of a site chose.
    #[cfg_attr(feature = "serde", serde(rename = "site:write"))]
    SiteWrite,
}

impl Scope {
    /// All there are.
    pub const ALL: [Self; 6] = [
        Self::TriggersRead,
        Self::TriggersWrite,
        Self::TriggersPublish,
        Self::ResultsRead,
        Self::SiteRead,
        Self::SiteWrite,
    ];

    /// The scope as it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TriggersRead => "triggers:read",
            Self::TriggersWrite => "triggers:write",
            Self::TriggersPublish => "triggers:publish",
            Self::ResultsRead => "results:read",
            Self::SiteRead => "site:read",
            Self::SiteWrite => "site:write",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The token that an agent wants: the body of `POST /api/tokens`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct WantedToken {
    /// What it is called in lists and histories.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 60)))]
    pub name: String,
    /// What it is for. At least one.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub scopes: BTreeSet<Scope>,
    /// How long it is good; until it is revoked if nothing is said.
    #[cfg_attr(
        feature = "serde",
        serde(default, rename = "for", skip_serializing_if = "Option::is_none")
    )]
    pub span: Option<Span>,
}

/// A token without what makes it one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TokenRow {
    /// Its id, for revoking it.
    pub id: TokenId,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub scopes: BTreeSet<Scope>,
    /// When it was made.
    pub created_at: Millis,
    /// From when on it is good for nothing; never if none.
    pub expires_at: Option<Millis>,
    /// In which hour it was used last; none if it never was.
    pub used_at: Option<Millis>,
}

/// All tokens of an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TokenList {
    /// The latest first.
    pub tokens: Vec<TokenRow>,
}

/// A token that was made now. It is shown this once.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MadeToken {
    /// What stands behind `Authorization: Bearer `.
    pub token: String,
    /// As lists show it.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub row: TokenRow,
}

impl fmt::Debug for MadeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MadeToken")
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_schema_says_the_limits() {
        let schema = schemars::schema_for!(WantedToken).to_value();
        let most = &schema["properties"]["name"]["maxLength"];
        assert_eq!(*most, crate::limits::TOKEN_NAME_CHARS);
        assert_eq!(schema["properties"]["scopes"]["minItems"], 1);
    }

    #[test]
    fn a_scope_is_written_as_it_says() {
        for scope in Scope::ALL {
            let written = serde_json::to_string(&scope).unwrap();
            assert_eq!(written, alloc::format!("\"{scope}\""));
        }
    }
}
