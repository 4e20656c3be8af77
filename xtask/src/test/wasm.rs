//! Tests of what runs in a page, in a headless browser.
//!
//! `cargo test` builds one module for each file of tests and hands it to this
//! very program, which is also the test runner of wasm-bindgen: so its version
//! is that of `Cargo.lock`, and nobody installs it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::cargo::cargo;
use crate::{WASM_TEST_RUNNER, process, tools, workspace};

pub(super) fn run() -> Result<()> {
    tools::wasm_target()?;
    tools::browser()?;
    let tests = Tests::find(workspace::root())?;
    if tests.packages.is_empty() {
        bail!("no package has tests that run in a browser");
    }
    let program = std::env::current_exe().context("cannot find this program")?;
    let program = program
        .to_str()
        .context("the path of this program is not text")?;
    // A list, so that a path may hold spaces.
    let runner =
        format!("target.wasm32-unknown-unknown.runner=[{program:?}, {WASM_TEST_RUNNER:?}]");
    process::run(
        cargo()
            .args(["--config", &runner])
            .args(["test", "--target", "wasm32-unknown-unknown"])
            .args(tests.arguments())
            .env(
                "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                workspace::path("xtask/webdriver.json"),
            )
            // Generous, because the machine may be busy.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60"),
    )
}

/// The tests written for a browser, found by the attribute they carry.
#[derive(Debug, Default, PartialEq)]
struct Tests {
    packages: BTreeSet<String>,
    /// Files under a package's `tests/`.
    files: BTreeSet<String>,
    /// Some stand beside the code.
    in_libraries: bool,
}

impl Tests {
    fn find(root: &Path) -> Result<Self> {
        let mut tests = Self::default();
        for group in ["crates", "widget", "."] {
            for entry in fs::read_dir(root.join(group))? {
                let folder = entry?.path();
                if folder != root.join("xtask") && folder.join("Cargo.toml").exists() {
                    tests.look_into(&folder)?;
                }
            }
        }
        Ok(tests)
    }

    fn look_into(&mut self, package: &Path) -> Result<()> {
        let in_library = any_rust_file(&package.join("src"), &mut is_browser_test)?;
        let mut files = BTreeSet::new();
        if let Ok(entries) = fs::read_dir(package.join("tests")) {
            for entry in entries {
                let path = entry?.path();
                if path.is_file() && is_browser_test(&path) {
                    files.extend(
                        path.file_stem()
                            .map(|name| name.to_string_lossy().into_owned()),
                    );
                }
            }
        }
        if in_library || !files.is_empty() {
            self.packages.insert(package_name(package)?);
            self.files.append(&mut files);
            self.in_libraries |= in_library;
        }
        Ok(())
    }

    fn arguments(&self) -> Vec<String> {
        let pairs = |option: &str, values: &BTreeSet<String>| -> Vec<String> {
            values
                .iter()
                .flat_map(|value| [option.to_owned(), value.clone()])
                .collect()
        };
        let mut arguments = pairs("--package", &self.packages);
        arguments.extend(pairs("--test", &self.files));
        if self.in_libraries {
            arguments.push("--lib".to_owned());
        }
        arguments
    }
}

fn is_browser_test(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
        && fs::read_to_string(path).is_ok_and(|text| text.contains("#[wasm_bindgen_test"))
}

fn any_rust_file(folder: &Path, holds: &mut impl FnMut(&Path) -> bool) -> Result<bool> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(false);
    };
    for entry in entries {
        let path = entry?.path();
        if if path.is_dir() {
            any_rust_file(&path, holds)?
        } else {
            holds(&path)
        } {
            return Ok(true);
        }
    }
    Ok(false)
}

fn package_name(folder: &Path) -> Result<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
    let name = manifest
        .lines()
        .find_map(|line| line.strip_prefix("name = \""));
    let name = name.and_then(|rest| rest.strip_suffix('"'));
    Ok(name
        .with_context(|| format!("`{}/Cargo.toml` has no name", folder.display()))?
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(root: &Path, folder: &str, name: &str, files: &[(&str, &str)]) {
        let folder = root.join(folder);
        for (file, text) in files {
            let file = folder.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        fs::write(
            folder.join("Cargo.toml"),
            format!("[package]\nname = \"{name}\"\n"),
        )
        .unwrap();
    }

    #[test]
    fn finds_the_tests_that_need_a_browser() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        let marked = "#[wasm_bindgen_test]\nfn t() {}";
        package(
            root,
            "crates/rules",
            "saluda-rules",
            &[("src/lib.rs", ""), ("tests/laws.rs", "#[test]")],
        );
        package(
            root,
            "widget/ui",
            "saluda-ui",
            &[("src/a/b.rs", "fn f() {}"), ("tests/page.rs", marked)],
        );
        package(root, "desk", "saluda-desk", &[("src/a/b.rs", marked)]);

        let tests = Tests::find(root).unwrap();

        assert_eq!(
            tests.arguments(),
            [
                "--package",
                "saluda-desk",
                "--package",
                "saluda-ui",
                "--test",
                "page",
                "--lib"
            ]
        );
    }
}
