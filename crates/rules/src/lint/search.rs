//! Whether some parts of rules can hold, and others not, at one moment.
//!
//! What must be so is taken apart until only conditions are left, and ways to
//! choose. The conditions are asked of each fact together; then the ways are
//! tried, one after the other.

use super::budget::{Budget, Spent};
use super::domain::{self, Asked};
use super::tree::{Leaf, Part, Subjects};

/// A part that should hold, or should not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goal<'t> {
    pub(super) part: &'t Part,
    pub(super) wanted: bool,
}

impl<'t> Goal<'t> {
    pub(super) fn new(part: &'t Part, wanted: bool) -> Self {
        Self { part, wanted }
    }
}

/// Whether the goals can be met together. If that takes too long to find out,
/// the answer is yes.
pub(super) fn possible(subjects: &Subjects, budget: &Budget, goals: &[Goal<'_>]) -> bool {
    budget.ask();
    let mut search = Search {
        subjects,
        budget,
        asked: vec![Vec::new(); subjects.len()],
        taken: Vec::new(),
    };
    search.meet(goals.to_vec()).unwrap_or(true)
}

struct Search<'t> {
    subjects: &'t Subjects,
    budget: &'t Budget,
    /// By subject, what is asked of it.
    asked: Vec<Vec<Asked<'t>>>,
    /// The subjects that were asked, in order.
    taken: Vec<usize>,
}

impl<'t> Search<'t> {
    fn meet(&mut self, goals: Vec<Goal<'t>>) -> Result<bool, Spent> {
        let before = self.taken.len();
        let mut choices = Vec::new();
        self.take_apart(goals, &mut choices)?;
        let met = self.is_sound(before)? && self.choose(choices)?;
        for subject in self.taken.drain(before..) {
            if let Some(asked) = self.asked.get_mut(subject) {
                asked.pop();
            }
        }
        Ok(met)
    }

    fn take_apart(
        &mut self,
        mut goals: Vec<Goal<'t>>,
        choices: &mut Vec<Goal<'t>>,
    ) -> Result<(), Spent> {
        while let Some(goal) = goals.pop() {
            self.budget.spend(1)?;
            match (goal.part, goal.wanted) {
                (Part::Not(part), wanted) => goals.push(Goal::new(part, !wanted)),
                (Part::One(leaf), wanted) => self.ask(leaf, wanted),
                (Part::All(parts), true) | (Part::Any(parts), false) => {
                    goals.extend(parts.iter().map(|part| Goal::new(part, goal.wanted)));
                }
                (Part::All(parts), false) | (Part::Any(parts), true) => match parts.as_slice() {
                    [only] => goals.push(Goal::new(only, goal.wanted)),
                    _ => choices.push(goal),
                },
            }
        }
        Ok(())
    }

    fn ask(&mut self, leaf: &'t Leaf, holds: bool) {
        let asked = Asked {
            test: &leaf.test,
            wanted: leaf.wanted == holds,
        };
        self.note(leaf.subject, asked);
        // Who passes any test is known.
        if asked.wanted {
            let subjects = self.subjects;
            let follow = subjects.follow.iter();
            for (_, leaf) in follow.filter(|(known, _)| *known == leaf.subject) {
                let asked = Asked {
                    test: &leaf.test,
                    wanted: leaf.wanted,
                };
                self.note(leaf.subject, asked);
            }
        }
    }

    fn note(&mut self, subject: usize, asked: Asked<'t>) {
        if let Some(all) = self.asked.get_mut(subject) {
            all.push(asked);
            self.taken.push(subject);
        }
    }

    /// Whether every subject that was asked since can have a value.
    fn is_sound(&self, before: usize) -> Result<bool, Spent> {
        let mut subjects = self.taken.get(before..).unwrap_or_default().to_vec();
        subjects.sort_unstable();
        subjects.dedup();
        for subject in &subjects {
            let Some((space, asked)) = self.of(*subject) else {
                continue;
            };
            if !domain::possible(space, asked, self.budget)? {
                return Ok(false);
            }
        }
        for (less, more) in &self.subjects.orders {
            if subjects.contains(less) || subjects.contains(more) {
                let steps = self.of(*less).into_iter().chain(self.of(*more));
                self.budget
                    .spend(steps.map(|(_, asked)| asked.len()).sum())?;
                if !self.is_in_order(*less, *more) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn of(&self, subject: usize) -> Option<(&'t super::space::Space, &[Asked<'t>])> {
        let asked = self.asked.get(subject)?;
        Some((self.subjects.space(subject)?, asked))
    }

    /// Whether one number can be at most another.
    fn is_in_order(&self, less: usize, more: usize) -> bool {
        let numbers = |subject| {
            let (space, asked) = self.of(subject)?;
            domain::numbers(space, asked)
        };
        let (Some(less), Some(mut more)) = (numbers(less), numbers(more)) else {
            return true;
        };
        let Some(least) = less.least() else {
            return true;
        };
        more.keep_from(least);
        !more.is_empty()
    }

    /// Goes the ways there are, those with the fewest forks first.
    fn choose(&mut self, mut choices: Vec<Goal<'t>>) -> Result<bool, Spent> {
        let ways = |goal: &Goal<'t>| match goal.part {
            Part::All(parts) | Part::Any(parts) => parts.as_slice(),
            _ => &[],
        };
        let fewest =
            (0..choices.len()).min_by_key(|at| choices.get(*at).map_or(0, |it| ways(it).len()));
        let Some(at) = fewest else {
            return Ok(true);
        };
        let goal = choices.swap_remove(at);
        for part in ways(&goal) {
            let mut goals = choices.clone();
            goals.push(Goal::new(part, goal.wanted));
            self.budget.spend(goals.len())?;
            if self.meet(goals)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
