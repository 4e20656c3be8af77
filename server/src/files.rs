//! What is in the files that visitors and agents send each other.
//!
//! Each lies under its id and nothing else: no name that anyone gave becomes a path.
//! What is known of a file besides is in the database.
//!
//! They lie in a folder, or in a [bucket] that others run. Either way a file comes
//! into the folder first, is judged there, and is then put in its [`Place`]; whoever
//! reads or removes it does not ask which of the two that is.

#[cfg(feature = "s3")]
mod bucket;
mod folder;
pub(crate) mod kind;
mod place;
pub(crate) mod preview;
pub(crate) mod receive;

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::TryStreamExt as _;
use saluda_protocol::FileId;
use tokio::io::AsyncWriteExt as _;

pub(crate) use kind::Program;
use place::Place;
pub(crate) use place::{Name, PREVIEW, Piece, PlaceError};

use crate::settings::Settings;

/// The ending of a file that is still coming.
pub(crate) const COMING: &str = "part";

/// The files, wherever they lie.
#[derive(Clone)]
pub(crate) struct Files {
    folder: PathBuf,
    place: Arc<dyn Place>,
}

impl Files {
    /// Those in a folder, which is made when the first file comes.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            place: Arc::new(folder::Folder::new(folder)),
        }
    }

    /// Where the settings say. No connection is opened yet.
    pub(crate) fn open(settings: &Settings) -> Result<Self, PlaceError> {
        match &settings.bucket {
            None => Ok(Self::in_folder(&settings.files)),
            #[cfg(feature = "s3")]
            Some(bucket) => Ok(Self {
                folder: settings.files.clone(),
                place: Arc::new(bucket::Bucket::open(bucket)?),
            }),
            #[cfg(not(feature = "s3"))]
            Some(_) => Err(PlaceError::NotBuilt),
        }
    }

    /// The folder through which they come.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where something lies while it is coming.
    pub(crate) fn coming(&self, name: Name) -> PathBuf {
        self.folder.join(format!("{name}.{COMING}"))
    }

    /// Whether files can be put there, found and removed.
    pub(crate) async fn probe(&self) -> Result<(), PlaceError> {
        self.place.probe().await
    }

    /// Puts what has come to a path in its place. It is there for good when this
    /// returns; what is left at the path is the caller's to remove.
    pub(crate) async fn put(&self, came: &Path, name: Name) -> Result<(), PlaceError> {
        self.place.put(came, name).await
    }

    /// What is in a file, or in a part of it.
    pub(crate) async fn read(
        &self,
        name: Name,
        part: Option<Range<u64>>,
    ) -> Result<Option<Piece>, PlaceError> {
        self.place.read(name, part).await
    }

    /// Removes a file with its preview. What is not there is removed.
    pub(crate) async fn remove(&self, id: FileId) -> Result<(), PlaceError> {
        self.place.remove(Name::Preview(id)).await?;
        self.place.remove(Name::File(id)).await
    }

    /// What lies there, and how large each is.
    pub(crate) async fn sizes(&self) -> Result<HashMap<String, u64>, PlaceError> {
        self.place.sizes().await
    }

    /// Copies a file to a path. Returns whether it was there.
    pub(crate) async fn copy(&self, id: FileId, to: &Path) -> Result<bool, PlaceError> {
        let Some(mut piece) = self.read(Name::File(id), None).await? else {
            return Ok(false);
        };
        let mut copy = tokio::fs::File::create(to).await?;
        while let Some(bytes) = piece.bytes.try_next().await? {
            copy.write_all(&bytes).await?;
        }
        copy.flush().await?;
        Ok(true)
    }
}
