//! Who changed which trigger, and when.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{AgentId, Millis, TriggerId};

/// Who changed something. Names are as they were at that time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Actor {
    /// An agent at the desk.
    Agent {
        /// Which one.
        id: AgentId,
        /// Their name.
        name: String,
    },
    /// A tool that an agent gave a token.
    Token {
        /// The agent.
        agent: AgentId,
        /// The agent's name.
        name: String,
        /// What they call the token.
        token: String,
    },
    /// Whoever may run `saluda` on the server.
    CommandLine,
}

impl Actor {
    /// The agent who did it, or whose token did.
    #[must_use]
    pub fn agent(&self) -> Option<AgentId> {
        match self {
            Self::Agent { id, .. } | Self::Token { agent: id, .. } => Some(*id),
            Self::CommandLine => None,
        }
    }
}

/// What happened to a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Happened {
    /// It was written for the first time.
    Created,
    /// It was made as a copy.
    Cloned {
        /// Of this trigger.
        from: TriggerId,
    },
    /// Its draft changed.
    Edited,
    /// It went live.
    Published {
        /// As this version.
        version: u32,
    },
    /// It was taken off the pages.
    Paused,
    /// It was brought back.
    Resumed,
    /// It says again what it said once.
    RolledBack {
        /// In this version.
        to: u32,
        /// Live as this version; none if it became a draft.
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Option::is_none")
        )]
        version: Option<u32>,
    },
    /// Another place in the order of triggers was given to it.
    Ordered {
        /// Its priority now.
        priority: i32,
        /// Published as this version; none if it never was.
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Option::is_none")
        )]
        version: Option<u32>,
    },
    /// The change stopped it, because it lacks something from then on.
    Failed {
        /// What.
        reason: String,
    },
    /// It was deleted for good.
    Deleted {
        /// What the team called it.
        name: String,
    },
}

/// One change of a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistoryEntry {
    /// Counts the changes of a site's triggers.
    pub number: u64,
    /// Of which trigger, which may be gone by now.
    pub trigger: TriggerId,
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: Actor,
    /// What was done.
    pub what: Happened,
}

/// A page of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct History {
    /// The latest first.
    pub entries: Vec<HistoryEntry>,
    /// How to ask for more, as `before`; absent at the end.
    pub next: Option<u64>,
}
