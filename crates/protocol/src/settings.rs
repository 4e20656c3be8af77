//! What the owner of a site chooses, as the REST API shows and takes it. See
//! `docs/api.md`.

mod embed;
mod hours;

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::form::Form;
use crate::rating::RatingQuestion;
use crate::site::{Attention, Corner, EmailCapture, Launcher, Look, Notices, Words};
use crate::studio::Warning;
use crate::trigger::{HoursSpec, SenderId};
use crate::{SiteKey, TriggerId};

pub use embed::{Connection, Embed, PolicyLine};
pub use hours::{HoursPreview, Moment, OpenInterval, PreviewDay, WantedPreview};

/// Everything that the owner of a site chooses.
///
/// The body of `PUT /api/sites/{key}/settings`. Every field is sent: nothing is
/// lost because a tool forgot it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("required" = FIELDS)))]
pub struct SiteForm {
    /// The site's name, which visitors see.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 80)))]
    pub name: String,
    /// Where its pages live, such as `https://shop.example`. `*` stands for
    /// anywhere.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 50)))]
    pub origins: Vec<String>,
    /// The owner's colour, `#rrggbb`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^#[0-9a-fA-F]{6}$")))]
    pub accent: String,
    /// Where the launcher sits.
    pub corner: Corner,
    /// What visitors press to open the chat.
    pub launcher: Launcher,
    /// By what visitors notice that an answer has come.
    pub notices: Notices,
    /// What is said in other words than the widget's own, by language.
    pub texts: BTreeMap<String, Words>,
    /// Agents usually answer within this many milliseconds; nothing is promised
    /// if none.
    pub reply_within_ms: Option<u64>,
    /// When to ask for an e-mail address.
    pub email: EmailCapture,
    /// Most characters of one answer.
    pub agent_text_chars: u32,
    /// For how many days someone is kept who is not heard of any more; for ever if
    /// none.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 3650)))]
    pub retention_days: Option<u32>,
    /// How many greetings one visitor's attention bears.
    pub attention: Attention,
    /// When the site is open; always if none.
    pub hours: Option<HoursSpec>,
    /// Who greets, by the name that triggers use. `default` is the site itself
    /// unless it stands here.
    pub senders: BTreeMap<SenderId, String>,
    /// What visitors are asked before they write; nothing if none.
    pub form: Option<Form>,
    /// Whether visitors are asked how they found a conversation that was closed;
    /// not if none.
    pub rating: Option<RatingQuestion>,
}

/// The fields of [`SiteForm`], as they are written.
pub const FIELDS: [&str; 16] = [
    "name",
    "origins",
    "accent",
    "corner",
    "launcher",
    "notices",
    "texts",
    "reply_within_ms",
    "email",
    "agent_text_chars",
    "retention_days",
    "attention",
    "hours",
    "senders",
    "form",
    "rating",
];

/// A site as its settings page shows it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SiteDetail {
    /// Its name in the snippet.
    pub key: SiteKey,
    /// Grows with each change.
    pub revision: u64,
    /// What its owner chose.
    pub settings: SiteForm,
    /// What follows from that for the widget's colours.
    pub look: Look,
    /// How well these can be read.
    pub contrast: Contrast,
    /// What its owner may not have meant. It keeps nothing from being saved.
    pub warnings: Vec<Warning>,
    /// Live triggers that this change took something away from. They are in
    /// error now.
    pub stopped: Vec<StoppedTrigger>,
}

/// Contrast ratios (WCAG 2.2), from 1 to 21. Text needs 4.5.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contrast {
    /// Of the colour as it was chosen with a white page.
    pub chosen: f64,
    /// Of what stands on the colour that pages get.
    pub text: f64,
    /// The same on dark surfaces.
    pub text_dark: f64,
}

/// A trigger that lacks something from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoppedTrigger {
    /// Its id.
    pub id: TriggerId,
    /// What its team calls it.
    pub name: String,
    /// What it lacks.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    #[test]
    fn its_schema_says_the_limits_and_requires_every_field() {
        let schema = schemars::schema_for!(SiteForm).to_value();
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(properties["name"]["maxLength"], limits::SITE_NAME_CHARS);
        assert_eq!(properties["origins"]["maxItems"], limits::ORIGINS);
        let required = schema["required"].as_array().unwrap();
        assert_eq!(required.len(), properties.len());
        assert!(FIELDS.iter().all(|field| properties.contains_key(*field)));
    }
}
