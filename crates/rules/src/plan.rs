//! The published triggers, laid out for deciding: rules in one row of nodes,
//! each condition once, and for each fact who depends on it.
//!
//! Made on the server; the page takes it as it is, see [`pack`](crate::pack).

mod lay;

use alloc::vec::Vec;

use saluda_protocol::site::Attention;
use saluda_protocol::trigger::Frequency;

use crate::facts::Group;
use crate::hours::Interval;
use crate::trigger::{Counted, Fact, Terms, Test, Trigger};

/// What a site's owner published.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SiteRules {
    /// The triggers, the oldest first.
    pub triggers: Vec<Trigger>,
    /// What all of them share.
    pub attention: Attention,
    /// When the site is open; always, if it has no hours.
    pub hours: Option<Vec<Interval>>,
}

/// The rules of a site, laid out.
#[derive(Debug, Default)]
pub struct Plan {
    pub(crate) attention: Attention,
    pub(crate) hours: Option<Vec<Interval>>,
    /// In the order in which they are considered.
    pub(crate) triggers: Vec<Planned>,
    /// The rules, one after the other, each outermost part first.
    pub(crate) nodes: Vec<Node>,
    /// What any rule asks.
    pub(crate) conditions: Vec<Asked>,
    /// What any rule looks at, each thing once.
    pub(crate) slots: Vec<Slot>,
    /// By group, the slots that change with it.
    pub(crate) groups: [Vec<usize>; Group::COUNT],
    /// Triggers that are for something that visitors should do.
    pub(crate) goals: Vec<usize>,
    /// Triggers that show each time their rule holds anew.
    pub(crate) always: Vec<usize>,
}

/// One trigger.
#[derive(Debug)]
pub(crate) struct Planned {
    pub(crate) terms: Terms,
    /// Where its rule begins in the nodes; it ends where the next one's does.
    pub(crate) root: usize,
    /// Whether its rule asks for something that ends with the page.
    pub(crate) belongs_to_page: bool,
}

/// A part of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Node {
    /// All that follow, up to this one, must hold.
    All(usize),
    /// One of those that follow, up to this one, must hold.
    Any(usize),
    /// What follows, up to this one, must not hold.
    Not(usize),
    /// A condition must hold.
    One(usize),
    /// A condition must not hold.
    NotOne(usize),
}

/// What is asked of something.
#[derive(Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) slot: usize,
    pub(crate) test: Test,
    pub(crate) within_ms: Option<u64>,
}

/// Something rules look at.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) source: Source,
    /// The conditions on it.
    pub(crate) conditions: Vec<usize>,
    /// The triggers whose rules look at it.
    pub(crate) triggers: Vec<usize>,
}

/// Where its value comes from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Source {
    Fact(Fact),
    /// How often an event happened.
    Event(Counted),
}

impl Source {
    fn group(&self) -> Group {
        match self {
            Self::Fact(fact) => fact.group(),
            Self::Event(_) => Group::Events,
        }
    }
}

impl Source {
    /// The name that the page gave to it.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Fact(Fact::VisitorAttr(name)) => Some(name),
            Self::Fact(_) => None,
            Self::Event(counted) => Some(&counted.name),
        }
    }
}

impl From<Source> for Slot {
    fn from(source: Source) -> Self {
        Self {
            source,
            conditions: Vec::new(),
            triggers: Vec::new(),
        }
    }
}

impl Plan {
    /// Notes who depends on what.
    #[inline(never)]
    pub(crate) fn index(&mut self) {
        for (index, asked) in self.conditions.iter().enumerate() {
            if let Some(slot) = self.slots.get_mut(asked.slot) {
                slot.conditions.push(index);
            }
        }
        for (index, slot) in self.slots.iter().enumerate() {
            self.groups[slot.source.group() as usize].push(index);
        }
        for (index, planned) in self.triggers.iter().enumerate() {
            if planned.terms.goal.is_some() {
                self.goals.push(index);
            }
            if planned.terms.frequency == Frequency::Always {
                self.always.push(index);
            }
        }
        let mut triggers = self.triggers.iter().map(|planned| planned.root).enumerate();
        let mut current = triggers.next();
        let mut next = triggers.next();
        for (at, node) in self.nodes.iter().enumerate() {
            if next.is_some_and(|(_, root)| root <= at) {
                current = next;
                next = triggers.next();
            }
            let (Node::One(condition) | Node::NotOne(condition), Some((trigger, _))) =
                (node, current)
            else {
                continue;
            };
            let asked = self.conditions.get(*condition);
            let slot = asked.and_then(|asked| self.slots.get_mut(asked.slot));
            if let Some(slot) = slot
                && slot.triggers.last() != Some(&trigger)
            {
                slot.triggers.push(trigger);
            }
        }
    }

    /// Where the node that follows this one and all within it stands.
    pub(crate) fn after(&self, node: usize) -> usize {
        match self.nodes[node] {
            Node::All(end) | Node::Any(end) | Node::Not(end) => end,
            Node::One(_) | Node::NotOne(_) => node + 1,
        }
    }
}
