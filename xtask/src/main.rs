//! Every task a person does by hand: run, test, build, size,
//! screenshots, bench.
//!
//! One file per task, and one per thing they share. What a task needs and can
//! fetch by itself it fetches; otherwise it says what to install.

mod assets;
mod bench;
mod budgets;
mod bundle;
mod cargo;
mod children;
mod compress;
mod debug;
mod dist;
mod join;
mod locate;
mod manifest;
mod process;
mod progress;
mod prune;
mod run;
mod screenshots;
mod shorten;
mod size;
mod split;
mod test;
mod tools;
mod wasm;
mod watch;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::wasm::Profile;

/// The arm that `cargo test` calls for each test module; people do not.
const WASM_TEST_RUNNER: &str = "wasm-test-runner";

/// Every task a person does by hand
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build what is missing, seed the demo and serve shop, widget and desk
    Run(run::Options),
    /// Run everything CI runs, or only the suites named
    Test(test::Options),
    /// Build widget and desk into pkg/dist
    Build {
        /// Build the small modules that are shipped, instead of the quick ones
        #[arg(long)]
        release: bool,
    },
    /// Show the bytes a page pays, against the budgets
    Size,
    /// Take a picture of every state of the widget, into docs/screenshots
    Screenshots,
    /// Measure, beside what it is compared to
    #[command(subcommand)]
    Bench(bench::Subject),
}

fn main() -> ExitCode {
    let mut words = std::env::args_os();
    let program = words.next();
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == WASM_TEST_RUNNER)
    {
        let words = program.into_iter().chain(words.skip(1));
        return finish(wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(words));
    }
    finish(match Arguments::parse().task {
        Task::Run(options) => run::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Build { release: true } => assets::build(Profile::Shipped),
        Task::Build { release: false } => assets::build(Profile::Quick),
        Task::Size => size::run(),
        Task::Screenshots => screenshots::run(),
        Task::Bench(subject) => bench::run(&subject),
    })
}

/// The one place where an error of a task is shown.
fn finish(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn parse(words: &[&str]) -> Result<Task, clap::Error> {
        let words = ["cargo xtask"].iter().chain(words);
        Arguments::try_parse_from(words).map(|arguments| arguments.task)
    }

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn no_task_shows_the_help() {
        let error = parse(&[]).unwrap_err();
        assert!(
            error.to_string().contains("Usage: cargo xtask <COMMAND>"),
            "{error}"
        );
    }

    #[test]
    fn build_is_quick_unless_asked() {
        assert!(matches!(
            parse(&["build"]),
            Ok(Task::Build { release: false })
        ));
        assert!(matches!(
            parse(&["build", "--release"]),
            Ok(Task::Build { release: true })
        ));
    }

    #[test]
    fn a_suite_that_does_not_exist_is_named_with_those_that_do() {
        let error = parse(&["test", "brwser"]).unwrap_err().to_string();
        assert!(
            error.contains("brwser") && error.contains("browser"),
            "{error}"
        );
    }
}
