//! Visits that nobody would make, and that must cost little all the same.

#![cfg(feature = "compile")]

use std::fmt::Write as _;

use saluda_protocol::limits::EVENT_COUNT;
use saluda_rules::memory::{EVENTS, GREETINGS, SHOWINGS};
use saluda_rules::text;
use saluda_rules::trace::{self, Run};

/// Goes through a visit, and returns what was done in it and what it left in
/// the memory: greetings, showings, events, times of events.
fn go_through(lines: &str) -> (usize, [usize; 4]) {
    let traces = trace::read(lines).unwrap_or_else(|error| panic!("{error}"));
    let trace = &traces[0];
    let rules = trace.head.rules(&mut |_| Err(String::new())).unwrap();
    let mut run = Run::begin(&trace.head, rules, text::fold);
    assert_eq!(run.all(trace), []);
    let memory = run.engine().memory();
    let times = memory.events.iter().map(|tally| tally.last.len()).max();
    let sizes = [
        memory.greetings.len(),
        memory.showings.len(),
        memory.events.len(),
        times.unwrap_or(0),
    ];
    (run.done().len(), sizes)
}

#[test]
fn a_flood_of_events_leaves_no_more_than_a_hundred() {
    let rule = r#"{"all":[{"event":"go","op":"gte","value":3,"within":"1m"},{"event":"stop"}]}"#;
    let mut lines = format!("{{\"test\":\"flood\",\"rule\":{rule}}}\n");
    lines.push_str("{\"at\":0,\"event\":{\"page\":{\"url\":\"https://a.example/\"}}}\n");
    for at in 0..(trace::LINES - 2) / 8 {
        let _ = writeln!(
            lines,
            "{{\"at\":{at},\"event\":{{\"track\":{{\"name\":\"go\"}}}}}}"
        );
    }
    let (done, [_, _, events, times]) = go_through(&lines);
    assert_eq!((done, events), (0, 1));
    assert!(times <= EVENT_COUNT as usize + 1, "{times}");
}

#[test]
fn one_line_too_many_is_refused() {
    let mut lines = String::from("{\"trace\":1}\n");
    lines.push_str(&"{\"at\":0}\n".repeat(trace::LINES + 1));
    let error = trace::read(&lines).unwrap_err().to_string();
    assert!(error.contains("at most 1000000 lines"), "{error}");
}

#[test]
fn texts_without_end_are_looked_at_as_far_as_their_beginning() {
    let rule = r#"{"any":[
        {"fact":"page.url","op":"matches","value":"(a|b)*c$"},
        {"fact":"page.path","op":"glob","value":"/**/a*b*c*d*e/**"},
        {"fact":"page.title","op":"contains","value":"never there"},
        {"fact":"page.query.q","op":"ends_with","value":"x"}
    ]}"#
    .replace('\n', "");
    let long = "a".repeat(1_000_000);
    let address = format!("https://a.example/{long}?q={long}#{long}");
    let mut lines = format!("{{\"test\":\"long\",\"rule\":{rule}}}\n");
    for at in 0..20 {
        let _ = writeln!(
            lines,
            "{{\"at\":{at},\"event\":{{\"page\":{{\"url\":{address:?},\"title\":{long:?}}}}}}}"
        );
    }
    assert_eq!(go_through(&lines).0, 0);
}

#[test]
fn a_memory_does_not_grow_without_end() {
    let triggers: Vec<String> = (0..GREETINGS + 50)
        .map(|n| {
            format!(
                r#"{{"id":"t{n}","frequency":"always","after_dismiss":"none","rule":{{"event":"e{n}","op":"gte","value":1}}}}"#
            )
        })
        .collect();
    let site = r#"{"attention":{"per_visit":null,"per_day":null,"gap_ms":0,"holdout":0}}"#;
    let triggers = triggers.join(",");
    let mut lines = format!("{{\"test\":\"many\",\"site\":{site},\"triggers\":[{triggers}]}}\n");
    lines.push_str("{\"at\":0,\"event\":{\"page\":{\"url\":\"https://a.example/\"}}}\n");
    for n in 0..GREETINGS + 50 {
        let _ = writeln!(
            lines,
            "{{\"at\":{n},\"event\":{{\"track\":{{\"name\":\"e{n}\"}}}}}}"
        );
        let _ = writeln!(lines, "{{\"at\":{n},\"event\":{{\"on_screen\":false}}}}");
    }
    let (done, [greetings, showings, events, _]) = go_through(&lines);
    assert!(done >= GREETINGS + 50, "{done} were shown");
    assert_eq!((greetings, showings, events), (GREETINGS, SHOWINGS, EVENTS));
}
