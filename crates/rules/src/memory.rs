//! What a browser remembers for the rules, over pages, tabs and visits.
//!
//! The page keeps it as the [`Memory`] says; where nothing may be kept it lasts
//! as long as the page.

use saluda_protocol::{Millis, TriggerId};

use crate::Stay;

/// Most showings that are remembered.
pub const SHOWINGS: usize = 50;

/// Activity within this time of what is written down is not written down.
const ACTIVITY_MS: u64 = 10_000;

/// Everything that is remembered.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Memory {
    /// Deals the visitor to experiments: random, and the same for ever.
    pub dice: u64,
    /// The visit.
    pub stay: Option<Stay>,
    /// When the visit before it ended.
    pub last_visit_ended_at: Option<Millis>,
    /// Where this visit came from, if it came from somewhere.
    pub referrer: String,
    /// The address of this visit's first page.
    pub landing: String,
    /// Milliseconds of this visit that a page was visible.
    pub visible_ms: u64,
    /// What happened to each greeting.
    pub greetings: Vec<Record>,
    /// When greetings were shown, the latest last: at most
    /// [`SHOWINGS`], of this visit or the last day.
    pub showings: Vec<Showing>,
    /// Events that rules count.
    pub events: Vec<Tally>,
    /// When an agent last wrote.
    pub agent_wrote_at: Option<Millis>,
}

/// What happened to one greeting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Record {
    /// Whose.
    pub trigger: TriggerId,
    /// Which publication of it was shown last.
    #[cfg_attr(feature = "serde", serde(default))]
    pub version: u32,
    /// Which variant was, counted from 0; the original if none.
    #[cfg_attr(feature = "serde", serde(default))]
    pub variant: Option<u8>,
    /// Whether it was held back instead.
    #[cfg_attr(feature = "serde", serde(default))]
    pub held: bool,
    /// Whether its goal was reached since.
    #[cfg_attr(feature = "serde", serde(default))]
    pub reached: bool,
    /// How often it was on the screen, or held back.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shown: u32,
    /// When it last was.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shown_at: Millis,
    /// In which visit it last was; 0 for never.
    #[cfg_attr(feature = "serde", serde(default))]
    pub shown_visit: u32,
    /// How often it was clicked.
    #[cfg_attr(feature = "serde", serde(default))]
    pub opened: u32,
    /// How often it was closed with its X.
    #[cfg_attr(feature = "serde", serde(default))]
    pub dismissed: u32,
    /// When it last was.
    #[cfg_attr(feature = "serde", serde(default))]
    pub dismissed_at: Millis,
    /// In which visit it last was; 0 for never.
    #[cfg_attr(feature = "serde", serde(default))]
    pub dismissed_visit: u32,
    /// How often it was answered.
    #[cfg_attr(feature = "serde", serde(default))]
    pub replied: u32,
    /// Whether its rule has held ever since it was last shown. Until it has
    /// not, `always` does not show it again.
    #[cfg_attr(feature = "serde", serde(default))]
    pub spent: bool,
}

impl Record {
    /// A greeting to which nothing has happened.
    #[must_use]
    pub fn new(trigger: TriggerId) -> Self {
        Self {
            trigger,
            version: 0,
            variant: None,
            held: false,
            reached: false,
            shown: 0,
            shown_at: Millis(0),
            shown_visit: 0,
            opened: 0,
            dismissed: 0,
            dismissed_at: Millis(0),
            dismissed_visit: 0,
            replied: 0,
            spent: false,
        }
    }
}

impl Memory {
    /// What happened to a greeting.
    #[must_use]
    pub fn record(&self, trigger: &TriggerId) -> Option<&Record> {
        self.greetings.iter().find(|one| one.trigger == *trigger)
    }

    /// Whether there is anything in it that `saved` does not say. That the
    /// visit went on for some seconds is not worth writing.
    #[must_use]
    pub fn differs_from(&self, saved: &Self) -> bool {
        let stay = |memory: &Self| memory.stay.map(|stay| (stay.number, stay.pages));
        let active_at = |memory: &Self| memory.stay.map_or(Millis(0), |stay| stay.active_at);
        active_at(self).since(active_at(saved)) >= ACTIVITY_MS
            || stay(self) != stay(saved)
            || self.visible_ms != saved.visible_ms
            || self.dice != saved.dice
            || self.last_visit_ended_at != saved.last_visit_ended_at
            || self.agent_wrote_at != saved.agent_wrote_at
            || self.showings != saved.showings
            || self.greetings != saved.greetings
            || self.events != saved.events
            || self.referrer != saved.referrer
            || self.landing != saved.landing
    }
}

/// When a greeting was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Showing {
    /// When.
    pub at: Millis,
    /// In which visit.
    pub visit: u32,
}

/// How often an event happened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Tally {
    /// What is counted: the event's name and what is asked of its properties.
    pub key: String,
    /// How often in this visit.
    #[cfg_attr(feature = "serde", serde(default))]
    pub visit: u32,
    /// The last times it happened, in order: as many as a rule can ask for.
    #[cfg_attr(feature = "serde", serde(default))]
    pub last: Vec<Millis>,
}
