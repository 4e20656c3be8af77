//! Lays rules out. No page does: it takes what comes out of it.

use alloc::vec::Vec;

use super::{Asked, Node, Plan, Planned, SiteRules, Slot, Source};
use crate::trigger::{Condition, Rule, Subject, Test, Trigger};

/// How far back among the conditions on the same fact an equal one is looked
/// for: sites that share conditions have fewer, and many triggers must not take
/// many times as long to lay out.
const SHARED_WITHIN: usize = 64;

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
            asked: Vec::new(),
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
    /// By slot, the conditions on it.
    asked: Vec<Vec<usize>>,
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
        let slots = &mut self.plan.slots;
        let known = slots.iter().position(|slot| slot.source == source);
        known.unwrap_or_else(|| {
            slots.push(Slot::from(source));
            self.asked.push(Vec::new());
            slots.len() - 1
        })
    }

    fn condition(&mut self, slot: usize, test: Test, within_ms: Option<u64>) -> usize {
        let conditions = &mut self.plan.conditions;
        let equal = |index: &&usize| {
            let asked = &conditions[**index];
            asked.within_ms == within_ms && asked.test == test
        };
        let known = self.asked[slot]
            .iter()
            .rev()
            .take(SHARED_WITHIN)
            .find(equal);
        known.copied().unwrap_or_else(|| {
            conditions.push(Asked {
                slot,
                test,
                within_ms,
            });
            self.asked[slot].push(conditions.len() - 1);
            conditions.len() - 1
        })
    }
}
