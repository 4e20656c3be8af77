//! Every operator by its word.

use saluda_protocol::trigger::Operator;

use super::mistake::{Complaint, MistakeKind};
use super::nearest::nearest;
use super::reader::{listed, short};

/// All operators.
pub(crate) const OPERATORS: &[Operator] = &[
    Operator::Eq,
    Operator::Ne,
    Operator::Contains,
    Operator::NotContains,
    Operator::StartsWith,
    Operator::EndsWith,
    Operator::Glob,
    Operator::Matches,
    Operator::Gt,
    Operator::Gte,
    Operator::Lt,
    Operator::Lte,
    Operator::In,
    Operator::NotIn,
    Operator::Exists,
];

/// The word for an operator in a file.
pub(crate) fn word(operator: Operator) -> &'static str {
    match operator {
        Operator::Eq => "eq",
        Operator::Ne => "ne",
        Operator::Contains => "contains",
        Operator::NotContains => "not_contains",
        Operator::StartsWith => "starts_with",
        Operator::EndsWith => "ends_with",
        Operator::Glob => "glob",
        Operator::Matches => "matches",
        Operator::Gt => "gt",
        Operator::Gte => "gte",
        Operator::Lt => "lt",
        Operator::Lte => "lte",
        Operator::In => "in",
        Operator::NotIn => "not_in",
        Operator::Exists => "exists",
    }
}

/// Operators in a sentence.
pub(crate) fn words(operators: &[Operator]) -> String {
    let words: Vec<&str> = operators.iter().copied().map(word).collect();
    listed(&words)
}

/// What other languages call them.
const ALIASES: &[(&str, &str)] = &[
    ("=", "eq"),
    ("==", "eq"),
    ("===", "eq"),
    ("is", "eq"),
    ("equal", "eq"),
    ("equals", "eq"),
    ("!=", "ne"),
    ("is_not", "ne"),
    ("not_equals", "ne"),
    (">", "gt"),
    (">=", "gte"),
    ("<", "lt"),
    ("<=", "lte"),
    ("like", "glob"),
    ("regex", "matches"),
    ("match", "matches"),
    ("has", "contains"),
];

/// Finds an operator by its word.
pub(crate) fn find(written: &str) -> Result<Operator, Complaint> {
    let known = OPERATORS.iter().find(|known| word(**known) == written);
    known.copied().ok_or_else(|| {
        let alias = ALIASES.iter().find(|(alias, _)| *alias == written);
        let hint = match alias {
            Some((_, known)) => format!("; did you mean `{known}`?"),
            None => match nearest(written, OPERATORS.iter().copied().map(word)) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => format!("; there are {}", words(OPERATORS)),
            },
        };
        Complaint::new(
            MistakeKind::UnknownOperator,
            format!("there is no operator `{}`{hint}", short(written)),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::facts::{FactEntry, FactKind, facts};

    #[test]
    fn every_operator_is_taken_by_some_fact() {
        for known in OPERATORS {
            let taken = |entry: &FactEntry| {
                entry.kind != FactKind::Any && entry.operators().contains(known)
            };
            assert!(facts().iter().any(taken), "{known:?}");
            assert_eq!(find(word(*known)), Ok(*known));
            assert_eq!(serde_json::to_value(known).unwrap(), word(*known));
        }
        for (_, known) in ALIASES {
            assert!(find(known).is_ok(), "{known}");
        }
    }
}
