//! The schema that `saluda trigger schema` prints.

use std::collections::BTreeSet;

use saluda_rules::compile;
use serde_json::Value;

#[test]
fn the_schema_in_the_documents_is_this_one() {
    let kept = include_str!("../../../../docs/trigger.schema.json");
    // Compared as values: the order of fields depends on what else is built.
    let kept: Value = serde_json::from_str(kept).unwrap();
    assert!(
        kept == compile::schema(),
        "run `cargo run -- trigger schema > docs/trigger.schema.json`"
    );
}

#[test]
fn the_schema_refuses_what_it_can() {
    let fine = r#"{ "name": "A", "rule": RULE, "greeting": { "text": { "en": "Hi" } } }"#;
    for (rule, fits) in [
        (r#"{ "all": [] }"#, true),
        (r#"{ "all": [], "more": 1 }"#, false),
        (r#"{ "fact": "page.path", "op": "exists" }"#, true),
        (r#"{ "fact": "page.query.a b", "op": "exists" }"#, true),
        (r#"{ "fact": "page.pth", "op": "exists" }"#, false),
        (r#"{ "fact": "page.path", "op": "is" }"#, false),
        (
            r#"{ "fact": "trigger.a.shown", "op": "gt", "value": 1 }"#,
            true,
        ),
        (
            r#"{ "fact": "trigger.A.shown", "op": "gt", "value": 1 }"#,
            false,
        ),
        (r#"{ "event": "e", "within": "5m" }"#, true),
        (r#"{ "event": "e", "within": 5 }"#, false),
    ] {
        let value = serde_json::from_str(&fine.replace("RULE", rule)).unwrap();
        assert_eq!(validate(&value).is_ok(), fits, "{rule}");
    }
}

#[test]
fn every_object_of_the_schema_refuses_unknown_fields() {
    fn look(schema: &Value, objects: &mut BTreeSet<String>) {
        if schema.get("properties").is_some() {
            assert_eq!(
                schema.get("additionalProperties"),
                Some(&Value::Bool(false)),
                "{schema}"
            );
            objects.insert(schema.to_string());
        }
        match schema {
            Value::Array(items) => items.iter().for_each(|item| look(item, objects)),
            Value::Object(fields) => fields.values().for_each(|field| look(field, objects)),
            _ => {}
        }
    }
    let mut objects = BTreeSet::new();
    look(&compile::schema(), &mut objects);
    assert!(objects.len() >= 12, "{}", objects.len());
}

/// Whether a value fits the schema of a trigger.
pub(crate) fn validate(value: &Value) -> Result<(), String> {
    thread_local! {
        static SCHEMA: Value = compile::schema();
    }
    SCHEMA.with(|schema| fits(schema, schema, value))
}

/// As much of JSON Schema as this schema uses. Fails on any word it does not
/// know, so that nothing is passed over.
fn fits(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let Value::Object(words) = schema else {
        return match schema {
            Value::Bool(true) => Ok(()),
            _ => Err(format!("{value} is refused")),
        };
    };
    for (word, meaning) in words {
        let holds = match word.as_str() {
            "$schema" | "$defs" | "title" | "description" | "default" | "format" => true,
            "$ref" => {
                let name = meaning.as_str().unwrap().strip_prefix('#').unwrap();
                fits(root, root.pointer(name).unwrap(), value)?;
                true
            }
            "type" => match meaning {
                Value::Array(types) => types.iter().any(|one| is(value, one)),
                one => is(value, one),
            },
            "const" => value == meaning,
            "enum" => meaning.as_array().unwrap().contains(value),
            "anyOf" => {
                let forms = meaning.as_array().unwrap();
                forms.iter().any(|form| fits(root, form, value).is_ok())
            }
            "oneOf" => {
                let forms = meaning.as_array().unwrap();
                forms
                    .iter()
                    .filter(|form| fits(root, form, value).is_ok())
                    .count()
                    == 1
            }
            "pattern" => value.as_str().is_none_or(|text| {
                regex::Regex::new(meaning.as_str().unwrap())
                    .unwrap()
                    .is_match(text)
            }),
            "minimum" => value
                .as_f64()
                .is_none_or(|number| number >= meaning.as_f64().unwrap()),
            "maximum" => value
                .as_f64()
                .is_none_or(|number| number <= meaning.as_f64().unwrap()),
            "required" => {
                let names = meaning.as_array().unwrap();
                value.as_object().is_none_or(|fields| {
                    names
                        .iter()
                        .all(|name| fields.contains_key(name.as_str().unwrap()))
                })
            }
            "items" => {
                for item in value.as_array().into_iter().flatten() {
                    fits(root, meaning, item)?;
                }
                true
            }
            "properties" => {
                for (name, schema) in meaning.as_object().unwrap() {
                    if let Some(field) = value.get(name) {
                        fits(root, schema, field)?;
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = words.get("properties").and_then(Value::as_object);
                let others = value.as_object().into_iter().flatten();
                for (name, field) in others {
                    if !known.is_some_and(|known| known.contains_key(name)) {
                        fits(root, meaning, field)?;
                    }
                }
                true
            }
            other => panic!("the schema has a word that is not looked at: {other}"),
        };
        if !holds {
            return Err(format!("{value} does not fit {word}: {meaning}"));
        }
    }
    Ok(())
}

fn is(value: &Value, name: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type: {other}"),
    }
}
