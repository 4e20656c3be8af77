//! What is strange about a trigger that can be saved all the same.

use alloc::string::String;

/// Something that an author may not have meant. It keeps nothing from being
/// saved or published.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warning {
    /// Where in the form, such as `rule.all[2]`.
    pub path: String,
    /// Its kind, as a word.
    pub kind: String,
    /// What happens and what to do, for its author.
    pub message: String,
}
