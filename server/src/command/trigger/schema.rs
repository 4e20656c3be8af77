//! `saluda trigger schema`

use std::process::ExitCode;

use saluda_rules::compile;

/// Prints the JSON Schema of a trigger.
pub(super) fn print() -> anyhow::Result<ExitCode> {
    println!("{}", serde_json::to_string_pretty(&compile::schema())?);
    Ok(ExitCode::SUCCESS)
}
