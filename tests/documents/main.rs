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

/// The sources of this repository below some folders, with their endings.
fn sources(folders: &[&str], endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let built = ["target", "node_modules", "dist"];
            if !built.iter().any(|name| path.ends_with(name)) {
                let inside = std::fs::read_dir(&path).unwrap();
                open.extend(inside.map(|entry| entry.unwrap().path()));
            }
        } else if endings
            .iter()
            .any(|ending| path.extension().is_some_and(|of| of == *ending))
        {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

#[test]
fn every_test_that_the_security_page_names_exists() {
    let page = std::fs::read_to_string(root().join("docs/security.md")).unwrap();
    let all = sources(
        &["crates", "desk", "fuzz", "server", "tests", "widget"],
        &["rs"],
    );
    let quoted = page.split('`').skip(1).step_by(2);
    let is_test = |name: &&str| {
        name.matches('_').count() > 2
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    let mut named = 0;
    for test in quoted.filter(is_test) {
        named += 1;
        let declared = format!("fn {test}(");
        assert!(
            all.iter().any(|(_, text)| text.contains(&declared)),
            "docs/security.md names `{test}`, which does not exist"
        );
    }
    assert!(
        named > 40,
        "docs/security.md names hardly any test: {named}"
    );
}

#[test]
fn nothing_is_handed_to_the_html_parser() {
    // Nor made a script of.
    let ways = [
        "inner_html",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "insert_adjacent_html",
        "document.write",
        "createContextualFragment",
        "new Function",
        "eval(",
        "srcdoc",
    ];
    let ours = [
        "desk/src",
        "widget/ui/src",
        "widget/runtime",
        "widget/tabs",
        "widget/verbs",
        "widget/transcript",
        "pkg/loader",
        "crates/client/src",
    ];
    let is_test = |path: &Path| path.components().any(|part| part.as_os_str() == "tests");
    for (path, text) in sources(&ours, &["rs", "js"]) {
        for way in ways.iter().filter(|_| !is_test(&path)) {
            let line = text
                .lines()
                .find(|line| line.contains(way) && !line.trim_start().starts_with("//"));
            assert!(
                line.is_none(),
                "{}: {}",
                path.display(),
                line.unwrap_or_default()
            );
        }
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
