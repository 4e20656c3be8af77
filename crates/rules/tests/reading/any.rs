//! Triggers that are fine, and all that could stand in their place.

use proptest::prelude::*;
use serde_json::{Value, json};

pub(crate) const FINE: [&str; 3] = [
    r#"{
      "name": "Pricing help",
      "priority": 10,
      "rule": { "all": [
        { "fact": "page.path", "op": "glob", "value": "/pricing/**" },
        { "fact": "page.time", "op": "gte", "value": "30s" },
        { "any": [ { "fact": "visit.pages", "op": "gte", "value": 3 },
                   { "event": "plan_compared", "op": "gte", "value": 2, "within": "10m" } ] },
        { "not": { "fact": "visitor.tag", "op": "in", "value": ["customer"] } } ] },
      "schedule": { "hours": "during", "from": "2026-12-01T00:00", "until": null },
      "frequency": "once",
      "limits": { "times": 3, "gap": "1d" },
      "after_dismiss": "visit",
      "with_open_conversation": false,
      "greeting": {
        "sender": "default",
        "text": { "en": "Questions about plans?", "es": "¿Dudas sobre los planes?", "pt": "Dúvidas sobre os planos?" },
        "buttons": [],
        "reply": { "agent": { "ask": ["email"], "follow_up": { "en": "Thanks, someone will be with you." } } }
      },
      "tags": ["pricing"],
      "goal": { "event": "signup", "within": "7d" },
      "experiment": { "seed": "a1", "holdout": 10, "variants": [] }
    }"#,
    r#"{ "name": "A", "rule": { "all": [] }, "greeting": { "text": { "en": "Hi" } } }"#,
    r##"{
      "id": "all-of-it",
      "name": "Todo 👋",
      "rule": { "any": [
        { "fact": "page.path", "op": "matches", "value": "^/(en|es)/p-\\d+$" },
        { "fact": "element.seen", "op": "in", "value": ["#a", ".b > a[href]"] },
        { "fact": "visitor.attr.seats", "op": "not_in", "value": [1, 2.5] },
        { "fact": "visitor.language", "op": "eq", "value": "pt-BR" },
        { "fact": "visitor.local_time", "op": "lt", "value": "09:00" },
        { "fact": "trigger.pricing-help.shown", "op": "exists", "value": false },
        { "event": "cart", "where": { "total": { "op": "gt", "value": 99.5 }, "code": { "op": "exists" } } } ] },
      "after_dismiss": "7d",
      "greeting": {
        "text": { "en": "Hi {{visitor.attr.name|there}} 👋" },
        "buttons": [ { "label": { "en": "Yes" }, "answer": { "en": "Great." } }, { "label": { "en": "No" } } ]
      },
      "experiment": { "seed": "s", "variants": [ { "name": "b", "share": 50, "text": { "en": "Hey" },
        "buttons": [ { "label": { "en": "Call" }, "phone": "+351210000000" }, { "label": { "en": "Docs" }, "url": "https://shop.example/docs?x=1" } ] } ] }
    }"##,
];

/// Words that mean something in a trigger.
fn word() -> impl Strategy<Value = String> {
    let known = [
        "id",
        "name",
        "rule",
        "all",
        "any",
        "not",
        "fact",
        "event",
        "op",
        "value",
        "within",
        "where",
        "greeting",
        "text",
        "en",
        "pt-BR",
        "buttons",
        "label",
        "url",
        "phone",
        "experiment",
        "seed",
        "variants",
        "share",
        "",
        "page.path",
        "page.time",
        "page.scroll",
        "page.query.a",
        "visit.pages",
        "visitor.new",
        "visitor.language",
        "visitor.device",
        "visitor.tag",
        "visitor.attr.x",
        "visitor.local_time",
        "visitor.weekday",
        "element.seen",
        "desk.open",
        "trigger.a.shown",
        "eq",
        "ne",
        "contains",
        "glob",
        "matches",
        "gt",
        "lte",
        "in",
        "not_in",
        "exists",
        "30s",
        "0d",
        "09:00",
        "24:00",
        "mon",
        "tablet",
        "es",
        "/a/**",
        "(a|b)+$",
        "[a",
        "once",
        "always",
        "during",
        "https://a.example/",
        "+351210000000",
        "{{visitor.attr.a|b}}",
        "{{",
        "null",
    ];
    prop_oneof![
        8 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => (-3i32..200).prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        4 => word().prop_map(Value::from),
    ]
}

pub(crate) fn json() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(word(), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Rules that are fine, or nearly.
pub(crate) fn rule() -> impl Strategy<Value = Value> {
    let value =
        prop_oneof![3 => leaf(), 1 => prop::collection::vec(leaf(), 0..4).prop_map(Value::from)];
    let fact = (word(), word(), value.clone())
        .prop_map(|(fact, op, value)| json!({ "fact": fact, "op": op, "value": value }));
    let event = (word(), word(), leaf(), word(), word(), value).prop_map(
        |(event, op, count, within, name, value)| json!({ "event": event, "op": op, "value": count, "within": within, "where": { name: { "op": "eq", "value": value } } }),
    );
    prop_oneof![4 => fact, 1 => event].prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|all| json!({ "all": all })),
            prop::collection::vec(inner.clone(), 0..4).prop_map(|any| json!({ "any": any })),
            inner.prop_map(|not| json!({ "not": not })),
        ]
    })
}

/// Puts another value in the place of one of all that are in it.
pub(crate) fn replace(value: &mut Value, at: prop::sample::Index, other: Value) {
    fn places(value: &Value) -> usize {
        let within: usize = match value {
            Value::Array(items) => items.iter().map(places).sum(),
            Value::Object(fields) => fields.values().map(places).sum(),
            _ => 0,
        };
        within + 1
    }
    fn put(value: &mut Value, mut at: usize, other: Value) {
        if at == 0 {
            *value = other;
            return;
        }
        at -= 1;
        let inner: Vec<&mut Value> = match value {
            Value::Array(items) => items.iter_mut().collect(),
            Value::Object(fields) => fields.values_mut().collect(),
            _ => Vec::new(),
        };
        for one in inner {
            let count = places(one);
            if at < count {
                return put(one, at, other);
            }
            at -= count;
        }
    }
    let at = at.index(places(value));
    put(value, at, other);
}
