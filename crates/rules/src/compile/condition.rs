//! Makes what is asked of a fact or an event.

use saluda_protocol::limits::{EVENT_COUNT, LIST_VALUES};
use saluda_protocol::trigger::{Condition, Operator, PropertyCondition, Value};

use super::facts::{self, FactKind};
use super::key::key;
use super::mistake::{Complaint, MistakeKind};
use super::operators::{self, words};
use super::reader::{Path, Reader};
use super::span;
use super::value;
use crate::expression::Expression;
use crate::glob::Glob;
use crate::text::fold;
use crate::trigger::{self, Comparison, Counted, Property, Subject, Test};

/// Most properties that one condition looks at.
pub(super) const PROPERTIES: usize = 10;

/// Makes a condition. Notes everything that does not fit together.
pub(super) fn compile(
    reader: &mut Reader,
    path: &Path<'_>,
    condition: &Condition,
) -> Option<trigger::Condition> {
    match condition {
        Condition::Fact { fact, op, value } => {
            let found = reader.accept(&path.field("fact"), facts::find(fact));
            let (entry, subject) = found?;
            let (test, negated) = test(reader, path, entry.kind, entry.name, *op, value.as_ref())?;
            Some(trigger::Condition {
                subject: Subject::Fact(subject),
                test,
                negated,
            })
        }
        Condition::Event {
            event,
            op,
            value,
            within,
            properties,
        } => {
            let name = value::name(event);
            let name = reader.accept(&path.field("event"), name);
            let count = reader.accept(&path.field("value"), count(*value, *op));
            let comparison = count_comparison(*op);
            let comparison = reader.accept(&path.field("op"), comparison);
            let within_ms = match within {
                Some(within) => {
                    let within = span::positive(*within);
                    Some(reader.accept(&path.field("within"), within)?.0)
                }
                None => None,
            };
            let place = path.field("where");
            if properties.len() > PROPERTIES {
                let message = format!(
                    "at most {PROPERTIES} properties may stand here, these are {}",
                    properties.len()
                );
                return reader.refuse(&place, MistakeKind::TooMany, message);
            }
            let properties: Vec<Option<Property>> = properties
                .iter()
                .map(|(name, condition)| property(reader, &place, name, condition))
                .collect();
            let properties = properties.into_iter().collect::<Option<_>>();
            let (comparison, negated) = comparison?;
            let (name, properties): (String, Vec<Property>) = (name?, properties?);
            Some(trigger::Condition {
                subject: Subject::Event(Counted {
                    key: key(&name, &properties),
                    name,
                    within_ms,
                    properties,
                }),
                test: Test::Number(comparison, count?),
                negated,
            })
        }
    }
}

/// Makes what is asked of a property.
pub(super) fn property(
    reader: &mut Reader,
    place: &Path<'_>,
    name: &str,
    condition: &PropertyCondition,
) -> Option<Property> {
    let path = place.field(name);
    let read = reader.accept(&path, value::name(name));
    let PropertyCondition { op, value } = condition;
    let (test, negated) = test(reader, &path, FactKind::Any, name, *op, value.as_ref())?;
    Some(Property {
        name: read?,
        test,
        negated,
    })
}

fn count_comparison(op: Operator) -> Result<(Comparison, bool), Complaint> {
    compared(op).ok_or_else(|| {
        Complaint::new(
            MistakeKind::WrongOperator,
            format!(
                "how often an event happened takes {}, not `{}`",
                words(COMPARISONS),
                operators::word(op)
            ),
        )
    })
}

fn count(value: u32, op: Operator) -> Result<f64, Complaint> {
    // Nothing is counted beyond the most, so more than the most is never there.
    let most = EVENT_COUNT - u32::from(op == Operator::Gt);
    if value > most {
        return Err(Complaint::new(
            MistakeKind::OutOfRange,
            format!(
                "an event is counted up to {EVENT_COUNT}, so this should be from 0 to {most}, not {value}"
            ),
        ));
    }
    Ok(f64::from(value))
}

const COMPARISONS: &[Operator] = &[
    Operator::Eq,
    Operator::Ne,
    Operator::Gt,
    Operator::Gte,
    Operator::Lt,
    Operator::Lte,
];

/// How numbers are compared, and whether the answer is turned round.
fn compared(op: Operator) -> Option<(Comparison, bool)> {
    Some(match op {
        Operator::Eq => (Comparison::Equal, false),
        Operator::Ne => (Comparison::Equal, true),
        Operator::Gt => (Comparison::Greater, false),
        Operator::Gte => (Comparison::AtLeast, false),
        Operator::Lt => (Comparison::Less, false),
        Operator::Lte => (Comparison::AtMost, false),
        _ => return None,
    })
}

/// What is asked of a fact, and whether the answer is turned round.
fn test(
    reader: &mut Reader,
    path: &Path<'_>,
    kind: FactKind,
    name: &str,
    op: Operator,
    value: Option<&Value>,
) -> Option<(Test, bool)> {
    takes(reader, path, kind, name, op)?;
    let place = path.field("value");
    if op == Operator::Exists {
        let wanted = match value {
            None => true,
            Some(Value::Flag(wanted)) => *wanted,
            Some(_) => {
                let message = "`exists` takes `true`, `false` or no value at all";
                return reader.refuse(&place, MistakeKind::WrongValue, message);
            }
        };
        return Some((Test::Exists, !wanted));
    }
    let Some(value) = value else {
        let message = format!(
            "`value` is missing: `{}` needs {}",
            operators::word(op),
            kind.described()
        );
        return reader.refuse(path, MistakeKind::MissingValue, message);
    };
    let negated = matches!(op, Operator::Ne | Operator::NotContains | Operator::NotIn);
    let test = if matches!(op, Operator::In | Operator::NotIn) {
        one_of(reader, &place, kind, name, value)
    } else {
        let test = single(kind, name, op, value);
        reader.accept(&place, test)
    };
    Some((test?, negated))
}

/// Notes an operator that a fact does not take.
pub(super) fn takes(
    reader: &mut Reader,
    path: &Path<'_>,
    kind: FactKind,
    name: &str,
    op: Operator,
) -> Option<()> {
    if kind.operators().contains(&op) {
        return Some(());
    }
    let message = wrong_operator(kind, name, op);
    reader.refuse(&path.field("op"), MistakeKind::WrongOperator, message)
}

fn wrong_operator(kind: FactKind, name: &str, op: Operator) -> String {
    let word = operators::word(op);
    let takes = words(kind.operators());
    let turned = match op {
        Operator::Eq => "gte",
        Operator::Ne => "lt",
        _ => return format!("`{name}` takes {takes}, not `{word}`"),
    };
    if matches!(kind, FactKind::Span | FactKind::TimeOfDay) {
        format!(
            "`{name}` is a clock that runs, so `{word}` would be about a single instant; write \
             `{turned}` instead"
        )
    } else {
        format!("`{name}` takes {takes}, not `{word}`")
    }
}

/// A test against one value.
fn single(kind: FactKind, name: &str, op: Operator, value: &Value) -> Result<Test, Complaint> {
    let comparison = compared(op).map(|(comparison, _)| comparison);
    let number = |number| comparison.map(|comparison| Test::Number(comparison, number));
    let is_eq = matches!(op, Operator::Eq | Operator::Ne);
    let test = match kind {
        FactKind::Flag => Some(Test::Is(value::flag(value)?)),
        FactKind::Percent => number(value::percent(value)?),
        FactKind::Count => number(value::count(value)?),
        FactKind::Span => number(value::span_ms(value)?),
        FactKind::TimeOfDay => number(value::time_of_day_ms(value)?),
        FactKind::Language => Some(Test::Language(vec![value::language(value)?])),
        FactKind::Device => Some(Test::Equals(value::device(value)?)),
        FactKind::Weekday => Some(Test::Equals(value::weekday(value)?)),
        FactKind::Selector => Some(Test::Equals(value::selector(value)?)),
        FactKind::Any => match value {
            Value::Flag(flag) if is_eq => Some(Test::Is(*flag)),
            Value::Number(wanted) if comparison.is_some() => number(value::finite(*wanted)?),
            Value::Text(_) if is_eq || comparison.is_none() => Some(text_test(name, op, value)?),
            _ => return Err(value::mismatch(op, value)),
        },
        FactKind::Text | FactKind::Texts => Some(text_test(name, op, value)?),
    };
    test.ok_or_else(|| value::mismatch(op, value))
}

fn text_test(name: &str, op: Operator, value: &Value) -> Result<Test, Complaint> {
    let text = value::text(value)?;
    if text.is_empty() && !matches!(op, Operator::Eq | Operator::Ne) {
        return Err(Complaint::new(
            MistakeKind::Empty,
            "there must be something in this text: every text has nothing in it",
        ));
    }
    value::can_fit(name, op, text)?;
    Ok(match op {
        Operator::Contains | Operator::NotContains => Test::Contains(fold(text)),
        Operator::StartsWith => Test::StartsWith(fold(text)),
        Operator::EndsWith => Test::EndsWith(fold(text)),
        Operator::Glob => Test::Glob(glob(text)?),
        Operator::Matches => Test::Matches(expression(text)?),
        _ => Test::Equals(fold(text)),
    })
}

fn glob(pattern: &str) -> Result<Glob, Complaint> {
    if pattern.contains("***") {
        return Err(Complaint::new(
            MistakeKind::InvalidGlob,
            "`***` is nothing; `*` stands for anything within a folder, `**` for anything at all",
        ));
    }
    Ok(Glob::new(fold(pattern)))
}

fn expression(pattern: &str) -> Result<Expression, Complaint> {
    super::expression::compile(pattern)
}

/// A test against several values.
fn one_of(
    reader: &mut Reader,
    place: &Path<'_>,
    kind: FactKind,
    name: &str,
    value: &Value,
) -> Option<Test> {
    let Value::List(items) = value else {
        let message = format!(
            "`in` and `not_in` take a list: `[{}]`, not {}",
            value::example(value),
            value::described(value)
        );
        return reader.refuse(place, MistakeKind::WrongValue, message);
    };
    if items.is_empty() {
        return reader.refuse(
            place,
            MistakeKind::Empty,
            "there must be something in this list",
        );
    }
    if items.len() > LIST_VALUES {
        let message = format!(
            "at most {LIST_VALUES} may stand here, these are {}",
            items.len()
        );
        return reader.refuse(place, MistakeKind::TooMany, message);
    }
    let numbers = match kind {
        FactKind::Any => matches!(items.first(), Some(Value::Number(_))),
        FactKind::Percent | FactKind::Count => true,
        _ => false,
    };
    if numbers {
        let read = |value: &Value| match kind {
            FactKind::Percent => value::percent(value),
            FactKind::Count => value::count(value),
            _ => value::number(value),
        };
        return every(reader, place, items, read).map(Test::OneOfNumbers);
    }
    let read = |value: &Value| match kind {
        FactKind::Language => value::language(value),
        FactKind::Device => value::device(value),
        FactKind::Weekday => value::weekday(value),
        FactKind::Selector => value::selector(value),
        _ => value::text(value).and_then(|text| {
            value::can_fit(name, Operator::In, text)?;
            Ok(fold(text))
        }),
    };
    let texts = every(reader, place, items, read)?;
    Some(if kind == FactKind::Language {
        Test::Language(texts)
    } else {
        Test::OneOf(texts)
    })
}

/// Reads all of a list, and notes each that is wrong.
fn every<T>(
    reader: &mut Reader,
    place: &Path<'_>,
    items: &[Value],
    read: impl Fn(&Value) -> Result<T, Complaint>,
) -> Option<Vec<T>> {
    let items = items.iter().enumerate();
    let all: Vec<Option<T>> = items
        .map(|(index, value)| reader.accept(&place.item(index), read(value)))
        .collect();
    all.into_iter().collect()
}
