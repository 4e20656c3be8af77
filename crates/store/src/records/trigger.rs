//! Triggers, and what was published of them.

use saluda_protocol::studio::{Actor, TriggerStatus, TriggerVersion};
use saluda_protocol::{Millis, SiteId, TriggerId, TriggerSpec, limits};

/// A trigger as it is edited.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// On which site.
    pub site: SiteId,
    /// Its name there.
    pub id: TriggerId,
    /// Whether it is in use.
    pub status: TriggerStatus,
    /// What is edited.
    pub spec: TriggerSpec,
    /// The version that was published last.
    pub version: Option<u32>,
    /// Whether it was edited since then.
    pub edited: bool,
    /// What it lacks, if it is in error.
    pub reason: Option<String>,
    /// Grows with each change.
    pub revision: u64,
    /// When it was first saved.
    pub created_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
}

/// Which trigger is to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// On which site.
    pub site: SiteId,
    /// Its name there.
    pub trigger: TriggerId,
    /// How whoever changes it saw it last.
    pub expected: Expected,
    /// Who changes it.
    pub by: Actor,
    /// The server's clock.
    pub at: Millis,
}

/// What a trigger must be for a change to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Anything.
    Any,
    /// Not there yet.
    Nothing,
    /// As it was with this revision.
    Revision(u64),
}

/// Why a trigger was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unchanged {
    /// There is no such trigger.
    #[error("there is no such trigger")]
    NotFound,
    /// It is not as expected: someone else has changed it.
    #[error("someone else has changed this trigger meanwhile; load it again")]
    Conflict,
    /// It was never published as this version.
    #[error("this trigger has no version {0}")]
    NoVersion(u32),
    /// Not while its status is this.
    #[error("this cannot be done with a trigger that is {}", word(*.0))]
    Status(TriggerStatus),
    /// The site has as many live triggers as it may have.
    #[error(
        "a site has at most {} live triggers; pause one first",
        limits::LIVE_TRIGGERS
    )]
    TooMany,
}

fn word(status: TriggerStatus) -> &'static str {
    match status {
        TriggerStatus::Draft => "a draft",
        TriggerStatus::Live => "live",
        TriggerStatus::Paused => "paused",
        _ => "in error",
    }
}

/// The place that a trigger gets in the order of its site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// Which one.
    pub trigger: TriggerId,
    /// The revision that whoever moves it saw last.
    pub revision: u64,
    /// Its priority from now on.
    pub priority: i32,
}

/// A change to several triggers of a site at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditAll {
    /// Which site.
    pub site: SiteId,
    /// Who changes them.
    pub by: Actor,
    /// The server's clock.
    pub at: Millis,
}

/// A draft that is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The trigger with it.
    pub trigger: Trigger,
    /// Whether the trigger was not there before.
    pub new: bool,
}

/// A live trigger.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveTrigger {
    /// Its name on its site.
    pub id: TriggerId,
    /// When it was first saved.
    pub created_at: Millis,
    /// What is live of it.
    pub live: TriggerVersion,
}
