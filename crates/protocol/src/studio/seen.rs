//! What a site has seen: suggestions for whoever writes a condition.

use alloc::string::String;
use alloc::vec::Vec;

/// What a site has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seen {
    /// Facts with the values they had, in the order of their names. One of whose
    /// values nothing is known has none.
    pub facts: Vec<SeenFact>,
    /// Events that triggers ask for, in the order of their names.
    pub events: Vec<String>,
}

/// The values that a fact had.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeenFact {
    /// Its name, such as `page.path` or `visitor.attr.plan`.
    pub fact: String,
    /// The values, those of the most visitors first; at most 50.
    pub values: Vec<String>,
}
