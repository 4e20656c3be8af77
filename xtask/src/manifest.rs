//! `pkg/dist/manifest.json`: which hashed file stands for which logical name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256, Sha384};

/// One file under `pkg/dist/assets`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// Path below `pkg/dist`, which is also the path below the server.
    pub(crate) file: String,
    /// For an `integrity` attribute.
    pub(crate) integrity: String,
    /// Size as built.
    pub(crate) bytes: u64,
    /// Size as sent.
    pub(crate) brotli: u64,
}

/// Logical name, such as `ui.wasm`, to the file that stands for it.
pub(crate) type Manifest = BTreeMap<String, Entry>;

/// The name under which content is served for ever: `ui.wasm` becomes
/// `ui.<first 16 digits of its SHA-256>.wasm`.
pub(crate) fn hashed_name(logical: &str, content: &[u8]) -> String {
    let digits = &digest(content)[..16];
    match logical.rsplit_once('.') {
        Some((name, extension)) => format!("{name}.{digits}.{extension}"),
        None => format!("{logical}.{digits}"),
    }
}

/// SHA-256 of some content, in hexadecimal digits.
pub(crate) fn digest(content: &[u8]) -> String {
    let digits = |byte: &u8| {
        [byte >> 4, byte & 15].map(|half| char::from(b"0123456789abcdef"[usize::from(half)]))
    };
    Sha256::digest(content).iter().flat_map(digits).collect()
}

/// The `integrity` attribute for some content.
pub(crate) fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// Reads the manifest of a folder that was built before.
pub(crate) fn read(dist: &Path) -> Result<Manifest> {
    let path = dist.join("manifest.json");
    let text = fs::read(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("`{}` is not a manifest", path.display()))
}

/// The manifest as text, the same for the same files.
pub(crate) fn text(manifest: &Manifest) -> Result<String> {
    Ok(serde_json::to_string_pretty(manifest)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_extension_last() {
        assert_eq!(hashed_name("ui.wasm", b""), "ui.e3b0c44298fc1c14.wasm");
        assert_eq!(
            hashed_name("ui.en.json", b""),
            "ui.en.e3b0c44298fc1c14.json"
        );
        assert_ne!(hashed_name("ui.wasm", b"a"), hashed_name("ui.wasm", b"b"));
    }

    #[test]
    fn integrity_is_what_a_browser_computes() {
        assert_eq!(
            integrity(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }

    #[test]
    fn the_text_reads_back() {
        let entry = Entry {
            file: "assets/ui.0.js".to_owned(),
            integrity: integrity(b""),
            bytes: 10,
            brotli: 5,
        };
        let manifest = Manifest::from([("ui.js".to_owned(), entry)]);
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("manifest.json"),
            text(&manifest).unwrap(),
        )
        .unwrap();
        assert_eq!(read(folder.path()).unwrap(), manifest);
    }
}
