//! `cargo xtask bench`: the figures of `docs/performance.md`, each beside what it
//! is compared to, all in one run.

mod browser;
mod figures;
mod page;
mod relay;
mod rules;
mod table;
mod target;

use anyhow::Result;

/// What is measured.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Subject {
    /// Deciding who is greeted: natively, in Chromium, and by other engines
    Rules,
    /// What a page feels: with the widget, without it, and with two others
    Page,
    /// What the server takes, and how quickly it passes messages on
    Relay {
        /// A little of everything, to see that it can be measured
        #[arg(long)]
        quick: bool,
        /// How many seconds sockets that say nothing are watched
        #[arg(long, value_name = "SECONDS")]
        watch: Option<u64>,
    },
}

pub(crate) fn run(subject: &Subject) -> Result<()> {
    match subject {
        Subject::Rules => rules::run(),
        Subject::Page => page::run(),
        Subject::Relay { quick, watch } => relay::run(*quick, *watch),
    }
}
