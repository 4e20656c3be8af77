//! A trigger as people write it: one JSON form for the desk, the REST API, the
//! command line and a team's own repository (design, *Triggers*).
//!
//! These types are the form after it was checked. `saluda_rules::compile` reads
//! what a person wrote, names every mistake in it, and returns these.

use alloc::string::String;
use alloc::vec::Vec;

mod experiment;
pub mod gaps;
mod greeting;
mod hours;
pub mod language;
mod rule;
mod schedule;

pub use experiment::{Experiment, Goal, Variant, VariantName};
pub use greeting::{AgentReply, Asked, Button, Greeting, Reply, SenderId, Texts};
pub use hours::HoursSpec;
pub use rule::{Condition, Operator, PropertyCondition, Rule, Value};
pub use schedule::{AfterDismiss, Frequency, Limits, OpeningHours, Schedule};

use crate::TriggerId;

/// Shows a greeting to visitors who meet a rule.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct TriggerSpec {
    /// Names it for good: in `trigger.<id>.shown`, in `Saluda('trigger', id)`,
    /// in results. Left out, it is made from the name.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub id: Option<TriggerId>,
    /// What the team calls it. Visitors never see it.
    pub name: String,
    /// Of several triggers that may show, the highest goes first; of equals,
    /// the oldest. From -1000 to 1000.
    #[cfg_attr(feature = "serde", serde(default))]
    pub priority: i32,
    /// When its greeting fits.
    pub rule: Rule,
    /// From when, until when, and at which hours.
    #[cfg_attr(feature = "serde", serde(default))]
    pub schedule: Schedule,
    /// How often one visitor may see it (S2.8).
    #[cfg_attr(feature = "serde", serde(default))]
    pub frequency: Frequency,
    /// Narrows the frequency.
    #[cfg_attr(feature = "serde", serde(default))]
    pub limits: Limits,
    /// For how long it stays away once a visitor has closed it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub after_dismiss: AfterDismiss,
    /// Whether it may show to someone who is in conversation.
    #[cfg_attr(feature = "serde", serde(default))]
    pub with_open_conversation: bool,
    /// What it shows.
    pub greeting: Greeting,
    /// What a conversation that begins with it is tagged with (S2.6).
    #[cfg_attr(feature = "serde", serde(default))]
    pub tags: Vec<String>,
    /// What it is for.
    #[cfg_attr(feature = "serde", serde(default))]
    pub goal: Option<Goal>,
    /// Other greetings to try, and how many see none.
    #[cfg_attr(feature = "serde", serde(default))]
    pub experiment: Option<Experiment>,
}
