//! A trigger in the form that decides.
//!
//! Made from what people write by `compile`, on the server and nowhere else, and
//! taken to the page as [`pack`](crate::pack)ed words. Everything a person could
//! get wrong is settled: lengths of time are milliseconds, texts are folded,
//! patterns are parsed, wall-clock times are instants.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use saluda_protocol::trigger::{Frequency, OpeningHours};
use saluda_protocol::{Millis, TriggerId};

use crate::expression::Expression;
use crate::glob::Glob;

/// One trigger.
#[derive(Debug, Clone, PartialEq)]
pub struct Trigger {
    /// The highest goes first; of equals, the one that stands first.
    pub priority: i32,
    /// When its greeting fits.
    pub rule: Rule,
    /// Everything else it says.
    pub terms: Terms,
}

/// On which terms a trigger shows its greeting, its rule aside.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// Which trigger.
    pub id: TriggerId,
    /// Which publication of it; results are counted for each.
    pub version: u32,
    /// Whether it is published. One that is not is only ever looked at to
    /// explain it.
    pub live: bool,
    /// At which of the site's hours.
    pub hours: OpeningHours,
    /// Not before this instant.
    pub from: Option<Millis>,
    /// Not at this instant or later.
    pub until: Option<Millis>,
    /// How often one visitor may see it.
    pub frequency: Frequency,
    /// At most this many times for one visitor.
    pub times: Option<u32>,
    /// At least this long between two times.
    pub gap_ms: Option<u64>,
    /// For how long it stays away once it was closed.
    pub after_dismiss: Dismissal,
    /// Whether it may show to someone who is in conversation.
    pub with_open_conversation: bool,
    /// What it is for.
    pub goal: Option<Goal>,
    /// Deals visitors to its variants; the empty one deals nothing.
    pub seed: String,
    /// How many of a hundred visitors see nothing, to compare with.
    pub holdout: u8,
    /// The share of each variant in a hundred visitors who see a greeting, in
    /// the order of the file. Who falls in none sees the original.
    pub shares: Vec<u8>,
}

/// For how long a greeting stays away once it was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dismissal {
    /// Not at all.
    None,
    /// For the rest of the visit.
    Visit,
    /// For this many milliseconds.
    For(u64),
    /// For ever.
    Forever,
}

/// What visitors should do after they saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The event that the page tracks then.
    pub event: String,
    /// How long after the greeting it counts.
    pub within_ms: u64,
}

/// The tree of conditions, of the same shape as it was written.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// Holds when each of them holds.
    All(Vec<Rule>),
    /// Holds when one of them holds.
    Any(Vec<Rule>),
    /// Holds when this one does not.
    Not(Box<Rule>),
    /// One condition.
    One(Condition),
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// What is looked at.
    pub subject: Subject,
    /// What is asked of it. False when the subject is missing.
    pub test: Test,
    /// Whether the answer is turned round: `ne`, `not_contains`, `not_in`, and
    /// `exists` with `false`.
    pub negated: bool,
}

/// What a condition looks at.
#[derive(Debug, Clone, PartialEq)]
pub enum Subject {
    /// Something that is known.
    Fact(Fact),
    /// How often an event was tracked.
    Event(Counted),
}

/// An event that is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Its name.
    pub name: String,
    /// The name under which it is counted: conditions that ask for the same
    /// share it. Browsers keep counts under it, so it is the same for ever.
    pub key: String,
    /// Only those of this many last milliseconds; else those of this visit.
    pub within_ms: Option<u64>,
    /// Only those with such properties.
    pub properties: Vec<Property>,
}

/// What a property of an event must be.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// What is asked of it.
    pub test: Test,
    /// Whether the answer is turned round.
    pub negated: bool,
}

/// What can be known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fact {
    /// Its address, whole.
    PageUrl,
    /// Host, with a port that is not the scheme's own.
    PageHost,
    /// Path, percent-decoded.
    PagePath,
    /// A parameter of the query, percent-decoded: the first of that name.
    PageQuery(String),
    /// Fragment without `#`, percent-decoded.
    PageHash,
    /// The document's title.
    PageTitle,
    /// Milliseconds that this page was visible.
    PageTime,
    /// How far down the page the visitor has been, in percent of its length.
    PageScroll,
    /// Milliseconds of this visit that a page was visible.
    VisitTime,
    /// Pages seen in this visit.
    VisitPages,
    /// The address this visit came from.
    VisitReferrer,
    /// The address of this visit's first page.
    VisitLanding,
    /// A campaign parameter of the landing page, named without `utm_`.
    VisitUtm(String),
    /// Which visit of this browser it is.
    VisitorVisits,
    /// Whether it is the first.
    VisitorNew,
    /// Milliseconds since the last visit ended.
    VisitorLastVisit,
    /// The browser's first language.
    VisitorLanguage,
    /// The browser's time zone.
    VisitorTimezone,
    /// `desktop`, `tablet` or `phone`.
    VisitorDevice,
    /// Whether there is a way to reach the visitor.
    VisitorKnown,
    /// What the page said of the visitor.
    VisitorAttr(String),
    /// The visitor's tags.
    VisitorTag,
    /// Milliseconds since midnight where the visitor is.
    VisitorLocalTime,
    /// `mon` to `sun`, where the visitor is.
    VisitorWeekday,
    /// Whether the pointer has left the page at its top, or a thumb has flicked
    /// back up.
    PointerLeft,
    /// Milliseconds of visible time without any sign of the visitor.
    IdleTime,
    /// Elements of the page that were on the screen.
    ElementSeen,
    /// Elements of the page that were clicked.
    ElementClicked,
    /// Whether a field of a form had the focus on this page.
    FormFocused,
    /// Whether the visitor is in conversation.
    ChatConversation,
    /// How many messages it has.
    ChatMessages,
    /// Milliseconds since the last one.
    ChatLast,
    /// Whether an agent is there.
    DeskOnline,
    /// Whether it is within the opening hours.
    DeskOpen,
    /// How often another greeting was shown, opened, dismissed or replied to.
    Trigger(TriggerId, Count),
}

/// What is counted of a greeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Count {
    /// On the screen.
    Shown,
    /// Clicked.
    Opened,
    /// Closed with its X.
    Dismissed,
    /// Answered.
    Replied,
}

/// What is asked of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Whether it is known.
    Exists,
    /// Whether it is so.
    Is(bool),
    /// How it compares to a number. Lengths of time are milliseconds.
    Number(Comparison, f64),
    /// Whether it is one of these numbers.
    OneOfNumbers(Vec<f64>),
    /// Whether it is this folded text.
    Equals(String),
    /// Whether it is one of these folded texts.
    OneOf(Vec<String>),
    /// Whether it is one of these language tags, or a more exact one
    /// (RFC 4647, 3.3.1).
    Language(Vec<String>),
    /// Whether this folded text is in it.
    Contains(String),
    /// Whether it begins with this folded text.
    StartsWith(String),
    /// Whether it ends with this folded text.
    EndsWith(String),
    /// Whether it fits this pattern as a whole.
    Glob(Glob),
    /// Whether a part of it fits this expression.
    Matches(Expression),
}

/// How two numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equal,
    /// Greater.
    Greater,
    /// Greater or the same.
    AtLeast,
    /// Less.
    Less,
    /// Less or the same.
    AtMost,
}

impl Comparison {
    /// Whether `number` compares so to `target`.
    #[must_use]
    pub fn holds(self, number: f64, target: f64) -> bool {
        #[expect(clippy::float_cmp, reason = "equality is what was asked for")]
        match self {
            Self::Equal => number == target,
            Self::Greater => number > target,
            Self::AtLeast => number >= target,
            Self::Less => number < target,
            Self::AtMost => number <= target,
        }
    }
}
