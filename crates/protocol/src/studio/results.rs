//! What a trigger achieved within some days.

use alloc::string::String;
use alloc::vec::Vec;

use super::{People, TriggerResult};

/// What a trigger achieved within some days, without what it says.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TriggerResults {
    /// Whose days they are: the time zone of the site.
    pub zone: String,
    /// The first day, such as `2026-11-01`.
    pub from: String,
    /// The last day, which is counted too.
    pub to: String,
    /// How many people in all.
    pub people: People,
    /// How many people, by version and variant, the latest version first.
    pub results: Vec<TriggerResult>,
    /// How many people on each day, also on those without any. Whoever came on
    /// two days counts on both.
    pub days: Vec<Slice>,
    /// On which pages, those with the most people first; at most 50.
    pub pages: Vec<Slice>,
    /// On which devices, those with the most people first.
    pub devices: Vec<Slice>,
    /// The experiment of the version that was published last, if it has one.
    pub experiment: Option<ExperimentResults>,
}

/// The people of one day, page or device.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Slice {
    /// Which one: `2026-11-01`, `/pricing`, `phone`.
    pub of: String,
    /// How many people.
    pub people: People,
}

/// How an experiment stands.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExperimentResults {
    /// Of which publication.
    pub version: u32,
    /// What people were dealt to: the original, each variant, and nothing.
    pub arms: Vec<Arm>,
    /// Whether they were dealt as they should have been; nothing is said of too
    /// few.
    pub sample_ratio: Option<SampleRatio>,
    /// By how much more of those who were greeted reached the goal than of those
    /// who were held back; nothing without a goal, or without either.
    pub lift: Option<Estimate>,
}

/// One of the things that people are dealt to in an experiment.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Arm {
    /// Which variant; the original if none.
    pub variant: Option<String>,
    /// Whether they were to see no greeting.
    pub held: bool,
    /// Which part of all people should have been dealt to it.
    pub expected: f64,
    /// How many people were.
    pub people: u64,
    /// Which part of them clicked.
    pub opened: Option<Estimate>,
    /// Which part of them answered.
    pub replied: Option<Estimate>,
    /// Which part of them reached the goal.
    pub goal: Option<Estimate>,
}

/// A part, or a difference of two parts, as far as it is known from those who
/// came: with a confidence of 95 % it lies from `low` to `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Estimate {
    /// What was seen.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How likely it is that chance alone has dealt people so unevenly.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SampleRatio {
    /// The probability, by Pearson's chi-squared test.
    pub p: f64,
    /// Whether it is so small that something else has a hand in it, and the
    /// results should not be trusted.
    pub suspicious: bool,
}
