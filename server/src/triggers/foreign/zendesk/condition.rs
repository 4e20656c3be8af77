//! The nested lists of a condition, as a rule.
//!
//! `not` is carried down to the single comparisons, which are turned round there.
//! So each of them stands where it can only narrow the rule, and one that asks
//! for more than it did never shows a greeting to more visitors.

use saluda_protocol::TriggerId;
use saluda_protocol::limits::RULE_DEPTH;
use saluda_protocol::trigger::{Frequency, Operator, Rule, Value};
use serde_json::Value as Json;

use super::operator::Compared;
use super::variable;
use crate::triggers::foreign::draft::{self, all, always, any, short, whole};

/// Reads the condition of one trigger.
pub(super) struct Conditions<'a> {
    id: &'a TriggerId,
    once: bool,
    /// For how many seconds a visitor must have been on the page.
    stay: u32,
    notes: Vec<String>,
}

/// Where a condition stands.
#[derive(Clone, Copy)]
struct Place {
    depth: usize,
    /// Under an odd number of `not`.
    turned: bool,
    /// Under nothing but `and`: it must hold in any case.
    must: bool,
}

impl<'a> Conditions<'a> {
    pub(super) fn new(id: &'a TriggerId) -> Self {
        Self {
            id,
            once: false,
            stay: 0,
            notes: Vec::new(),
        }
    }

    pub(super) fn read(&mut self, condition: &Json) -> Result<Rule, String> {
        let top = Place {
            depth: 1,
            turned: false,
            must: true,
        };
        self.rule(condition, top)
    }

    /// Once, if it must not have been sent before.
    pub(super) fn frequency(&self) -> Frequency {
        if self.once {
            Frequency::Once
        } else {
            Frequency::Visit
        }
    }

    /// For how many seconds a visitor must have been on the page; this is not in
    /// the rule, for what the actions wait comes on top of it.
    pub(super) fn stay(&self) -> u32 {
        self.stay
    }

    pub(super) fn into_notes(self) -> Vec<String> {
        self.notes
    }

    fn rule(&mut self, condition: &Json, place: Place) -> Result<Rule, String> {
        if place.depth > RULE_DEPTH {
            return Err(format!(
                "its condition is nested deeper than {RULE_DEPTH} levels"
            ));
        }
        let unknown = "its condition has a part whose form is not known";
        let parts = condition.as_array().ok_or(unknown)?;
        let (head, rest) = parts.split_first().ok_or(unknown)?;
        let head = head.as_str().ok_or(unknown)?;
        match (head, rest) {
            ("and" | "or", parts) => self.joined(head == "and", parts, place),
            ("not", [part]) => {
                let place = Place {
                    depth: place.depth + 1,
                    turned: !place.turned,
                    ..place
                };
                self.rule(part, place)
            }
            ("stillOnPage", [time]) if place.must && !place.turned => {
                self.stay = self.stay.max(seconds(time)?);
                Ok(always())
            }
            ("stillOnPage", [time]) => stayed("page.time", time, place),
            ("stillOnSite", [time]) => stayed("visit.time", time, place),
            ("firedBefore", []) => Ok(self.fired(place)),
            (word, [Json::String(name), value]) if Compared::of(word).is_some() => {
                self.compared(word, name, value, place)
            }
            (word, _) => Err(format!(
                "its condition `{}` has a form that is not known",
                short(word)
            )),
        }
    }

    fn joined(&mut self, and: bool, parts: &[Json], place: Place) -> Result<Rule, String> {
        let all_of_them = and != place.turned;
        let below = Place {
            depth: place.depth + 1,
            must: place.must && all_of_them,
            ..place
        };
        let parts = parts.iter().map(|part| self.rule(part, below));
        let rules = parts.collect::<Result<Vec<_>, _>>()?;
        Ok(if all_of_them { all(rules) } else { any(rules) })
    }

    /// Whether the trigger was sent before.
    fn fired(&mut self, place: Place) -> Rule {
        // That it was not is what the frequency says.
        if place.must && place.turned {
            self.once = true;
            return always();
        }
        let op = if place.turned {
            Operator::Eq
        } else {
            Operator::Gte
        };
        let count = if place.turned { 0.0 } else { 1.0 };
        let fact = format!("trigger.{}.shown", self.id);
        draft::fact(&fact, op, Value::Number(count))
    }

    fn compared(
        &mut self,
        word: &str,
        name: &str,
        value: &Json,
        place: Place,
    ) -> Result<Rule, String> {
        let said = Compared::of(word).ok_or("a comparison is not known")?;
        let op = if place.turned { said.opposite() } else { said };
        let rule = variable::rule(name, op, value, &mut self.notes)?;
        if Compared::minds_case(word) {
            self.notes.push(format!(
                "`{}` {} `{}`: upper and lower case are the same here",
                short(name),
                op.words(),
                short(value.as_str().unwrap_or_default())
            ));
        }
        Ok(rule)
    }
}

fn seconds(time: &Json) -> Result<u32, String> {
    let reason = || "its condition has no number of seconds to stay".to_owned();
    whole(time).ok_or_else(reason)
}

/// Whether the visitor has stayed so long.
fn stayed(fact: &str, time: &Json, place: Place) -> Result<Rule, String> {
    let time = seconds(time)?;
    let op = if place.turned {
        Operator::Lt
    } else {
        Operator::Gte
    };
    Ok(draft::fact(fact, op, draft::seconds(time)))
}
