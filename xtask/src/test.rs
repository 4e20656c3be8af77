//! `cargo xtask test`: everything CI runs, suite by suite.

mod api;
pub(crate) mod browser;
mod docs;
mod format;
mod lint;
mod types;
mod unit;
mod wasm;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::builder::PossibleValue;

use crate::{progress, size};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Only these suites; without a name all of them, in this order
    #[arg(value_name = "NAME")]
    suites: Vec<Suite>,
}

/// One thing to test. The order is the order of a full run: what fails soonest
/// comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suite {
    Format,
    Lint,
    Unit,
    Rules,
    Server,
    Api,
    Wasm,
    Browser,
    Size,
    Types,
    Docs,
}

impl clap::ValueEnum for Suite {
    fn value_variants<'a>() -> &'a [Self] {
        &[
            Self::Format,
            Self::Lint,
            Self::Unit,
            Self::Rules,
            Self::Server,
            Self::Api,
            Self::Wasm,
            Self::Browser,
            Self::Size,
            Self::Types,
            Self::Docs,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let value = PossibleValue::new(self.name()).help(self.about());
        Some(if *self == Self::Wasm {
            value.alias("widget")
        } else {
            value
        })
    }
}

impl Suite {
    fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Lint => "lint",
            Self::Unit => "unit",
            Self::Rules => "rules",
            Self::Server => "server",
            Self::Api => "api",
            Self::Wasm => "wasm",
            Self::Browser => "browser",
            Self::Size => "size",
            Self::Types => "types",
            Self::Docs => "docs",
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Format => "the code is formatted",
            Self::Lint => "clippy, for the host and for the browser",
            Self::Unit => "every test that needs no browser",
            Self::Rules => "of those, the crates that decide (when named)",
            Self::Server => "of those, server and store (when named)",
            Self::Api => "the API answers as its OpenAPI document says",
            Self::Wasm => "tests of modules, in a browser",
            Self::Browser => "journeys: real server, real browser",
            Self::Size => "the bytes a page pays, against the budgets",
            Self::Types => "the types a page sees",
            Self::Docs => "the documentation of the code",
        }
    }

    /// A part of another suite, for the inner loop.
    fn is_part(self) -> bool {
        matches!(self, Self::Rules | Self::Server)
    }

    fn run(self) -> Result<()> {
        match self {
            Self::Format => format::run(),
            Self::Lint => lint::run(),
            Self::Unit => unit::run(&[]),
            Self::Rules => unit::run(&["saluda-protocol", "saluda-rules", "saluda-flow"]),
            Self::Server => unit::run(&["saluda", "saluda-store"]),
            Self::Api => api::run(),
            Self::Wasm => wasm::run(),
            Self::Browser => browser::run(),
            Self::Size => size::run(),
            Self::Types => types::run(),
            Self::Docs => docs::run(),
        }
    }
}

/// Runs the suites in turn and stops at the first that fails.
pub(crate) fn run(options: &Options) -> Result<()> {
    let suites = chosen(&options.suites);
    let mut passed = Vec::new();
    let mut failure = None;
    for suite in &suites {
        println!("\n── {}: {}", suite.name(), suite.about());
        let start = Instant::now();
        let result = suite.run();
        let took = start.elapsed();
        match result {
            Ok(()) => passed.push((*suite, took)),
            Err(error) => {
                failure = Some((*suite, took, error));
                break;
            }
        }
        println!(
            "── {}: passed in {}",
            suite.name(),
            progress::duration(took)
        );
    }

    println!();
    for (suite, took) in &passed {
        println!("{}", line(*suite, "passed", *took));
    }
    if let Some((suite, took, _)) = &failure {
        println!("{}", line(*suite, "FAILED", *took));
    }
    for suite in &suites[passed.len() + usize::from(failure.is_some())..] {
        println!("  {:<8} not run", suite.name());
    }
    println!(
        "\n{} passed, {} failed",
        passed.len(),
        u8::from(failure.is_some())
    );
    match failure {
        None => Ok(()),
        Some((suite, _, error)) => {
            bail!(
                "{error:#}\nRun it alone with `cargo xtask test {}`.",
                suite.name()
            )
        }
    }
}

fn chosen(named: &[Suite]) -> Vec<Suite> {
    if named.is_empty() {
        let all = <Suite as clap::ValueEnum>::value_variants();
        return all
            .iter()
            .copied()
            .filter(|suite| !suite.is_part())
            .collect();
    }
    named.to_vec()
}

fn line(suite: Suite, word: &str, took: Duration) -> String {
    format!(
        "  {:<8} {word} {:>12}",
        suite.name(),
        progress::duration(took)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_run_runs_nothing_twice() {
        let suites = chosen(&[]);
        assert!(!suites.contains(&Suite::Server));
        assert_eq!(suites.first(), Some(&Suite::Format));
        assert_eq!(suites.len(), 9);
    }

    #[test]
    fn a_part_runs_when_it_is_named() {
        assert_eq!(
            chosen(&[Suite::Server, Suite::Format]),
            [Suite::Server, Suite::Format]
        );
    }
}
