//! Names the parts of a rule: where they stand, and what they say.

use saluda_protocol::TriggerSpec;
use saluda_protocol::trigger::{Condition, Operator, Rule};

use super::judge::Place;
use crate::explain::words::written;

/// Most characters of a condition in a sentence.
const CHARS: usize = 80;

/// The rule as it was written.
#[derive(Clone, Copy)]
pub(super) struct Phrases<'r> {
    rule: &'r Rule,
}

impl<'r> Phrases<'r> {
    pub(super) fn of(spec: &'r TriggerSpec) -> Self {
        Self { rule: &spec.rule }
    }

    /// The part at a place.
    pub(super) fn part(self, place: &Place) -> Option<&'r Rule> {
        let mut part = self.rule;
        for at in place {
            part = match part {
                Rule::All { all: parts } | Rule::Any { any: parts } => parts.get(*at)?,
                Rule::Not { not } => not,
                Rule::One(_) => return None,
            };
        }
        Some(part)
    }

    pub(super) fn condition(self, place: &Place) -> Option<&'r Condition> {
        match self.part(place)? {
            Rule::One(condition) => Some(condition),
            _ => None,
        }
    }

    /// Where a part stands, as `rule.all[2]`.
    pub(super) fn path(self, place: &Place) -> String {
        let mut steps = vec!["rule".to_owned()];
        let mut part = Some(self.rule);
        for at in place {
            match part {
                Some(Rule::All { all }) => {
                    steps.push(format!("all[{at}]"));
                    part = all.get(*at);
                }
                Some(Rule::Any { any }) => {
                    steps.push(format!("any[{at}]"));
                    part = any.get(*at);
                }
                Some(Rule::Not { not }) => {
                    steps.push("not".to_owned());
                    part = Some(not);
                }
                _ => {}
            }
        }
        steps.join(".")
    }

    /// What a part says, for a sentence.
    pub(super) fn say(self, place: &Place) -> String {
        match self.part(place) {
            Some(Rule::One(condition)) => said(condition),
            Some(Rule::Not { not }) => match &**not {
                Rule::One(condition) => quoted(&format!("not {}", written(condition))),
                _ => format!("the `not` at `{}`", self.path(place)),
            },
            Some(Rule::All { .. }) => format!("the `all` at `{}`", self.path(place)),
            Some(Rule::Any { .. }) => format!("the `any` at `{}`", self.path(place)),
            None => format!("`{}`", self.path(place)),
        }
    }

    /// What several parts say: `one`, `two` and `three`. Of many, how many.
    pub(super) fn list(self, places: &[Place], joint: &str) -> String {
        let said: Vec<String> = places.iter().map(|place| self.say(place)).collect();
        match said.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [few @ .., last] if said.len() <= 4 => format!("{} {joint} {last}", few.join(", ")),
            [first, ..] => format!("{first} {joint} {} others", said.len() - 1),
        }
    }

    /// What a part is about, if it says that something is not so: the fact or the
    /// event.
    pub(super) fn denied(self, place: &Place) -> Option<&'r str> {
        let is_negation =
            |op: Operator| matches!(op, Operator::Ne | Operator::NotContains | Operator::NotIn);
        let of = |condition: &'r Condition| match condition {
            Condition::Fact { fact, op, .. } => (fact.as_str(), *op),
            Condition::Event { event, op, .. } => (event.as_str(), *op),
        };
        let (name, op, turned) = match self.part(place)? {
            Rule::One(condition) => {
                let (name, op) = of(condition);
                (name, op, false)
            }
            Rule::Not { not } => match &**not {
                Rule::One(condition) => {
                    let (name, op) = of(condition);
                    (name, op, true)
                }
                _ => return None,
            },
            _ => return None,
        };
        (is_negation(op) != turned).then_some(name)
    }
}

/// A condition, for a sentence.
pub(super) fn said(condition: &Condition) -> String {
    quoted(&written(condition))
}

fn quoted(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(CHARS).collect();
    let more = if chars.next().is_some() { "…" } else { "" };
    format!("`{start}{more}`")
}
