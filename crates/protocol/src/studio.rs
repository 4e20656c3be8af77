//! Triggers as the REST API shows them to those who write them. See
//! `docs/api.md`.

use alloc::string::String;
use alloc::vec::Vec;

mod copy;
mod history;
mod import;
mod order;
mod results;
mod seen;
mod warning;

pub use copy::{WantedClone, WantedRollback};
pub use history::{Actor, Happened, History, HistoryEntry};
pub use import::{
    ImportPlan, ImportedFile, LeftOut, PlannedChange, PlannedTrigger, Product, WantedImport,
};
pub use order::{Placed, Ranked, TriggerOrder, WantedOrder};
pub use results::{Arm, Estimate, ExperimentResults, SampleRatio, Slice, TriggerResults};
pub use seen::{Seen, SeenFact};
pub use warning::Warning;

use crate::report::Kind;
use crate::{AgentId, Millis, TriggerId, TriggerSpec};

/// Whether a trigger is in use (S2.12 to S2.15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum TriggerStatus {
    /// Never published.
    Draft,
    /// Published, and greeting visitors.
    Live,
    /// Was live, and someone stopped it.
    Paused,
    /// Was live, and something it needs is gone.
    Error,
}

/// How many people, each counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct People {
    /// Had it on the screen (S2.16).
    pub sent: u64,
    /// Would have had it, and are to see none.
    pub held: u64,
    /// Clicked it (S2.17).
    pub opened: u64,
    /// Closed it with its X.
    pub dismissed: u64,
    /// Answered it, or gave what was asked for (S2.18).
    pub replied: u64,
    /// Clicked a call to action.
    pub clicked: u64,
    /// Reached the goal.
    pub goal: u64,
}

impl People {
    /// The number of one kind.
    pub fn of_mut(&mut self, kind: Kind) -> &mut u64 {
        match kind {
            Kind::Sent => &mut self.sent,
            Kind::Held => &mut self.held,
            Kind::Opened => &mut self.opened,
            Kind::Dismissed => &mut self.dismissed,
            Kind::Replied => &mut self.replied,
            Kind::Clicked => &mut self.clicked,
            Kind::Goal => &mut self.goal,
        }
    }
}

/// A trigger in the list of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TriggerRow {
    /// Which one.
    pub id: TriggerId,
    /// What the team calls it.
    pub name: String,
    /// Of several that may show, the highest goes first; as the draft says.
    #[cfg_attr(feature = "serde", serde(default))]
    pub priority: i32,
    /// Whether it is in use.
    pub status: TriggerStatus,
    /// What it lacks, if it is in error.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub reason: Option<String>,
    /// The version that was published last; none yet if it never was.
    pub version: Option<u32>,
    /// Whether it was edited since.
    pub edited: bool,
    /// Grows with each change. Sent back in `If-Match`, so that nobody writes
    /// over what someone else has changed meanwhile.
    pub revision: u64,
    /// When it was first saved.
    pub created_at: Millis,
    /// When it last changed.
    pub updated_at: Millis,
    /// How many people, over all versions.
    pub people: People,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TriggerList {
    /// In the order of their ids.
    pub triggers: Vec<TriggerRow>,
    /// How to ask for more, as `after`; absent at the end.
    pub next: Option<TriggerId>,
}

/// A trigger as it is edited.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TriggerDetail {
    /// As the list shows it.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub row: TriggerRow,
    /// The form, with what was edited since the last publication.
    pub spec: TriggerSpec,
    /// How many people, by version and variant.
    pub results: Vec<TriggerResult>,
    /// What is strange about the form as it is edited.
    #[cfg_attr(feature = "serde", serde(default))]
    pub warnings: Vec<Warning>,
}

/// What one variant of one version achieved.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TriggerResult {
    /// Which publication.
    pub version: u32,
    /// Which variant; the original if none.
    pub variant: Option<String>,
    /// How many people.
    pub people: People,
}

/// A publication.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TriggerVersion {
    /// Counting from 1.
    pub version: u32,
    /// When it was published.
    pub published_at: Millis,
    /// By which agent; by the command line if none.
    pub published_by: Option<AgentId>,
    /// What was published.
    pub spec: TriggerSpec,
}

/// A page of publications.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TriggerVersions {
    /// The latest first.
    pub versions: Vec<TriggerVersion>,
    /// How to ask for more, as `before`; absent at the end.
    pub next: Option<u32>,
}

/// A mistake in what a person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mistake {
    /// Where in the form, such as `rule.all[2].value`.
    pub path: String,
    /// Its kind, as a word.
    pub kind: String,
    /// What is wrong, for its author.
    pub message: String,
}
