//! Triggers that are there already: those of the documents, of the demo and of
//! the scenarios.

use saluda_protocol::limits::{BUBBLE_LINE, BUBBLE_LINES};
use saluda_protocol::{TriggerId, TriggerSpec};
use saluda_rules::compile;
use saluda_rules::hours::Hours;
use saluda_rules::lint::{Around, Other, SiteHours, WarningKind, lint};
use serde_json::{Value, json};

const DOCUMENT: &str = include_str!("../../../../docs/triggers.md");

const SCENARIOS: [&str; 7] = [
    include_str!("../scenarios/behaviour.jsonl"),
    include_str!("../scenarios/experiments.jsonl"),
    include_str!("../scenarios/gates.jsonl"),
    include_str!("../scenarios/page.jsonl"),
    include_str!("../scenarios/rules.jsonl"),
    include_str!("../scenarios/schedule.jsonl"),
    include_str!("../scenarios/visit.jsonl"),
];

macro_rules! demo {
    ($($name:literal)*) => {
        [$(include_str!(concat!("../../../../server/src/command/demo/triggers/", $name, ".json")),)*]
    };
}

const DEMO: [&str; 6] = demo! {
    "closed-now" "comparing-coffees" "good-to-see-you-again" "leaving-the-cart" "pricing-help"
    "read-to-the-end"
};

/// Pages of the demo's shop.
const PAGES: [&str; 10] = [
    "/",
    "/about.html",
    "/plans.html",
    "/cart.html",
    "/app",
    "/app/cart",
    "/app/coffee/huila",
    "/coffee/huila.html",
    "/coffee/sidamo.html",
    "/strict.html",
];

fn read(text: &str) -> TriggerSpec {
    compile::read(text).unwrap_or_else(|mistakes| panic!("{text}: {mistakes:?}"))
}

fn name(spec: &TriggerSpec) -> String {
    let id = spec.id.clone().or_else(|| TriggerId::from_name(&spec.name));
    id.map_or_else(|| spec.name.clone(), |id| id.to_string())
}

/// What is said of a trigger, in lines that begin with its name.
fn told(spec: &TriggerSpec, around: &Around<'_>) -> Vec<String> {
    let warnings = lint(spec, around);
    let lines = warnings
        .iter()
        .map(|warning| format!("{}: {warning}", name(spec)));
    lines.collect()
}

#[test]
fn the_documents_show_nothing_strange() {
    let blocks = DOCUMENT.split("```json\n").skip(1);
    let specs = blocks.map(|block| read(block.split("```").next().unwrap_or_default()));
    let said: Vec<String> = specs
        .flat_map(|spec| told(&spec, &Around::default()))
        .collect();
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn every_kind_is_in_the_documents_and_every_rule_there_is_an_example_of_it() {
    let section = DOCUMENT.split("## Warnings\n").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    for kind in WarningKind::ALL {
        let row = format!("\n| `{kind}` | ");
        let row = section
            .split(&row)
            .nth(1)
            .unwrap_or_else(|| panic!("{kind}"));
        let cells: Vec<&str> = row.lines().next().unwrap().split(" | ").collect();
        let example = cells[1].trim_end_matches(" |").trim_matches('`');
        let Ok(rule) = serde_json::from_str::<Value>(example) else {
            continue;
        };
        let whole = json!({ "name": "t", "rule": rule, "greeting": { "text": { "en": "Hi" } } });
        let warnings = lint(&read(&whole.to_string()), &Around::default());
        assert!(
            warnings.iter().any(|one| one.kind == *kind),
            "{kind}: {warnings:?}"
        );
    }
    for number in [BUBBLE_LINES, BUBBLE_LINE, BUBBLE_LINE / 2] {
        assert!(section.contains(&format!(" {number} ")), "{number}");
    }
}

#[test]
fn the_demo_is_a_site_without_anything_strange() {
    let hours = Hours::parse(
        r#"{"zone":"Europe/Lisbon","weekly":{"mon":["08:00-12:00","13:00-18:00"],"sat":["09:00-13:00"]}}"#,
    );
    let hours = hours.unwrap();
    let specs = DEMO.map(read);
    let pages = PAGES.map(str::to_owned);
    for (at, spec) in specs.iter().enumerate() {
        let others: Vec<Other<'_>> = specs
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(other, spec)| Other {
                spec,
                older: other < at,
            })
            .collect();
        let around = Around {
            others: &others,
            hours: SiteHours::Written(&hours),
            pages: &pages,
            now: None,
        };
        assert_eq!(told(spec, &around), Vec::<String>::new());
    }
}

/// Scenarios of what is strange, by their names: that is what they are about.
const STRANGE: &[&str] = &[
    "always does not repeat while the rule goes on holding",
    "a page asks for a greeting",
    "what a page asks for keeps to its frequency",
    "what a page asks for by force does not",
    "force does not interrupt a form",
    "a page asks for what does not exist",
    "what is asked for goes before what has priority",
    "page.scroll beyond the end is the end",
    "any of nothing never holds",
    "not of nothing",
];

/// What scenarios ask for that are about something else than the rule.
const ALWAYS: &str = "`page.path exists` always holds";

#[test]
fn of_the_scenarios_only_the_strange_ones_are() {
    let heads = SCENARIOS.iter().flat_map(|file| file.lines());
    let heads = heads.filter(|line| line.starts_with("{\"test\""));
    let mut said = Vec::new();
    for line in heads {
        let head: Value = serde_json::from_str(line).unwrap();
        let title = head["test"].as_str().unwrap();
        let alone = head
            .get("rule")
            .map(|rule| json!({ "id": "t", "rule": rule }));
        let listed = head["triggers"].as_array().into_iter().flatten().cloned();
        for trigger in listed.chain(alone).filter(Value::is_object) {
            let mut whole = json!({ "name": "t", "greeting": { "text": { "en": "Hi" } } });
            let fields = trigger.as_object().unwrap().clone();
            whole.as_object_mut().unwrap().extend(fields);
            let spec = read(&whole.to_string());
            let warnings = told(&spec, &Around::default());
            said.extend(warnings.into_iter().map(|line| format!("{title}: {line}")));
        }
    }
    let unexpected = said.iter().filter(|line| {
        let expected = STRANGE.iter().any(|title| line.starts_with(title));
        !expected && !line.contains(ALWAYS)
    });
    let unexpected: Vec<&String> = unexpected.collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
    for title in STRANGE {
        assert!(said.iter().any(|line| line.starts_with(title)), "{title}");
    }
}
