//! Who may do what on a site. Nothing else in the server compares roles.
//!
//! Every endpoint and every frame of a desk names the verb that it does; whether
//! it is done is decided here, from the role that the agent has at that moment.

use std::collections::BTreeSet;

use saluda_protocol::ErrorCode;
use saluda_protocol::agent::Role;
use saluda_protocol::token::Scope;

use crate::refusal::Refusal;

/// What can be done on a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// See triggers, their versions and their history.
    ReadTriggers,
    /// See what triggers achieved.
    ReadResults,
    /// Write drafts.
    EditTriggers,
    /// Change what pages show: publish, pause, resume, roll back, put in order.
    PublishTriggers,
    /// Delete triggers for good.
    DeleteTriggers,
    /// Make a link to the explain panel, which shows drafts to whoever has it.
    DebugTriggers,
    /// See what the owner of the site chose, and what follows from it.
    ReadSite,
    /// Change what the owner of the site chose.
    ManageSite,
    /// See, make and revoke what the owner's server signs identities with.
    ManageSecrets,
    /// Find people, hand out what is kept of them, and erase it.
    ManagePeople,
    /// See who did what.
    ReadAudit,
    /// See the inbox and what was said.
    ReadConversations,
    /// Write to visitors, move the agents' marks, close and reopen.
    AnswerVisitors,
}

/// Whether pages that are open may have other rules once that was done.
pub(crate) fn reaches_pages(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::PublishTriggers | Verb::DeleteTriggers | Verb::ManageSite
    )
}

/// Whether someone with this role may do that.
pub(crate) fn allows(role: Role, verb: Verb) -> bool {
    match verb {
        // Whoever works on a site sees all of it: an editor what their greetings
        // lead to, an agent what made the visitor write.
        Verb::ReadTriggers | Verb::ReadResults | Verb::ReadConversations | Verb::ReadSite => true,
        Verb::EditTriggers | Verb::PublishTriggers | Verb::DeleteTriggers | Verb::DebugTriggers => {
            matches!(role, Role::Administrator | Role::TriggerEditor)
        }
        Verb::AnswerVisitors => matches!(role, Role::Administrator | Role::Agent),
        Verb::ManageSite | Verb::ManageSecrets | Verb::ManagePeople | Verb::ReadAudit => {
            matches!(role, Role::Administrator)
        }
    }
}

/// The scope of a token that is for that. What a tool never needs has none.
pub(crate) fn scope(verb: Verb) -> Option<Scope> {
    match verb {
        Verb::ReadTriggers => Some(Scope::TriggersRead),
        Verb::ReadResults => Some(Scope::ResultsRead),
        Verb::EditTriggers | Verb::DebugTriggers => Some(Scope::TriggersWrite),
        // What is deleted is gone from the pages too.
        Verb::PublishTriggers | Verb::DeleteTriggers => Some(Scope::TriggersPublish),
        Verb::ReadSite => Some(Scope::SiteRead),
        Verb::ManageSite => Some(Scope::SiteWrite),
        // Who has a secret is whoever they like.
        Verb::ReadConversations
        | Verb::AnswerVisitors
        | Verb::ManageSecrets
        | Verb::ManagePeople
        | Verb::ReadAudit => None,
    }
}

/// Refuses what the role does not allow.
pub(crate) fn require(role: Role, verb: Verb) -> Result<(), Forbidden> {
    if allows(role, verb) {
        Ok(())
    } else {
        Err(Forbidden(verb))
    }
}

/// The agent's role does not allow this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", sentence(*.0))]
pub(crate) struct Forbidden(Verb);

fn sentence(verb: Verb) -> &'static str {
    match verb {
        Verb::ReadTriggers | Verb::ReadResults | Verb::ReadConversations | Verb::ReadSite => {
            "this is for those who work on the site"
        }
        Verb::EditTriggers | Verb::DebugTriggers => {
            "writing triggers is for administrators and trigger editors of the site"
        }
        Verb::PublishTriggers | Verb::DeleteTriggers => {
            "publishing triggers is for administrators and trigger editors of the site"
        }
        Verb::ManageSite | Verb::ManageSecrets => {
            "changing a site's settings is for its administrators"
        }
        Verb::ManagePeople => "what is kept of people is for the administrators of the site",
        Verb::ReadAudit => "who did what is for the administrators of the site",
        Verb::AnswerVisitors => "answering is for administrators and agents of the site",
    }
}

/// Refuses what a token is not for.
pub(crate) fn require_scope(scopes: &BTreeSet<Scope>, verb: Verb) -> Result<(), OutOfScope> {
    match scope(verb) {
        Some(needed) if scopes.contains(&needed) => Ok(()),
        needed => Err(OutOfScope(needed)),
    }
}

/// The token is not for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this token is not for that{}", .0.map(|scope| format!("; it needs the scope `{scope}`")).unwrap_or_default())]
pub(crate) struct OutOfScope(Option<Scope>);

impl From<OutOfScope> for Refusal {
    fn from(why: OutOfScope) -> Self {
        Self::new(ErrorCode::Forbidden, why.to_string())
    }
}

impl From<Forbidden> for Refusal {
    fn from(why: Forbidden) -> Self {
        Self::new(ErrorCode::Forbidden, why.to_string())
    }
}
