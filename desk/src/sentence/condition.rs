//! One condition in words. What is asked decides the shape of the clause: a
//! text is tested, an amount is measured, a flag is said or denied.

use std::collections::BTreeMap;

use saluda_protocol::Span;
use saluda_protocol::trigger::{Condition, Operator, PropertyCondition, Rule, Value};

use super::value::{count_of, one_or_several, plainly, quoted, quotedly, span, written_span};
use crate::fact_words as words_of;
use crate::facts::{self, Kind};
use crate::texts::{text, text_count_as, text_with};

/// One condition as a clause.
pub(super) fn words(condition: &Condition) -> String {
    match condition {
        Condition::Fact { fact, op, value } => {
            let none = Value::Flag(true);
            fact_words(fact, *op, value.as_ref().unwrap_or(&none))
        }
        Condition::Event {
            event,
            op,
            value,
            within,
            properties,
        } => event_words(event, *op, *value, *within, properties),
    }
}

/// The condition that holds exactly when this one does not, if one can say it.
pub(super) fn opposite(rule: &Rule) -> Option<Condition> {
    let Rule::One(Condition::Fact { fact, op, value }) = rule else {
        return None;
    };
    let (fact, value) = (fact.clone(), value.clone());
    let op = match op {
        Operator::Eq => Operator::Ne,
        Operator::Ne => Operator::Eq,
        Operator::Contains => Operator::NotContains,
        Operator::NotContains => Operator::Contains,
        Operator::In => Operator::NotIn,
        Operator::NotIn => Operator::In,
        Operator::Exists => {
            let known = value != Some(Value::Flag(false));
            return Some(Condition::Fact {
                fact,
                op: Operator::Exists,
                value: Some(Value::Flag(!known)),
            });
        }
        _ => return None,
    };
    Some(Condition::Fact { fact, op, value })
}

fn fact_words(written: &str, op: Operator, value: &Value) -> String {
    let Some((fact, chosen)) = facts::find(written) else {
        // From a newer server: said as it is written.
        let test = test(op, value);
        return text_with("says.whose", &[("what", written), ("test", &test)]);
    };
    if op == Operator::Exists {
        let what = words_of::name(fact.name, chosen);
        return text_with("says.whose", &[("what", &what), ("test", &test(op, value))]);
    }
    let denied = matches!(op, Operator::Ne | Operator::NotIn);
    let is_choice = matches!(
        op,
        Operator::Eq | Operator::Ne | Operator::In | Operator::NotIn
    );
    match fact.kind {
        Kind::Flag => {
            let said = matches!(value, Value::Flag(true)) != denied;
            words_of::flag(fact.name, said)
        }
        Kind::Language | Kind::Device | Kind::Weekday | Kind::Selector => {
            let values = one_or_several(value, &|value| words_of::choice(fact.kind, value));
            words_of::choosing(fact.name, denied, &values)
        }
        Kind::Texts if is_choice => words_of::choosing(fact.name, denied, &quotedly(value)),
        Kind::TimeOfDay => text_with("says.time_of_day", &[("time", &time_of_day(op, value))]),
        Kind::Span => words_of::measured(fact.name, chosen, &amount(op, &written_span(value))),
        Kind::Percent => {
            let value = text_with("unit.percent", &[("count", &plainly(value))]);
            words_of::measured(fact.name, chosen, &amount(op, &value))
        }
        Kind::Count if is_never(op, value) && fact.name.starts_with("trigger.") => {
            words_of::never(fact.name, chosen)
        }
        Kind::Count => {
            let counted = words_of::counted(fact.name, count_of(value), &plainly(value));
            words_of::measured(fact.name, chosen, &amount(op, &counted))
        }
        Kind::Text | Kind::Texts | Kind::Any => {
            words_of::tested(fact.name, chosen, &test(op, value))
        }
    }
}

fn event_words(
    event: &str,
    op: Operator,
    value: u32,
    within: Option<Span>,
    properties: &BTreeMap<String, PropertyCondition>,
) -> String {
    let number = Value::Number(value.into());
    let event = quoted(event);
    let mut words = if is_never(op, &number) {
        text_with("says.event_never", &[("event", &event)])
    } else {
        let times = text_count_as("unit.times", value.into(), &value.to_string());
        let amount = amount(op, &times);
        text_with("says.event", &[("event", &event), ("amount", &amount)])
    };
    if let Some(within) = within {
        let values = [("words", words.as_str()), ("span", &span(within))];
        words = text_with("says.within", &values);
    }
    if !properties.is_empty() {
        let tests = properties.iter().map(|(name, one)| {
            let none = Value::Flag(true);
            let value = one.value.as_ref().unwrap_or(&none);
            format!("{name} {}", test(one.op, value))
        });
        let tests = tests.collect::<Vec<_>>().join(", ");
        words = format!("{words} ({tests})");
    }
    words
}

/// Whether a count asks for none at all.
fn is_never(op: Operator, value: &Value) -> bool {
    match op {
        Operator::Eq | Operator::Lte => *value == Value::Number(0.0),
        Operator::Lt => *value == Value::Number(1.0),
        _ => false,
    }
}

/// `is “trial”`, `begins with “/docs/”`.
fn test(op: Operator, value: &Value) -> String {
    let value_words = quotedly(value);
    let value_words = [("value", value_words.as_str())];
    match op {
        Operator::Eq => text_with("test.eq", &value_words),
        Operator::Ne => text_with("test.ne", &value_words),
        Operator::Contains => text_with("test.contains", &value_words),
        Operator::NotContains => text_with("test.not_contains", &value_words),
        Operator::StartsWith => text_with("test.starts_with", &value_words),
        Operator::EndsWith => text_with("test.ends_with", &value_words),
        Operator::Glob => text_with("test.glob", &value_words),
        Operator::Matches => text_with("test.matches", &value_words),
        Operator::Gt => text_with("test.gt", &value_words),
        Operator::Gte => text_with("test.gte", &value_words),
        Operator::Lt => text_with("test.lt", &value_words),
        Operator::Lte => text_with("test.lte", &value_words),
        Operator::In => text_with("test.in", &value_words),
        Operator::NotIn => text_with("test.not_in", &value_words),
        Operator::Exists if *value == Value::Flag(false) => text("test.unknown"),
        Operator::Exists => text("test.known"),
    }
}

/// `at least 30 seconds`.
fn amount(op: Operator, value: &str) -> String {
    let value = [("value", value)];
    match op {
        Operator::Gt => text_with("amount.gt", &value),
        Operator::Gte => text_with("amount.gte", &value),
        Operator::Lt => text_with("amount.lt", &value),
        Operator::Lte => text_with("amount.lte", &value),
        Operator::Ne | Operator::NotIn => text_with("amount.ne", &value),
        _ => text_with("amount.eq", &value),
    }
}

/// `12:00 or later`.
fn time_of_day(op: Operator, value: &Value) -> String {
    let time = plainly(value);
    let time = [("time", time.as_str())];
    match op {
        Operator::Gt => text_with("time_of_day.gt", &time),
        Operator::Gte => text_with("time_of_day.gte", &time),
        Operator::Lt => text_with("time_of_day.lt", &time),
        _ => text_with("time_of_day.lte", &time),
    }
}
