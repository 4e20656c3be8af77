//! `saluda hours`: opening hours as a file.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use saluda_protocol::Millis;
use saluda_rules::hours::{self, DAYS_AHEAD};
use serde::Serialize;

use super::input;
use crate::clock::{Clock as _, SystemClock};

#[derive(Args)]
pub(super) struct Hours {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Say whether a site is open at a time, and when that changes
    ///
    /// Ends with 2 if the file or the time cannot be read. Needs no database.
    Explain(Explain),
}

#[derive(Args)]
struct Explain {
    /// The file with the hours; `-` is the standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The time: `2026-12-25T09:30:00-03:00`, or `2026-12-25T09:30` by the clock
    /// on the site's wall. Now, if left out
    #[arg(long, value_name = "TIME")]
    at: Option<String>,

    /// Print one JSON object: `open`, `closes_at`, `next_opening`
    #[arg(long)]
    json: bool,
}

/// Whether a site is open, with times as in RFC 3339.
#[derive(Debug, PartialEq, Serialize)]
struct Explained {
    open: bool,
    closes_at: Option<String>,
    next_opening: Option<String>,
}

impl Hours {
    pub(super) fn run(self) -> ExitCode {
        let Verb::Explain(explain) = self.verb;
        match explain.said(SystemClock.now()) {
            Ok(said) => {
                println!("{said}");
                ExitCode::SUCCESS
            }
            Err(reasons) => {
                for reason in reasons {
                    eprintln!("{reason}");
                }
                ExitCode::from(2)
            }
        }
    }
}

impl Explain {
    /// What is printed, or why nothing can be.
    fn said(&self, now: Millis) -> Result<String, Vec<String>> {
        let file = self.file.display();
        let text = input::read(&self.file)
            .map_err(|error| vec![format!("{file}: cannot be read: {error}")])?;
        let hours = hours::Hours::parse(&text).map_err(|mistakes| {
            let lines = mistakes.iter().map(|mistake| format!("{file}: {mistake}"));
            lines.collect::<Vec<_>>()
        })?;
        let at = match &self.at {
            None => now,
            Some(text) => hours.instant_of(text).ok_or_else(|| {
                vec![format!(
                    "--at: `{text}` is no time; write `2026-12-25T09:30` or \
                     `2026-12-25T09:30:00-03:00`"
                )]
            })?,
        };
        if self.json {
            let explained = Explained::of(&hours, at);
            serde_json::to_string(&explained).map_err(|error| vec![error.to_string()])
        } else {
            Ok(in_words(&hours, at))
        }
    }
}

impl Explained {
    fn of(hours: &hours::Hours, at: Millis) -> Self {
        let opening = hours.at(at);
        Self {
            open: opening.open,
            closes_at: opening.closes_at.map(|at| hours.written(at)),
            next_opening: opening.next_opening.map(|at| hours.written(at)),
        }
    }
}

fn in_words(hours: &hours::Hours, at: Millis) -> String {
    let Explained {
        open,
        closes_at,
        next_opening,
    } = Explained::of(hours, at);
    let day = hours.day(at);
    let state = if open { "open" } else { "closed" };
    let listed = if day.windows.is_empty() {
        "no hours".to_owned()
    } else {
        day.windows.join(", ")
    };
    let source = if day.dated { "its own" } else { "weekly" };
    let unknown = || format!("not within {DAYS_AHEAD} days");
    let mut lines = vec![
        format!("{state} at {} ({})", hours.written(at), hours.zone()),
        format!("{}: {listed} ({source})", day.date),
    ];
    if open {
        lines.push(format!("closes: {}", closes_at.unwrap_or_else(unknown)));
    }
    lines.push(format!("opens: {}", next_opening.unwrap_or_else(unknown)));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: &str = r#"{ "zone": "America/Sao_Paulo",
        "weekly": { "mon": ["09:00-13:00", "14:00-18:00"], "fri": ["21:00-02:00"] },
        "dates": { "2026-12-25": [], "2026-12-31": ["09:00-12:00"] } }"#;

    fn said(text: &str, at: &str, json: bool) -> Result<String, Vec<String>> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hours.json");
        std::fs::write(&file, text).unwrap();
        let explain = Explain {
            file,
            at: Some(at.to_owned()),
            json,
        };
        explain.said(Millis(0))
    }

    #[test]
    fn a_program_is_told_three_things() {
        assert_eq!(
            said(HOURS, "2026-12-04T22:00", true).unwrap(),
            r#"{"open":true,"closes_at":"2026-12-05T02:00:00-03:00","next_opening":"2026-12-07T09:00:00-03:00"}"#
        );
        assert_eq!(
            said(r#"{ "zone": "UTC" }"#, "2026-12-05T01:00:00Z", true).unwrap(),
            r#"{"open":false,"closes_at":null,"next_opening":null}"#
        );
    }

    #[test]
    fn a_person_is_told_what_is_written_for_the_day() {
        assert_eq!(
            said(HOURS, "2026-12-25T15:00:00Z", false).unwrap(),
            "closed at 2026-12-25T12:00:00-03:00 (America/Sao_Paulo)\n\
             2026-12-25: no hours (its own)\n\
             opens: 2026-12-28T09:00:00-03:00"
        );
    }

    #[test]
    fn mistakes_are_told_with_their_places() {
        let text = r#"{ "zone": "Mars", "weekly": { "mon": ["9-5"] } }"#;
        let reasons = said(text, "2026-12-25T12:00", false).unwrap_err();
        assert_eq!(reasons.len(), 2);
        assert!(reasons[1].contains("hours.json: weekly.mon[0]: "));
        assert_eq!(said(HOURS, "noon", false).unwrap_err().len(), 1);
    }
}
