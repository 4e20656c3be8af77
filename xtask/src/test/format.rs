//! The code is formatted.

use anyhow::{Context as _, Result};

use crate::cargo::cargo;
use crate::{process, tools};

pub(super) fn run() -> Result<()> {
    tools::rust_component("rustfmt", "fmt")?;
    process::run(cargo().args(["fmt", "--all", "--check"])).context("run `cargo fmt --all`")
}
