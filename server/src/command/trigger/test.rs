//! `saluda trigger test`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::anyhow;
use clap::Args;
use saluda_protocol::Millis;
use saluda_rules::text;
use saluda_rules::trace::{Done, Run, Trace};
use serde::Serialize;

use super::visit;
use crate::command::input;

#[derive(Args)]
pub(super) struct Test {
    /// Files of tests, as docs/triggers.md describes them; with `--trace`, files
    /// of triggers
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Runs the triggers through the visits of this file, and checks what it
    /// expects
    #[arg(long, value_name = "TRACE")]
    trace: Option<PathBuf>,

    /// Ends each visit at this time: since its start (`45s`), or an instant
    #[arg(long, value_name = "TIME")]
    at: Option<String>,

    /// Print one JSON document for a program to read
    #[arg(long)]
    json: bool,
}

/// What came of all tests.
#[derive(Debug, Serialize)]
struct Report {
    passed: usize,
    failed: usize,
    tests: Vec<Outcome>,
}

/// What came of one test.
#[derive(Debug, Serialize)]
struct Outcome {
    file: String,
    line: usize,
    name: String,
    done: Vec<Done>,
    failures: Vec<Failure>,
}

/// Something that came otherwise.
#[derive(Debug, Serialize)]
struct Failure {
    line: usize,
    message: String,
}

impl Test {
    pub(super) fn run(self) -> ExitCode {
        let report = match self.report() {
            Ok(report) => report,
            Err(error) => {
                eprintln!("{error:#}");
                return ExitCode::from(2);
            }
        };
        if self.json {
            match serde_json::to_string_pretty(&report) {
                Ok(json) => println!("{json}"),
                Err(error) => {
                    eprintln!("saluda: {error}");
                    return ExitCode::from(2);
                }
            }
        } else {
            print!("{}", report.words());
        }
        ExitCode::from(u8::from(report.failed > 0))
    }

    fn report(&self) -> anyhow::Result<Report> {
        let mut tests = Vec::new();
        if let Some(file) = &self.trace {
            let specs = visit::triggers(&self.files)?;
            for mut trace in visit::traces(Some(file), Millis(0))? {
                visit::give(&mut trace, &specs)?;
                tests.push(self.one(file, trace)?);
            }
        } else {
            for file in &self.files {
                for trace in visit::traces(Some(file), Millis(0))? {
                    tests.push(self.one(file, trace)?);
                }
            }
        }
        let failed = tests.iter().filter(|test| !test.failures.is_empty());
        let failed = failed.count();
        Ok(Report {
            passed: tests.len() - failed,
            failed,
            tests,
        })
    }

    fn one(&self, file: &Path, mut trace: Trace) -> anyhow::Result<Outcome> {
        let at_ms = self.at.as_ref().map(|at| visit::moment(at, &trace));
        let at_ms = at_ms.transpose()?;
        if let Some(at_ms) = at_ms {
            visit::end(&mut trace, at_ms);
        }
        // Files that a test names lie beside it.
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let mut load = |name: &str| {
            input::read(&folder.join(name))
                .map_err(|error| format!("{name}: cannot be read: {error}"))
        };
        let rules = trace.head.rules(&mut load).map_err(|mistakes| {
            let place = format!("{}:{}", file.display(), trace.line);
            let lines = mistakes.iter().map(|one| format!("{place}: {one}"));
            anyhow!("{}", lines.collect::<Vec<_>>().join("\n"))
        })?;
        let mut run = Run::begin(&trace.head, rules, text::fold);
        let failures = run.all(&trace);
        if let Some(at_ms) = at_ms {
            run.until(at_ms);
        }
        let failures = failures.into_iter();
        Ok(Outcome {
            file: file.display().to_string(),
            line: trace.line,
            name: trace.head.test.unwrap_or_default(),
            done: run.done().to_vec(),
            failures: failures
                .map(|(line, message)| Failure { line, message })
                .collect(),
        })
    }
}

impl Report {
    fn words(&self) -> String {
        let mut lines = Vec::new();
        for test in &self.tests {
            let Outcome {
                file, line, name, ..
            } = test;
            let verdict = if test.failures.is_empty() {
                "ok"
            } else {
                "FAILED"
            };
            let name = if name.is_empty() { "visit" } else { name };
            lines.push(format!("{file}:{line}: {name} ... {verdict}"));
            if test.name.is_empty() {
                // A recorded visit: what comes of it is what one wants to know.
                lines.extend(test.done.iter().map(|done| format!("  {done}")));
            }
            for failure in &test.failures {
                lines.push(format!("  {file}:{}: {}", failure.line, failure.message));
            }
        }
        lines.push(format!("{} passed, {} failed", self.passed, self.failed));
        lines.join("\n") + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(files: Vec<PathBuf>, trace: Option<PathBuf>, at: Option<&str>) -> Test {
        Test {
            files,
            trace,
            at: at.map(str::to_owned),
            json: false,
        }
    }

    fn scenarios() -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/rules/tests/scenarios");
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    #[test]
    fn every_scenario_comes_out_as_it_says() {
        let report = test(scenarios(), None, None).report().unwrap();
        assert!(report.passed >= 150);
        assert_eq!(report.failed, 0, "{}", report.words());
    }

    #[test]
    fn a_failure_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let trigger = folder.path().join("help.json");
        let text =
            r#"{ "name": "Help", "rule": { "all": [] }, "greeting": { "text": { "en": "Hi" } } }"#;
        std::fs::write(&trigger, text).unwrap();
        let tests = folder.path().join("tests.jsonl");
        let text = "{\"test\":\"greets\",\"triggers\":[\"help.json\"]}\n\
            {\"at\":0,\"event\":{\"page\":{\"url\":\"https://a.example/\"}}}\n\
            {\"expect\":[]}\n";
        std::fs::write(&tests, text).unwrap();
        let report = test(vec![tests.clone()], None, None).report().unwrap();
        assert_eq!((report.passed, report.failed), (0, 1));
        let words = report.words();
        assert!(
            words.contains("tests.jsonl:1: greets ... FAILED\n"),
            "{words}"
        );
        assert!(words.contains("tests.jsonl:3: expected nothing; got 0 ms: show `help`\n"));

        let visit = folder.path().join("visit.jsonl");
        std::fs::write(
            &visit,
            text.replace(
                "\"test\":\"greets\",\"triggers\":[\"help.json\"]",
                "\"trace\":1",
            ),
        )
        .unwrap();
        let report = test(vec![trigger.clone()], Some(visit.clone()), None)
            .report()
            .unwrap();
        assert_eq!(report.failed, 1);
        assert_eq!(report.tests[0].done[0].to_string(), "0 ms: show `help`");
    }

    #[test]
    fn a_trigger_that_makes_no_sense_is_no_failed_test() {
        let folder = tempfile::tempdir().unwrap();
        let tests = folder.path().join("tests.jsonl");
        std::fs::write(
            &tests,
            r#"{"test":"x","rule":{"fact":"page.pth","op":"eq","value":"/"}}"#,
        )
        .unwrap();
        let error = test(vec![tests], None, None).report().unwrap_err();
        assert!(error.to_string().contains("page.pth"), "{error}");
    }
}
