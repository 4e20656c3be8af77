//! What is known now, as conditions look at it.

use alloc::string::String;
use alloc::vec::Vec;

use saluda_protocol::Millis;

use crate::trigger::Fact;

/// The value of a fact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Not known, or not yet.
    Missing,
    Flag(bool),
    Number(f64),
    /// Folded.
    Text(String),
    /// Folded. A condition holds if it holds for one of them.
    Texts(Vec<String>),
    /// Milliseconds that grow while it runs.
    Running(Stopwatch),
    /// Milliseconds that have passed since.
    Since(Millis),
    /// How often something happened: where it stands among what is counted, if
    /// it ever has.
    Counted(Option<usize>),
    /// Milliseconds since midnight, by the visitor's clock.
    TimeOfDay,
    /// `mon` to `sun`, by the visitor's clock.
    Weekday,
    /// Whether it is within the opening hours.
    Open,
}

/// Time that passes only while it is visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stopwatch {
    /// What had passed when it last stood still.
    total_ms: u64,
    /// Since when it has been running, if it runs.
    since: Option<Millis>,
}

impl Stopwatch {
    pub(crate) fn starting_at(total_ms: u64, visible: bool, now: Millis) -> Self {
        Self {
            total_ms,
            since: visible.then_some(now),
        }
    }

    pub(crate) fn elapsed_ms(self, now: Millis) -> u64 {
        let running = self.since.map_or(0, |since| now.since(since));
        self.total_ms.saturating_add(running)
    }

    pub(crate) fn runs(self) -> bool {
        self.since.is_some()
    }

    pub(crate) fn run(&mut self, run: bool, now: Millis) {
        *self = Self::starting_at(self.elapsed_ms(now), run, now);
    }
}

/// What changes together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Address,
    Title,
    Scroll,
    Pointer,
    Form,
    Elements,
    /// What runs only while the page is visible.
    Time,
    Visit,
    Visitor,
    LocalClock,
    Chat,
    Desk,
    Greetings,
    Events,
}

/// Every group: after what may change anything.
pub(crate) const ALL: &[Group] = &[
    Group::Address,
    Group::Title,
    Group::Scroll,
    Group::Pointer,
    Group::Form,
    Group::Elements,
    Group::Time,
    Group::Visit,
    Group::Visitor,
    Group::LocalClock,
    Group::Chat,
    Group::Desk,
    Group::Greetings,
    Group::Events,
];

/// What a page of the same visit may change.
pub(crate) const PAGE: &[Group] = &[
    Group::Address,
    Group::Title,
    Group::Scroll,
    Group::Pointer,
    Group::Form,
    Group::Elements,
    Group::Time,
    Group::Visit,
];

/// What may be another after an event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Changed<'a> {
    pub(crate) groups: &'static [Group],
    /// Of these groups only what has this name, if there is one.
    pub(crate) name: Option<&'a str>,
}

impl From<&'static [Group]> for Changed<'_> {
    fn from(groups: &'static [Group]) -> Self {
        Self { groups, name: None }
    }
}

impl Group {
    pub(crate) const COUNT: usize = Self::Events as usize + 1;
}

impl Fact {
    pub(crate) fn group(&self) -> Group {
        match self {
            Self::PageUrl
            | Self::PageHost
            | Self::PagePath
            | Self::PageQuery(_)
            | Self::PageHash => Group::Address,
            Self::PageTitle => Group::Title,
            Self::PageScroll => Group::Scroll,
            Self::PointerLeft => Group::Pointer,
            Self::FormFocused => Group::Form,
            Self::ElementSeen | Self::ElementClicked => Group::Elements,
            Self::PageTime | Self::VisitTime | Self::IdleTime => Group::Time,
            Self::VisitPages
            | Self::VisitReferrer
            | Self::VisitLanding
            | Self::VisitUtm(_)
            | Self::VisitorVisits
            | Self::VisitorNew
            | Self::VisitorLastVisit => Group::Visit,
            Self::VisitorLanguage
            | Self::VisitorTimezone
            | Self::VisitorDevice
            | Self::VisitorKnown
            | Self::VisitorAttr(_)
            | Self::VisitorTag => Group::Visitor,
            Self::VisitorLocalTime | Self::VisitorWeekday => Group::LocalClock,
            Self::ChatConversation | Self::ChatMessages | Self::ChatLast => Group::Chat,
            Self::DeskOnline | Self::DeskOpen => Group::Desk,
            Self::Trigger(..) => Group::Greetings,
        }
    }

    /// Whether it ends with the page.
    pub(crate) fn belongs_to_page(&self) -> bool {
        matches!(
            self.group(),
            Group::Address
                | Group::Title
                | Group::Scroll
                | Group::Pointer
                | Group::Form
                | Group::Elements
        ) || matches!(self, Self::PageTime)
    }
}
