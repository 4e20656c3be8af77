//! Visits as `explain` and `test` read them: triggers from files, and what
//! happened from a trace.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use saluda_protocol::{Millis, Span, TriggerSpec};
use saluda_rules::compile;
use saluda_rules::trace::{self, Trace};

use crate::command::input;

/// A visit of no file: one that begins now and has seen no page.
const NOTHING: &str = r#"{"trace":1}"#;

/// Every trigger of some files.
pub(super) fn triggers(files: &[PathBuf]) -> anyhow::Result<Vec<TriggerSpec>> {
    let mut triggers = Vec::new();
    for path in files {
        let name = path.display();
        let text = input::read(path).with_context(|| format!("{name}: cannot be read"))?;
        match compile::read_all(&text) {
            Ok(specs) => triggers.extend(specs),
            Err(mistakes) => {
                let lines = mistakes.iter().map(|one| format!("{name}: {one}"));
                bail!("{}", lines.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    Ok(triggers)
}

/// The visits of a file, or one in which nothing has happened.
pub(super) fn traces(file: Option<&Path>, now: Millis) -> anyhow::Result<Vec<Trace>> {
    let Some(path) = file else {
        let mut traces = trace::read(NOTHING)?;
        for trace in &mut traces {
            trace.head.at.0 = now;
        }
        return Ok(traces);
    };
    let name = path.display();
    let text = input::read(path).with_context(|| format!("{name}: cannot be read"))?;
    let traces = trace::read(&text).map_err(|error| anyhow!("{name}: {error}"))?;
    if traces.is_empty() {
        bail!("{name}: there is no visit in it");
    }
    Ok(traces)
}

/// Lets a visit run under these triggers.
pub(super) fn give(trace: &mut Trace, triggers: &[TriggerSpec]) -> anyhow::Result<()> {
    for spec in triggers {
        trace.head.triggers.push(serde_json::to_value(spec)?);
    }
    Ok(())
}

/// Reads `--at`: a time since the start of the visit (`45s`, `1500`), or an
/// instant. In milliseconds since the start.
pub(super) fn moment(text: &str, trace: &Trace) -> anyhow::Result<u64> {
    if let Ok(Span(span_ms)) = text.parse() {
        return Ok(span_ms);
    }
    if let Ok(ms) = text.parse() {
        return Ok(ms);
    }
    let Some(instant) = trace::instant(text) else {
        bail!(
            "--at: `{text}` is no time; write a time since the start such as `45s`, or an \
             instant such as `2026-12-25T09:30:00Z`"
        );
    };
    let began_at = trace.head.at.0;
    if instant < began_at {
        bail!("--at: `{text}` is before the visit begins");
    }
    Ok(instant.since(began_at))
}

/// Leaves out what happened after a time.
pub(super) fn end(trace: &mut Trace, at_ms: u64) {
    trace.steps.retain(|step| step.at_ms <= at_ms);
}
