//! Finds the parts of a rule that decide nothing: they hold whatever happens, or
//! never, by themselves or beside the others.
//!
//! A part matters only where the parts around it leave the answer to it: where
//! the others of an `all` hold, and where the others of an `any` do not. What it
//! is there, it could be written as.

use super::budget::Budget;
use super::search::{Goal, possible};
use super::tree::{Part, Subjects};
use crate::trigger::Rule;

/// The way to a part of a rule: which of the parts of a group, from outside in.
/// What stands in `not` is its part 0.
pub type Place = Vec<usize>;

/// A part that decides nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which part.
    pub place: Place,
    /// Whether it always holds, or never.
    pub holds: bool,
    /// Of a group, its parts that suffice for that.
    pub parts: Vec<Place>,
    /// It is so wherever these hold, or do not; everywhere, if there are none.
    pub beside: Vec<(Place, bool)>,
}

/// Most parts of which it is looked for those that suffice.
const PARTS: usize = 60;

/// Finds the parts of a rule that decide nothing, in the order of the rule.
#[must_use]
pub fn judge(rule: &Rule) -> Vec<Finding> {
    let mut subjects = Subjects::default();
    let root = subjects.part(rule);
    find(&subjects, &Budget::default(), &root)
}

pub(super) fn find(subjects: &Subjects, budget: &Budget, root: &Part) -> Vec<Finding> {
    let mut judge = Judge {
        subjects,
        budget,
        found: Vec::new(),
    };
    judge.look(root, &Place::new(), &[]);
    judge.found
}

/// Something that is so where a part matters.
#[derive(Clone)]
struct Given<'t> {
    goal: Goal<'t>,
    place: Place,
}

struct Judge<'t> {
    subjects: &'t Subjects,
    budget: &'t Budget,
    found: Vec<Finding>,
}

impl<'t> Judge<'t> {
    fn look(&mut self, part: &'t Part, place: &Place, given: &[Given<'t>]) {
        for holds in [false, true] {
            if !self.can(&[], part, !holds) {
                return self.alone(part, place, holds);
            }
        }
        if let Some(finding) = self.beside(part, place, given) {
            return self.found.push(finding);
        }
        match part {
            Part::All(parts) => self.group(parts, true, place, given),
            Part::Any(parts) => self.group(parts, false, place, given),
            Part::Not(inner) => self.look(inner, &inside(place, 0), given),
            Part::One(_) => {}
        }
    }

    /// Whether a part can be so where others are as they are given.
    fn can(&self, given: &[Given<'t>], part: &'t Part, wanted: bool) -> bool {
        let mut goals: Vec<Goal<'t>> = given.iter().map(|given| given.goal).collect();
        goals.push(Goal::new(part, wanted));
        possible(self.subjects, self.budget, &goals)
    }

    /// Notes what makes a part hold everywhere, or nowhere: the innermost parts
    /// that do so by themselves.
    fn alone(&mut self, part: &'t Part, place: &Place, holds: bool) {
        let (parts, joined) = match part {
            Part::Not(inner) => return self.alone(inner, &inside(place, 0), !holds),
            Part::All(parts) => (parts, true),
            Part::Any(parts) => (parts, false),
            Part::One(_) => return self.note(place, holds, Vec::new()),
        };
        if parts.is_empty() {
            // A rule that is `all` of nothing was meant to hold always.
            if !place.is_empty() || !holds {
                self.note(place, holds, Vec::new());
            }
            return;
        }
        let each = || parts.iter().enumerate();
        let so: Vec<_> = each()
            .filter(|(_, part)| !self.can(&[], part, !holds))
            .collect();
        if so.is_empty() {
            let mut given = Vec::new();
            flatten(part, joined, place, &mut given);
            let enough = self.shrink(given, None);
            let parts = enough.into_iter().map(|given| given.place);
            return self.note(place, holds, parts.collect());
        }
        for (at, part) in so {
            self.alone(part, &inside(place, at), holds);
        }
    }

    fn note(&mut self, place: &Place, holds: bool, parts: Vec<Place>) {
        self.found.push(Finding {
            place: place.clone(),
            holds,
            parts,
            beside: Vec::new(),
        });
    }

    /// Whether a part decides nothing where others are as they are given.
    fn beside(&self, part: &'t Part, place: &Place, given: &[Given<'t>]) -> Option<Finding> {
        if given.is_empty() {
            return None;
        }
        let holds = [false, true]
            .into_iter()
            .find(|holds| !self.can(given, part, !holds))?;
        let enough = self.shrink(given.to_vec(), Some(Goal::new(part, !holds)));
        Some(Finding {
            place: place.clone(),
            holds,
            parts: Vec::new(),
            beside: enough
                .into_iter()
                .map(|given| (given.place, given.goal.wanted))
                .collect(),
        })
    }

    /// Leaves out what is not needed for it to be impossible.
    fn shrink(&self, mut given: Vec<Given<'t>>, goal: Option<Goal<'t>>) -> Vec<Given<'t>> {
        let mut at = if given.len() > PARTS { 0 } else { given.len() };
        while at > 0 {
            at -= 1;
            let one = given.remove(at);
            let rest = given.iter().map(|given| given.goal).chain(goal);
            if possible(self.subjects, self.budget, &rest.collect::<Vec<_>>()) {
                given.insert(at, one);
            }
        }
        given
    }

    /// Looks at each part of a group, where the others leave it to that part.
    ///
    /// What the others say already is left out for the rest, the later ones
    /// first: of two that say the same, the second is too much.
    fn group(&mut self, parts: &'t [Part], joined: bool, place: &Place, given: &[Given<'t>]) {
        let mut beside: Vec<Option<Given<'t>>> = parts
            .iter()
            .enumerate()
            .map(|(at, part)| {
                Some(Given {
                    goal: Goal::new(part, joined),
                    place: inside(place, at),
                })
            })
            .collect();
        let mut idle: Vec<Option<Finding>> = vec![None; parts.len()];
        for (at, part) in parts.iter().enumerate().rev() {
            let Some(own) = beside.get_mut(at).and_then(Option::take) else {
                continue;
            };
            let around = joined_with(given, &beside);
            if self.is_alone(part) || self.can(&around, part, !joined) {
                // It decides something, or never does anywhere.
                if let Some(slot) = beside.get_mut(at) {
                    *slot = Some(own);
                }
            } else if let Some(slot) = idle.get_mut(at) {
                *slot = self.beside(part, &own.place, &around);
            }
        }
        for (at, (part, finding)) in parts.iter().zip(idle).enumerate() {
            if let Some(finding) = finding {
                self.found.push(finding);
                continue;
            }
            let own = beside.get_mut(at).and_then(Option::take);
            self.look(part, &inside(place, at), &joined_with(given, &beside));
            if let Some(slot) = beside.get_mut(at) {
                *slot = own;
            }
        }
    }

    fn is_alone(&self, part: &'t Part) -> bool {
        !self.can(&[], part, true) || !self.can(&[], part, false)
    }
}

/// The parts of a group, with those of groups of its kind within it.
fn flatten<'t>(part: &'t Part, joined: bool, place: &Place, into: &mut Vec<Given<'t>>) {
    match (part, joined) {
        (Part::All(parts), true) | (Part::Any(parts), false) => {
            for (at, part) in parts.iter().enumerate() {
                flatten(part, joined, &inside(place, at), into);
            }
        }
        _ => into.push(Given {
            goal: Goal::new(part, joined),
            place: place.clone(),
        }),
    }
}

pub(super) fn inside(place: &Place, at: usize) -> Place {
    let mut place = place.clone();
    place.push(at);
    place
}

fn joined_with<'t>(given: &[Given<'t>], beside: &[Option<Given<'t>>]) -> Vec<Given<'t>> {
    given
        .iter()
        .chain(beside.iter().flatten())
        .cloned()
        .collect()
}
