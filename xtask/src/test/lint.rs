//! Clippy over everything: what runs on the host, and what runs in a browser.

use anyhow::Result;

use crate::cargo::cargo;
use crate::wasm::{MEASURED, MODULES, Profile};
use crate::{process, tools};

pub(super) fn run() -> Result<()> {
    tools::rust_component("clippy", "clippy")?;
    tools::wasm_target()?;
    process::run(
        cargo()
            .args([
                "clippy",
                "--workspace",
                "--all-targets",
                "--features",
                "saluda-tests/browser",
            ])
            .args(["--", "-D", "warnings"]),
    )?;
    let packages = MODULES
        .iter()
        .flat_map(|module| ["--package", module.package]);
    process::run(
        cargo()
            .args(["clippy", "--target", "wasm32-unknown-unknown"])
            .args(packages)
            .args(["--all-targets", "--", "-D", "warnings"]),
    )?;
    let modules = MODULES.iter().chain([&MEASURED]);
    for module in modules {
        let features = module.features_in(Profile::Shipped);
        if features.is_empty() {
            continue;
        }
        process::run(
            cargo()
                .args(["clippy", "--target", "wasm32-unknown-unknown"])
                .args(["--package", module.package])
                .args(["--features", &features.join(",")])
                .args(["--", "-D", "warnings"]),
        )?;
    }
    Ok(())
}
