//! Journeys across parts: the real server, the real widget, a real browser.

use anyhow::Result;

use crate::cargo::cargo;
use crate::tools::NodeTools;
use crate::wasm::Profile;
use crate::{assets, process, tools};

/// What cargo is asked for in both steps below, so that the second finds what
/// the first built: the features of a dependency depend on everything that is
/// selected with it.
const SELECTION: [&str; 3] = ["--workspace", "--features", "saluda-tests/browser"];

pub(super) fn run() -> Result<()> {
    tools::browser()?;
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
    process::run(
        cargo()
            .arg("test")
            .args(SELECTION)
            .args(["--test", "browser"]),
    )
}
