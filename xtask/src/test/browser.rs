//! Journeys across parts: the real server, the real widget, a real browser.

use std::ffi::OsStr;

use anyhow::Result;

use crate::cargo::cargo;
use crate::tools::NodeTools;
use crate::wasm::Profile;
use crate::{assets, process, tools};

/// What cargo is asked for in both steps below, so that the second finds what
/// the first built: the features of a dependency depend on everything that is
/// selected with it.
pub(super) const SELECTION: [&str; 3] = ["--workspace", "--features", "saluda-tests/browser"];

pub(super) fn run() -> Result<()> {
    run_only(None, None)
}

/// Runs the journeys whose names begin so, with a variable in their environment.
pub(crate) fn run_only(filter: Option<&str>, variable: Option<(&str, &OsStr)>) -> Result<()> {
    tools::browser()?;
    tools::languages()?;
    // What is tested is what is shipped.
    NodeTools::require()?;
    assets::build(Profile::Shipped)?;
    process::run(cargo().arg("build").args(SELECTION).args([
        "--bin",
        "saluda",
        "--bin",
        "saluda-demo",
        "--test",
        "browser",
    ]))?;
    let mut tests = cargo();
    tests
        .arg("test")
        .args(SELECTION)
        .args(["--test", "browser"]);
    if let Some(filter) = filter {
        tests.args(["--", filter]);
    }
    tests.envs(variable);
    process::run(&mut tests)
}
