//! What a trigger shows: a text, perhaps buttons, and what happens then.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

/// A text in several languages, by language tag (`en`, `es`, `pt-BR`).
///
/// `{{fact|fallback}}` in it stands for what is known of the visitor, such as
/// `{{visitor.attr.name|there}}`; the fallback for when it is not.
pub type Texts = BTreeMap<String, String>;

/// The name of a sender the site has; `default` is the site's own.
pub type SenderId = String;

/// What appears above the launcher (S2.29).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Greeting {
    /// Who says it (S2.30).
    #[cfg_attr(feature = "serde", serde(default = "default_sender"))]
    pub sender: SenderId,
    /// What it says. At most 300 characters in each language.
    pub text: Texts,
    /// At most three, either quick replies or calls to action (S0.5, S0.12).
    #[cfg_attr(feature = "serde", serde(default))]
    pub buttons: Vec<Button>,
    /// What happens when the visitor takes it up.
    #[cfg_attr(feature = "serde", serde(default))]
    pub reply: Reply,
}

#[cfg(feature = "serde")]
fn default_sender() -> SenderId {
    String::from("default")
}

/// A button under a greeting.
///
/// With `url` or `phone` it is a call to action, else a quick reply: tapping
/// that one says its label (S0.3).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Button {
    /// What stands on it. At most 25 characters in each language (S0.4).
    pub label: Texts,
    /// Of a quick reply: what is answered at once (S0.3).
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub answer: Option<Texts>,
    /// Opens this address in a new tab (S0.11).
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub url: Option<String>,
    /// Calls this number, written as in E.164: `+351210000000` (S0.10).
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub phone: Option<String>,
}

/// What happens when the visitor takes a greeting up.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Reply {
    /// An agent goes on (S2.22).
    Agent(AgentReply),
}

impl Default for Reply {
    fn default() -> Self {
        Self::Agent(AgentReply::default())
    }
}

/// How the visitor gets to an agent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct AgentReply {
    /// What is asked for first (S2.22).
    #[cfg_attr(feature = "serde", serde(default))]
    pub ask: Vec<Asked>,
    /// What is said once it was given, or once the visitor wrote (S2.33). At
    /// most 300 characters in each language.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub follow_up: Option<Texts>,
}

/// Something a visitor can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Asked {
    /// How they are called.
    Name,
    /// Where to write to.
    Email,
    /// Where to call.
    Phone,
}
