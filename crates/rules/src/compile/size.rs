//! How large a rule may be.

use saluda_protocol::limits::{RULE_CONDITIONS, RULE_DEPTH};
use saluda_protocol::trigger::{Condition, Operator, PropertyCondition};

use super::mistake::MistakeKind;
use super::reader::{Path, Reader};

/// Most regular expressions in one rule: each brings a table into the page.
const EXPRESSIONS: usize = 20;

/// How much of a rule has been seen.
#[derive(Default)]
pub(super) struct Size {
    conditions: usize,
    expressions: usize,
}

impl Size {
    /// Whether one more condition fits. Notes the first that does not.
    pub(super) fn one_more(&mut self, reader: &mut Reader, path: &Path<'_>) -> Option<()> {
        self.conditions += 1;
        if self.conditions == RULE_CONDITIONS + 1 {
            let message =
                format!("a rule has at most {RULE_CONDITIONS} conditions; this is one more");
            return reader.refuse(path, MistakeKind::TooMany, message);
        }
        (self.conditions <= RULE_CONDITIONS).then_some(())
    }

    /// Whether the expressions of a condition fit. Notes the first that do not.
    pub(super) fn expressions_of(
        &mut self,
        reader: &mut Reader,
        path: &Path<'_>,
        condition: &Condition,
    ) -> Option<()> {
        let before = self.expressions;
        self.expressions += match condition {
            Condition::Fact { op, .. } => usize::from(*op == Operator::Matches),
            Condition::Event { properties, .. } => {
                let matches = |it: &&PropertyCondition| it.op == Operator::Matches;
                properties.values().filter(matches).count()
            }
        };
        if before <= EXPRESSIONS && self.expressions > EXPRESSIONS {
            let message = format!(
                "a rule has at most {EXPRESSIONS} regular expressions; join some with `|`, or \
                 use `glob`"
            );
            return reader.refuse(path, MistakeKind::TooMany, message);
        }
        (self.expressions == before || self.expressions <= EXPRESSIONS).then_some(())
    }
}

/// Whether a rule may stand at this level.
pub(super) fn fits_at(reader: &mut Reader, path: &Path<'_>, depth: usize) -> Option<()> {
    if depth > RULE_DEPTH {
        let message = format!("a rule has at most {RULE_DEPTH} levels; this is one deeper");
        return reader.refuse(path, MistakeKind::TooDeep, message);
    }
    Some(())
}
