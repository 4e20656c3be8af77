//! Writes a rule as the form has it.

use std::collections::BTreeMap;

use saluda_protocol::trigger::{Condition, PropertyCondition, Rule, Value};

use super::quote;
use super::read::word;

/// A rule as JSON.
pub(crate) fn write_rule(rule: &Rule) -> String {
    match rule {
        Rule::All { all } => format!("{{\"all\":{}}}", list(all, write_rule)),
        Rule::Any { any } => format!("{{\"any\":{}}}", list(any, write_rule)),
        Rule::Not { not } => format!("{{\"not\":{}}}", write_rule(not)),
        Rule::One(Condition::Fact { fact, op, value }) => {
            let value = value_field(value.as_ref());
            format!(
                "{{\"fact\":{},\"op\":\"{}\"{value}}}",
                quote(fact),
                word(*op)
            )
        }
        Rule::One(Condition::Event {
            event,
            op,
            value,
            within,
            properties,
        }) => {
            let within = within.map(|span| format!(",\"within\":\"{span}\""));
            format!(
                "{{\"event\":{},\"op\":\"{}\",\"value\":{value}{}{}}}",
                quote(event),
                word(*op),
                within.unwrap_or_default(),
                properties_field(properties),
            )
        }
    }
}

fn properties_field(properties: &BTreeMap<String, PropertyCondition>) -> String {
    if properties.is_empty() {
        return String::new();
    }
    let all = properties.iter().map(|(name, one)| {
        let value = value_field(one.value.as_ref());
        format!("{}:{{\"op\":\"{}\"{value}}}", quote(name), word(one.op))
    });
    format!(",\"where\":{{{}}}", all.collect::<Vec<_>>().join(","))
}

fn value_field(value: Option<&Value>) -> String {
    value.map_or_else(String::new, |value| {
        format!(",\"value\":{}", write_value(value))
    })
}

fn write_value(value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(words) => quote(words),
        Value::List(several) => list(several, write_value),
    }
}

fn list<T>(all: &[T], one: impl Fn(&T) -> String) -> String {
    format!("[{}]", all.iter().map(one).collect::<Vec<_>>().join(","))
}
