//! Where things are in this repository.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The folder of the root `Cargo.toml`, wherever the task was started from.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        // Cargo says where this package is now. Where it was when it was
        // compiled may be somewhere else: people rename folders.
        let now = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let package = now.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        package.parent().unwrap_or(&package).to_owned()
    });
    &ROOT
}

/// A path inside the repository.
pub(crate) fn path(inside: &str) -> PathBuf {
    root().join(inside)
}

/// Cargo's folder for what is built.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => path("target"),
    }
}

/// The finished widget and desk, as the server reads them.
pub(crate) fn dist() -> PathBuf {
    path("pkg/dist")
}

/// A path as a person in the repository would write it.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}
