//! What a page needs to know of its site.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::Millis;
use crate::trigger::Texts;

/// What an owner says in the place of the widget's own words, by the name that
/// stands in [`WORDS`].
pub type Words = BTreeMap<String, String>;

/// The sentences that an owner may say otherwise, each with the most characters
/// it may have.
pub const WORDS: [(&str, usize); 4] = [
    // Above a chat in which nothing was said yet, and below that.
    ("welcome_title", 60),
    ("welcome_text", 300),
    // In the field to write in.
    ("placeholder", 60),
    // When nobody is at the desk.
    ("away", 120),
];

use crate::form::PageForm;
use crate::rating::RatingQuestion;

/// Everything the owner set that the widget follows. The answer to
/// `GET /api/sites/{key}/config`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SiteConfig {
    /// The site's name, which visitors see.
    pub name: String,
    /// How it looks.
    pub look: Look,
    /// What opens the chat, if that is more than an icon.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Launcher::is_plain")
    )]
    pub launcher: Launcher,
    /// By what visitors notice an answer, if not by everything there is.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Notices::are_all")
    )]
    pub notices: Notices,
    /// What the owner says in other words, by language.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "BTreeMap::is_empty")
    )]
    pub texts: BTreeMap<String, Words>,
    /// When it is open in the next days, from the beginning of this one (UTC) on;
    /// always, if it has no hours.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub open: Option<Vec<[Millis; 2]>>,
    /// How agents can be expected to answer: within this many milliseconds,
    /// usually.
    pub reply_within_ms: Option<u64>,
    /// When to ask for an e-mail address.
    pub email: EmailCapture,
    /// What visitors are asked before they write, if they are asked something.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub form: Option<PageForm>,
    /// How visitors are asked how they found a conversation, if they are.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub rating: Option<RatingQuestion>,
    /// Built files by their name, such as `ui.wasm`; addresses are relative to
    /// the server.
    pub modules: BTreeMap<String, Module>,
}

/// A built file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Module {
    /// Its address, relative to the server.
    pub file: String,
    /// Its hash, as the `integrity` attribute writes it.
    pub integrity: String,
}

/// How the widget looks on a site.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Look {
    /// The owner's colour, `#rrggbb`.
    pub accent: String,
    /// What stands on that colour and can be read there, `#rrggbb`.
    pub on_accent: String,
    /// The owner's colour for dark surfaces, `#rrggbb`.
    pub accent_dark: String,
    /// What stands on that colour and can be read there, `#rrggbb`.
    pub on_accent_dark: String,
    /// Where the launcher sits.
    pub corner: Corner,
}

/// What a visitor presses to open the chat.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Launcher {
    /// What it looks like.
    pub style: LauncherStyle,
    /// What stands on it, by language.
    pub label: Texts,
}

impl Launcher {
    /// Whether it is what a page gets that is told nothing of it.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.style == LauncherStyle::Icon
    }
}

/// By what visitors notice that an answer has come while they look elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Notices {
    /// How much waits, on the launcher.
    pub badge: bool,
    /// The same in the page's title, while nobody sees the page.
    pub title: bool,
    /// A short sound, in one tab of all. Visitors can turn it off for
    /// themselves.
    pub sound: bool,
}

impl Default for Notices {
    fn default() -> Self {
        Self {
            badge: true,
            title: true,
            sound: true,
        }
    }
}

impl Notices {
    /// Whether nothing is turned off.
    #[must_use]
    pub fn are_all(&self) -> bool {
        *self == Self::default()
    }
}

/// Most characters on the launcher.
pub const LAUNCHER_LABEL_CHARS: usize = 24;

/// What a launcher looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum LauncherStyle {
    /// A round button with an icon.
    #[default]
    Icon,
    /// The icon and a few words.
    Label,
    /// None: something of the page's own opens the chat.
    Hidden,
}

/// The lower corners of a page, in the direction of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Corner {
    /// Where lines of text begin.
    Start,
    /// Where lines of text end.
    #[default]
    End,
}

/// How many greetings one visitor's attention bears, over all triggers of a
/// site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Attention {
    /// Most greetings in a visit; any number if none.
    pub per_visit: Option<u32>,
    /// Most greetings in any 24 hours; any number if none.
    pub per_day: Option<u32>,
    /// Milliseconds that lie at least between any two.
    pub gap_ms: u64,
    /// How many of a hundred visitors see no greeting at all, to compare with.
    pub holdout: u8,
}

impl Default for Attention {
    fn default() -> Self {
        Self {
            per_visit: Some(3),
            per_day: Some(6),
            gap_ms: 30_000,
            holdout: 0,
        }
    }
}

/// When a visitor is asked for an e-mail address (S4.14, S4.25).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EmailCapture {
    /// At which moment.
    pub ask: Ask,
    /// Whether the visitor must give one to go on.
    pub required: bool,
}

/// The moment to ask for an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Ask {
    /// Never.
    Never,
    /// Before the first message.
    Before,
    /// When nobody has answered the first message for this many milliseconds.
    Unanswered(u64),
}
