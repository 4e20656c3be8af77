//! The numbers that stand for what has no value of its own.

use saluda_protocol::trigger::{Frequency, OpeningHours};

use crate::gates::Gate;
use crate::plan::Node;
use crate::trigger::{Comparison, Count, Fact};

/// Begins a number: the eight bytes of a float, lowest first.
pub(super) const NUMBER_WORD: u8 = 0;
/// Begins a text: its length in four bytes, lowest first, then UTF-8.
pub(super) const TEXT_WORD: u8 = 1;

// The same in a line of printable characters, where most numbers need no sign.
/// Begins a text: its length in bytes, then the text.
pub(super) const TEXT_SIGN: u8 = b' ';
/// Begins a number that is not whole or too large: the bits of its float.
pub(super) const BITS_SIGN: u8 = b'#';
/// Begins a number below zero: how far below.
pub(super) const MINUS_SIGN: u8 = b'!';

pub(super) const HOURS: [OpeningHours; 3] = [
    OpeningHours::Any,
    OpeningHours::During,
    OpeningHours::Outside,
];

pub(super) const FREQUENCIES: [Frequency; 3] =
    [Frequency::Once, Frequency::Visit, Frequency::Always];

pub(super) const COMPARISONS: [Comparison; 5] = [
    Comparison::Equal,
    Comparison::Greater,
    Comparison::AtLeast,
    Comparison::Less,
    Comparison::AtMost,
];

pub(super) const COUNTS: [Count; 4] = [
    Count::Shown,
    Count::Opened,
    Count::Dismissed,
    Count::Replied,
];

/// Facts without a name of their own, by their code.
pub(super) const FACTS: [Fact; 29] = [
    Fact::PageUrl,
    Fact::PageHost,
    Fact::PagePath,
    Fact::PageHash,
    Fact::PageTitle,
    Fact::PageTime,
    Fact::PageScroll,
    Fact::VisitTime,
    Fact::VisitPages,
    Fact::VisitReferrer,
    Fact::VisitLanding,
    Fact::VisitorVisits,
    Fact::VisitorNew,
    Fact::VisitorLastVisit,
    Fact::VisitorLanguage,
    Fact::VisitorTimezone,
    Fact::VisitorDevice,
    Fact::VisitorKnown,
    Fact::VisitorTag,
    Fact::VisitorLocalTime,
    Fact::VisitorWeekday,
    Fact::PointerLeft,
    Fact::IdleTime,
    Fact::ElementSeen,
    Fact::ElementClicked,
    Fact::FormFocused,
    Fact::ChatConversation,
    Fact::ChatMessages,
    Fact::ChatLast,
];

// Codes that stand before those of the facts above.
pub(super) const EVENT: u8 = 0;
pub(super) const QUERY: u8 = 1;
pub(super) const UTM: u8 = 2;
pub(super) const ATTR: u8 = 3;
pub(super) const TRIGGER: u8 = 4;
pub(super) const ONLINE: u8 = 5;
pub(super) const OPEN: u8 = 6;
pub(super) const PLAIN: u8 = 7;

/// The parts of a rule, by their code: what remains when the word of a node is
/// divided by their number. The quotient is where it points.
pub(super) const NODES: [fn(usize) -> Node; 5] =
    [Node::All, Node::Any, Node::Not, Node::One, Node::NotOne];

/// The gates, in the order in which they are named as the reason.
pub(super) const GATES: [Gate; 16] = [
    Gate::Status,
    Gate::Schedule,
    Gate::Hours,
    Gate::Frequency,
    Gate::Times,
    Gate::Gap,
    Gate::Dismissal,
    Gate::Conversation,
    Gate::AgentPause,
    Gate::PerVisit,
    Gate::PerDay,
    Gate::AnyGap,
    Gate::OnScreen,
    Gate::Panel,
    Gate::FormFocus,
    Gate::Visible,
];

// Codes of tests.
pub(super) const EXISTS: u8 = 0;
pub(super) const IS: u8 = 1;
pub(super) const NUMBER: u8 = 2;
pub(super) const ONE_OF_NUMBERS: u8 = 3;
pub(super) const EQUALS: u8 = 4;
pub(super) const ONE_OF: u8 = 5;
pub(super) const LANGUAGE: u8 = 6;
pub(super) const CONTAINS: u8 = 7;
pub(super) const STARTS_WITH: u8 = 8;
pub(super) const ENDS_WITH: u8 = 9;
pub(super) const GLOB: u8 = 10;
pub(super) const MATCHES: u8 = 11;
