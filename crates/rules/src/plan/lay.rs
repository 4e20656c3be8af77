//! Lays rules out. No page does: it takes what comes out of it.

use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::vec::Vec;

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
            slots: BTreeMap::new(),
            conditions: BTreeMap::new(),
            row: Row::new(),
        };
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
    /// Where what has such words stands, so that what is equal is found again
    /// among many.
    slots: BTreeMap<u64, usize>,
    conditions: BTreeMap<u64, usize>,
    row: Row,
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
        let same = |slot: &Slot| slot.source == source;
        let known = match self.slots.entry(hash(self.row.bytes())) {
            Entry::Vacant(vacant) => {
                vacant.insert(slots.len());
                None
            }
            Entry::Occupied(known) if slots.get(*known.get()).is_some_and(same) => {
                Some(*known.get())
            }
            // Others may have the same hash; and each event is counted once.
            Entry::Occupied(_) => slots.iter().position(same),
        };
        known.unwrap_or_else(|| {
            slots.push(Slot::from(source));
            slots.len() - 1
        })
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
        let known = self.conditions.entry(hash(self.row.bytes()));
        let known = *known.or_insert(conditions.len());
        if conditions.get(known) == Some(&asked) {
            return known;
        }
        conditions.push(asked);
        conditions.len() - 1
    }
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
