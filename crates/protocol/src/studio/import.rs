//! What becomes of files of triggers that are imported together: the body of
//! `POST …/import`, and its answer.

use alloc::string::String;
use alloc::vec::Vec;

use crate::TriggerId;

/// Whose form a file is in, if it is not Saluda's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Product {
    /// Campaigns of Chatwoot's website inboxes.
    Chatwoot,
    /// Triggers of Zendesk Chat.
    Zendesk,
}

/// Files to import.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct WantedImport {
    /// All of them; with a mistake in one, none is imported.
    pub files: Vec<ImportedFile>,
    /// Whose form they are in. Left out, each is recognised by itself.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub from: Option<Product>,
    /// The language of another product's texts. English if it is left out.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub language: Option<String>,
}

/// A file of one trigger, or of a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ImportedFile {
    /// What it is called in the answer.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// What an import changes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportPlan {
    /// Whether it was done. If not, this is what would be done.
    pub saved: bool,
    /// The triggers, in the order of their ids.
    pub triggers: Vec<PlannedTrigger>,
    /// What another product's files have and Saluda cannot say.
    pub left_out: Vec<LeftOut>,
}

/// What an import does to one trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlannedTrigger {
    /// Which one.
    pub id: TriggerId,
    /// What the team calls it.
    pub name: String,
    /// The file that it is in.
    pub file: String,
    /// Whose form the file is in.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub from: Option<Product>,
    /// What it does to the draft that is there.
    pub change: PlannedChange,
    /// Of a changed one, the lines of its form: those that go begin with `-`,
    /// those that come with `+`, and those around them with a space.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub difference: Vec<String>,
    /// What is otherwise than it was in the other product, in sentences.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub notes: Vec<String>,
}

/// What an import does to a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum PlannedChange {
    /// The site has no such trigger yet.
    New,
    /// Its draft says something else.
    Changed,
    /// Its draft says the same already.
    Same,
}

/// A trigger of another product that is not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// The file that it is in.
    pub file: String,
    /// What it is called there.
    pub name: String,
    /// Why it is not imported.
    pub reason: String,
}
