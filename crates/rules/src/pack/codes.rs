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

// What a rule looks at, where a name or more follows.
pub(super) const EVENT: u8 = 0;
pub(super) const QUERY: u8 = 1;
pub(super) const UTM: u8 = 2;
pub(super) const ATTR: u8 = 3;
pub(super) const TRIGGER: u8 = 4;

/// The fact with a code, if it is one without a name of its own.
///
/// Written out: a page pays for every byte, and a table to clone from takes more.
pub(super) fn fact(code: u8) -> Option<Fact> {
    Some(match code {
        5 => Fact::DeskOnline,
        6 => Fact::DeskOpen,
        7 => Fact::PageUrl,
        8 => Fact::PageHost,
        9 => Fact::PagePath,
        10 => Fact::PageHash,
        11 => Fact::PageTitle,
        12 => Fact::PageTime,
        13 => Fact::PageScroll,
        14 => Fact::VisitTime,
        15 => Fact::VisitPages,
        16 => Fact::VisitReferrer,
        17 => Fact::VisitLanding,
        18 => Fact::VisitorVisits,
        19 => Fact::VisitorNew,
        20 => Fact::VisitorLastVisit,
        21 => Fact::VisitorLanguage,
        22 => Fact::VisitorTimezone,
        23 => Fact::VisitorDevice,
        24 => Fact::VisitorKnown,
        25 => Fact::VisitorTag,
        26 => Fact::VisitorLocalTime,
        27 => Fact::VisitorWeekday,
        28 => Fact::PointerLeft,
        29 => Fact::IdleTime,
        30 => Fact::ElementSeen,
        31 => Fact::ElementClicked,
        32 => Fact::FormFocused,
        33 => Fact::ChatConversation,
        34 => Fact::ChatMessages,
        35 => Fact::ChatLast,
        _ => return None,
    })
}

/// How many kinds of parts a rule has: what remains when the word of a part is
/// divided by it is the kind, and the quotient is where the part points.
const NODES: usize = 5;

/// A part of a rule as a word.
pub(super) fn word_of(node: Node) -> usize {
    let (kind, to) = match node {
        Node::All(end) => (0, end),
        Node::Any(end) => (1, end),
        Node::Not(end) => (2, end),
        Node::One(condition) => (3, condition),
        Node::NotOne(condition) => (4, condition),
    };
    to * NODES + kind
}

/// The part of a rule that a word stands for.
pub(super) fn node_of(word: usize) -> Node {
    let to = word / NODES;
    match word % NODES {
        0 => Node::All(to),
        1 => Node::Any(to),
        2 => Node::Not(to),
        3 => Node::One(to),
        _ => Node::NotOne(to),
    }
}

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
