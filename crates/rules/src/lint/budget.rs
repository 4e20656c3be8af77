//! How much the linter may think.

use std::cell::Cell;

/// Most steps for one question.
const QUESTION: u32 = 60_000;

/// Most steps for one trigger.
const TRIGGER: u32 = 4_000_000;

/// What is left to spend. A question that it does not suffice for has no answer,
/// and the linter says nothing: it is never wrong because it was hurried.
#[derive(Debug)]
pub(super) struct Budget {
    question: Cell<u32>,
    trigger: Cell<u32>,
}

/// There is nothing left to spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spent;

impl Default for Budget {
    fn default() -> Self {
        Self {
            question: Cell::new(QUESTION),
            trigger: Cell::new(TRIGGER),
        }
    }
}

impl Budget {
    /// Begins another question.
    pub(super) fn ask(&self) {
        self.question.set(QUESTION);
    }

    /// Spends some steps.
    pub(super) fn spend(&self, steps: usize) -> Result<(), Spent> {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        for left in [&self.question, &self.trigger] {
            left.set(left.get().saturating_sub(steps));
        }
        if self.question.get() == 0 || self.trigger.get() == 0 {
            return Err(Spent);
        }
        Ok(())
    }
}
