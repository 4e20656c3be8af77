//! Calls cargo, and reads which files it made.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::process;

/// The cargo that runs this task.
pub(crate) fn cargo() -> Command {
    process::command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Something cargo built, or found built.
#[derive(Debug, PartialEq)]
pub(crate) struct Artifact {
    /// Name of the target, as in `lib.name` or the name of a binary.
    pub(crate) target: String,
    /// What it consists of, as far as it can be run or shipped.
    pub(crate) files: Vec<PathBuf>,
    /// The program, if it is one.
    pub(crate) program: Option<PathBuf>,
    /// It was up to date, nothing was compiled.
    pub(crate) fresh: bool,
}

/// Runs a cargo command that builds, and returns what it built.
///
/// Cargo's own progress and its diagnostics go to the terminal as usual. `rustc`
/// is for the compiler, where the command is `cargo rustc`.
pub(crate) fn build(command: &mut Command, rustc: &[&str]) -> Result<Vec<Artifact>> {
    command.arg("--message-format=json-render-diagnostics");
    if !rustc.is_empty() {
        command.arg("--").args(rustc);
    }
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let messages = child.stdout.take().context("cargo has no output")?;
    let mut artifacts = Vec::new();
    for message in BufReader::new(messages).lines() {
        artifacts.extend(artifact(&message?));
    }
    if !child.wait()?.success() {
        bail!("the build failed; cargo's messages above say where");
    }
    Ok(artifacts)
}

fn artifact(message: &str) -> Option<Artifact> {
    let message: Value = serde_json::from_str(message).ok()?;
    if message["reason"] != "compiler-artifact" {
        return None;
    }
    let files = message["filenames"].as_array()?;
    Some(Artifact {
        target: message["target"]["name"].as_str()?.to_owned(),
        files: files
            .iter()
            .filter_map(Value::as_str)
            .map(PathBuf::from)
            .collect(),
        program: message["executable"].as_str().map(PathBuf::from),
        fresh: message["fresh"].as_bool()?,
    })
}

/// Finds the file of a target among what was built.
pub(crate) fn file_of(artifacts: &[Artifact], target: &str, extension: &str) -> Result<PathBuf> {
    artifacts
        .iter()
        .filter(|artifact| artifact.target == target)
        .flat_map(|artifact| &artifact.files)
        .find(|file| file.extension().unwrap_or_default() == extension)
        .cloned()
        .with_context(|| format!("cargo built no `{target}` with the extension `{extension}`"))
}

/// Finds a program among what was built.
pub(crate) fn program_of(artifacts: &[Artifact], target: &str) -> Result<PathBuf> {
    artifacts
        .iter()
        .filter(|artifact| artifact.target == target)
        .find_map(|artifact| artifact.program.clone())
        .with_context(|| format!("cargo built no program `{target}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGE: &str = r#"{"reason":"compiler-artifact","target":{"name":"saluda_ui"},"fresh":true,
        "filenames":["/t/libsaluda_ui.rlib","/t/saluda_ui.wasm"]}"#;

    #[test]
    fn finds_the_module_among_the_files_of_a_target() {
        let artifacts = Vec::from_iter(artifact(MESSAGE));
        assert!(artifacts[0].fresh);
        assert_eq!(
            file_of(&artifacts, "saluda_ui", "wasm").unwrap(),
            PathBuf::from("/t/saluda_ui.wasm")
        );
        assert!(file_of(&artifacts, "saluda_desk", "wasm").is_err());
    }

    #[test]
    fn other_messages_are_passed_over() {
        assert_eq!(
            artifact(r#"{"reason":"build-finished","success":true}"#),
            None
        );
        assert_eq!(artifact("not a message"), None);
    }
}
