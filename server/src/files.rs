//! What is in the files that visitors and agents send each other.
//!
//! Each lies in one folder under its id and nothing else: no name that anyone gave
//! becomes a path. What is known of a file besides is in the database.

pub(crate) mod kind;
pub(crate) mod receive;

use std::io;
use std::path::{Path, PathBuf};

use saluda_protocol::FileId;

pub(crate) use kind::Program;

/// The ending of a file that is still coming.
pub(crate) const COMING: &str = "part";

/// The folder in which they lie.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// The folder, which is made when the first file comes.
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Where a file lies.
    pub(crate) fn of(&self, id: FileId) -> PathBuf {
        self.0.join(id.to_string())
    }

    /// Where it lies while it is coming.
    pub(crate) fn coming(&self, id: FileId) -> PathBuf {
        self.of(id).with_extension(COMING)
    }

    /// Removes a file. One that is not there is removed.
    pub(crate) async fn remove(&self, id: FileId) -> io::Result<()> {
        match tokio::fs::remove_file(self.of(id)).await {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}
