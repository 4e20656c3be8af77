//! `saluda trigger check`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use saluda_protocol::{Millis, TriggerSpec};
use saluda_rules::compile::{self, Mistake};
use saluda_rules::hours::Hours;
use saluda_rules::lint::{Around, Other, SiteHours, Warning, lint};
use serde::Serialize;

use crate::clock::{Clock as _, SystemClock};
use crate::command::input;

#[derive(Args)]
pub(super) struct Check {
    /// Files with one trigger each, or with a list of them; `-` is the standard
    /// input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Print one JSON document for a program to read
    #[arg(long)]
    json: bool,

    /// End with 1 if there are warnings, as if they were mistakes
    #[arg(long)]
    deny_warnings: bool,

    /// Warn of triggers that the site's opening hours in this file keep away
    #[arg(long, value_name = "FILE")]
    hours: Option<PathBuf>,

    /// Warn of conditions that none of the pages in this file fits: a path such
    /// as `/pricing` or a whole address in each line
    #[arg(long, value_name = "FILE")]
    pages: Option<PathBuf>,
}

/// What is known of the site that the triggers are for.
#[derive(Default)]
struct Site {
    hours: Option<Hours>,
    pages: Vec<String>,
    now: Millis,
}

/// What was found in all files.
#[derive(Serialize)]
struct Report {
    files: Vec<Checked>,
}

/// What was found in one file.
#[derive(Serialize)]
struct Checked {
    file: String,
    /// How many triggers it has, if all of them are fine.
    triggers: usize,
    mistakes: Vec<Mistake>,
    /// What is strange about them, beside all others that are checked.
    warnings: Vec<Warning>,
    /// Why it cannot be read.
    error: Option<String>,
    #[serde(skip)]
    specs: Vec<TriggerSpec>,
    /// Whether they stand in a list.
    #[serde(skip)]
    listed: bool,
}

impl Check {
    pub(super) fn run(self) -> ExitCode {
        let site = match self.site() {
            Ok(site) => site,
            Err(reason) => {
                eprintln!("saluda: {reason}");
                return ExitCode::from(2);
            }
        };
        let files = self.files.iter().map(|path| check(path)).collect();
        let mut report = Report { files };
        report.warn(&site);
        if self.json {
            match serde_json::to_string_pretty(&report) {
                Ok(json) => println!("{json}"),
                Err(error) => {
                    eprintln!("saluda: {error}");
                    return ExitCode::from(2);
                }
            }
        } else {
            for file in &report.files {
                file.print();
            }
        }
        ExitCode::from(report.code(self.deny_warnings))
    }

    fn site(&self) -> Result<Site, String> {
        let read = |path: &Path| {
            let file = path.display();
            input::read(path).map_err(|error| format!("{file}: cannot be read: {error}"))
        };
        let mut site = Site {
            now: SystemClock.now(),
            ..Site::default()
        };
        if let Some(path) = &self.hours {
            let hours = Hours::parse(&read(path)?).map_err(|mistakes| {
                let lines = mistakes
                    .iter()
                    .map(|one| format!("{}: {one}", path.display()));
                lines.collect::<Vec<_>>().join("\n")
            })?;
            site.hours = Some(hours);
        }
        if let Some(path) = &self.pages {
            let text = read(path)?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            site.pages = lines.map(str::to_owned).collect();
        }
        Ok(site)
    }
}

fn check(path: &Path) -> Checked {
    let mut checked = Checked {
        file: path.display().to_string(),
        triggers: 0,
        mistakes: Vec::new(),
        warnings: Vec::new(),
        error: None,
        specs: Vec::new(),
        listed: false,
    };
    match input::read(path) {
        Err(error) => checked.error = Some(error.to_string()),
        Ok(text) => match compile::read_all(&text) {
            Ok(specs) => {
                checked.listed = text.trim_start().starts_with('[');
                checked.triggers = specs.len();
                checked.specs = specs;
            }
            Err(mistakes) => checked.mistakes = mistakes,
        },
    }
    checked
}

impl Report {
    /// Notes what is strange, with all triggers that are checked as those of one
    /// site, the first of them the oldest.
    fn warn(&mut self, site: &Site) {
        let all: Vec<TriggerSpec> = self
            .files
            .iter()
            .flat_map(|file| file.specs.clone())
            .collect();
        let mut number = 0;
        for file in &mut self.files {
            for (place, spec) in file.specs.iter().enumerate() {
                let others: Vec<Other<'_>> = all
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != number)
                    .map(|(other, spec)| Other {
                        spec,
                        older: other < number,
                    })
                    .collect();
                let around = Around {
                    others: &others,
                    hours: site
                        .hours
                        .as_ref()
                        .map_or(SiteHours::Unknown, SiteHours::Written),
                    pages: &site.pages,
                    now: Some(site.now),
                };
                for mut warning in lint(spec, &around) {
                    if file.listed {
                        warning.path = format!("[{place}].{}", warning.path);
                    }
                    file.warnings.push(warning);
                }
                number += 1;
            }
        }
    }

    fn code(&self, deny_warnings: bool) -> u8 {
        if self.files.iter().any(|file| file.error.is_some()) {
            return 2;
        }
        let stops = |file: &Checked| {
            !file.mistakes.is_empty() || deny_warnings && !file.warnings.is_empty()
        };
        u8::from(self.files.iter().any(stops))
    }
}

impl Checked {
    fn print(&self) {
        let Self { file, .. } = self;
        if let Some(error) = &self.error {
            eprintln!("{file}: cannot be read: {error}");
            return;
        }
        for mistake in &self.mistakes {
            println!("{file}: {mistake}");
        }
        for warning in &self.warnings {
            println!("{file}: warning: {warning}");
        }
        if self.mistakes.is_empty() {
            let with = match self.warnings.len() {
                0 => String::new(),
                1 => ", with a warning".to_owned(),
                count => format!(", with {count} warnings"),
            };
            println!("{file}: ok{with}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINE: &str =
        r#"{ "name": "A", "rule": { "all": [] }, "greeting": { "text": { "en": "Hi" } } }"#;

    fn report(texts: &[&str]) -> Report {
        let folder = tempfile::tempdir().unwrap();
        let files = texts.iter().enumerate().map(|(index, text)| {
            let path = folder.path().join(format!("{index}.json"));
            std::fs::write(&path, text).unwrap();
            check(&path)
        });
        let mut report = Report {
            files: files.collect(),
        };
        report.warn(&Site {
            hours: Some(Hours::parse(r#"{"zone":"UTC"}"#).unwrap()),
            ..Site::default()
        });
        report
    }

    #[test]
    fn files_that_are_fine_end_with_0() {
        let list = format!("[{FINE}, {}]", FINE.replace("\"A\"", "\"B\""));
        let report = report(&[FINE, &list]);
        assert_eq!(report.code(true), 0);
        assert_eq!(report.files[1].triggers, 2);
    }

    #[test]
    fn a_mistake_ends_with_1_and_has_its_place() {
        let report = report(&[
            FINE,
            &format!("[{FINE}, {FINE}]"),
            &FINE.replace("all", "al"),
        ]);
        assert_eq!(report.code(true), 1);
        let paths = |file: usize| -> Vec<&str> {
            let mistakes = report.files[file].mistakes.iter();
            mistakes.map(|mistake| mistake.path.as_str()).collect()
        };
        assert_eq!(paths(0), Vec::<&str>::new());
        assert_eq!(paths(1), ["[1]"]);
        assert_eq!(paths(2), ["rule"]);
    }

    #[test]
    fn warnings_stop_only_who_wants_them_to() {
        let strange = FINE.replace(
            r#"{ "all": [] }"#,
            r#"{ "fact": "visit.pages", "op": "gte", "value": 1 }, "priority": -1"#,
        );
        let above = FINE.replace("\"A\"", "\"B\", \"frequency\": \"visit\"");
        let never = FINE.replace("\"A\"", "\"C\", \"schedule\": { \"hours\": \"during\" }");
        let report = report(&[&format!("[{strange}, {never}]"), &above]);
        assert_eq!((report.code(false), report.code(true)), (0, 1));
        let paths = |file: usize| -> Vec<&str> {
            let warnings = report.files[file].warnings.iter();
            warnings.map(|warning| warning.path.as_str()).collect()
        };
        assert_eq!(paths(0), ["[0].priority", "[0].rule", "[1].schedule.hours"]);
        assert_eq!(paths(1), Vec::<&str>::new());
        let json = serde_json::to_value(&report).unwrap();
        let first = &json["files"][0]["warnings"][0];
        assert_eq!(first["kind"], "shadowed");
        assert!(
            first["message"]
                .as_str()
                .unwrap()
                .starts_with("“B” comes first.")
        );
        assert!(json["files"][0].get("specs").is_none());
    }

    #[test]
    fn a_file_that_cannot_be_read_ends_with_2() {
        let report = Report {
            files: vec![check(Path::new("/nowhere/trigger.json"))],
        };
        assert_eq!(report.code(true), 2);
    }
}
