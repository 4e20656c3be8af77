//! A visit as it goes on: what has happened, and what is known because of it.

mod count;
mod greeted;
mod learn;
mod page;
mod recall;

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use alloc::vec::Vec;

use saluda_protocol::Millis;

use crate::event::{Attribute, LocalClock};
use crate::facts::{Stopwatch, Value};
use crate::hours::Interval;
use crate::memory::Memory;
use crate::plan::Source;
use crate::text::{Fold, cut};
use crate::trigger::{Count, Counted, Fact};
use crate::url::{Parts, decode};

/// Most attributes that a page may say of its visitor.
pub const ATTRIBUTES: usize = 64;

/// Most tags of a visitor.
pub const TAGS: usize = 64;

/// What is known before the first page begins.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Start {
    /// What the browser remembers.
    pub memory: Memory,
    /// The browser's first language, such as `es-MX`.
    pub language: String,
    /// The browser's time zone, such as `Europe/Lisbon`.
    pub timezone: String,
    /// `desktop`, `tablet` or `phone`.
    pub device: String,
    /// Where the visitor's clock stands.
    pub clock: LocalClock,
    /// Whether there is a way to reach the visitor.
    pub known: bool,
    /// Whether the visitor is in an open conversation.
    pub conversation: bool,
    /// Whether an agent is there.
    pub desk_online: bool,
    /// Whether the page is visible from the start.
    pub visible: bool,
}

/// The state that rules and gates look at.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Visit {
    pub(crate) fold: Fold,
    pub(crate) memory: Memory,
    /// Whether there has been a page yet. Nothing shows before there is one.
    pub(crate) begun: bool,
    pub(crate) url: String,
    pub(crate) title: String,
    pub(crate) scroll: Option<f64>,
    pub(crate) page_time: Stopwatch,
    /// What the memory does not hold yet.
    pub(crate) seen_time: Stopwatch,
    pub(crate) idle_time: Stopwatch,
    pub(crate) seen: Vec<String>,
    pub(crate) clicked: Vec<String>,
    pub(crate) pointer_left: bool,
    pub(crate) form_touched: bool,
    pub(crate) form_focus: bool,
    pub(crate) visible: bool,
    pub(crate) panel: bool,
    pub(crate) on_screen: bool,
    pub(crate) conversation: bool,
    pub(crate) messages: Option<u32>,
    pub(crate) last_message_at: Option<Millis>,
    pub(crate) known: bool,
    pub(crate) desk_online: bool,
    pub(crate) language: String,
    pub(crate) timezone: String,
    pub(crate) device: String,
    pub(crate) clock: LocalClock,
    pub(crate) attributes: Vec<(String, Attribute)>,
    pub(crate) tags: Vec<String>,
    pub(crate) hours: Option<Vec<Interval>>,
}

impl Visit {
    pub(crate) fn new(start: Start, hours: Option<Vec<Interval>>, fold: Fold) -> Self {
        Self {
            fold,
            memory: start.memory,
            begun: false,
            url: String::new(),
            title: String::new(),
            scroll: None,
            page_time: Stopwatch::default(),
            seen_time: Stopwatch::default(),
            idle_time: Stopwatch::default(),
            seen: Vec::new(),
            clicked: Vec::new(),
            pointer_left: false,
            form_touched: false,
            form_focus: false,
            visible: start.visible,
            panel: false,
            on_screen: false,
            conversation: start.conversation,
            messages: None,
            last_message_at: None,
            known: start.known,
            desk_online: start.desk_online,
            language: start.language,
            timezone: start.timezone,
            device: start.device,
            clock: start.clock,
            attributes: Vec::new(),
            tags: Vec::new(),
            hours,
        }
    }

    /// Which visit of this browser it is.
    pub(crate) fn number(&self) -> u32 {
        self.memory.stay.map_or(1, |stay| stay.number)
    }

    /// What conditions on this look at.
    pub(crate) fn value(&self, source: &Source) -> Value {
        match source {
            Source::Fact(fact) => self.fact(fact),
            Source::Event(Counted { key, .. }) => {
                let mut tallies = self.memory.events.iter();
                Value::Counted(tallies.position(|tally| tally.key == *key))
            }
        }
    }

    fn fact(&self, fact: &Fact) -> Value {
        match fact {
            Fact::PageTime => Value::Running(self.page_time),
            Fact::VisitTime => Value::Running(self.seen_time),
            Fact::IdleTime => Value::Running(self.idle_time),
            Fact::PageScroll => self.scroll.map_or(Value::Missing, Value::Number),
            Fact::VisitPages => self.stay_number(|stay| stay.pages),
            Fact::VisitorVisits => self.stay_number(|stay| stay.number),
            Fact::VisitorNew => Value::Flag(self.number() == 1),
            Fact::VisitorLastVisit => since(self.memory.last_visit_ended_at),
            Fact::ChatLast => since(self.last_message_at),
            Fact::ChatMessages => self
                .messages
                .map_or(Value::Missing, |count| Value::Number(f64::from(count))),
            Fact::VisitorKnown => Value::Flag(self.known),
            Fact::PointerLeft => Value::Flag(self.pointer_left),
            Fact::FormFocused => Value::Flag(self.form_touched),
            Fact::ChatConversation => Value::Flag(self.conversation),
            Fact::DeskOnline => Value::Flag(self.desk_online),
            Fact::DeskOpen => Value::Open,
            Fact::VisitorLocalTime => Value::TimeOfDay,
            Fact::VisitorWeekday => Value::Weekday,
            Fact::VisitorTag => texts(self.tags.iter().map(|tag| (self.fold)(tag)).collect()),
            Fact::ElementSeen => texts(self.seen.clone()),
            Fact::ElementClicked => texts(self.clicked.clone()),
            Fact::VisitorAttr(name) => self.said(self.attribute(name)),
            Fact::Trigger(id, count) => {
                let record = self.memory.greetings.iter().find(|one| one.trigger == *id);
                Value::Number(f64::from(record.map_or(0, |record| match count {
                    // Held back, it was on no screen.
                    Count::Shown if record.held => 0,
                    Count::Shown => record.shown,
                    Count::Opened => record.opened,
                    Count::Dismissed => record.dismissed,
                    Count::Replied => record.replied,
                })))
            }
            _ => match self.text(fact) {
                Some(text) => Value::Text((self.fold)(cut(&text))),
                None => Value::Missing,
            },
        }
    }

    /// A fact that is a text, as it stands.
    pub(crate) fn text(&self, fact: &Fact) -> Option<String> {
        let page = Parts::of(&self.url);
        let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        match fact {
            Fact::PageUrl => known(&self.url),
            Fact::PageHost => known(page.host),
            Fact::PagePath => known(page.path).map(|path| decode(&path, false)),
            Fact::PageHash => known(page.fragment).map(|fragment| decode(&fragment, false)),
            Fact::PageQuery(name) => page.parameter(name),
            Fact::PageTitle => known(&self.title),
            Fact::VisitReferrer => known(&self.memory.referrer),
            Fact::VisitLanding => known(&self.memory.landing),
            Fact::VisitUtm(name) => {
                Parts::of(&self.memory.landing).parameter(&["utm_", name].concat())
            }
            Fact::VisitorLanguage => known(&self.language),
            Fact::VisitorTimezone => known(&self.timezone),
            Fact::VisitorDevice => known(&self.device),
            Fact::VisitorAttr(name) => match self.attribute(name)? {
                Attribute::Text(text) => known(text),
                Attribute::Number(_) | Attribute::Flag(_) => None,
            },
            _ => None,
        }
    }

    /// Something that the page said, as conditions look at it.
    pub(crate) fn said(&self, said: Option<&Attribute>) -> Value {
        match said {
            None => Value::Missing,
            Some(Attribute::Flag(flag)) => Value::Flag(*flag),
            Some(Attribute::Number(number)) => Value::Number(*number),
            Some(Attribute::Text(text)) => Value::Text((self.fold)(cut(text))),
        }
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    fn stay_number(&self, read: impl Fn(&crate::Stay) -> u32) -> Value {
        let number = self.memory.stay.as_ref().map(read);
        number.map_or(Value::Missing, |number| Value::Number(f64::from(number)))
    }
}

fn since(at: Option<Millis>) -> Value {
    at.map_or(Value::Missing, Value::Since)
}

fn texts(list: Vec<String>) -> Value {
    if list.is_empty() {
        Value::Missing
    } else {
        Value::Texts(list)
    }
}
