//! A visit as it is written down: what was known at the start, then what
//! happened, and when. The same form serves explanation, tests and replay.
//!
//! One JSON value a line. The first line of a visit is its [`Head`]; it names
//! the version of the form. Lines that follow are events with their time since
//! the start, in milliseconds or as a length of time (`30s`):
//!
//! ```text
//! {"trace":1,"at":"2026-03-02T10:00:00Z","visitor":{"language":"es-MX"}}
//! {"at":0,"event":{"page":{"url":"https://shop.example/plans"}}}
//! {"at":4200,"event":{"track":{"name":"plan_compared"}}}
//! {"at":"60s"}
//! ```
//!
//! A line without an event lets time pass. In a test a visit also has a name and
//! triggers in its head, and lines that say what to expect; a file may hold
//! several.

mod head;
mod run;
mod triggers;

use saluda_protocol::{Millis, Span};
use serde::Deserialize;

pub use head::{Head, SiteHead, VisitorHead};
pub use run::{Done, Run, word};

use crate::Event;

/// The version of the form.
pub const VERSION: u32 = 1;

/// Most lines of one visit.
pub const LINES: usize = 1_000_000;

/// A visit, or a test of one.
#[derive(Debug, Clone)]
pub struct Trace {
    /// In which line of the file it begins, counted from 1.
    pub line: usize,
    /// What was known at the start.
    pub head: Head,
    /// What happened, in order.
    pub steps: Vec<Step>,
}

/// Something in a visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// In which line of the file it stands, counted from 1.
    pub line: usize,
    /// When, in milliseconds since the start.
    pub at_ms: u64,
    /// What.
    pub what: StepKind,
}

/// The kinds of steps.
#[derive(Debug, Clone, PartialEq)]
pub enum StepKind {
    /// Something happened.
    Event(Event),
    /// Time passed.
    Pass,
    /// Of a test: what was done from the start until here, all of it.
    Expect(Vec<Done>),
    /// Of a test: why a trigger does not show here, in one word: `shows`,
    /// `held`, `rule`, `priority`, or the name of a gate.
    Because {
        /// Which trigger.
        trigger: String,
        /// The word.
        word: String,
    },
}

/// Why a file is no trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceError {
    /// In which line, counted from 1.
    pub line: usize,
    /// What is wrong there, for its author.
    pub message: String,
}

impl std::fmt::Display for TraceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for TraceError {}

/// A time since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Since {
    Millis(u64),
    Span(Span),
}

impl Since {
    fn ms(self) -> u64 {
        match self {
            Self::Millis(ms) | Self::Span(Span(ms)) => ms,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    at: Option<Since>,
    event: Option<Event>,
    expect: Option<Vec<ExpectedLine>>,
    because: Option<std::collections::BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedLine {
    at: Since,
    show: Option<String>,
    hold: Option<String>,
    #[serde(default)]
    variant: Option<u8>,
}

/// Reads a file of visits.
///
/// # Errors
///
/// The first line that cannot be read, with the reason.
pub fn read(text: &str) -> Result<Vec<Trace>, TraceError> {
    let mut traces: Vec<Trace> = Vec::new();
    let lines = text.lines().enumerate();
    let lines = lines.map(|(index, line)| (index + 1, line.trim()));
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with("//")) {
        let fail = |message: String| TraceError {
            line: number,
            message,
        };
        let value: serde_json::Value =
            serde_json::from_str(line).map_err(|error| fail(format!("no JSON: {error}")))?;
        if value.get("trace").is_some() || value.get("test").is_some() {
            let head: Head = serde_json::from_value(value)
                .map_err(|error| fail(format!("the head of a visit cannot be read: {error}")))?;
            if head.trace.is_some_and(|version| version != VERSION) {
                return Err(fail(format!(
                    "this is a trace of another version; version {VERSION} can be read"
                )));
            }
            traces.push(Trace {
                line: number,
                head,
                steps: Vec::new(),
            });
            continue;
        }
        let Some(trace) = traces.last_mut() else {
            return Err(fail(
                "a visit begins with a line that has `trace` or `test`".to_owned(),
            ));
        };
        let line: Line = serde_json::from_value(value)
            .map_err(|error| fail(format!("the line cannot be read: {error}")))?;
        let before = trace.steps.last().map_or(0, |step| step.at_ms);
        let at_ms = line.at.map_or(before, Since::ms);
        if at_ms < before {
            return Err(fail(format!(
                "it happens at {at_ms} ms, before the line above at {before} ms"
            )));
        }
        if trace.steps.len() >= LINES {
            return Err(fail(format!("a visit has at most {LINES} lines")));
        }
        for what in kinds(line).map_err(fail)? {
            trace.steps.push(Step {
                line: number,
                at_ms,
                what,
            });
        }
    }
    Ok(traces)
}

fn kinds(line: Line) -> Result<Vec<StepKind>, String> {
    let mut kinds = Vec::new();
    kinds.extend(line.event.map(StepKind::Event));
    if let Some(expected) = line.expect {
        let done = expected.into_iter().map(ExpectedLine::done);
        kinds.push(StepKind::Expect(done.collect::<Result<_, _>>()?));
    }
    for (trigger, word) in line.because.into_iter().flatten() {
        kinds.push(StepKind::Because { trigger, word });
    }
    if kinds.is_empty() {
        kinds.push(StepKind::Pass);
    }
    Ok(kinds)
}

impl ExpectedLine {
    fn done(self) -> Result<Done, String> {
        let (trigger, held) = match (self.show, self.hold) {
            (Some(trigger), None) => (trigger, false),
            (None, Some(trigger)) => (trigger, true),
            _ => return Err("what is expected is either `show` or `hold`".to_owned()),
        };
        Ok(Done {
            at_ms: self.at.ms(),
            trigger,
            variant: self.variant,
            held,
        })
    }
}

/// Reads an instant as people write it: RFC 3339, such as
/// `2026-03-02T10:00:00Z`.
#[must_use]
pub fn instant(text: &str) -> Option<Millis> {
    let timestamp: jiff::Timestamp = text.parse().ok()?;
    u64::try_from(timestamp.as_millisecond()).ok().map(Millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        read(text).unwrap_err().to_string()
    }

    #[test]
    fn a_visit_is_read_line_by_line() {
        let traces = read(
            r#"
            // Two visits in one file.
            {"trace":1,"at":"2026-03-02T10:00:00Z"}
            {"at":0,"event":{"page":{"url":"https://a.example/"}}}
            {"at":"5s","event":"active"}
            {"at":9000}
            {"test":"another"}
            "#,
        )
        .unwrap();
        let at = |trace: &Trace| trace.steps.iter().map(|one| one.at_ms).collect::<Vec<_>>();
        assert_eq!(at(&traces[0]), [0, 5_000, 9_000]);
        assert_eq!(traces[1].line, 7);
        assert_eq!(traces[1].head.test.as_deref(), Some("another"));
    }

    #[test]
    fn a_line_that_makes_no_sense_is_named() {
        assert!(error("{").starts_with("line 1: no JSON"));
        assert_eq!(
            error(r#"{"at":0}"#),
            "line 1: a visit begins with a line that has `trace` or `test`"
        );
        assert_eq!(
            error(r#"{"trace":2}"#),
            "line 1: this is a trace of another version; version 1 can be read"
        );
        assert!(error("{\"trace\":1}\n{\"at\":0,\"event\":\"sneeze\"}").starts_with("line 2:"));
        assert!(error(r#"{"trace":1,"coffee":true}"#).contains("coffee"));
        assert_eq!(
            error("{\"trace\":1}\n{\"at\":5}\n{\"at\":4}"),
            "line 3: it happens at 4 ms, before the line above at 5 ms"
        );
    }
}
