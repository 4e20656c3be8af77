//! A rule in words: clauses that begin with *who* or *whose*, joined.

use saluda_protocol::trigger::Rule;

use super::condition;
use super::part::{Parts, chosen, join, plain, weave};
use crate::texts::text;

/// A rule as what follows `visitors`.
pub(super) fn clause(rule: &Rule, path: &str) -> Parts {
    match rule {
        Rule::All { all } => group(all, &format!("{path}.all"), &text("sentence.and"), || {
            chosen(path, text("sentence.any_visitor"))
        }),
        Rule::Any { any } => group(any, &format!("{path}.any"), &text("sentence.or"), || {
            chosen(path, text("sentence.no_visitor"))
        }),
        Rule::Not { not } => negated(not, &format!("{path}.not")),
        Rule::One(one) => chosen(path, condition::words(one)),
    }
}

fn group(rules: &[Rule], path: &str, word: &str, empty: impl Fn() -> Parts) -> Parts {
    let alone = rules.len() == 1;
    let all = rules.iter().enumerate().map(|(at, rule)| {
        let parts = clause(rule, &format!("{path}[{at}]"));
        if alone || !is_joined(rule) {
            return parts;
        }
        let mut within = plain("(");
        within.extend(parts);
        within.extend(plain(")"));
        within
    });
    let all: Vec<_> = all.collect();
    if all.is_empty() {
        empty()
    } else {
        join(all, word)
    }
}

/// Whether words such as *and* stand between its parts, so that it needs
/// brackets beside others.
fn is_joined(rule: &Rule) -> bool {
    match rule {
        Rule::All { all: rules } | Rule::Any { any: rules } => match rules.as_slice() {
            [] => false,
            [one] => is_joined(one),
            _ => true,
        },
        Rule::Not { not } => condition::opposite(not).is_none(),
        Rule::One(_) => false,
    }
}

/// What does not hold. Where the opposite can be said, it is.
fn negated(rule: &Rule, path: &str) -> Parts {
    match condition::opposite(rule) {
        Some(opposite) => chosen(path, condition::words(&opposite)),
        None => weave(&text("sentence.not_among"), &[("rule", clause(rule, path))]),
    }
}
