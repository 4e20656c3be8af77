//! The JSON Schema of a trigger, for editors and for other programs.
//!
//! It says the form: fields, words, names of facts. What depends on one another,
//! such as which operator a fact takes, only [`read`](super::read) can tell.

use saluda_protocol::TriggerSpec;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::facts;

/// The schema, in draft 2020-12.
#[must_use]
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<TriggerSpec>().to_value();
    refine(&mut schema);
    if let Some(top) = schema.as_object_mut() {
        top.insert("title".to_owned(), json!("Trigger of Saluda"));
    }
    schema
}

/// Refuses unknown fields everywhere, and lists the facts where they are named.
fn refine(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get_mut("properties") {
                if let Some(Value::Object(fact)) = properties.get_mut("fact") {
                    name_facts(fact);
                }
                object.insert("additionalProperties".to_owned(), json!(false));
            }
            if let Some(Value::String(description)) = object.get_mut("description") {
                *description = plain(description);
            }
            object.values_mut().for_each(refine);
        }
        Value::Array(items) => items.iter_mut().for_each(refine),
        _ => {}
    }
}

/// A description without what only this workspace knows: numbers of requirements
/// and links into the code.
#[must_use]
pub fn plain(description: &str) -> String {
    let paragraphs = description
        .split("\n\n")
        .map(|text| text.replace('\n', " "));
    let text = paragraphs.collect::<Vec<_>>().join("\n\n");
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once(" (S") {
        let requirement = after
            .split_once(')')
            .filter(|(numbers, _)| numbers.starts_with(|c: char| c.is_ascii_digit()));
        plain.push_str(before);
        if let Some((_, behind)) = requirement {
            rest = behind;
        } else {
            plain.push_str(" (S");
            rest = after;
        }
    }
    plain.push_str(rest);
    let mut links = plain.split("[`");
    let mut unlinked = links.next().unwrap_or_default().to_owned();
    for link in links {
        match link
            .split_once("`](")
            .and_then(|(name, rest)| Some((name, rest.split_once(')')?.1)))
        {
            Some((name, behind)) => unlinked = format!("{unlinked}`{name}`{behind}"),
            None => unlinked = format!("{unlinked}[`{link}"),
        }
    }
    unlinked
}

fn name_facts(fact: &mut Map<String, Value>) {
    let mut plain = Vec::new();
    let mut forms = Vec::new();
    for entry in facts::facts() {
        let Some((before, after)) = entry.around() else {
            plain.push(json!({ "const": entry.name, "description": entry.description }));
            continue;
        };
        let chosen = if after.is_empty() {
            ".+"
        } else {
            "[a-z0-9-]{1,60}"
        };
        let escaped = |text: &str| text.replace('.', "\\.");
        forms.push(json!({
            "pattern": format!("^{}{chosen}{}$", escaped(before), escaped(after)),
            "description": format!("`{}`: {}", entry.name, entry.description),
        }));
    }
    plain.append(&mut forms);
    fact.insert("anyOf".to_owned(), Value::Array(plain));
}
