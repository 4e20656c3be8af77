//! Takes a file in while it comes: never more of it than is allowed, and nothing
//! that is left behind when it does not come to its end.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::body::Body;
use futures_util::StreamExt as _;
use saluda_protocol::{File, FileId, Picture, limits};
use saluda_store::StoreError;
use tokio::fs::OpenOptions;
use tokio::io::AsyncWriteExt as _;

use super::kind::{self, HEAD_BYTES};
use super::preview::{self, Preview};
use super::{Files, Name, PlaceError, Program};
use crate::secret::NoRandomness;

/// Nothing came for so long: the sender is gone.
const QUIET: Duration = Duration::from_secs(30);

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SendError {
    /// It is larger than allowed.
    #[error("a file has at most {} MB; send a smaller one, or a link to it", limits::FILE_BYTES / 1_000_000)]
    TooLarge,
    /// There is nothing in it.
    #[error("the file is empty; choose another")]
    Empty,
    /// It is a program.
    #[error("programs are not taken; send a link to it instead")]
    Program,
    /// The visitor has sent as much as they may.
    #[error(
        "at most {} files and {} MB can be sent within a day; try again tomorrow",
        limits::FILES_A_DAY,
        limits::FILE_BYTES_A_DAY / 1_000_000
    )]
    TooMuch,
    /// It ended early, or nothing came any more.
    #[error("the file did not come to its end; send it again")]
    Cut,
    /// It could not be written down while it came.
    #[error("the file could not be written to the disk")]
    Disk(#[from] io::Error),
    /// It could not be put where files lie.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The database failed. It may be sent again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No id could be made.
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

impl From<Program> for SendError {
    fn from(_: Program) -> Self {
        Self::Program
    }
}

/// A file that came, and is not yet in its place. It is removed when this is
/// dropped.
pub(crate) struct Came {
    /// What was found out of it.
    pub(crate) file: File,
    coming: Coming,
    preview: Option<Preview>,
}

impl Came {
    /// Puts it in its place, where it stays. Returns once it is there for good.
    pub(crate) async fn keep(self, files: &Files) -> Result<File, PlaceError> {
        // First: whoever is shown the file is shown the preview at once.
        if let Some(preview) = &self.preview
            && let Err(error) = keep_preview(files, self.file.id, &preview.bytes).await
        {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, "a picture has no preview");
        }
        files
            .put(&self.coming.path, Name::File(self.file.id))
            .await?;
        Ok(self.file)
    }
}

/// Where a file lies while it comes.
struct Coming {
    path: PathBuf,
}

impl Drop for Coming {
    fn drop(&mut self) {
        // It may have been moved to its place. What stays behind is found by the sweep.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Takes in the body of a request. What comes in it is on disk when this returns.
pub(crate) async fn receive(
    files: &Files,
    id: FileId,
    name: String,
    body: Body,
) -> Result<Came, SendError> {
    tokio::fs::create_dir_all(files.folder()).await?;
    let coming = Coming {
        path: files.coming(Name::File(id)),
    };
    let mut disk = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&coming.path)
        .await?;
    let mut stream = body.into_data_stream();
    let (mut bytes, mut head) = (0_u64, Vec::new());
    let mut kind = None;
    while let Some(chunk) = tokio::time::timeout(QUIET, stream.next())
        .await
        .map_err(|_| SendError::Cut)?
    {
        let chunk = chunk.map_err(|_| SendError::Cut)?;
        bytes = bytes.saturating_add(chunk.len() as u64);
        if bytes > limits::FILE_BYTES {
            return Err(SendError::TooLarge);
        }
        if kind.is_none() {
            let wanted = HEAD_BYTES.saturating_sub(head.len());
            head.extend(chunk.iter().take(wanted));
            if head.len() == HEAD_BYTES {
                kind = Some(kind::judge(&head, &name));
            }
        }
        // A program is heard to its end, so that its sender hears why: a browser
        // that is interrupted hears nothing.
        if kind != Some(Err(Program)) {
            disk.write_all(&chunk).await?;
        }
    }
    if bytes == 0 {
        return Err(SendError::Empty);
    }
    let kind = match kind {
        Some(kind) => kind?,
        None => kind::judge(&head, &name)?,
    };
    disk.flush().await?;
    disk.sync_all().await?;
    let picture = match kind::picture(&head) {
        Some(_) => measure(&coming.path).await,
        None => None,
    };
    let preview = match picture {
        Some(size) => preview::make(&coming.path, kind, size).await,
        None => None,
    };
    // Browsers turn it, and the place that is kept for it should have its shape.
    let picture = match &preview {
        Some(preview) if preview.was_turned => picture.map(on_its_side),
        _ => picture,
    };
    let file = File {
        id,
        name,
        kind: kind.to_owned(),
        bytes,
        picture,
    };
    Ok(Came {
        file,
        coming,
        preview,
    })
}

fn on_its_side(size: Picture) -> Picture {
    Picture {
        width: size.height,
        height: size.width,
    }
}

/// Puts a preview in its place. It is removed with its file.
async fn keep_preview(files: &Files, id: FileId, preview: &[u8]) -> Result<(), PlaceError> {
    let name = Name::Preview(id);
    let coming = Coming {
        path: files.coming(name),
    };
    let mut disk = tokio::fs::File::create(&coming.path).await?;
    disk.write_all(preview).await?;
    disk.sync_all().await?;
    files.put(&coming.path, name).await
}

/// How large a picture is. None if it makes no sense, or is larger than what
/// browsers should be asked to show.
async fn measure(path: &Path) -> Option<Picture> {
    let path = path.to_owned();
    let measured = tokio::task::spawn_blocking(move || imagesize::size(path));
    let size = measured.await.ok()?.ok()?;
    let picture = Picture {
        width: u32::try_from(size.width).ok()?,
        height: u32::try_from(size.height).ok()?,
    };
    let pixels = u64::from(picture.width) * u64::from(picture.height);
    (1..=limits::PICTURE_PIXELS)
        .contains(&pixels)
        .then_some(picture)
}
