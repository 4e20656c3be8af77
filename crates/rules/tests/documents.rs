//! `docs/triggers.md` is true: every example can be saved and shows when it
//! should, no fact, operator, event and gate is without a word, and what it says
//! is printed is printed.
#![cfg(feature = "compile")]

use std::collections::{BTreeMap, BTreeSet};

use saluda_protocol::{TriggerId, TriggerSpec};
use saluda_rules::compile::{self, FactEntry};
use saluda_rules::explain::words;
use saluda_rules::gates::{OWN, SHARED};
use saluda_rules::hours::Hours;
use saluda_rules::text;
use saluda_rules::trace::{self, Run, StepKind, Trace};
use serde_json::Value;

const DOCUMENT: &str = include_str!("../../../docs/triggers.md");

/// Visits to the examples, which stand there under their ids.
const VISITS: &str = include_str!("documents/visits.jsonl");

/// The text under a heading, up to the next of its level or above.
fn section(heading: &str) -> &'static str {
    let level = heading.chars().take_while(|c| *c == '#').count();
    let (_, rest) = DOCUMENT
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("docs/triggers.md has no heading {heading:?}"));
    let ends = (2..=level).filter_map(|level| rest.find(&format!("\n{} ", "#".repeat(level))));
    &rest[..ends.min().unwrap_or(rest.len())]
}

/// The blocks of code that begin with these words.
fn blocks<'d>(text: &'d str, fence: &str) -> Vec<&'d str> {
    let open = format!("```{fence}\n");
    let parts = text.split(open.as_str()).skip(1);
    parts
        .map(|part| part.split("```").next().unwrap_or_default())
        .collect()
}

fn examples(text: &str) -> Vec<TriggerSpec> {
    let read = |block: &str| {
        compile::read(block).unwrap_or_else(|mistakes| panic!("{block}\n{mistakes:?}"))
    };
    blocks(text, "json").into_iter().map(read).collect()
}

/// Every example by its id.
fn named_examples() -> BTreeMap<String, TriggerSpec> {
    let id = |spec: &TriggerSpec| {
        let given = spec.id.clone();
        let id = given.or_else(|| TriggerId::from_name(&spec.name));
        id.unwrap().as_str().to_owned()
    };
    let examples = examples(DOCUMENT).into_iter();
    examples.map(|spec| (id(&spec), spec)).collect()
}

/// Goes through a visit under one trigger. Returns what came otherwise than it
/// expects.
fn run(mut trace: Trace, spec: &TriggerSpec) -> (Run, Vec<(usize, String)>) {
    let trigger = serde_json::to_value(spec).unwrap();
    trace.head.triggers = vec![trigger];
    let mut load = |file: &str| Err(format!("no visit names a file, and not `{file}`"));
    let rules = trace.head.rules(&mut load).unwrap();
    let mut run = Run::begin(&trace.head, rules, text::fold);
    let failures = run.all(&trace);
    (run, failures)
}

/// The words that serde would have taken for the one that it did not know.
fn known_words(file: &str) -> Vec<String> {
    let error = trace::read(file).unwrap_err().to_string();
    let (_, known) = error.split_once("expected ").expect("a list of words");
    let known: Vec<_> = known.split('`').skip(1).step_by(2).collect();
    assert!(known.len() > 1, "{error}");
    known.into_iter().map(str::to_owned).collect()
}

#[test]
fn every_example_can_be_saved() {
    let examples = examples(DOCUMENT);
    assert!(examples.len() > 60);
    let mut ids = BTreeSet::new();
    for spec in &examples {
        let trigger = compile::compile(spec, &compile::Context::default()).unwrap();
        assert!(
            ids.insert(trigger.terms.id.clone()),
            "{} stands there twice",
            trigger.terms.id
        );
    }
    let hours = blocks(DOCUMENT, "json hours");
    assert_eq!(hours.len(), 1);
    Hours::parse(hours[0]).unwrap();
}

#[test]
fn every_fact_has_its_description_and_an_example() {
    for entry in compile::facts() {
        let FactEntry {
            name, description, ..
        } = entry;
        let section = section(&format!("### `{name}`"));
        assert!(section.contains(description), "{name}: {description}");
        let takes = entry
            .operators()
            .iter()
            .map(|op| format!("`{}`", word(*op)));
        let takes: Vec<String> = takes.collect();
        let (last, others) = takes.split_last().unwrap();
        let takes = format!("Takes {} and {last}.", others.join(", "));
        assert!(section.contains(&takes), "{name}: {takes}");
        let begin = name.split('<').next().unwrap();
        let [block] = blocks(section, "json")[..] else {
            panic!("{name} has no example, or several");
        };
        assert!(block.contains(&format!("\"fact\": \"{begin}")), "{block}");
    }
}

#[test]
fn every_operator_has_an_example() {
    let all: BTreeSet<&str> = compile::facts()
        .iter()
        .flat_map(FactEntry::operators)
        .map(|op| word(*op))
        .collect();
    assert_eq!(all.len(), 15);
    for word in all {
        let section = section(&format!("### `{word}`"));
        let blocks = blocks(section, "json");
        assert_eq!(blocks.len(), 1, "{word}");
        assert!(blocks[0].contains(&format!("\"op\": \"{word}\"")), "{word}");
    }
}

/// The word for an operator, as it is written.
fn word(op: saluda_protocol::trigger::Operator) -> &'static str {
    let Ok(Value::String(word)) = serde_json::to_value(op) else {
        panic!("{op:?} is no word");
    };
    word.leak()
}

#[test]
fn every_field_of_the_form_is_described() {
    let schema = compile::schema();
    let fields = schema["properties"].as_object().unwrap();
    for field in fields.keys() {
        let described = section("## The form").contains(&format!("\n| `{field}` |"));
        assert!(described, "{field}");
    }
}

#[test]
fn every_example_shows_when_it_should() {
    let examples = named_examples();
    let mut shown = BTreeSet::new();
    let mut failures = Vec::new();
    for trace in trace::read(VISITS).unwrap() {
        let line = trace.line;
        let name = trace.head.test.clone().unwrap();
        let Some(spec) = examples.get(&name) else {
            panic!("visits.jsonl:{line}: there is no example `{name}`");
        };
        let expects = |step: &trace::Step| matches!(step.what, StepKind::Expect(_));
        assert!(trace.steps.iter().any(expects), "visits.jsonl:{line}");
        let (run, failed) = run(trace, spec);
        shown.extend(run.done().iter().map(|done| done.trigger.clone()));
        let failed = failed.into_iter();
        failures.extend(failed.map(|(line, what)| format!("visits.jsonl:{line}: {name}: {what}")));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    let never = examples.keys().filter(|id| !shown.contains(*id));
    let never: Vec<_> = never.collect();
    assert!(never.is_empty(), "no visit shows {never:?}");
}

#[test]
fn every_event_has_an_example_line() {
    let section = section("### Events of a visit");
    let mut shown = BTreeSet::new();
    let lines = section
        .split('`')
        .filter(|code| code.starts_with("{\"at\""));
    for line in lines {
        let traces = trace::read(&format!("{{\"trace\":1}}\n{line}"));
        let traces = traces.unwrap_or_else(|error| panic!("{line}: {error}"));
        let [step] = &traces[0].steps[..] else {
            panic!("{line} is not one step");
        };
        let StepKind::Event(event) = &step.what else {
            panic!("{line} is no event");
        };
        shown.insert(match serde_json::to_value(event).unwrap() {
            Value::String(name) => name,
            Value::Object(one) => one.keys().next().unwrap().clone(),
            other => panic!("{other} is no event"),
        });
    }
    let events = known_words("{\"trace\":1}\n{\"event\":\"?\"}");
    assert!(events.len() > 20);
    for event in events {
        assert!(shown.contains(&event), "{event}");
    }
}

#[test]
fn every_field_of_a_visit_is_described() {
    let section = section("## Tests and traces");
    let heads = [
        r#"{"trace":1,"?":0}"#,
        r#"{"trace":1,"visitor":{"?":0}}"#,
        r#"{"trace":1,"site":{"?":0}}"#,
        r#"{"trace":1,"memory":{"?":0}}"#,
        "{\"trace\":1}\n{\"?\":0}",
        "{\"trace\":1}\n{\"event\":{\"greeting\":{\"trigger\":\"t\",\"what\":\"?\"}}}",
    ];
    for head in heads {
        for field in known_words(head) {
            let described = section.contains(&format!("`{field}`"))
                || section.contains(&format!("\"{field}\""));
            assert!(described, "{field} of {head}");
        }
    }
    for gate in OWN.into_iter().chain(SHARED) {
        let Ok(Value::String(word)) = serde_json::to_value(gate) else {
            panic!("{gate:?} is no word");
        };
        assert!(section.contains(&format!("`{word}`")), "{word}");
        let reason = words::reason(gate);
        assert!(section.contains(reason), "{reason}");
    }
}

#[test]
fn what_is_shown_of_explain_is_what_it_prints() {
    let section = section("### Explanations");
    let spec = &examples(DOCUMENT)[0];
    let visits = blocks(section, "jsonl");
    let traces = trace::read(visits[0]).unwrap();
    let (mut run, failed) = run(traces[0].clone(), spec);
    assert_eq!(failed, []);
    let mut lines: Vec<String> = run.done().iter().map(ToString::to_string).collect();
    for explanation in run.explain() {
        lines.extend(words::lines(&explanation, spec, run.now()));
    }
    let printed = lines.join("\n") + "\n";
    assert_eq!(blocks(section, "text"), [printed]);
}

#[test]
fn the_tests_that_are_shown_come_out_as_they_say() {
    let section = section("### Test files");
    let [file] = blocks(section, "jsonl")[..] else {
        panic!("one file of tests is shown");
    };
    let traces = trace::read(file).unwrap();
    assert!(traces.len() > 1);
    for trace in traces {
        let mut load = |name: &str| match name {
            "pricing-help.json" => Ok(blocks(DOCUMENT, "json")[0].to_owned()),
            _ => Err(format!("{name} is no example")),
        };
        let rules = trace.head.rules(&mut load).unwrap();
        assert_eq!(Run::begin(&trace.head, rules, text::fold).all(&trace), []);
    }
}

#[test]
fn every_command_is_listed() {
    let section = section("## On the command line");
    let verbs = "schema check explain test import export list publish pause resume";
    for verb in verbs.split(' ') {
        let listed = section.contains(&format!("| `saluda trigger {verb}"));
        assert!(listed, "{verb}");
    }
    assert!(section.contains("| `saluda hours explain"));
}
