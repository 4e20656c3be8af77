//! The wire form stays what it is.
//!
//! Each line of `samples/` is a frame or an update as it stood when its kind
//! was added. A line is never changed: browsers that speak it cannot be
//! updated. New kinds add lines, and `docs` shows every line.

use std::collections::BTreeSet;
use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

use crate::report::Report;
use crate::{AgentFrame, AgentUpdate, VisitorFrame, VisitorUpdate};

const DOCUMENTS: [&str; 2] = [
    include_str!("../../../docs/protocol.md"),
    include_str!("../../../docs/api.md"),
];

/// Names the kinds of an enum. One that is left out does not compile.
macro_rules! kinds {
    ($type:ident: $($kind:ident)*) => {{
        fn kind(value: &$type) -> &'static str {
            match value {
                $($type::$kind { .. } => stringify!($kind),)*
            }
        }
        (kind as fn(&$type) -> &'static str, BTreeSet::from([$(stringify!($kind)),*]))
    }};
}

/// Every line decodes, is written again as it stands, and is documented; and
/// every kind has a line.
fn check<T: Debug + Serialize + DeserializeOwned>(
    lines: &str,
    (kind, mut missing): (fn(&T) -> &'static str, BTreeSet<&'static str>),
) {
    for line in lines.lines() {
        let value: T = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        assert_eq!(serde_json::to_string(&value).unwrap(), line);
        assert!(
            DOCUMENTS
                .iter()
                .any(|document| document.lines().any(|documented| documented == line)),
            "neither docs/protocol.md nor docs/api.md shows this line:\n{line}"
        );
        missing.remove(kind(&value));
    }
    assert!(missing.is_empty(), "no sample of {missing:?}");
}

#[test]
fn what_a_widget_says() {
    check(
        include_str!("../samples/visitor_frames.jsonl"),
        kinds!(VisitorFrame: Hello Post Greeted Contact Identify Answers Rated Attach Delivered Read Moved Typing Older Missed Pong),
    );
}

#[test]
fn what_a_widget_hears() {
    check(
        include_str!("../samples/visitor_updates.jsonl"),
        kinds!(VisitorUpdate: Welcome Event Ack Refused Marks Typing AgentsOnline RulesChanged Slice Contact Answered Attach Ping),
    );
}

#[test]
fn what_a_desk_says() {
    check(
        include_str!("../samples/agent_frames.jsonl"),
        kinds!(AgentFrame: Hello Watch List Open Leave Older Post Delivered Read Typing SetStatus Pong),
    );
}

#[test]
fn what_a_desk_hears() {
    check(
        include_str!("../samples/agent_updates.jsonl"),
        kinds!(AgentUpdate: Welcome Watching Listed Changed Opened Older Event Ack Refused Marks
            Typing Person Presence Ping),
    );
}

#[test]
fn what_a_page_reports() {
    let report = (|_: &Report| "Report") as fn(&Report) -> &'static str;
    check(
        include_str!("../samples/reports.jsonl"),
        (report, BTreeSet::from(["Report"])),
    );
}

#[test]
fn an_error_of_tomorrow_is_unknown_and_still_an_error() {
    let error: crate::ErrorBody =
        serde_json::from_str(r#"{"code":"out_of_coffee","message":"come back later"}"#).unwrap();
    assert_eq!(error.code, crate::ErrorCode::Unknown);
}

#[test]
fn a_field_of_tomorrow_is_passed_over() {
    let line = r#"{"ack":{"id":"6f1c2a4e-8f50-4d6b-9d0e-2f9b8f0c7a11","number":1,"at":2,"new":3}}"#;
    assert!(serde_json::from_str::<VisitorUpdate>(line).is_ok());
}
