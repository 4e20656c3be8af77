//! Files in a folder of this machine.

use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use axum::body::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream;
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, SeekFrom, Take};

use super::COMING;
use super::place::{Name, Piece, Place, PlaceError};

/// How much is read at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// The folder in which they lie.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    fn of(&self, name: Name) -> PathBuf {
        self.0.join(name.to_string())
    }
}

#[async_trait]
impl Place for Folder {
    async fn probe(&self) -> Result<(), PlaceError> {
        Ok(())
    }

    async fn put(&self, came: &Path, name: Name) -> Result<(), PlaceError> {
        fs::rename(came, self.of(name)).await?;
        // A name that was put into a folder is there after a power cut once the
        // folder is on disk too.
        File::open(&self.0).await?.sync_all().await?;
        Ok(())
    }

    async fn read(
        &self,
        name: Name,
        part: Option<Range<u64>>,
    ) -> Result<Option<Piece>, PlaceError> {
        let Some(mut file) = there(File::open(self.of(name)).await)? else {
            return Ok(None);
        };
        let whole = file.metadata().await?.len();
        let range = match part {
            None => 0..whole,
            Some(part) => part.start..part.end.min(whole),
        };
        if range.is_empty() && whole > 0 {
            return Ok(None);
        }
        file.seek(SeekFrom::Start(range.start)).await?;
        let file = file.take(range.end - range.start);
        Ok(Some(Piece {
            whole,
            range,
            bytes: stream::try_unfold(file, next).boxed(),
        }))
    }

    async fn remove(&self, name: Name) -> Result<(), PlaceError> {
        there(fs::remove_file(self.of(name)).await)?;
        Ok(())
    }

    async fn sizes(&self) -> Result<HashMap<String, u64>, PlaceError> {
        let mut sizes = HashMap::new();
        let Some(mut entries) = there(fs::read_dir(&self.0).await)? else {
            return Ok(sizes);
        };
        while let Some(entry) = entries.next_entry().await? {
            let is_coming = entry.path().extension().is_some_and(|it| it == COMING);
            if !is_coming && let Some(found) = there(entry.metadata().await)? {
                let name = entry.file_name().to_string_lossy().into_owned();
                sizes.insert(name, found.len());
            }
        }
        Ok(sizes)
    }
}

/// Nothing, if it is not there.
fn there<T>(asked: io::Result<T>) -> io::Result<Option<T>> {
    match asked {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        asked => asked.map(Some),
    }
}

/// What comes next out of a file, and the rest of it.
async fn next(mut file: Take<File>) -> io::Result<Option<(Bytes, Take<File>)>> {
    let mut chunk = Vec::with_capacity(CHUNK_BYTES);
    file.read_buf(&mut chunk).await?;
    Ok((!chunk.is_empty()).then(|| (chunk.into(), file)))
}
