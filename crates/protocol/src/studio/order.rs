//! The order in which the triggers of a site go first.

use alloc::vec::Vec;

use super::TriggerStatus;
use crate::TriggerId;

/// The order that someone wants: the body of `POST …/triggers/order`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct WantedOrder {
    /// Whoever goes first stands first. Triggers that are left out stay as they
    /// are.
    #[cfg_attr(feature = "schema", schemars(length(max = 1_000)))]
    pub order: Vec<Placed>,
}

/// A trigger as whoever moves it saw it last.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Placed {
    /// Which one.
    pub id: TriggerId,
    /// Its revision.
    pub revision: u64,
}

/// The order that there is now.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TriggerOrder {
    /// Those that were asked for, in the order that was asked for.
    pub order: Vec<Ranked>,
}

/// A trigger's place in the order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ranked {
    /// Which one.
    pub id: TriggerId,
    /// The highest goes first.
    pub priority: i32,
    /// Whether it is in use.
    pub status: TriggerStatus,
    /// The version that was published last; none yet if it never was.
    pub version: Option<u32>,
    /// Its revision now.
    pub revision: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_schema_says_the_limit() {
        let schema = schemars::schema_for!(WantedOrder).to_value();
        let most = &schema["properties"]["order"]["maxItems"];
        assert_eq!(*most, crate::limits::ORDERED_TRIGGERS);
    }
}
