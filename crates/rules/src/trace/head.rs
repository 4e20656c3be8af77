//! What was known when a visit began.

use std::collections::BTreeMap;

use saluda_protocol::Millis;
use saluda_protocol::trigger::HoursSpec;
use serde::Deserialize;

use crate::event::{Attribute, LocalClock};
use crate::{Attention, Memory, Start};

/// The first line of a visit. Everything in it may be left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The version of the form.
    pub trace: Option<u32>,
    /// Of a test: a sentence that says what it shows.
    pub test: Option<String>,
    /// When the visit began: RFC 3339, or milliseconds since 1970.
    #[serde(default, deserialize_with = "moment")]
    pub at: Moment,
    /// Who the visitor is.
    #[serde(default)]
    pub visitor: VisitorHead,
    /// What the browser remembers.
    #[serde(default)]
    pub memory: Memory,
    /// What holds for the site.
    #[serde(default)]
    pub site: SiteHead,
    /// Whether the page is visible.
    #[serde(default = "yes")]
    pub visible: bool,
    /// Of a test: the rule of its only trigger, which is named `t`.
    pub rule: Option<serde_json::Value>,
    /// Of a test: its triggers. Name and greeting may be left out.
    #[serde(default)]
    pub triggers: Vec<serde_json::Value>,
}

/// When a visit began; a Monday morning unless it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub Millis);

impl Default for Moment {
    fn default() -> Self {
        // 2026-03-02T10:00:00Z
        Self(Millis(1_772_445_600_000))
    }
}

/// Who the visitor is.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VisitorHead {
    /// The browser's first language.
    pub language: String,
    /// The browser's time zone.
    pub timezone: String,
    /// `desktop`, `tablet` or `phone`.
    pub device: String,
    /// Where the visitor's clock stands.
    pub clock: LocalClock,
    /// Whether there is a way to reach the visitor.
    pub known: bool,
    /// Whether the visitor is in an open conversation.
    pub conversation: bool,
    /// What the page says of the visitor.
    pub attributes: BTreeMap<String, Attribute>,
    /// The visitor's tags.
    pub tags: Vec<String>,
}

impl Default for VisitorHead {
    fn default() -> Self {
        Self {
            language: "en-GB".to_owned(),
            timezone: "UTC".to_owned(),
            device: "desktop".to_owned(),
            clock: LocalClock::default(),
            known: false,
            conversation: false,
            attributes: BTreeMap::new(),
            tags: Vec::new(),
        }
    }
}

/// What holds for the site.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteHead {
    /// What all greetings share.
    pub attention: Attention,
    /// When it is open; always, if this is left out.
    pub hours: Option<HoursSpec>,
    /// Whether an agent is there.
    pub online: bool,
}

impl Head {
    /// What an engine begins with.
    #[must_use]
    pub fn start(&self) -> Start {
        Start {
            memory: self.memory.clone(),
            language: self.visitor.language.clone(),
            timezone: self.visitor.timezone.clone(),
            device: self.visitor.device.clone(),
            clock: self.visitor.clock,
            known: self.visitor.known,
            conversation: self.visitor.conversation,
            desk_online: self.site.online,
            visible: self.visible,
        }
    }

    /// The zone of its wall-clock times.
    #[must_use]
    pub fn zone(&self) -> Option<&str> {
        self.site.hours.as_ref().map(|hours| hours.zone.as_str())
    }
}

fn yes() -> bool {
    true
}

fn moment<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Millis(Millis),
        Text(String),
    }
    match Written::deserialize(deserializer)? {
        Written::Millis(at) => Ok(Moment(at)),
        Written::Text(text) => super::instant(&text).map(Moment).ok_or_else(|| {
            serde::de::Error::custom("`at` is an instant such as `2026-03-02T10:00:00Z`")
        }),
    }
}
