//! Events as words, which is how they reach the engine from wherever they come.

use saluda_protocol::Millis;

use super::Row;
use crate::event::{Event, Reaction};
use crate::memory::Memory;

// What begins an event among words. `page/engine.js` of the widget's runtime has
// the same numbers.
pub(crate) const PAGE: u8 = 0;
pub(crate) const TITLE: u8 = 1;
pub(crate) const SCROLL: u8 = 2;
pub(crate) const VISIBLE: u8 = 3;
pub(crate) const POINTER_LEFT: u8 = 4;
pub(crate) const ACTIVE: u8 = 5;
pub(crate) const FORM_FOCUS: u8 = 6;
pub(crate) const TRACK: u8 = 7;
pub(crate) const ATTRIBUTE: u8 = 8;
pub(crate) const TAGS: u8 = 9;
pub(crate) const ELEMENT_SEEN: u8 = 10;
pub(crate) const ELEMENT_CLICKED: u8 = 11;
pub(crate) const MESSAGE: u8 = 12;
pub(crate) const MESSAGES: u8 = 13;
pub(crate) const CONVERSATION: u8 = 14;
pub(crate) const KNOWN: u8 = 15;
pub(crate) const PANEL: u8 = 16;
pub(crate) const ON_SCREEN: u8 = 17;
pub(crate) const DESK_ONLINE: u8 = 18;
pub(crate) const LOCAL_CLOCK: u8 = 19;
pub(crate) const LANGUAGE: u8 = 20;
pub(crate) const RUN: u8 = 21;
pub(crate) const SHOWN: u8 = 22;
pub(crate) const GREETING: u8 = 23;
pub(crate) const MEMORY: u8 = 24;
pub(crate) const RECALLED: u8 = 25;
/// Not of an [`Event`]: what is laid out follows, as [`Plan::pack`](crate::Plan::pack)
/// writes it.
pub(crate) const RENEWED: u8 = 26;

impl Event {
    /// Writes it as words.
    pub fn pack(&self, row: &mut Row) {
        let mut code = |code: u8| row.whole(u64::from(code));
        match self {
            Self::Page {
                url,
                title,
                referrer,
            } => {
                code(PAGE);
                row.text(url);
                row.text(title);
                row.text(referrer);
            }
            Self::Title(title) => {
                code(TITLE);
                row.text(title);
            }
            Self::Scroll(percent) => {
                code(SCROLL);
                row.number(*percent);
            }
            Self::Visible(flag) => row.fact(VISIBLE, *flag),
            Self::PointerLeft(flag) => row.fact(POINTER_LEFT, *flag),
            Self::Active => code(ACTIVE),
            Self::FormFocus(flag) => row.fact(FORM_FOCUS, *flag),
            Self::Track { name, properties } => {
                code(TRACK);
                row.text(name);
                row.list(properties, |row, (name, value)| {
                    row.text(name);
                    row.attribute(Some(value));
                });
            }
            Self::Attribute { name, value } => {
                code(ATTRIBUTE);
                row.text(name);
                row.attribute(value.as_ref());
            }
            Self::Tags(tags) => {
                code(TAGS);
                row.list(tags, |row, tag| row.text(tag));
            }
            Self::ElementSeen(selector) => {
                code(ELEMENT_SEEN);
                row.text(selector);
            }
            Self::ElementClicked(selector) => {
                code(ELEMENT_CLICKED);
                row.text(selector);
            }
            Self::Message { by_agent } => row.fact(MESSAGE, *by_agent),
            Self::Messages { count, last_at } => {
                code(MESSAGES);
                row.whole(u64::from(*count));
                row.optional(last_at.map(|at| at.0));
            }
            Self::Conversation(flag) => row.fact(CONVERSATION, *flag),
            Self::Known(flag) => row.fact(KNOWN, *flag),
            Self::Panel(flag) => row.fact(PANEL, *flag),
            Self::OnScreen(flag) => row.fact(ON_SCREEN, *flag),
            Self::DeskOnline(flag) => row.fact(DESK_ONLINE, *flag),
            Self::LocalClock(clock) => {
                code(LOCAL_CLOCK);
                row.clock(clock);
            }
            Self::Language(language) => {
                code(LANGUAGE);
                row.text(language);
            }
            Self::Run { trigger, force } => {
                code(RUN);
                row.text(trigger.as_str());
                row.flag(*force);
            }
            Self::Shown { trigger, held } => {
                code(SHOWN);
                row.text(trigger.as_str());
                row.flag(*held);
            }
            Self::Greeting { trigger, what } => {
                code(GREETING);
                row.text(trigger.as_str());
                row.code(&Reaction::ALL, what);
            }
            Self::Memory(memory) => {
                code(MEMORY);
                row.memory(memory);
            }
            Self::Recalled(memory) => {
                code(RECALLED);
                row.memory(memory);
            }
        }
    }
}

impl Row {
    fn fact(&mut self, code: u8, flag: bool) {
        self.whole(u64::from(code));
        self.flag(flag);
    }

    fn memory(&mut self, memory: &Memory) {
        let active_at = memory.stay.map_or(Millis(0), |stay| stay.active_at);
        memory.pack(active_at, self);
    }
}
