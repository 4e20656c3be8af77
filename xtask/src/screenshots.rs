//! `cargo xtask screenshots`: a picture of every state of the widget, on desktop
//! and phone, light and dark, in its languages.
//!
//! The journey that looks for faults in each of these states takes them, so that
//! what is in the pictures is what is tested.

use std::fs;

use anyhow::{Context as _, Result};

use crate::test::browser;
use crate::workspace;

/// Where they are kept.
const FOLDER: &str = "docs/screenshots";
/// The tests that walk through the states.
const WALKS: &str = "states::";

pub(crate) fn run() -> Result<()> {
    let folder = workspace::path(FOLDER);
    // A state that is no more leaves no picture behind.
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty `{FOLDER}`"))?;
    }
    let wanted = ("SALUDA_SCREENSHOTS", folder.as_os_str());
    browser::run_only(Some(WALKS), Some(wanted))?;
    println!("The pictures are in {FOLDER}.");
    Ok(())
}
