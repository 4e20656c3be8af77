//! Whether a trigger achieves something, and what achieves more.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Button, Texts};
use crate::Span;

/// What visitors should do after they saw a greeting. It is counted once for
/// each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Goal {
    /// The event the page tracks when it is done.
    pub event: String,
    /// How long after the greeting it still counts.
    pub within: Span,
}

/// Who sees which greeting, or none.
///
/// Assignment is a hash of the visitor and the seed: the same person always
/// gets the same.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Experiment {
    /// A new seed deals the visitors anew. At most 40 characters.
    pub seed: String,
    /// How many of a hundred see nothing, to compare with. From 0 to 90.
    #[cfg_attr(feature = "serde", serde(default))]
    pub holdout: u8,
    /// Other greetings. Who gets none of them sees the trigger's own.
    #[cfg_attr(feature = "serde", serde(default))]
    pub variants: Vec<Variant>,
}

/// Another greeting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Variant {
    /// How results name it. Not `original`, which is the trigger's own.
    pub name: VariantName,
    /// How many of a hundred visitors who see a greeting see this one. All
    /// shares together are at most 100.
    pub share: u8,
    /// Its text.
    pub text: Texts,
    /// Its buttons.
    #[cfg_attr(feature = "serde", serde(default))]
    pub buttons: Vec<Button>,
}

/// The name of a variant: 1 to 20 lower-case letters, digits and hyphens.
pub type VariantName = String;
