//! The published triggers, laid out for deciding: rules in one row of nodes, and
//! for each fact the triggers that depend on it.

use crate::facts::Group;
use crate::trigger::{Condition, Counted, Fact, Rule, Subject, Test, Trigger};

/// All triggers of a site.
#[derive(Debug)]
pub(crate) struct Plan {
    /// In the order in which they are considered.
    pub(crate) triggers: Vec<Planned>,
    /// The rules, one after the other, each outermost part first.
    pub(crate) nodes: Vec<Node>,
    /// What any rule looks at, each thing once.
    pub(crate) slots: Vec<Slot>,
}

/// One trigger.
#[derive(Debug)]
pub(crate) struct Planned {
    pub(crate) trigger: Trigger,
    /// Where its rule begins in the nodes.
    pub(crate) root: usize,
    /// Whether its rule asks for something that ends with the page.
    pub(crate) belongs_to_page: bool,
}

/// A part of a rule.
#[derive(Debug)]
pub(crate) enum Node {
    /// All that follow, up to `end`, must hold, or (if not `joined`) one of
    /// them.
    Group { joined: bool, end: usize },
    /// The next must not hold.
    Not { end: usize },
    /// One condition.
    One {
        slot: usize,
        test: Test,
        negated: bool,
        within_ms: Option<u64>,
    },
}

/// Something rules look at.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) source: Source,
    /// The triggers whose rules look at it.
    pub(crate) triggers: Vec<usize>,
}

/// Where its value comes from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Source {
    Fact(Fact),
    /// How often an event happened that is counted under this key.
    Event {
        key: String,
        counted: Counted,
    },
}

impl Source {
    pub(crate) fn group(&self) -> Group {
        match self {
            Self::Fact(fact) => fact.group(),
            Self::Event { .. } => Group::Events,
        }
    }
}

impl Plan {
    /// Lays out triggers. The highest priority goes first; of equals, the one
    /// that stands first.
    pub(crate) fn new(mut triggers: Vec<Trigger>) -> Self {
        triggers.sort_by_key(|trigger| std::cmp::Reverse(trigger.priority));
        let mut plan = Self {
            triggers: Vec::with_capacity(triggers.len()),
            nodes: Vec::new(),
            slots: Vec::new(),
        };
        for (index, mut trigger) in triggers.into_iter().enumerate() {
            let root = plan.nodes.len();
            let rule = std::mem::replace(&mut trigger.rule, Rule::All(Vec::new()));
            let belongs_to_page = plan.lay(rule, index);
            plan.triggers.push(Planned {
                trigger,
                root,
                belongs_to_page,
            });
        }
        plan
    }

    /// Appends a rule. Returns whether it asks for something that ends with the
    /// page.
    fn lay(&mut self, rule: Rule, trigger: usize) -> bool {
        let at = self.nodes.len();
        match rule {
            Rule::One(condition) => self.lay_condition(condition, trigger),
            Rule::Not(rule) => {
                self.nodes.push(Node::Not { end: 0 });
                let belongs_to_page = self.lay(*rule, trigger);
                let end = self.nodes.len();
                self.nodes[at] = Node::Not { end };
                belongs_to_page
            }
            Rule::All(rules) => self.lay_group(true, rules, trigger),
            Rule::Any(rules) => self.lay_group(false, rules, trigger),
        }
    }

    fn lay_group(&mut self, joined: bool, rules: Vec<Rule>, trigger: usize) -> bool {
        let at = self.nodes.len();
        self.nodes.push(Node::Group { joined, end: 0 });
        let mut belongs_to_page = false;
        for rule in rules {
            belongs_to_page |= self.lay(rule, trigger);
        }
        let end = self.nodes.len();
        self.nodes[at] = Node::Group { joined, end };
        belongs_to_page
    }

    fn lay_condition(&mut self, condition: Condition, trigger: usize) -> bool {
        let Condition {
            subject,
            test,
            negated,
        } = condition;
        let (source, within_ms) = match subject {
            Subject::Fact(fact) => (Source::Fact(fact), None),
            Subject::Event(mut counted) => {
                let within_ms = counted.within_ms.take();
                let key = counted.key();
                (Source::Event { key, counted }, within_ms)
            }
        };
        let belongs_to_page = matches!(&source, Source::Fact(fact) if fact.belongs_to_page());
        let slot = self.slot(source);
        let triggers = &mut self.slots[slot].triggers;
        if triggers.last() != Some(&trigger) {
            triggers.push(trigger);
        }
        self.nodes.push(Node::One {
            slot,
            test,
            negated,
            within_ms,
        });
        belongs_to_page
    }

    fn slot(&mut self, source: Source) -> usize {
        let known = self.slots.iter().position(|slot| slot.source == source);
        known.unwrap_or_else(|| {
            self.slots.push(Slot {
                source,
                triggers: Vec::new(),
            });
            self.slots.len() - 1
        })
    }

    /// Where the node that follows this one and all within it stands.
    pub(crate) fn after(&self, node: usize) -> usize {
        match &self.nodes[node] {
            Node::Group { end, .. } | Node::Not { end } => *end,
            Node::One { .. } => node + 1,
        }
    }
}
