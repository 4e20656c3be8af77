//! How a site's pages come by the widget, and whether they have.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Millis;
use crate::studio::Warning;

/// The answer to `GET /api/sites/{key}/embed`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Embed {
    /// Where browsers reach the server.
    pub server: String,
    /// What is pasted into each page.
    pub snippet: String,
    /// What a page's content policy has to allow, if it has one.
    pub policy: Vec<PolicyLine>,
    /// Each of the site's origins, in the order of its settings.
    pub connected: Vec<Connection>,
    /// What may keep the snippet from working.
    pub warnings: Vec<Warning>,
}

/// What one directive of a content policy has to allow.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyLine {
    /// Its name, such as `script-src`.
    pub directive: String,
    /// What is added to it. Nothing when it need not allow anything.
    pub sources: Vec<String>,
    /// What for, as a sentence.
    pub why: String,
}

/// Whether pages of an origin have asked for the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Connection {
    /// The origin as it stands in the settings. Under `*` is whatever no other
    /// one allows.
    pub origin: String,
    /// The hour in which one first did; none if none ever did.
    pub first_at: Option<Millis>,
    /// The hour in which one last did.
    pub last_at: Option<Millis>,
}
