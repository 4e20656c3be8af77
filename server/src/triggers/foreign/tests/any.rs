//! Any JSON at all, and JSON that looks like that of a product.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::*;
use crate::triggers::{File, batch};

/// Words that mean something to one of the readers, and some that mean nothing.
const WORDS: &[&str] = &[
    "",
    "and",
    "or",
    "not",
    "eq",
    "neq",
    "icontains",
    "regex",
    "gt",
    "lte",
    "stillOnPage",
    "firedBefore",
    "@visitor_page_url",
    "@visitor_name",
    "@hour_of_day",
    "@day_of_week",
    "@account_status",
    "@visitor_tags",
    "@visitor_previous_visits",
    "online",
    "page_enter",
    "sendMessageToVisitor",
    "wait",
    "addTag",
    "https://*.shop.example/pricing/*\\?a=b#c",
    "https://{*.}?é.example/%zz{/}?",
    "://",
    "\\",
    "{{contact.name | default: \"é\"}}",
    "{{",
    "}}{{a|b}}",
    "ongoing",
    "\u{1b}[2J\0",
    "@",
    "é@visitor_",
    "((((",
];

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => select(WORDS).prop_map(Value::from),
        1 => ".{0,12}".prop_map(Value::from),
        1 => any::<f64>().prop_map(|number| json!(number)),
        1 => any::<u64>().prop_map(|number| json!(number)),
        1 => (0_u32..30).prop_map(|number| json!(number)),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
    ]
}

fn anything() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(6, 60, 5, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            1 => prop::collection::btree_map(select(WORDS), inner, 0..4)
                .prop_map(|fields| json!(fields)),
        ]
    })
}

/// With parts that are anything, where a file of theirs has parts.
fn file() -> impl Strategy<Value = Value> {
    let parts = prop::collection::vec(anything(), 6);
    (parts, 0..5).prop_map(|(parts, form)| match form {
        0 => parts[0].clone(),
        1 => json!([{ "name": parts[0], "enabled": parts[1], "definition": parts[2] }]),
        2 => json!({ "name": "A", "enabled": parts[1], "definition": {
            "event": "page_enter", "condition": parts[2],
            "actions": [["sendMessageToVisitor", parts[3], "Hi @visitor_name"], parts[4]]
        } }),
        3 => {
            json!({ "payload": [{ "title": "A", "message": parts[0], "sender": { "name": parts[1] },
            "trigger_rules": { "url": parts[2], "time_on_page": parts[3] } }] })
        }
        _ => json!([{ "title": parts[0], "message": "Hello", "campaign_type": parts[1],
            "trigger_rules": parts[2], "enabled": parts[3], "audience": parts[4] }, parts[5]]),
    })
}

proptest! {
    #[test]
    fn no_file_makes_it_fail_and_every_draft_makes_sense(file in file()) {
        let senders = senders();
        let arrival = Arrival { senders: &senders, language: "en" };
        for product in [Product::Chatwoot, Product::Zendesk] {
            let Ok(foreign) = translate(product, &file, arrival) else { continue };
            for Arrived { spec, notes } in &foreign.arrived {
                prop_assert!(compile::compile(spec, &Context::default()).is_ok(), "{spec:?}");
                let plain = |note: &String| !note.chars().any(char::is_control);
                prop_assert!(notes.iter().all(plain), "{notes:?}");
            }
            for left in &foreign.left {
                prop_assert!(!left.reason.is_empty() && !left.name.is_empty());
            }
        }
    }

    #[test]
    fn no_text_makes_it_fail(text in ".{0,200}", json in file()) {
        let senders = senders();
        let arrival = Arrival { senders: &senders, language: "en" };
        for text in [text, json.to_string()] {
            let file = File { name: "a.json", text: &text };
            for from in [None, Some(Product::Chatwoot), Some(Product::Zendesk)] {
                let _ = batch(&[file, file], from, arrival);
            }
        }
    }
}
