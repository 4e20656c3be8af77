//! Triggers that are strange, and what is said of each; and triggers that are
//! not, of which nothing is said.
//!
//! A case is a title after `===`, the fields of a trigger, after `+++` what is
//! known of its site, and after `---` every warning: its path, its kind and its
//! sentence. Fields that are left out are those of a trigger that is fine.

use std::collections::BTreeSet;

use saluda_protocol::{Millis, TriggerSpec};
use saluda_rules::compile;
use saluda_rules::hours::Hours;
use saluda_rules::lint::{Around, Other, SiteHours, Warning, WarningKind, lint};
use serde_json::{Map, Value, json};

const BAD: [&str; 5] = [
    include_str!("bad/conditions.txt"),
    include_str!("bad/groups.txt"),
    include_str!("bad/terms.txt"),
    include_str!("bad/others.txt"),
    include_str!("bad/texts.txt"),
];

const GOOD: [&str; 3] = [
    include_str!("good/shops.txt"),
    include_str!("good/software.txt"),
    include_str!("good/conditions.txt"),
];

struct Case {
    title: String,
    spec: TriggerSpec,
    site: Value,
    expected: String,
}

fn cases(file: &str) -> Vec<Case> {
    let read = |case: &str| {
        let (title, rest) = case.split_once('\n').expect("a title");
        let (written, expected) = rest.split_once("\n---").unwrap_or((rest, ""));
        let (fields, site) = written.split_once("\n+++\n").unwrap_or((written, "{}"));
        Case {
            title: title.to_owned(),
            spec: trigger(title, fields),
            site: serde_json::from_str(site).unwrap_or_else(|error| panic!("{title}: {error}")),
            expected: expected.trim().to_owned(),
        }
    };
    file.split("=== ").skip(1).map(read).collect()
}

/// The trigger with these fields, and others so that it can be saved.
fn trigger(title: &str, fields: &str) -> TriggerSpec {
    let fields = format!("{{{}}}", fields.trim().trim_end_matches(','));
    let given: Map<String, Value> =
        serde_json::from_str(&fields).unwrap_or_else(|error| panic!("{title}: {error}"));
    read(title, given)
}

fn read(title: &str, given: Map<String, Value>) -> TriggerSpec {
    let mut whole = Map::new();
    whole.insert("name".to_owned(), json!("This one"));
    whole.insert("rule".to_owned(), json!({ "all": [] }));
    whole.insert("greeting".to_owned(), json!({ "text": { "en": "Hello" } }));
    whole.extend(given);
    let text = Value::Object(whole).to_string();
    compile::read(&text).unwrap_or_else(|mistakes| panic!("{title}: {mistakes:?}"))
}

fn warnings(case: &Case) -> Vec<Warning> {
    let site = &case.site;
    let hours = site.get("hours").filter(|hours| !hours.is_null());
    let hours = hours.map(|hours| Hours::parse(&hours.to_string()).expect("hours"));
    let others: Vec<TriggerSpec> = site["others"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|other| read(&case.title, other.as_object().expect("a trigger").clone()))
        .collect();
    let others: Vec<Other<'_>> = others
        .iter()
        .map(|spec| Other { spec, older: true })
        .collect();
    let pages = site["pages"].as_array().into_iter().flatten();
    let pages: Vec<String> = pages
        .map(|page| page.as_str().expect("a page").to_owned())
        .collect();
    let around = Around {
        others: &others,
        hours: match (&hours, site.get("hours")) {
            (Some(hours), _) => SiteHours::Written(hours),
            (None, Some(_)) => SiteHours::None,
            (None, None) => SiteHours::Unknown,
        },
        pages: &pages,
        now: site["now"].as_u64().map(Millis),
    };
    lint(&case.spec, &around)
}

fn told(warnings: &[Warning]) -> String {
    let lines = warnings.iter().map(|warning| {
        let Warning {
            path,
            kind,
            message,
        } = warning;
        format!("{path} | {kind} | {message}\n")
    });
    lines.collect::<String>().trim_end().to_owned()
}

#[test]
fn what_is_strange_is_said() {
    let mut failures = Vec::new();
    let mut kinds = BTreeSet::new();
    let mut count = 0;
    for case in BAD.iter().flat_map(|file| cases(file)) {
        let warnings = warnings(&case);
        let told = told(&warnings);
        assert!(!case.expected.is_empty(), "{}", case.title);
        if told != case.expected {
            failures.push(format!("=== {}\n---\n{told}\n", case.title));
        }
        kinds.extend(warnings.iter().map(|warning| warning.kind));
        count += 1;
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    assert!(count >= 40, "{count}");
    for kind in WarningKind::ALL {
        assert!(kinds.contains(kind), "no case of {kind}");
    }
}

#[test]
fn of_what_makes_sense_nothing_is_said() {
    let mut count = 0;
    let mut failures = Vec::new();
    for case in GOOD.iter().flat_map(|file| cases(file)) {
        let told = told(&warnings(&case));
        if !told.is_empty() {
            failures.push(format!("=== {}\n{told}\n", case.title));
        }
        count += 1;
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    assert!(count >= 40, "{count}");
}
