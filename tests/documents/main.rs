//! The documents say what is true.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// README, CONTRIBUTING and everything under `docs`.
fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(root().join("docs"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    found.extend(["README.md", "CONTRIBUTING.md", "tests/README.md"].map(|name| root().join(name)));
    found
}

/// Paths of this repository that a text names in backticks, outside code
/// blocks.
fn paths(text: &str) -> Vec<&str> {
    let folders: BTreeSet<String> = std::fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    text.split("```")
        .step_by(2)
        .flat_map(|prose| prose.split('`').skip(1).step_by(2))
        .filter(|quoted| {
            quoted
                .split_once('/')
                .is_some_and(|(first, _)| folders.contains(first))
        })
        .filter(|quoted| !quoted.contains(['*', ' ', '<', '{', '…']))
        .collect()
}

#[test]
fn every_path_that_a_document_names_exists() {
    let mut named = 0;
    for document in documents() {
        let text = std::fs::read_to_string(&document).unwrap();
        for path in paths(&text) {
            named += 1;
            // What the build makes is not there in a fresh clone.
            if path.starts_with("pkg/dist") || path.starts_with("target/") {
                continue;
            }
            assert!(
                root().join(path).exists(),
                "{} names `{path}`, which does not exist",
                document.display()
            );
        }
    }
    assert!(named > 20, "the documents name hardly any path: {named}");
}

#[test]
fn the_architecture_names_every_part() {
    let text = std::fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let named: BTreeSet<&str> = paths(&text)
        .into_iter()
        .map(|path| path.trim_end_matches('/'))
        .collect();
    for folder in [
        "crates/protocol",
        "crates/rules",
        "crates/flow",
        "crates/client",
        "crates/store",
        "widget/runtime",
        "widget/ui",
        "pkg/loader",
    ] {
        assert!(
            named.contains(folder),
            "docs/architecture.md leaves out `{folder}`"
        );
    }
}

#[test]
fn the_readme_and_ci_name_the_same_commands() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    for command in ["cargo xtask run", "cargo xtask test"] {
        assert!(readme.contains(command), "README.md leaves out `{command}`");
    }
    let ci = std::fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(
        ci.contains("cargo xtask test"),
        ".ci/run runs something else"
    );
}
