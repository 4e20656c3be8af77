//! What a browser remembers for the rules, over pages, tabs and visits.
//!
//! The page keeps it as the [`Memory`] says; where nothing may be kept it lasts
//! as long as the page.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;

use saluda_protocol::{Millis, TriggerId};

use crate::Stay;

/// Most showings that are remembered.
pub const SHOWINGS: usize = 50;

/// Most greetings of which is remembered what happened to them.
pub const GREETINGS: usize = 200;

/// Most events that are counted.
pub const EVENTS: usize = 200;

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

    /// What happened to a greeting, to add to it. When there are too many, the
    /// one that was shown the longest ago is forgotten.
    pub(crate) fn record_mut(&mut self, trigger: &TriggerId) -> &mut Record {
        let records = &mut self.greetings;
        let found = records.iter().position(|one| one.trigger == *trigger);
        let index = found.unwrap_or_else(|| {
            if records.len() >= GREETINGS {
                let oldest = (0..records.len()).min_by_key(|at| records[*at].shown_at);
                records.swap_remove(oldest.unwrap_or(0));
            }
            records.push(Record::new(trigger.clone()));
            records.len() - 1
        });
        &mut records[index]
    }

    /// Whether there is room, so that no tally has made way for another yet.
    pub(crate) fn keeps_tallies(&self) -> bool {
        self.events.len() < EVENTS
    }

    /// How often an event happened, to add to it.
    pub(crate) fn tally_mut(&mut self, key: &str) -> &mut Tally {
        let tallies = &mut self.events;
        let found = tallies.iter().position(|one| one.key == key);
        let index = found.unwrap_or_else(|| {
            if tallies.len() >= EVENTS {
                tallies.remove(0);
            }
            tallies.push(Tally {
                key: key.to_owned(),
                ..Tally::default()
            });
            tallies.len() - 1
        });
        &mut tallies[index]
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
