//! `saluda trigger check`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use saluda_rules::compile::{self, Mistake};
use serde::Serialize;

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
    /// Why it cannot be read.
    error: Option<String>,
}

impl Check {
    pub(super) fn run(self) -> ExitCode {
        let files = self.files.iter().map(|path| check(path)).collect();
        let report = Report { files };
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
        ExitCode::from(report.code())
    }
}

fn check(path: &Path) -> Checked {
    let (specs, mistakes, error) = match input::read(path) {
        Err(error) => (0, Vec::new(), Some(error.to_string())),
        Ok(text) => match compile::read_all(&text) {
            Ok(specs) => (specs.len(), Vec::new(), None),
            Err(mistakes) => (0, mistakes, None),
        },
    };
    Checked {
        file: path.display().to_string(),
        triggers: specs,
        mistakes,
        error,
    }
}

impl Report {
    fn code(&self) -> u8 {
        if self.files.iter().any(|file| file.error.is_some()) {
            2
        } else {
            u8::from(self.files.iter().any(|file| !file.mistakes.is_empty()))
        }
    }
}

impl Checked {
    fn print(&self) {
        let Self { file, .. } = self;
        if let Some(error) = &self.error {
            eprintln!("{file}: cannot be read: {error}");
        } else if self.mistakes.is_empty() {
            println!("{file}: ok");
        }
        for mistake in &self.mistakes {
            println!("{file}: {mistake}");
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
        Report {
            files: files.collect(),
        }
    }

    #[test]
    fn files_that_are_fine_end_with_0() {
        let list = format!("[{FINE}, {}]", FINE.replace("\"A\"", "\"B\""));
        let report = report(&[FINE, &list]);
        assert_eq!(report.code(), 0);
        assert_eq!(report.files[1].triggers, 2);
    }

    #[test]
    fn a_mistake_ends_with_1_and_has_its_place() {
        let report = report(&[
            FINE,
            &format!("[{FINE}, {FINE}]"),
            &FINE.replace("all", "al"),
        ]);
        assert_eq!(report.code(), 1);
        let paths = |file: usize| -> Vec<&str> {
            let mistakes = report.files[file].mistakes.iter();
            mistakes.map(|mistake| mistake.path.as_str()).collect()
        };
        assert_eq!(paths(0), Vec::<&str>::new());
        assert_eq!(paths(1), ["[1]"]);
        assert_eq!(paths(2), ["rule"]);
    }

    #[test]
    fn a_file_that_cannot_be_read_ends_with_2() {
        let report = Report {
            files: vec![check(Path::new("/nowhere/trigger.json"))],
        };
        assert_eq!(report.code(), 2);
    }
}
