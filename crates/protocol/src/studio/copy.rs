//! What is asked for when a trigger is copied or rolled back.

use alloc::string::String;

use crate::TriggerId;

/// What the copy is called: the body of `POST …/triggers/ID/clone`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct WantedClone {
    /// Its id. Left out, it is the first of `ID-copy`, `ID-copy-2` … that is free.
    pub id: Option<TriggerId>,
    /// What the team calls it. Left out, it is called as the first one is.
    pub name: Option<String>,
}

/// What it shall say again: the body of `POST …/triggers/ID/rollback`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct WantedRollback {
    /// What it said in this version.
    pub version: u32,
}
