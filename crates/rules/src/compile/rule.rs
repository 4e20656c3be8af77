//! Reads the tree of conditions, and makes it.

use std::collections::BTreeMap;

use saluda_protocol::Span;
use saluda_protocol::limits::{EVENT_COUNT, LIST_VALUES, RULE_CONDITIONS};
use saluda_protocol::trigger::{Condition, Operator, PropertyCondition, Rule, Value};

use super::condition;
use super::facts;
use super::json::Node;
use super::mistake::MistakeKind;
use super::nearest::nearest;
use super::operators;
use super::reader::{Fields, Path, Reader, Unread, listed};
use super::size::{Size, fits_at};
use super::span;
use super::value;
use crate::trigger;

const ALL: &[&str] = &["all"];
const ANY: &[&str] = &["any"];
const NOT: &[&str] = &["not"];
const FACT: &[&str] = &["fact", "op", "value"];
const EVENT: &[&str] = &["event", "op", "value", "within", "where"];
const PROPERTY: &[&str] = &["op", "value"];

/// What a rule has to be, by the one field that says it.
const FORMS: [&str; 5] = ["all", "any", "not", "fact", "event"];

/// Reads a rule.
pub(super) fn read(
    reader: &mut Reader,
    path: &Path<'_>,
    node: &Node,
    size: &mut Size,
    depth: usize,
) -> Option<Rule> {
    fits_at(reader, path, depth)?;
    let Node::Fields(entries) = node else {
        return reader.wrong_type(
            path,
            "an object with `all`, `any`, `not`, `fact` or `event`",
            node,
        );
    };
    let is_form = |name: &str| entries.iter().any(|(known, _)| known == name);
    let forms: Vec<&str> = FORMS.into_iter().filter(|name| is_form(name)).collect();
    match forms.as_slice() {
        ["all"] => {
            let fields = reader.open(path, node, ALL)?;
            let all = several(reader, &path.field("all"), fields.get("all")?, size, depth)?;
            Some(Rule::All { all })
        }
        ["any"] => {
            let fields = reader.open(path, node, ANY)?;
            let any = several(reader, &path.field("any"), fields.get("any")?, size, depth)?;
            Some(Rule::Any { any })
        }
        ["not"] => {
            let fields = reader.open(path, node, NOT)?;
            let not = read(
                reader,
                &path.field("not"),
                fields.get("not")?,
                size,
                depth + 1,
            )?;
            Some(Rule::Not { not: Box::new(not) })
        }
        ["fact"] => {
            size.one_more(reader, path)?;
            let fields = reader.open(path, node, FACT)?;
            let condition = fact(reader, path, fields)?;
            check(reader, path, size, condition)
        }
        ["event"] => {
            size.one_more(reader, path)?;
            let fields = reader.open(path, node, EVENT)?;
            let condition = event(reader, path, fields)?;
            check(reader, path, size, condition)
        }
        [] => {
            let slip = entries.iter().take(5).find_map(|(name, _)| {
                nearest(name, FORMS).map(|near| format!("; did you mean `{near}` by `{name}`?"))
            });
            let message = format!(
                "this is no rule: it needs `all`, `any`, `not`, `fact` or `event`{}",
                slip.unwrap_or_default()
            );
            reader.refuse(path, MistakeKind::NotARule, message)
        }
        many => {
            let message = format!(
                "this is {} at once; join them with `all` or `any`",
                listed(many)
            );
            reader.refuse(path, MistakeKind::AmbiguousRule, message)
        }
    }
}

fn several(
    reader: &mut Reader,
    path: &Path<'_>,
    node: &Node,
    size: &mut Size,
    depth: usize,
) -> Option<Vec<Rule>> {
    let Node::List(items) = node else {
        return reader.wrong_type(path, "a list of conditions", node);
    };
    if items.len() > RULE_CONDITIONS {
        let message = format!(
            "a rule has at most {RULE_CONDITIONS} conditions; these are {}",
            items.len()
        );
        return reader.refuse(path, MistakeKind::TooMany, message);
    }
    let items = items.iter().enumerate();
    let all: Vec<Option<Rule>> = items
        .map(|(index, node)| read(reader, &path.item(index), node, size, depth + 1))
        .collect();
    all.into_iter().collect()
}

/// Lets a condition through that can be compiled.
fn check(
    reader: &mut Reader,
    path: &Path<'_>,
    size: &mut Size,
    condition: Condition,
) -> Option<Rule> {
    size.expressions_of(reader, path, &condition)?;
    condition::compile(reader, path, &condition)?;
    Some(Rule::One(condition))
}

fn fact(reader: &mut Reader, path: &Path<'_>, fields: Fields<'_>) -> Option<Condition> {
    let fact = fields.get("fact")?;
    let fact = reader.text(&path.field("fact"), fact).map(str::to_owned);
    // What is wrong is told even when the rest cannot be read.
    let entry = fact.as_ref().and_then(|fact| {
        let found = reader.accept(&path.field("fact"), facts::find(fact));
        found.map(|(entry, _)| entry)
    });
    let op = operator(reader, path, fields);
    let value = read_value(reader, path, fields);
    let entry = entry?;
    if let (Some(op), Err(Unread)) = (op, &value) {
        condition::takes(reader, path, entry.kind, entry.name, op)?;
    }
    Some(Condition::Fact {
        fact: fact?,
        op: op?,
        value: value.ok()?,
    })
}

fn event(reader: &mut Reader, path: &Path<'_>, fields: Fields<'_>) -> Option<Condition> {
    let event = fields.get("event")?;
    let event = reader.text(&path.field("event"), event).map(str::to_owned);
    let op = match fields.get("op") {
        Some(_) => operator(reader, path, fields),
        None => Some(Operator::Gte),
    };
    let most = i32::try_from(EVENT_COUNT).unwrap_or(i32::MAX);
    let value = match fields.get("value") {
        Some(node) => reader.whole(&path.field("value"), node, 0, most),
        None => Some(1),
    };
    let within = fields.optional("within", |node| {
        positive_span(reader, &path.field("within"), node)
    });
    let properties = match fields.get("where") {
        Some(node) => properties(reader, &path.field("where"), node),
        None => Some(Properties {
            sound: true,
            ..Properties::default()
        }),
    };
    let sound = op.is_some() && value.is_some() && within.is_ok();
    match (event, properties) {
        (Some(event), Some(Properties { all, sound: true })) if sound => Some(Condition::Event {
            event,
            op: op?,
            value: value?.unsigned_abs(),
            within: within.ok()?,
            properties: all,
        }),
        // What is wrong is told even when the rest cannot be read.
        (event, properties) => {
            if let Some(event) = event {
                reader.accept(&path.field("event"), value::name(&event));
            }
            for (name, condition) in properties.iter().flat_map(|properties| &properties.all) {
                condition::property(reader, &path.field("where"), name, condition);
            }
            None
        }
    }
}

/// Properties of an event.
#[derive(Default)]
struct Properties {
    /// Those that could be read.
    all: BTreeMap<String, PropertyCondition>,
    /// Whether these are all that there are.
    sound: bool,
}

fn properties(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Properties> {
    let entries = reader.entries(path, node)?;
    if entries.len() > condition::PROPERTIES {
        let message = format!(
            "at most {} properties may stand here, these are {}",
            condition::PROPERTIES,
            entries.len()
        );
        return reader.refuse(path, MistakeKind::TooMany, message);
    }
    let mut read = |name: &str, node| {
        let place = path.field(name);
        let fields = reader.open(&place, node, PROPERTY)?;
        let op = operator(reader, &place, fields);
        let value = read_value(reader, &place, fields);
        Some(PropertyCondition {
            op: op?,
            value: value.ok()?,
        })
    };
    let mut properties = Properties {
        sound: true,
        ..Properties::default()
    };
    for (name, node) in entries {
        match read(name, node) {
            Some(condition) => {
                properties.all.insert(name.clone(), condition);
            }
            None => properties.sound = false,
        }
    }
    Some(properties)
}

fn operator(reader: &mut Reader, path: &Path<'_>, fields: Fields<'_>) -> Option<Operator> {
    let Some(node) = fields.get("op") else {
        return reader.missing(path, "op", "how to compare, such as `eq`");
    };
    let place = path.field("op");
    let written = reader.text(&place, node)?;
    reader.accept(&place, operators::find(written))
}

/// The value, if there is one.
fn read_value(
    reader: &mut Reader,
    path: &Path<'_>,
    fields: Fields<'_>,
) -> Result<Option<Value>, Unread> {
    let place = path.field("value");
    fields.optional("value", |node| {
        if !matches!(node, Node::List(_)) {
            return single_value(reader, &place, node);
        }
        let items = reader.list(&place, node, LIST_VALUES)?;
        let all: Vec<Option<Value>> = items
            .iter()
            .enumerate()
            .map(|(index, node)| single_value(reader, &place.item(index), node))
            .collect();
        let all: Option<Vec<Value>> = all.into_iter().collect();
        all.map(Value::List)
    })
}

fn single_value(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Value> {
    match node {
        Node::Flag(flag) => Some(Value::Flag(*flag)),
        Node::Number(number) => Some(Value::Number(*number)),
        Node::Text(text) => Some(Value::Text(text.clone())),
        Node::Null | Node::List(_) | Node::Fields(_) => {
            reader.wrong_type(path, "a text, a number, `true` or `false`", node)
        }
    }
}

/// A length of time of at least a second.
pub(super) fn positive_span(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Span> {
    if let Node::Number(number) = node {
        let message = format!(
            "a length of time needs its unit: `\"{0}s\"` for seconds, `\"{0}m\"` for minutes",
            super::reader::plain_number(*number)
        );
        return reader.refuse(path, MistakeKind::WrongType, message);
    }
    let text = reader.text(path, node)?;
    let read = span::parse(text).and_then(span::positive);
    reader.accept(path, read)
}

/// Makes the form that decides of a rule.
pub(super) fn compile(
    reader: &mut Reader,
    path: &Path<'_>,
    rule: &Rule,
    size: &mut Size,
    depth: usize,
) -> Option<trigger::Rule> {
    fits_at(reader, path, depth)?;
    Some(match rule {
        Rule::All { all } => {
            trigger::Rule::All(each(reader, &path.field("all"), all, size, depth)?)
        }
        Rule::Any { any } => {
            trigger::Rule::Any(each(reader, &path.field("any"), any, size, depth)?)
        }
        Rule::Not { not } => {
            let not = compile(reader, &path.field("not"), not, size, depth + 1)?;
            trigger::Rule::Not(Box::new(not))
        }
        Rule::One(condition) => {
            size.one_more(reader, path)?;
            size.expressions_of(reader, path, condition)?;
            trigger::Rule::One(condition::compile(reader, path, condition)?)
        }
    })
}

fn each(
    reader: &mut Reader,
    path: &Path<'_>,
    rules: &[Rule],
    size: &mut Size,
    depth: usize,
) -> Option<Vec<trigger::Rule>> {
    let rules = rules.iter().enumerate();
    let all: Vec<_> = rules
        .map(|(index, rule)| compile(reader, &path.item(index), rule, size, depth + 1))
        .collect();
    all.into_iter().collect()
}
