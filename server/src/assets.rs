//! The built widget and desk.
//!
//! A release carries them inside the binary. A debug build, or one that is told
//! a folder, reads them from disk at each request, so that a rebuilt widget is
//! there without a restart.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use rust_embed::RustEmbed;
use saluda_protocol::site::Module;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../pkg/dist"]
#[allow_missing = true]
struct Embedded;

/// Where built files come from.
pub(crate) struct Assets {
    folder: Option<PathBuf>,
}

impl Assets {
    /// Those that belong to this binary.
    pub(crate) fn embedded() -> Self {
        Self { folder: None }
    }

    /// Those of a folder.
    pub(crate) fn folder(folder: &Path) -> Self {
        Self {
            folder: Some(folder.to_owned()),
        }
    }

    /// The content of a file, by its path under the folder.
    pub(crate) fn read(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        let plain = Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !plain || path.is_empty() {
            return None;
        }
        match &self.folder {
            Some(folder) => std::fs::read(folder.join(path)).ok().map(Cow::Owned),
            None => Embedded::get(path).map(|file| file.data),
        }
    }

    /// The files that a page may need, by name; nothing when the widget is not
    /// built. Those of the explain panel only where it is open.
    pub(crate) fn modules(&self, explained: bool) -> BTreeMap<String, Module> {
        let manifest = self.read("manifest.json").unwrap_or_default();
        let all: BTreeMap<String, Module> = serde_json::from_slice(&manifest).unwrap_or_default();
        all.into_iter()
            .filter(|(name, _)| match name.split('.').next() {
                Some("runtime" | "ui" | "verbs" | "tabs" | "transcript") => true,
                Some("explain") => explained,
                _ => false,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("dist")).unwrap();
        std::fs::write(folder.path().join("secret"), "x").unwrap();
        std::fs::write(folder.path().join("dist/widget.js"), "x").unwrap();
        let assets = Assets::folder(&folder.path().join("dist"));
        assert!(assets.read("widget.js").is_some());
        for bad in [
            "../secret",
            "/etc/passwd",
            "./../secret",
            "",
            "..",
            "a/../../secret",
        ] {
            assert!(assets.read(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_page_is_told_of_its_own_modules_only() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = r#"{
            "ui.js": {"file": "assets/ui.1.js", "integrity": "sha384-x", "bytes": 1, "brotli": 1},
            "desk.js": {"file": "assets/desk.1.js", "integrity": "sha384-x", "bytes": 1, "brotli": 1}
        }"#;
        std::fs::write(folder.path().join("manifest.json"), manifest).unwrap();
        let modules = Assets::folder(folder.path()).modules(false);
        assert_eq!(modules.keys().collect::<Vec<_>>(), ["ui.js"]);
    }
}
