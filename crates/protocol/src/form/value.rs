//! What stands in a field.

use alloc::string::String;

/// What stands in a field: as it was typed, or as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Value {
    /// Of a box: whether it is ticked.
    Ticked(bool),
    /// Of a number.
    Number(i64),
    /// Of everything else: a text, an address, a day as `2026-12-25`, the id of
    /// an option.
    Text(String),
}
