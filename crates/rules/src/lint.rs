//! Finds what is strange about a trigger that can be saved: conditions that
//! decide nothing, that stand against each other, against the site's hours or
//! against other triggers.
//!
//! A mistake is refused by [`compile`](crate::compile); a warning is not, because
//! its author may know better. So that they read it all the same, a warning is
//! only given for what is proven: each condition is taken for the set of values
//! with which it holds, and a claim is made when a set is empty. What takes too
//! long to prove is not claimed.
//!
//! There is no clock here either: what depends on the day is said only to
//! someone who says which day it is.

mod bubble;
mod budget;
mod domain;
mod judge;
mod numbers;
mod opening;
mod pages;
mod phrases;
mod say;
mod search;
mod shadow;
mod space;
mod terms;
mod texts;
mod tree;
mod warning;

use saluda_protocol::trigger::Condition;
use saluda_protocol::{Millis, TriggerSpec};

use self::budget::Budget;
pub use self::judge::{Finding, Place, judge};
use self::phrases::Phrases;
use self::search::{Goal, possible};
pub use self::shadow::goes_first;
use self::terms::Term;
use self::tree::{Part, Subjects};
pub use self::warning::{Warning, WarningKind};
use crate::compile::{Context, compile};
use crate::hours::Hours;
use crate::trigger::Trigger;

/// What is known of the site that a trigger is for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    /// The other triggers that are live there.
    pub others: &'a [Other<'a>],
    /// When the site is open.
    pub hours: SiteHours<'a>,
    /// Pages of it that visitors were on: paths such as `/pricing`, or whole
    /// addresses. With fewer than a handful, nothing is claimed.
    pub pages: &'a [String],
    /// When it is, if that is known. Without it, nothing is said of what is over.
    pub now: Option<Millis>,
}

/// Another trigger of the site.
#[derive(Debug, Clone, Copy)]
pub struct Other<'a> {
    /// As it is published.
    pub spec: &'a TriggerSpec,
    /// Whether it goes first if both have the same priority.
    pub older: bool,
}

/// What is known of a site's opening hours.
#[derive(Debug, Clone, Copy, Default)]
pub enum SiteHours<'a> {
    /// Nothing.
    #[default]
    Unknown,
    /// It has none, so it is always open.
    None,
    /// These.
    Written(&'a Hours),
}

impl<'a> SiteHours<'a> {
    fn zone(self) -> Option<&'a str> {
        match self {
            Self::Written(hours) => Some(hours.zone()),
            Self::Unknown | Self::None => None,
        }
    }
}

/// The fields of the form, in which order warnings are given.
const FIELDS: [&str; 9] = [
    "priority",
    "rule",
    "schedule",
    "frequency",
    "limits",
    "after_dismiss",
    "with_open_conversation",
    "greeting",
    "experiment",
];

/// Says what is strange about a trigger, in the order of its form. About one
/// with mistakes nothing is said.
#[must_use]
pub fn lint(spec: &TriggerSpec, around: &Around<'_>) -> Vec<Warning> {
    let context = Context {
        version: 0,
        zone: around.hours.zone(),
    };
    let Ok(trigger) = compile(spec, &context) else {
        return Vec::new();
    };
    let mut subjects = Subjects::default();
    let rule = subjects.part(&trigger.rule);
    let terms = terms::of(&mut subjects, &trigger.terms);
    let opening = opening::Opening::of(&mut subjects, &trigger.terms, around);
    let case = Case {
        phrases: Phrases::of(spec),
        spec,
        trigger: &trigger,
        subjects: &subjects,
        budget: &Budget::default(),
        rule: &rule,
        terms: &terms,
    };
    let findings = judge::find(&subjects, case.budget, &rule);
    let mut warnings = say::warnings(&case, &findings);
    warnings.extend(pages::warnings(&case, &findings, around.pages));
    if case.can(&[]) {
        let mut against = terms::warnings(&case);
        if against.is_empty() {
            against = opening.warnings(&case, around);
        }
        if against.iter().all(|warning| !is_final(warning.kind)) {
            against.extend(shadow::warnings(&case, around));
        }
        warnings.extend(against);
    }
    warnings.extend(bubble::warnings(spec));
    warnings.sort_by_key(|warning| order(&warning.path));
    warnings
}

/// Whether a trigger with such a warning never shows.
fn is_final(kind: WarningKind) -> bool {
    matches!(
        kind,
        WarningKind::ForbiddenByTerms | WarningKind::NeverInHours | WarningKind::Over
    )
}

/// Where a place stands in the form: by its field, then by its numbers.
fn order(path: &str) -> (usize, Vec<usize>) {
    let field = path.split(['.', '[']).next().unwrap_or_default();
    let field = FIELDS.iter().position(|known| *known == field);
    let numbers = path.split(|c: char| !c.is_ascii_digit());
    let numbers = numbers.filter_map(|digits| digits.parse().ok());
    (field.unwrap_or(FIELDS.len()), numbers.collect())
}

/// One trigger that is looked at.
struct Case<'c> {
    spec: &'c TriggerSpec,
    trigger: &'c Trigger,
    phrases: Phrases<'c>,
    subjects: &'c Subjects,
    budget: &'c Budget,
    rule: &'c Part,
    terms: &'c [Term],
}

impl Case<'_> {
    /// Whether the rule can hold where other parts do.
    fn can(&self, others: &[&Part]) -> bool {
        let others = others.iter().map(|part| Goal::new(part, true));
        let goals: Vec<Goal<'_>> = std::iter::once(Goal::new(self.rule, true))
            .chain(others)
            .collect();
        possible(self.subjects, self.budget, &goals)
    }

    /// The first condition on a subject: where it stands, and how it is written.
    fn condition_on(&self, subject: usize) -> Option<(Place, &Condition)> {
        let mut open = vec![(self.rule, Place::new())];
        while let Some((part, place)) = open.pop() {
            match part {
                Part::All(parts) | Part::Any(parts) => {
                    for (at, part) in parts.iter().enumerate().rev() {
                        open.push((part, judge::inside(&place, at)));
                    }
                }
                Part::Not(part) => open.push((part, judge::inside(&place, 0))),
                Part::One(leaf) if leaf.subject == subject => {
                    let condition = self.phrases.condition(&place)?;
                    return Some((place, condition));
                }
                Part::One(_) => {}
            }
        }
        None
    }
}
