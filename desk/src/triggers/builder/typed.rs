//! What is typed for a condition, as the form writes it.

use saluda_protocol::Span;
use saluda_protocol::trigger::{Condition, Operator, Value};

use crate::facts::{Fact, Kind};

/// What an operator is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One value.
    One,
    /// Several.
    List,
    /// Whether it is known.
    Known,
}

pub(super) fn shape(op: Operator) -> Shape {
    match op {
        Operator::In | Operator::NotIn => Shape::List,
        Operator::Exists => Shape::Known,
        _ => Shape::One,
    }
}

/// A condition about a fact, to begin with. `chosen` stands in its name.
pub(super) fn begin(fact: Fact, chosen: &str) -> Condition {
    let op = match fact.kind {
        Kind::Text if fact.name == "page.path" => Operator::Glob,
        Kind::Text => Operator::Contains,
        Kind::Span | Kind::Percent | Kind::Count | Kind::TimeOfDay => Operator::Gte,
        Kind::Texts | Kind::Language => Operator::In,
        Kind::Flag | Kind::Device | Kind::Weekday | Kind::Selector | Kind::Any => Operator::Eq,
    };
    Condition::Fact {
        fact: named(fact.name, chosen),
        op,
        value: Some(first(fact.kind, op)),
    }
}

/// The name of a fact with what its author chose in it.
pub(in crate::triggers) fn named(pattern: &str, chosen: &str) -> String {
    match (pattern.find('<'), pattern.find('>')) {
        (Some(from), Some(to)) => format!("{}{chosen}{}", &pattern[..from], &pattern[to + 1..]),
        _ => pattern.to_owned(),
    }
}

/// A condition about an event, to begin with.
pub(super) fn begin_event(event: &str) -> Condition {
    Condition::Event {
        event: event.to_owned(),
        op: Operator::Gte,
        value: 1,
        within: None,
        properties: std::collections::BTreeMap::new(),
    }
}

/// A value that makes sense for a kind of fact.
fn first(kind: Kind, op: Operator) -> Value {
    let one = match kind {
        Kind::Text | Kind::Texts | Kind::Selector | Kind::Any => Value::Text(String::new()),
        Kind::Percent => Value::Number(50.0),
        Kind::Count => Value::Number(1.0),
        Kind::Span => Value::Text("30s".to_owned()),
        Kind::Flag => Value::Flag(true),
        Kind::Language => Value::Text("en".to_owned()),
        Kind::Device => Value::Text("desktop".to_owned()),
        Kind::Weekday => Value::Text("mon".to_owned()),
        Kind::TimeOfDay => Value::Text("09:00".to_owned()),
    };
    match shape(op) {
        Shape::One => one,
        Shape::List if one == Value::Text(String::new()) => Value::List(Vec::new()),
        Shape::List => Value::List(vec![one]),
        Shape::Known => Value::Flag(true),
    }
}

/// The value that stays when the operator becomes another one.
pub(super) fn carried(kind: Kind, before: &Value, op: Operator) -> Value {
    match (shape(op), before) {
        (Shape::List, Value::List(_)) => before.clone(),
        (Shape::List, Value::Flag(_)) | (Shape::Known, _) => first(kind, op),
        (Shape::List, Value::Text(nothing)) if nothing.is_empty() => first(kind, op),
        (Shape::List, one) => Value::List(vec![one.clone()]),
        (Shape::One, Value::List(several)) => {
            several.first().cloned().unwrap_or_else(|| first(kind, op))
        }
        // What said whether it is known says nothing of anything else.
        (Shape::One, Value::Flag(_)) if !matches!(kind, Kind::Flag | Kind::Any) => first(kind, op),
        (Shape::One, one) => one.clone(),
    }
}

/// A value as it is typed, several of them one in each line.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(several) => several.iter().map(text_of).collect::<Vec<_>>().join("\n"),
    }
}

/// The value that was typed for a kind of fact.
pub(super) fn value_of(kind: Kind, shape: Shape, typed: &str) -> Value {
    let one = |typed: &str| one_of(kind, typed);
    match shape {
        Shape::List => {
            let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
            Value::List(lines.map(one).collect())
        }
        Shape::Known => Value::Flag(typed == "true"),
        Shape::One => one(typed.trim()),
    }
}

fn one_of(kind: Kind, typed: &str) -> Value {
    let number = || {
        let number: f64 = typed.parse().ok()?;
        number.is_finite().then_some(Value::Number(number))
    };
    let text = || Value::Text(typed.to_owned());
    match kind {
        // What is no number yet is kept: its mistake is named when it is saved.
        Kind::Percent | Kind::Count => number().unwrap_or_else(text),
        Kind::Flag => Value::Flag(typed == "true"),
        Kind::Any => match typed {
            "true" => Value::Flag(true),
            "false" => Value::Flag(false),
            _ => number().unwrap_or_else(text),
        },
        _ => text(),
    }
}

/// A length of time as a number and a unit, as far as it is one.
pub(in crate::triggers) fn span_of(written: &str) -> (String, char) {
    let parsed: Result<Span, _> = written.parse();
    match (parsed, written.chars().last()) {
        (Ok(_), Some(unit)) => (written[..written.len() - 1].to_owned(), unit),
        _ => (written.to_owned(), 's'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_begins_as_one_that_its_kind_takes() {
        for fact in crate::facts::FACTS {
            let Condition::Fact { op, value, .. } = begin(*fact, "x") else {
                panic!("a fact")
            };
            assert!(fact.kind.operators().contains(&op), "{}", fact.name);
            for other in fact.kind.operators() {
                let value = carried(fact.kind, value.as_ref().unwrap(), *other);
                let back = value_of(fact.kind, shape(*other), &text_of(&value));
                assert_eq!(value, back, "{} {other:?}", fact.name);
            }
        }
    }

    #[test]
    fn what_is_typed_is_read_by_its_kind() {
        let read = |kind, shape, typed| value_of(kind, shape, typed);
        assert_eq!(read(Kind::Count, Shape::One, " 3 "), Value::Number(3.0));
        assert_eq!(read(Kind::Count, Shape::One, "x"), Value::Text("x".into()));
        assert_eq!(read(Kind::Any, Shape::One, "3"), Value::Number(3.0));
        assert_eq!(read(Kind::Any, Shape::One, "true"), Value::Flag(true));
        assert_eq!(read(Kind::Text, Shape::One, "3"), Value::Text("3".into()));
        let lines = read(Kind::Texts, Shape::List, "a\n\n b c \n");
        assert_eq!(text_of(&lines), "a\nb c");
        assert_eq!(read(Kind::Text, Shape::Known, "false"), Value::Flag(false));
    }

    #[test]
    fn a_span_is_a_number_and_a_unit() {
        assert_eq!(span_of("90s"), ("90".into(), 's'));
        assert_eq!(span_of("7d"), ("7".into(), 'd'));
        assert_eq!(span_of("soon"), ("soon".into(), 's'));
    }

    #[test]
    fn a_name_is_put_where_it_belongs() {
        assert_eq!(named("trigger.<id>.shown", "help"), "trigger.help.shown");
        assert_eq!(named("page.path", "x"), "page.path");
    }
}
