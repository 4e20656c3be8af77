//! The types a page sees describe a page that compiles.

use anyhow::Result;

use crate::tools::NodeTools;
use crate::{process, progress, workspace};

/// The declarations, and a page that uses them as an owner would.
const SOURCES: [&str; 2] = ["pkg/index.d.ts", "tests/embed/usage.ts"];

pub(super) fn run() -> Result<()> {
    let sources = SOURCES.map(workspace::path);
    let Some(missing) = sources.iter().find(|source| !source.exists()) else {
        return check();
    };
    progress::note(
        "types",
        &format!(
            "`{}` does not exist yet: nothing to check",
            workspace::shown(missing)
        ),
    );
    Ok(())
}

fn check() -> Result<()> {
    process::run(
        NodeTools::require()?
            .program("tsc")
            .args([
                "--noEmit",
                "--strict",
                "--target",
                "es2020",
                "--lib",
                "es2020,dom",
                "--module",
                "esnext",
            ])
            .args(["--moduleResolution", "bundler", "--types", ""])
            .args(SOURCES),
    )
}
