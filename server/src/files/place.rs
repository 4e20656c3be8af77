//! What a place for files must be able to do, whichever it is.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path;

use async_trait::async_trait;
use axum::body::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use saluda_protocol::FileId;

/// The ending of a preview's name.
pub(crate) const PREVIEW: &str = "preview";

/// Under what something lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    /// What someone sent.
    File(FileId),
    /// The small picture that was made of it.
    Preview(FileId),
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(id) => id.fmt(f),
            Self::Preview(id) => write!(f, "{id}.{PREVIEW}"),
        }
    }
}

/// A folder or a bucket.
///
/// **Invariant:** what lies under a name is whole or not there, and never changes.
#[async_trait]
pub(super) trait Place: Send + Sync {
    /// Whether it can be used. What is said of it is worded for whoever set it.
    async fn probe(&self) -> Result<(), PlaceError>;

    /// Puts what came to a path under a name. It is there for good when this returns.
    async fn put(&self, came: &Path, name: Name) -> Result<(), PlaceError>;

    /// What lies under a name, or those bytes of it; none if nothing does, or if it
    /// ends before they begin.
    async fn read(&self, name: Name, part: Option<Range<u64>>)
    -> Result<Option<Piece>, PlaceError>;

    /// Removes what lies under a name. What is not there is removed.
    async fn remove(&self, name: Name) -> Result<(), PlaceError>;

    /// Everything that has come to its end, and how large it is.
    async fn sizes(&self) -> Result<HashMap<String, u64>, PlaceError>;
}

/// A file that is read while it goes out, or a part of it.
pub(crate) struct Piece {
    /// How large the whole file is.
    pub(crate) whole: u64,
    /// Which bytes of it come.
    pub(crate) range: Range<u64>,
    /// They, as they come.
    pub(crate) bytes: BoxStream<'static, io::Result<Bytes>>,
}

impl Piece {
    /// Its first bytes. They come again with the rest.
    pub(crate) async fn head(&mut self, most: usize) -> io::Result<Vec<u8>> {
        let (mut head, mut seen) = (Vec::new(), Vec::new());
        while head.len() < most
            && let Some(bytes) = self.bytes.next().await.transpose()?
        {
            head.extend(bytes.iter().take(most - head.len()));
            seen.push(Ok(bytes));
        }
        let rest = std::mem::replace(&mut self.bytes, stream::empty().boxed());
        self.bytes = stream::iter(seen).chain(rest).boxed();
        Ok(head)
    }
}

/// Why a file could not be put in its place, found there or removed.
///
/// "Not there" is not among the reasons. No sentence holds the name of a file: whoever
/// knows it may fetch the file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlaceError {
    /// The disk failed, or the folder is none.
    #[error("the folder of `files` failed")]
    Disk(#[source] io::Error),
    /// Nobody answers.
    #[cfg(feature = "s3")]
    #[error(
        "the bucket `{bucket}` cannot be reached ({why}); look at `s3_endpoint` and the network"
    )]
    Unreachable {
        /// Which.
        bucket: String,
        /// What the network says.
        why: String,
    },
    /// The keys are wrong, or may do too little.
    #[cfg(feature = "s3")]
    #[error(
        "the bucket `{bucket}` refuses us ({why}); look at `s3_key`, `s3_secret` and `s3_region`, \
         and whether that key may list, get, put and delete there"
    )]
    Refused {
        /// Which.
        bucket: String,
        /// What S3 calls it.
        why: String,
    },
    /// There is none of that name.
    #[cfg(feature = "s3")]
    #[error("there is no bucket `{bucket}`; make it, or name another in `bucket`")]
    NoBucket {
        /// Which.
        bucket: String,
    },
    /// It answers something else.
    #[cfg(feature = "s3")]
    #[error(
        "the bucket `{bucket}` answers what it should not ({why}); look at `s3_endpoint` and `s3_region`"
    )]
    Strange {
        /// Which.
        bucket: String,
        /// What it says.
        why: String,
    },
    /// The settings make no sense together.
    #[cfg(feature = "s3")]
    #[error("the bucket `{bucket}` cannot be used ({why})")]
    Unusable {
        /// Which.
        bucket: String,
        /// What the client says.
        why: String,
    },
    /// It was left out of this program.
    #[cfg(not(feature = "s3"))]
    #[error("this program was built without buckets; build it with the feature `s3`")]
    NotBuilt,
}

impl From<io::Error> for PlaceError {
    fn from(error: io::Error) -> Self {
        // What breaks off while it comes is an error of the stream's, around ours.
        error.downcast().unwrap_or_else(Self::Disk)
    }
}

impl PlaceError {
    /// Whether it may be otherwise in a while, without anyone having changed a setting.
    pub(crate) fn is_outage(&self) -> bool {
        match self {
            #[cfg(feature = "s3")]
            Self::Unreachable { .. } => true,
            _ => false,
        }
    }
}
