//! Every test that needs neither a browser nor a built widget.

use anyhow::Result;

use crate::cargo::cargo;
use crate::process;

/// Tests the packages named, or all of them.
pub(super) fn run(packages: &[&str]) -> Result<()> {
    let mut command = cargo();
    command.arg("test");
    if packages.is_empty() {
        command.arg("--workspace");
    }
    command.args(packages.iter().flat_map(|package| ["--package", package]));
    process::run(&mut command)
}
