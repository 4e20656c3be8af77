//! Whether one fact can have a value that everything asked of it goes with.

use super::budget::{Budget, Spent};
use super::numbers::Numbers;
use super::space::{Space, Texts};
use super::texts;
use crate::evaluate::text_passes;
use crate::trigger::Test;

/// Something that is asked of a fact, and the answer that is wanted. The answer
/// for a fact that is missing is no.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'t> {
    pub(super) test: &'t Test,
    pub(super) wanted: bool,
}

/// Whether the fact can have such a value.
pub(super) fn possible(space: &Space, asked: &[Asked<'_>], budget: &Budget) -> Result<bool, Spent> {
    budget.spend(asked.len())?;
    let all =
        |passes: &dyn Fn(&Test) -> bool| asked.iter().all(|one| passes(one.test) == one.wanted);
    if space.missing && all(&|_| false) {
        return Ok(true);
    }
    let flag = |flag| all(&|test| matches!(test, Test::Exists) || *test == Test::Is(flag));
    if space.flags && (flag(false) || flag(true)) {
        return Ok(true);
    }
    let nan = space.numbers.is_some_and(|range| range.nan);
    if nan && all(&|test| matches!(test, Test::Exists)) {
        return Ok(true);
    }
    if numbers(space, asked).is_some_and(|numbers| !numbers.is_empty()) {
        return Ok(true);
    }
    match space.texts {
        Texts::None => Ok(false),
        Texts::Known(list) => Ok(list.iter().any(|text| all(&|test| text_passes(test, text)))),
        Texts::Several => several(asked, budget),
        Texts::Any => texts::possible(asked, None, budget),
        Texts::Filled => {
            let empty = Test::Equals(String::new());
            let least = Asked {
                test: &empty,
                wanted: false,
            };
            texts::possible(asked, Some(least), budget)
        }
        Texts::Path => {
            let slash = Test::StartsWith("/".to_owned());
            let least = Asked {
                test: &slash,
                wanted: true,
            };
            texts::possible(asked, Some(least), budget)
        }
    }
}

/// The numbers that it can be, if it can be any.
pub(super) fn numbers(space: &Space, asked: &[Asked<'_>]) -> Option<Numbers> {
    let mut numbers = Numbers::of(space.numbers?);
    for Asked { test, wanted } in asked {
        numbers.keep(test, *wanted);
    }
    Some(numbers)
}

/// A condition on several texts holds if it holds for one of them. So each that
/// holds needs a text of its own, which none of those that do not hold may fit.
fn several(asked: &[Asked<'_>], budget: &Budget) -> Result<bool, Spent> {
    let unwanted = asked.iter().copied().filter(|one| !one.wanted);
    let mut witness: Vec<Asked<'_>> = unwanted.collect();
    for one in asked.iter().filter(|one| one.wanted) {
        witness.push(*one);
        let found = texts::possible(&witness, None, budget)?;
        witness.pop();
        if !found {
            return Ok(false);
        }
    }
    // With none that holds, it is the same as if it were missing.
    Ok(asked.iter().any(|one| one.wanted))
}
