//! Files of other products, and what becomes of them.
//!
//! Each `.json` under `tests/imports` has a `.txt` beside it: the drafts that
//! come of it with their sentences, and what is left out. Change what is said,
//! and read there how.

mod address;
mod any;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use saluda_rules::compile::{self, Context};
use saluda_rules::text;
use saluda_rules::trace::{self, Run};
use serde_json::json;

use super::*;

const HOME: &str = "https://shop.example/";

fn senders() -> BTreeMap<SenderId, String> {
    BTreeMap::from([("lucia".to_owned(), "Lucía Marín".to_owned())])
}

/// What becomes of a file.
fn translated(product: Product, text: &str) -> Foreign {
    let file = serde_json::from_str(text).unwrap();
    let senders = senders();
    let arrival = Arrival {
        senders: &senders,
        language: "en",
    };
    translate(product, &file, arrival).unwrap()
}

/// All files of a product, with its name.
fn files() -> Vec<(Product, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imports");
    let mut all = Vec::new();
    for (product, name) in [
        (Product::Chatwoot, "chatwoot"),
        (Product::Zendesk, "zendesk"),
    ] {
        let entries = std::fs::read_dir(folder.join(name)).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let files = paths.filter(|path| path.extension().is_some_and(|it| it == "json"));
        all.extend(files.map(|path| (product, path)));
    }
    all.sort_by(|one, other| one.1.cmp(&other.1));
    all
}

/// What became of a file, to be read.
fn told(foreign: &Foreign) -> String {
    let mut text = String::new();
    for Arrived { spec, notes } in &foreign.arrived {
        let form = serde_json::to_value(spec).unwrap();
        let id = spec.id.as_ref().unwrap();
        writeln!(text, "=== {id}: {}", spec.name).unwrap();
        writeln!(text, "rule: {}", form["rule"]).unwrap();
        let hours = &form["schedule"]["hours"];
        writeln!(text, "frequency: {}, hours: {hours}", form["frequency"]).unwrap();
        let said = &form["greeting"];
        writeln!(text, "{} says: {}", said["sender"], said["text"]).unwrap();
        if !spec.tags.is_empty() {
            writeln!(text, "tags: {}", form["tags"]).unwrap();
        }
        for note in notes {
            writeln!(text, "! {note}").unwrap();
        }
        writeln!(text).unwrap();
    }
    for Left { name, reason } in &foreign.left {
        writeln!(text, "--- left out: {name}\n! {reason}\n").unwrap();
    }
    text
}

#[test]
fn files_become_what_stands_beside_them() {
    let files = files();
    assert!(files.len() >= 12, "{} files", files.len());
    for (product, path) in files {
        let file = std::fs::read_to_string(&path).unwrap();
        let told = told(&translated(product, &file));
        let beside = path.with_extension("txt");
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        assert_eq!(told, expected, "{}:\n{told}", beside.display());
    }
}

#[test]
fn every_file_is_recognised_and_every_draft_makes_sense() {
    let mut count = 0;
    for (wrote, path) in files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let file = serde_json::from_str(&text).unwrap();
        assert_eq!(product(&file), Some(wrote), "{}", path.display());
        for Arrived { spec, .. } in translated(wrote, &text).arrived {
            let compiled = compile::compile(&spec, &Context::default());
            assert!(compiled.is_ok(), "{spec:?}: {compiled:?}");
            count += 1;
        }
    }
    assert!(count > 30, "{count} drafts");
}

#[test]
fn what_is_nobody_elses_or_of_several_is_not_recognised() {
    let own = json!({ "name": "A", "rule": { "all": [] }, "greeting": { "text": { "en": "Hi" } } });
    let campaign = json!({ "title": "A", "trigger_rules": {} });
    let trigger = json!({ "name": "A", "definition": {} });
    assert_eq!(product(&campaign), Some(Product::Chatwoot));
    assert_eq!(product(&json!([trigger])), Some(Product::Zendesk));
    for file in [
        json!(null),
        json!([]),
        json!({}),
        json!(3),
        own.clone(),
        json!([campaign, trigger]),
        json!([trigger, own]),
        json!([campaign, 3]),
        json!({ "trigger_rules": {}, "definition": {} }),
        json!({ "rule": {}, "definition": {} }),
    ] {
        assert_eq!(product(&file), None, "{file}");
    }
}

/// The triggers that a visitor sees on a page within an hour, if the page says
/// these attributes.
fn seen(foreign: &Foreign, address: &str, attributes: &serde_json::Value) -> Vec<String> {
    let triggers: Vec<_> = foreign.arrived.iter().map(|one| &one.spec).collect();
    let site = json!({ "online": true, "attention": { "per_visit": null, "per_day": null, "gap_ms": 0, "holdout": 0 } });
    let head = json!({ "test": "seen", "triggers": triggers, "visitor": { "attributes": attributes }, "site": site });
    let mut lines = format!("{head}\n");
    let page = json!({ "at": 0, "event": { "page": { "url": address } } });
    lines += &page.to_string();
    for minute in 1..60 {
        let away = json!({ "at": format!("{minute}m"), "event": { "on_screen": false } });
        write!(lines, "\n{away}").unwrap();
    }
    let traces = trace::read(&lines).unwrap();
    let head = &traces[0].head;
    let rules = head.rules(&mut |_| Err(String::new())).unwrap();
    let mut run = Run::begin(head, rules, text::fold);
    assert_eq!(run.all(&traces[0]), []);
    let done = run.done().iter().map(|done| format!("{done:?}"));
    let ids = foreign
        .arrived
        .iter()
        .filter_map(|one| one.spec.id.as_ref());
    let done: String = done.collect();
    ids.map(ToString::to_string)
        .filter(|id| done.contains(&format!("\"{id}\"")))
        .collect()
}

#[test]
fn what_saluda_does_not_know_holds_for_nobody_until_the_page_says_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imports/zendesk");
    let file = std::fs::read_to_string(path.join("unknown_facts.json")).unwrap();
    let foreign = translated(Product::Zendesk, &file);
    assert_eq!(foreign.arrived.len(), 5);
    assert_eq!(seen(&foreign, HOME, &json!({})), Vec::<String>::new());
    let brazil = json!({ "visitor_country_code": "BR", "visitor_city": "Recife" });
    assert_eq!(seen(&foreign, HOME, &brazil), ["brazil", "not-from-lisbon"]);
    let other = json!({
        "visitor_city": "Lisbon", "visitor_country_name": "Portugal", "visitor_previous_chats": 0
    });
    assert_eq!(seen(&foreign, HOME, &other), ["country-under-not"]);
}

#[test]
fn deep_and_large_files_are_refused_and_nothing_more() {
    let nested = |levels: usize| {
        let mut condition = json!(["eq", "@visitor_page_url", "a"]);
        for _ in 0..levels {
            condition = json!(["not", condition]);
        }
        let file = json!({ "name": "A", "definition": {
            "event": "page_enter", "condition": condition,
            "actions": [["sendMessageToVisitor", "A", "Hello"]]
        } });
        translated(Product::Zendesk, &file.to_string())
    };
    assert_eq!(nested(31).arrived.len(), 1);
    let deep = nested(32);
    assert_eq!(
        deep.left[0].reason,
        "its condition is nested deeper than 32 levels"
    );
    let many = vec![json!({ "title": "A", "trigger_rules": {} }); 501];
    let senders = senders();
    let arrival = Arrival {
        senders: &senders,
        language: "en",
    };
    let refused = translate(Product::Chatwoot, &json!(many), arrival).unwrap_err();
    assert!(refused.message.contains("at most 500"));
}
