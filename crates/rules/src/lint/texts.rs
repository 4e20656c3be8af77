//! Whether any text passes some tests and fails others.
//!
//! Every test of a text, an expression too, can be decided by a machine that
//! reads the text byte by byte. Several of them read the same text side by side;
//! if no text leads all of them to where they should be, there is none.

mod machine;

use std::collections::HashSet;

use self::machine::{Machine, State};
use super::budget::{Budget, Spent};
use super::domain::Asked;
use crate::evaluate::text_passes;
use crate::trigger::Test;

/// Whether a text passes all of these. `least` are tests that every text of the
/// fact passes or fails anyway.
pub(super) fn possible(
    asked: &[Asked<'_>],
    least: Option<Asked<'_>>,
    budget: &Budget,
) -> Result<bool, Spent> {
    let all = || asked.iter().chain(&least);
    let passes = |text: &str| all().all(|one| text_passes(one.test, text) == one.wanted);
    let listed = all()
        .filter(|one| one.wanted)
        .find_map(|one| match one.test {
            Test::Equals(text) => Some(std::slice::from_ref(text)),
            Test::OneOf(list) => Some(list.as_slice()),
            _ => None,
        });
    if let Some(list) = listed {
        budget.spend(list.len() * (asked.len() + 1))?;
        return Ok(list.iter().any(|text| passes(text)));
    }
    if asked.iter().all(leaves_most) {
        // There are more texts than any list names.
        return Ok(true);
    }
    budget.spend(asked.len())?;
    side_by_side(all(), budget)
}

/// Whether a condition leaves out some listed texts and no others.
fn leaves_most(asked: &Asked<'_>) -> bool {
    match asked.test {
        Test::Exists => asked.wanted,
        Test::Equals(_) | Test::OneOf(_) => !asked.wanted,
        _ => false,
    }
}

fn side_by_side<'a>(
    asked: impl Iterator<Item = &'a Asked<'a>>,
    budget: &Budget,
) -> Result<bool, Spent> {
    let mut machines = Vec::new();
    for Asked { test, wanted } in asked {
        match Machine::of(test) {
            Some(machine) => machines.push((machine, *wanted)),
            // A flag or a number is no text; every text exists.
            None if *wanted == matches!(test, Test::Exists) => {}
            None => return Ok(false),
        }
    }
    let sizes = machines.iter().map(|(machine, _)| machine.size());
    budget.spend(sizes.sum())?;
    let bytes = machine::different_bytes(machines.iter().map(|(machine, _)| machine));
    let start: Vec<State> = machines.iter().map(|(one, _)| one.start()).collect();
    let mut seen = HashSet::from([start.clone()]);
    let mut open = vec![start];
    while let Some(states) = open.pop() {
        let mut together = machines.iter().zip(&states);
        if together.all(|((machine, wanted), state)| machine.fits(state) == *wanted) {
            return Ok(true);
        }
        // Bytes that no test names come last, so they are tried first.
        for byte in &bytes {
            let mut next = Vec::with_capacity(states.len());
            for ((machine, wanted), state) in machines.iter().zip(&states) {
                let state = machine.read(state, *byte);
                budget.spend(state.size() + 1)?;
                if machine.is_settled(&state) == Some(!wanted) {
                    break;
                }
                next.push(state);
            }
            if next.len() == machines.len() && !seen.contains(&next) {
                seen.insert(next.clone());
                open.push(next);
            }
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glob::Glob;

    fn any(asked: &[(Test, bool)]) -> bool {
        let asked: Vec<Asked<'_>> = asked
            .iter()
            .map(|(test, wanted)| Asked {
                test,
                wanted: *wanted,
            })
            .collect();
        possible(&asked, None, &Budget::default()).unwrap()
    }

    fn glob(pattern: &str) -> Test {
        Test::Glob(Glob::new(pattern.to_owned()))
    }

    fn begins(text: &str) -> Test {
        Test::StartsWith(text.to_owned())
    }

    #[test]
    fn patterns_that_share_no_text() {
        assert!(!any(&[(glob("/a/**"), true), (glob("/b/**"), true)]));
        assert!(any(&[(glob("/*/x"), true), (glob("/b/**"), true)]));
        assert!(!any(&[(begins("/shop"), true), (begins("/blog"), true)]));
        let ends = Test::EndsWith(".html".to_owned());
        assert!(any(&[(begins("/a"), true), (ends.clone(), true)]));
        assert!(!any(&[(glob("/*.php"), true), (ends, true)]));
    }

    #[test]
    fn patterns_that_follow_from_others() {
        assert!(!any(&[(glob("/a/**"), true), (begins("/a"), false)]));
        assert!(any(&[(begins("/a"), true), (glob("/a/**"), false)]));
        assert!(!any(&[(glob("/a/b/*"), true), (glob("/a/**"), false)]));
        let contains = Test::Contains("rici".to_owned());
        assert!(!any(&[(glob("/pricing/*"), true), (contains, false)]));
        let spanish = Test::Language(vec!["es".to_owned()]);
        let mexican = Test::Language(vec!["es-mx".to_owned()]);
        assert!(!any(&[(mexican.clone(), true), (spanish.clone(), false)]));
        assert!(any(&[(spanish, true), (mexican, false)]));
    }

    #[test]
    fn a_text_without_bounds_is_never_used_up() {
        let list = Test::OneOf(vec!["a".to_owned(), "b".to_owned()]);
        assert!(any(&[(list.clone(), false)]));
        assert!(!any(&[
            (list, true),
            (Test::Contains("c".to_owned()), true)
        ]));
        assert!(!any(&[(glob("**"), false)]));
        assert!(!any(&[(Test::Exists, false)]));
        assert!(!any(&[(Test::Is(true), true)]));
    }
}
