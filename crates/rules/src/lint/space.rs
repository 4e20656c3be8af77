//! What a fact can be at all, once a page has begun.
//!
//! **Invariant:** a space is never too small. Every value that the engine can
//! give to a condition is in it, so what no value of a space passes, no visitor
//! ever passes. It may be too large: then the linter says less than it could.

use saluda_protocol::limits::EVENT_COUNT;

use crate::compile::value::{DEVICES, WEEKDAYS};
use crate::trigger::{Fact, Subject};

/// The last millisecond of a day.
const END_OF_DAY_MS: f64 = 86_399_999.0;

/// The values that a fact can have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Space {
    /// Whether it can be unknown.
    pub(super) missing: bool,
    /// Whether it can be yes or no.
    pub(super) flags: bool,
    /// From which number to which it can be.
    pub(super) numbers: Option<Range>,
    /// Which texts it can be.
    pub(super) texts: Texts,
}

/// Numbers from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub(super) least: f64,
    pub(super) most: f64,
    /// Whether only whole ones occur.
    pub(super) whole: bool,
    /// Whether what is no number occurs among them.
    pub(super) nan: bool,
}

/// Texts, folded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Texts {
    /// It is no text.
    None,
    /// Any, the empty one too.
    Any,
    /// Any with something in it.
    Filled,
    /// Any that begins with `/`.
    Path,
    /// One of these.
    Known(&'static [&'static str]),
    /// Several at once, each any. What is asked of it is asked of each.
    Several,
}

const NOTHING: Space = Space {
    missing: false,
    flags: false,
    numbers: None,
    texts: Texts::None,
};

impl Space {
    /// What a condition's subject can be.
    pub(super) fn of(subject: &Subject) -> Self {
        match subject {
            Subject::Fact(fact) => Self::of_fact(fact),
            // Of the last ones, as many are kept as tell the limit from more.
            Subject::Event(counted) if counted.within_ms.is_some() => {
                Self::count(0.0, f64::from(EVENT_COUNT + 1))
            }
            Subject::Event(_) => Self::count(0.0, f64::from(u32::MAX)),
        }
    }

    fn of_fact(fact: &Fact) -> Self {
        match fact {
            Fact::PageUrl => Self::texts(Texts::Filled),
            Fact::PagePath => Self::texts(Texts::Path),
            Fact::PageHost
            | Fact::PageHash
            | Fact::PageTitle
            | Fact::VisitReferrer
            | Fact::VisitLanding
            | Fact::VisitorLanguage
            | Fact::VisitorTimezone => Self::texts(Texts::Filled).or_missing(),
            Fact::PageQuery(_) | Fact::VisitUtm(_) => Self::texts(Texts::Any).or_missing(),
            Fact::VisitorDevice => Self::texts(Texts::Known(&DEVICES)),
            Fact::VisitorWeekday => Self::texts(Texts::Known(&WEEKDAYS)),
            Fact::VisitorTag | Fact::ElementSeen | Fact::ElementClicked => {
                Self::texts(Texts::Several).or_missing()
            }
            Fact::PageTime | Fact::VisitTime | Fact::IdleTime => Self::count(0.0, f64::INFINITY),
            Fact::VisitorLastVisit | Fact::ChatLast => Self::count(0.0, f64::INFINITY).or_missing(),
            Fact::PageScroll => Self {
                numbers: Some(Range {
                    least: 0.0,
                    most: 100.0,
                    whole: false,
                    nan: false,
                }),
                missing: true,
                ..NOTHING
            },
            // The first page begins the first visit.
            Fact::VisitPages | Fact::VisitorVisits => Self::count(1.0, f64::from(u32::MAX)),
            Fact::ChatMessages => Self::count(0.0, f64::from(u32::MAX)).or_missing(),
            Fact::Trigger(..) => Self::count(0.0, f64::from(u32::MAX)),
            Fact::VisitorLocalTime => Self::count(0.0, END_OF_DAY_MS),
            Fact::VisitorNew
            | Fact::VisitorKnown
            | Fact::PointerLeft
            | Fact::FormFocused
            | Fact::ChatConversation
            | Fact::DeskOnline
            | Fact::DeskOpen => Self {
                flags: true,
                ..NOTHING
            },
            Fact::VisitorAttr(_) => Self {
                missing: true,
                flags: true,
                numbers: Some(Range {
                    least: f64::NEG_INFINITY,
                    most: f64::INFINITY,
                    whole: false,
                    nan: true,
                }),
                texts: Texts::Any,
            },
        }
    }

    fn texts(texts: Texts) -> Self {
        Self { texts, ..NOTHING }
    }

    fn count(least: f64, most: f64) -> Self {
        Self {
            numbers: Some(Range {
                least,
                most,
                whole: true,
                nan: false,
            }),
            ..NOTHING
        }
    }

    fn or_missing(self) -> Self {
        Self {
            missing: true,
            ..self
        }
    }
}
