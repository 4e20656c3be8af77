//! Why a trigger shows or does not, what it waits for, and what is closest.
//!
//! Made of the same calls as the decision, so it cannot say otherwise.

use alloc::borrow::ToOwned as _;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

#[cfg(feature = "compile")]
pub mod words;

use saluda_protocol::{Millis, TriggerId};

use crate::decision::Act;
use crate::engine::{Engine, Request};
use crate::evaluate::{Instant, NEVER, Outcome};
use crate::experiment;
use crate::facts::Value;
use crate::gates::{self, Gate, OWN, SHARED};
use crate::plan::{Asked, Node, Source};
use crate::trigger::{Comparison, Fact, Test};

/// Most instants at which an explanation looks ahead for one trigger.
const LOOKS: usize = 500;

/// Why one trigger shows or does not.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Explanation {
    /// Which trigger.
    pub trigger: TriggerId,
    /// What happens to it now.
    pub verdict: Verdict,
    /// Its rule, of the shape it was written in.
    pub rule: Part,
    /// Every gate, in the order in which they are named as the reason.
    pub gates: Vec<GateState>,
    /// The earliest instant at which it could show if nothing happened but
    /// time; other triggers aside. None if it never could.
    pub earliest: Option<Millis>,
}

/// What happens to a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Verdict {
    /// It shows.
    Shows {
        /// Which of its variants, counted from 0; the original if none.
        variant: Option<u8>,
    },
    /// It would show, but this visitor is among those who see nothing.
    Held,
    /// Its rule does not hold.
    Rule,
    /// A gate is closed.
    Gate(Gate),
    /// Another goes first.
    Priority(TriggerId),
}

/// Whether a gate is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct GateState {
    /// Which one.
    pub gate: Gate,
    /// Whether it is open.
    pub open: bool,
    /// When time alone could change that.
    pub until: Option<Millis>,
}

/// A part of a rule.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Part {
    /// Whether it holds.
    pub holds: bool,
    /// When time alone could change that.
    pub until: Option<Millis>,
    /// Whether the rule would hold if this condition, and the others so marked,
    /// were otherwise: the smallest step to a greeting.
    pub closest: bool,
    /// What it is made of.
    pub what: What,
}

/// What a part of a rule is made of.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum What {
    /// All of these must hold.
    All(Vec<Part>),
    /// One of these must hold.
    Any(Vec<Part>),
    /// This must not hold.
    Not(Box<Part>),
    /// One condition, and what it looked at.
    Actual(Actual),
}

/// What a condition looked at.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Actual {
    /// It is not known, or not yet.
    Missing,
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A length of time in milliseconds.
    Span(u64),
    /// A time of day, in milliseconds since midnight.
    TimeOfDay(u64),
    /// A text as it stands, or several.
    Texts(Vec<String>),
    /// How often an event happened.
    Count(u32),
}

impl Engine {
    /// Explains every trigger, in the order in which they are considered.
    pub fn explain(&mut self, now: Millis) -> Vec<Explanation> {
        let act = self.decide(now).act.clone();
        let at = self.visit.instant(now);
        let chosen = match &act {
            Act::Rest => None,
            Act::Show { trigger, .. } | Act::Hold { trigger } => Some(trigger),
        };
        let indexes = 0..self.plan.triggers.len();
        indexes
            .map(|index| {
                let request = self.requested(index, now);
                self.explain_one(index, request, chosen, &at)
            })
            .collect()
    }

    fn explain_one(
        &self,
        index: usize,
        request: Option<Request>,
        chosen: Option<&TriggerId>,
        at: &Instant<'_>,
    ) -> Explanation {
        let planned = &self.plan.triggers[index];
        let terms = &planned.terms;
        let mut rule = self.part(planned.root, at);
        if !rule.holds {
            self.mark(planned.root, &mut rule, true, at);
        }
        let state = |gate: Gate, outcome: Outcome| GateState {
            gate,
            open: outcome.holds || request.is_some_and(|request| gate.yields(request.force)),
            until: known(outcome.until),
        };
        let record = self.record(index);
        let own = OWN.into_iter().map(|gate| {
            let outcome = gates::own(gate, terms, record, &self.visit, at);
            state(gate, outcome)
        });
        let shared = SHARED.into_iter().map(|gate| {
            let outcome = gates::shared(gate, &self.visit, &self.plan.attention, at);
            state(gate, outcome)
        });
        let gates: Vec<GateState> = own.chain(shared).collect();
        let closed = gates.iter().find(|state| !state.open);
        // What never comes is named before what may.
        let for_good = closed.filter(|state| {
            state.until.is_none()
                && matches!(
                    state.gate,
                    Gate::Status | Gate::Schedule | Gate::Frequency | Gate::Times | Gate::Dismissal
                )
        });
        let verdict = match (rule.holds || request.is_some(), closed, chosen) {
            (false, _, _) if for_good.is_none() => Verdict::Rule,
            (_, Some(state), _) => Verdict::Gate(state.gate),
            (_, None, Some(chosen)) if *chosen != terms.id => Verdict::Priority(chosen.clone()),
            (_, None, _) if self.is_held(terms) => Verdict::Held,
            (_, None, _) => Verdict::Shows {
                variant: experiment::variant(terms, self.visit.memory.dice),
            },
        };
        Explanation {
            trigger: terms.id.clone(),
            verdict,
            rule,
            gates,
            earliest: self.earliest(index, at),
        }
    }

    /// Goes from one instant at which something could change to the next.
    fn earliest(&self, index: usize, at: &Instant<'_>) -> Option<Millis> {
        let planned = &self.plan.triggers[index];
        let mut at = *at;
        for _ in 0..LOOKS {
            let rule = self.rule(planned.root, &at);
            let own = self.own_gates(index, None, &at);
            let shared = self.shared_gates(false, &at);
            let outcome = Outcome::join(true, [rule, own, shared].into_iter());
            if outcome.holds {
                return Some(at.now);
            }
            if outcome.until == NEVER {
                return None;
            }
            at.now = outcome.until;
        }
        None
    }

    fn part(&self, node: usize, at: &Instant<'_>) -> Part {
        let outcome = self.rule(node, at);
        let parts = || self.children(node).map(|child| self.part(child, at));
        let what = match self.plan.nodes[node] {
            Node::All(_) => What::All(parts().collect()),
            Node::Any(_) => What::Any(parts().collect()),
            Node::Not(_) => What::Not(Box::new(self.part(node + 1, at))),
            Node::One(condition) | Node::NotOne(condition) => {
                What::Actual(self.actual(condition, at))
            }
        };
        Part {
            holds: outcome.holds,
            until: known(outcome.until),
            closest: false,
            what,
        }
    }

    fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.plan.after(node);
        let mut child = node + 1;
        core::iter::from_fn(move || {
            let this = (child < end).then_some(child)?;
            child = self.plan.after(this);
            Some(this)
        })
    }

    /// Marks the conditions that make up the smallest step to `wanted`.
    fn mark(&self, node: usize, part: &mut Part, wanted: bool, at: &Instant<'_>) {
        if part.holds == wanted {
            return;
        }
        match &mut part.what {
            What::Actual(_) => part.closest = true,
            What::Not(inner) => self.mark(node + 1, inner, !wanted, at),
            What::All(parts) | What::Any(parts) => {
                let joined = matches!(self.plan.nodes[node], Node::All(_));
                let children = self.children(node).zip(parts.iter_mut());
                if joined == wanted {
                    for (child, part) in children {
                        self.mark(child, part, wanted, at);
                    }
                } else {
                    let step = |child: usize| self.step(child, wanted, at);
                    let nearest =
                        children.min_by(|one, other| step(one.0).total_cmp(&step(other.0)));
                    if let Some((child, part)) = nearest {
                        self.mark(child, part, wanted, at);
                    }
                }
            }
        }
    }

    /// How far a part is from being as `wanted`: 0 if it is so, up to 1 for each
    /// condition that has to change.
    fn step(&self, node: usize, wanted: bool, at: &Instant<'_>) -> f64 {
        if self.rule(node, at).holds == wanted {
            return 0.0;
        }
        let joined = matches!(self.plan.nodes[node], Node::All(_));
        match self.plan.nodes[node] {
            Node::Not(_) => self.step(node + 1, !wanted, at),
            Node::All(_) | Node::Any(_) => {
                let steps = self
                    .children(node)
                    .map(|child| self.step(child, wanted, at));
                if joined == wanted {
                    steps.sum()
                } else {
                    // An empty group can never be otherwise.
                    steps.fold(f64::INFINITY, f64::min)
                }
            }
            Node::One(condition) | Node::NotOne(condition) => match (
                &self.plan.conditions[condition].test,
                number(&self.actual(condition, at)),
            ) {
                (Test::Number(Comparison::AtLeast | Comparison::Greater, target), Some(number))
                    if *target > number && *target > 0.0 && number >= 0.0 =>
                {
                    (target - number) / target
                }
                _ => 1.0,
            },
        }
    }

    fn actual(&self, condition: usize, at: &Instant<'_>) -> Actual {
        let Asked {
            slot, within_ms, ..
        } = self.plan.conditions[condition];
        let text = |text: String| Actual::Texts(vec![text]);
        match self.answers.value(slot) {
            Value::Missing => Actual::Missing,
            Value::Flag(flag) => Actual::Flag(*flag),
            Value::Number(number) => Actual::Number(*number),
            Value::Running(stopwatch) => Actual::Span(stopwatch.elapsed_ms(at.now)),
            Value::Since(then) => Actual::Span(at.now.since(*then)),
            Value::TimeOfDay => Actual::TimeOfDay(at.time_of_day_ms()),
            Value::Weekday => text(at.weekday().to_owned()),
            Value::Open => Actual::Flag(at.open().holds),
            Value::Counted(tally) => Actual::Count(match (at.tally(*tally), within_ms) {
                (None, _) => 0,
                (Some(tally), None) => tally.visit,
                (Some(tally), Some(within_ms)) => {
                    let recent = |then: &&Millis| then.plus(within_ms) > at.now;
                    let count = tally.last.iter().filter(recent).count();
                    u32::try_from(count).unwrap_or(u32::MAX)
                }
            }),
            Value::Texts(folded) => Actual::Texts(match &self.plan.slots[slot].source {
                Source::Fact(Fact::VisitorTag) => self.visit.tags.clone(),
                _ => folded.clone(),
            }),
            Value::Text(folded) => text(match &self.plan.slots[slot].source {
                Source::Fact(fact) => self.visit.text(fact).unwrap_or_else(|| folded.clone()),
                Source::Event(_) => folded.clone(),
            }),
        }
    }
}

fn number(actual: &Actual) -> Option<f64> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "exact below 2^53 milliseconds, which is beyond any visit"
    )]
    match actual {
        Actual::Number(number) => Some(*number),
        Actual::Span(span_ms) => Some(*span_ms as f64),
        Actual::Count(count) => Some(f64::from(*count)),
        _ => None,
    }
}

fn known(until: Millis) -> Option<Millis> {
    (until != NEVER).then_some(until)
}
