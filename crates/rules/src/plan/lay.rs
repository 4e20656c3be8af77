//! Lays rules out. No page does: it takes what comes out of it.

use alloc::vec::Vec;

use hashbrown::HashTable;

use super::{Asked, Node, Plan, Planned, SiteRules, Slot, Source};
use crate::pack::Row;
use crate::trigger::{Condition, Rule, Subject, Test, Trigger};

impl Plan {
    /// Lays out the rules of a site. The highest priority goes first; of equals,
    /// the one that stands first.
    #[must_use]
    pub fn new(rules: SiteRules) -> Self {
        let mut triggers = rules.triggers;
        triggers.sort_by_key(|trigger| core::cmp::Reverse(trigger.priority));
        let mut laying = Laying {
            plan: Self {
                attention: rules.attention,
                hours: rules.hours,
                ..Self::default()
            },
            slots: HashTable::new(),
            conditions: HashTable::new(),
            row: Row::new(),
        };
        laying.plan.triggers.reserve(triggers.len());
        for trigger in triggers {
            laying.trigger(trigger);
        }
        laying.plan.index();
        laying.plan
    }
}

/// A plan that is made.
struct Laying {
    plan: Plan,
    /// Where each thing stands, found again by what it says.
    slots: HashTable<Known>,
    conditions: HashTable<Known>,
    row: Row,
}

/// Something that stands in the plan.
struct Known {
    hash: u64,
    index: usize,
}

impl Laying {
    fn trigger(&mut self, trigger: Trigger) {
        let root = self.plan.nodes.len();
        let belongs_to_page = self.rule(trigger.rule);
        self.plan.triggers.push(Planned {
            terms: trigger.terms,
            root,
            belongs_to_page,
        });
    }

    /// Appends a rule. Returns whether it asks for something that ends with the
    /// page.
    fn rule(&mut self, rule: Rule) -> bool {
        let (rules, end): (_, fn(usize) -> Node) = match rule {
            Rule::One(condition) => return self.one(condition),
            Rule::Not(rule) => (Vec::from([*rule]), Node::Not),
            Rule::All(rules) => (rules, Node::All),
            Rule::Any(rules) => (rules, Node::Any),
        };
        let at = self.plan.nodes.len();
        self.plan.nodes.push(end(0));
        let mut belongs_to_page = false;
        for rule in rules {
            belongs_to_page |= self.rule(rule);
        }
        self.plan.nodes[at] = end(self.plan.nodes.len());
        belongs_to_page
    }

    fn one(&mut self, condition: Condition) -> bool {
        let (source, within_ms) = match condition.subject {
            Subject::Fact(fact) => (Source::Fact(fact), None),
            Subject::Event(mut counted) => {
                let within_ms = counted.within_ms.take();
                (Source::Event(counted), within_ms)
            }
        };
        let belongs_to_page = matches!(&source, Source::Fact(fact) if fact.belongs_to_page());
        let slot = self.slot(source);
        let one = self.condition(slot, condition.test, within_ms);
        let node = if condition.negated {
            Node::NotOne
        } else {
            Node::One
        };
        self.plan.nodes.push(node(one));
        belongs_to_page
    }

    fn slot(&mut self, source: Source) -> usize {
        self.row.clear();
        self.row.source(&source);
        let slots = &mut self.plan.slots;
        let index = index(&mut self.slots, self.row.bytes(), slots.len(), |at| {
            slots[at].source == source
        });
        if index == slots.len() {
            slots.push(Slot::from(source));
        }
        index
    }

    fn condition(&mut self, slot: usize, test: Test, within_ms: Option<u64>) -> usize {
        let asked = Asked {
            slot,
            test,
            within_ms,
        };
        self.row.clear();
        self.row.asked(&asked);
        let conditions = &mut self.plan.conditions;
        let index = index(
            &mut self.conditions,
            self.row.bytes(),
            conditions.len(),
            |at| conditions[at] == asked,
        );
        if index == conditions.len() {
            conditions.push(asked);
        }
        index
    }
}

/// Where something stands that is the same and has these bytes: at `new`, from
/// now on, if nothing has been.
fn index(
    known: &mut HashTable<Known>,
    bytes: &[u8],
    new: usize,
    is_same: impl Fn(usize) -> bool,
) -> usize {
    let hash = hash(bytes);
    let entry = known.entry(
        hash,
        |known| known.hash == hash && is_same(known.index),
        |known| known.hash,
    );
    let known = entry.or_insert(Known { hash, index: new });
    known.get().index
}

/// A number that stands for some bytes while a plan is made. It need not be the
/// same tomorrow, so it may take eight bytes at a time.
fn hash(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(0, |hash: u64, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517c_c1b7_2722_0a95)
    })
}
