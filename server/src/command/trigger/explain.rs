//! `saluda trigger explain`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::Args;
use saluda_protocol::{Millis, TriggerId, TriggerSpec};
use saluda_rules::explain::words;
use saluda_rules::trace::{Done, Run};
use saluda_rules::{Explanation, text};
use serde::Serialize;

use super::visit;
use crate::clock::{Clock as _, SystemClock};

#[derive(Args)]
pub(super) struct Explain {
    /// Files with one trigger each, or with a list of them; `-` is the standard
    /// input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// The visit to explain it for, as docs/triggers.md describes it; without
    /// one, a visit that has seen no page
    #[arg(long, value_name = "TRACE")]
    trace: Option<PathBuf>,

    /// At which time: since the start of the visit (`45s`), or an instant
    /// (`2026-12-25T09:30:00Z`). The end of the trace, if left out
    #[arg(long, value_name = "TIME")]
    at: Option<String>,

    /// Print one JSON document for a program to read
    #[arg(long)]
    json: bool,
}

/// What is said of every visit.
#[derive(Default, Serialize)]
struct Explained {
    visits: Vec<ExplainedVisit>,
}

/// What is said of one visit.
#[derive(Serialize)]
struct ExplainedVisit {
    at: Millis,
    done: Vec<Done>,
    triggers: Vec<Explanation>,
}

impl Explain {
    pub(super) fn run(self) -> ExitCode {
        match self.said(SystemClock.now()) {
            Ok(said) => {
                print!("{said}");
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("{error:#}");
                ExitCode::from(2)
            }
        }
    }

    fn said(&self, now: Millis) -> anyhow::Result<String> {
        let specs = visit::triggers(&self.files)?;
        let mut explained = Explained::default();
        for mut trace in visit::traces(self.trace.as_deref(), now)? {
            visit::give(&mut trace, &specs)?;
            let at_ms = match &self.at {
                // Without a trace nothing has happened: the visit begins then.
                Some(at) if self.trace.is_none() => {
                    trace.head.at.0 = saluda_rules::trace::instant(at)
                        .ok_or_else(|| anyhow!("--at: `{at}` is no instant"))?;
                    None
                }
                Some(at) => Some(visit::moment(at, &trace)?),
                None => None,
            };
            if let Some(at_ms) = at_ms {
                visit::end(&mut trace, at_ms);
            }
            let rules = trace
                .head
                .rules(&mut |file| Err(format!("a trace reads no other file, and not `{file}`")))
                .map_err(|mistakes| anyhow!("{}", mistakes.join("\n")))?;
            let mut run = Run::begin(&trace.head, rules, text::fold);
            for step in &trace.steps {
                // What a test expects is `test`'s to check.
                let _ = run.step(step);
            }
            if let Some(at_ms) = at_ms {
                run.until(at_ms);
            }
            explained.visits.push(ExplainedVisit {
                triggers: run.explain(),
                at: run.now(),
                done: run.done().to_vec(),
            });
        }
        if self.json {
            return Ok(serde_json::to_string_pretty(&explained)? + "\n");
        }
        let visits = explained.visits.iter();
        Ok(visits.map(|visit| visit.words(&specs)).collect())
    }
}

impl ExplainedVisit {
    fn words(&self, specs: &[TriggerSpec]) -> String {
        let mut lines: Vec<String> = self.done.iter().map(ToString::to_string).collect();
        for explanation in &self.triggers {
            let named = |spec: &&TriggerSpec| {
                let id = spec.id.clone();
                id.or_else(|| TriggerId::from_name(&spec.name)).as_ref()
                    == Some(&explanation.trigger)
            };
            if let Some(spec) = specs.iter().find(named) {
                lines.extend(words::lines(explanation, spec, self.at));
            }
        }
        lines.join("\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIGGER: &str = r#"{ "name": "Help", "rule": { "fact": "page.time", "op": "gte",
        "value": "30s" }, "greeting": { "text": { "en": "Hi" } } }"#;
    const TRACE: &str = r#"{"trace":1,"at":"2026-03-02T10:00:00Z"}
        {"at":0,"event":{"page":{"url":"https://a.example/"}}}
        {"at":"40s"}"#;

    fn said(at: Option<&str>, trace: Option<&str>, json: bool) -> anyhow::Result<String> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("help.json");
        std::fs::write(&file, TRIGGER)?;
        let trace = trace.map(|trace| {
            let path = folder.path().join("visit.jsonl");
            std::fs::write(&path, trace).map(|()| path)
        });
        let explain = Explain {
            files: vec![file],
            trace: trace.transpose()?,
            at: at.map(str::to_owned),
            json,
        };
        explain.said(Millis(1_772_445_600_000))
    }

    #[test]
    fn a_trace_is_explained_at_its_end() {
        let said = said(None, Some(TRACE), false).unwrap();
        assert!(
            said.starts_with("30000 ms: show `help`\nhelp: does not show: this visitor has seen"),
            "{said}"
        );
    }

    #[test]
    fn or_at_any_time_of_it() {
        for at in [
            "10s",
            "10000",
            "2026-03-02T10:00:10Z",
            "2026-03-02T07:00:10-03:00",
        ] {
            let said = said(Some(at), Some(TRACE), false).unwrap();
            assert!(said.contains("it could show in 20s."), "{at}: {said}");
        }
    }

    #[test]
    fn a_program_reads_the_same() {
        let said = said(Some("10s"), Some(TRACE), true).unwrap();
        let value: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(value["visits"][0]["triggers"][0]["verdict"], "rule");
        assert_eq!(
            value["visits"][0]["triggers"][0]["earliest"],
            1_772_445_630_000_u64
        );
        assert_eq!(
            value["visits"][0]["triggers"][0]["rule"]["what"]["actual"]["span"],
            10_000
        );
    }

    #[test]
    fn without_a_trace_there_was_no_page() {
        let said = said(Some("2026-12-25T09:30:00Z"), None, false).unwrap();
        assert!(said.contains("its rule does not hold"), "{said}");
    }

    #[test]
    fn a_time_that_is_none_is_refused() {
        let error = said(Some("soon"), Some(TRACE), false).unwrap_err();
        assert!(error.to_string().starts_with("--at: `soon` is no time"));
        let early = said(Some("2026-03-02T09:00:00Z"), Some(TRACE), false).unwrap_err();
        assert!(early.to_string().ends_with("is before the visit begins"));
    }
}
