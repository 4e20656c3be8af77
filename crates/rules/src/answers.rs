//! Which conditions and rules hold, each looked at once until something that
//! it depends on has changed.
//!
//! **Invariant:** an answer is good at every instant before its `until`. One
//! that is out of date by an event has an `until` that has passed.

use alloc::vec;
use alloc::vec::Vec;

use saluda_protocol::Millis;
use saluda_protocol::trigger::Frequency;

use crate::evaluate::{self, Instant, NEVER, Outcome};
use crate::facts::{Changed, Value};
use crate::plan::{Asked, Node, Plan};
use crate::set::Set;
use crate::visit::Visit;

/// An answer that is not good at any instant.
pub(crate) const STALE: Outcome = Outcome {
    holds: false,
    until: Millis(0),
};

/// What is known, and what follows from it.
pub(crate) struct Answers {
    /// By slot.
    values: Vec<Value>,
    /// By condition.
    conditions: Vec<Outcome>,
    /// By trigger, whether its rule held when it was last looked at.
    rules: Vec<Outcome>,
    /// Triggers whose rules an event has put out of date.
    stale: Set,
    /// No rule is out of date by time before this.
    fresh_until: Millis,
    /// Triggers whose rules hold, or could by time alone: those that a decision
    /// is about.
    pub(crate) near: Set,
}

impl Answers {
    /// Nothing is known yet.
    pub(crate) fn new(plan: &Plan) -> Self {
        Self {
            values: vec![Value::Missing; plan.slots.len()],
            conditions: vec![STALE; plan.conditions.len()],
            rules: vec![STALE; plan.triggers.len()],
            stale: Set::all_below(plan.triggers.len()),
            fresh_until: NEVER,
            near: Set::none_below(plan.triggers.len()),
        }
    }

    /// Puts every answer out of date.
    pub(crate) fn doubt(&mut self) {
        self.conditions.fill(STALE);
        self.stale.put_all(self.rules.len());
    }

    /// What a slot holds.
    pub(crate) fn value(&self, slot: usize) -> &Value {
        &self.values[slot]
    }

    /// Whether a trigger's rule held when it was last looked at.
    pub(crate) fn rule(&self, trigger: usize) -> Outcome {
        self.rules[trigger]
    }

    /// Reads what may have changed, and notes who depends on it.
    pub(crate) fn refresh(&mut self, changed: Changed<'_>, visit: &Visit, plan: &Plan) {
        for group in changed.groups {
            for index in &plan.groups[*group as usize] {
                let slot = &plan.slots[*index];
                if changed.name.is_some() && changed.name != slot.source.name() {
                    continue;
                }
                // While a name alone has changed, what is counted stays where it
                // stands, and only its count is another.
                let stands = changed.name.is_some()
                    && matches!(self.values[*index], Value::Counted(Some(_)));
                if !stands {
                    let value = visit.value(&slot.source);
                    // What they stand for moves while the value stays.
                    let moves = matches!(
                        value,
                        Value::Counted(_) | Value::TimeOfDay | Value::Weekday | Value::Open
                    );
                    if !moves && value == self.values[*index] {
                        continue;
                    }
                    self.values[*index] = value;
                }
                for condition in &slot.conditions {
                    self.conditions[*condition] = STALE;
                }
                for trigger in &slot.triggers {
                    self.stale.put(*trigger, true);
                }
            }
        }
    }

    /// Brings every rule up to date. Returns whether any answer is another one.
    /// `fell` is told of the triggers that always show whose rules were looked at
    /// and do not hold.
    pub(crate) fn look_again(
        &mut self,
        plan: &Plan,
        at: &Instant<'_>,
        fell: &mut dyn FnMut(usize),
    ) -> bool {
        if self.fresh_until <= at.now {
            self.fresh_until = NEVER;
            for (trigger, rule) in self.rules.iter().enumerate() {
                if rule.until <= at.now {
                    self.stale.put(trigger, true);
                } else {
                    self.fresh_until = self.fresh_until.min(rule.until);
                }
            }
        }
        let mut differs = false;
        let mut stale = core::mem::take(&mut self.stale);
        for trigger in stale.iter() {
            let planned = &plan.triggers[trigger];
            let (values, conditions) = (&self.values, &mut self.conditions);
            let mut root = planned.root;
            let outcome = walk(&plan.nodes, &mut root, &mut |condition| {
                let Some(known) = conditions.get_mut(condition) else {
                    return Outcome::fixed(false);
                };
                if known.until <= at.now {
                    *known = ask(plan.conditions.get(condition), values, at);
                }
                *known
            });
            if !outcome.holds && planned.terms.frequency == Frequency::Always {
                fell(trigger);
            }
            self.fresh_until = self.fresh_until.min(outcome.until);
            if outcome != self.rules[trigger] {
                self.rules[trigger] = outcome;
                let near = outcome.holds || outcome.until != NEVER;
                self.near.put(trigger, near);
                differs = true;
            }
        }
        stale.clear();
        self.stale = stale;
        differs
    }

    /// Whether the part of a rule at `node` holds at any instant.
    pub(crate) fn at(&self, plan: &Plan, mut node: usize, at: &Instant<'_>) -> Outcome {
        walk(&plan.nodes, &mut node, &mut |condition| {
            ask(plan.conditions.get(condition), &self.values, at)
        })
    }
}

fn ask(asked: Option<&Asked>, values: &[Value], at: &Instant<'_>) -> Outcome {
    let Some((asked, value)) = asked.and_then(|asked| Some((asked, values.get(asked.slot)?)))
    else {
        return Outcome::fixed(false);
    };
    if let Some(within_ms) = asked.within_ms
        && let Value::Counted(tally) = value
    {
        let last = at.tally(*tally).map_or(&[][..], |tally| &tally.last);
        return evaluate::recent_passes(&asked.test, last, within_ms, at.now);
    }
    evaluate::passes(&asked.test, value, at)
}

/// Goes through the part of a rule at `node`, and leaves `node` at what follows
/// it. What is not there does not hold.
///
/// On the server it is worth its bytes within whoever calls it: a twentieth of a
/// pass.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::inline_always,
        reason = "measured by `cargo xtask bench rules`"
    )
)]
fn walk(nodes: &[Node], node: &mut usize, ask: &mut impl FnMut(usize) -> Outcome) -> Outcome {
    let this = nodes.get(*node);
    *node += 1;
    // Nearly every rule is an `all`.
    let (joined, end) = if let Some(Node::All(end)) = this {
        (true, *end)
    } else {
        match this {
            Some(Node::Any(end)) => (false, *end),
            Some(Node::One(condition)) => return ask(*condition),
            Some(Node::NotOne(condition)) => return ask(*condition).negated(true),
            Some(Node::Not(_)) => return walk_within(nodes, node, ask).negated(true),
            Some(Node::All(_)) | None => return Outcome::fixed(false),
        }
    };
    let mut outcome = Outcome::fixed(joined);
    while *node < end {
        // Nearly every part is a condition.
        let part = match nodes.get(*node) {
            Some(Node::One(condition)) => {
                *node += 1;
                ask(*condition)
            }
            _ => walk_within(nodes, node, ask),
        };
        if outcome.add(joined, part) {
            break;
        }
    }
    *node = end.max(*node);
    outcome
}

/// The same for a part of a part: rules may be deep, and most are not.
fn walk_within(
    nodes: &[Node],
    node: &mut usize,
    ask: &mut impl FnMut(usize) -> Outcome,
) -> Outcome {
    walk(nodes, node, ask)
}
