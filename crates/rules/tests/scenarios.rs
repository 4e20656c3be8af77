//! Visits and what should come of them, to the millisecond. The same files run
//! in a browser and through the command line.

#![cfg(feature = "compile")]

use std::fs;
use std::path::Path;

use saluda_rules::text;
use saluda_rules::trace::{self, Run, Trace};

/// Every scenario, with the name of its file.
fn scenarios() -> Vec<(String, Trace)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut scenarios = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let traces = trace::read(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        scenarios.extend(traces.into_iter().map(|trace| (name.clone(), trace)));
    }
    scenarios
}

/// Everything that did not come as expected, in one list.
fn failures(scenarios: &[(String, Trace)]) -> Vec<String> {
    let mut failures = Vec::new();
    for (file, trace) in scenarios {
        let name = trace.head.test.as_deref().unwrap_or("no name");
        let mut load = |other: &str| Err(format!("scenarios read no files, and not `{other}`"));
        match trace.head.rules(&mut load) {
            Err(mistakes) => failures.push(format!("{file}:{} {name}: {mistakes:?}", trace.line)),
            Ok(rules) => {
                let failed = Run::begin(&trace.head, rules, text::fold).all(trace);
                let failed = failed
                    .into_iter()
                    .map(|(line, what)| format!("{file}:{line} {name}: {what}"));
                failures.extend(failed);
            }
        }
    }
    failures
}

#[test]
fn every_scenario_comes_out_as_it_says() {
    let scenarios = scenarios();
    assert!(scenarios.len() >= 150, "{} scenarios", scenarios.len());
    let failures = failures(&scenarios);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_scenario_can_fail() {
    let text = r#"
        {"test":"nothing comes","rule":{"all":[]}}
        {"at":0,"event":{"page":{"url":"https://a.example/"}}}
        {"expect":[]}
        {"because":{"t":"rule"}}
    "#;
    let traces = trace::read(text).unwrap();
    let failed = failures(&[("x".to_owned(), traces[0].clone())]);
    assert_eq!(
        failed,
        [
            "x:4 nothing comes: expected nothing; got 0 ms: show `t`",
            "x:5 nothing comes: expected `t`: rule; got frequency"
        ]
    );
}

#[test]
fn every_fact_operator_and_gate_is_in_a_scenario() {
    use saluda_rules::compile::facts;
    use saluda_rules::gates::{OWN, SHARED};
    let mut text = String::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    for entry in fs::read_dir(folder).unwrap() {
        text.push_str(&fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let mut missing = Vec::new();
    for fact in facts() {
        let plain = fact.name.split('<').next().unwrap();
        if !text.contains(&format!("\"fact\":\"{plain}")) {
            missing.push(fact.name.to_owned());
        }
        for operator in fact.operators() {
            let word = serde_json::to_value(operator).unwrap();
            if !text.contains(&format!("\"op\":{word}")) {
                missing.push(word.to_string());
            }
        }
    }
    for gate in OWN.into_iter().chain(SHARED) {
        let word = serde_json::to_value(gate).unwrap();
        if word != "status" && !text.contains(&format!(":{word}")) {
            missing.push(word.to_string());
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}
