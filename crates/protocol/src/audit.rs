//! The audit log: who did what to a site, to those who work on it, and to the
//! people who wrote to it. Triggers have a history of their own.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use crate::agent::Role;
use crate::studio::Actor;
use crate::token::Scope;
use crate::{AgentId, Millis, SecretId, TokenId, VisitorId};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Audited {
    /// The site was added.
    SiteAdded,
    /// What its owner chose is another now.
    SettingsChanged {
        /// In these fields of the form.
        fields: Vec<String>,
    },
    /// An agent was added.
    AgentAdded {
        /// Who.
        agent: AgentId,
        /// Their name.
        name: String,
    },
    /// An agent may do what they could not, or no more what they could.
    RoleSet {
        /// Who.
        agent: AgentId,
        /// Their name.
        name: String,
        /// What they are from then on.
        role: Role,
    },
    /// An agent let a tool in.
    TokenMade {
        /// With which token.
        token: TokenId,
        /// What they call it.
        name: String,
        /// What it is for.
        scopes: BTreeSet<Scope>,
    },
    /// A tool is let in no more.
    TokenRevoked {
        /// With which token.
        token: TokenId,
    },
    /// The owner's server can say who visitors are.
    SecretMade {
        /// With which secret.
        secret: SecretId,
    },
    /// It can do so no more.
    SecretRevoked {
        /// With which secret.
        secret: SecretId,
    },
    /// Everything that is kept of a person was handed out.
    PersonExported {
        /// Of whom.
        visitor: VisitorId,
    },
    /// Everything that was kept of a person is gone.
    PersonErased {
        /// Of whom.
        visitor: VisitorId,
    },
    /// Something of a later version.
    #[cfg_attr(feature = "serde", serde(other))]
    Unknown,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditEntry {
    /// Grows from entry to entry, over all sites.
    pub number: u64,
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: Actor,
    /// What was done.
    pub what: Audited,
}

/// A page of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuditLog {
    /// The latest first.
    pub entries: Vec<AuditEntry>,
    /// How to ask for more, as `before`; absent at the end.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub next: Option<u64>,
}
