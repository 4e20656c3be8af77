//! Files in a bucket that others run, in the words of S3.
//!
//! The bucket stays private: browsers fetch from this server, which looks at what
//! goes out as it does with a folder.
//!
//! A file goes up in one request. So it is in the bucket whole or not at all, and a
//! server that dies leaves no half of an upload there that nobody sees and somebody
//! pays for. The price is that it stands in memory meanwhile, which is why only so
//! much goes up at once.

use std::collections::HashMap;
use std::error::Error as _;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{HttpError, HttpErrorKind};
use object_store::path::Path as Key;
use object_store::{
    ClientOptions, Error, GetOptions, GetRange, ObjectStore as _, ObjectStoreExt as _, RetryConfig,
};
use saluda_protocol::limits;
use tokio::sync::Semaphore;

use super::place::{Name, Piece, Place, PlaceError};
use crate::settings::BucketSettings;

/// Most bytes of all files together that are in memory on their way up.
const GOING_UP_BYTES: u64 = 2 * limits::FILE_BYTES;
/// The bucket says nothing for so long: it is gone. A file goes up within it.
const QUIET: Duration = Duration::from_mins(1);
/// How often a request that failed is sent again, and until when: a bucket has its
/// bad moments, and whoever sends a file waits.
const TRIES: usize = 3;
const TRYING: Duration = Duration::from_mins(1);
/// Under which name it is tried at the start whether the bucket can be used.
const PROBE: &str = "probe";

/// What stands before the status in an error of the client.
const STATUS: &str = "status code: ";

/// The bucket, and where in it they lie.
pub(super) struct Bucket {
    name: String,
    prefix: Key,
    store: AmazonS3,
    going_up: Semaphore,
}

impl Bucket {
    /// Opens no connection yet.
    pub(super) fn open(settings: &BucketSettings) -> Result<Self, PlaceError> {
        // The client asks the process which provider it uses. Another one may have
        // been first, and is this one too.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = ClientOptions::new()
            .with_allow_http(settings.endpoint.starts_with("http:"))
            // Whoever fetches may be slow for as long as they like.
            .with_timeout_disabled()
            .with_read_timeout(QUIET);
        let retry = RetryConfig {
            max_retries: TRIES,
            retry_timeout: TRYING,
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.name)
            .with_region(&settings.region)
            .with_access_key_id(&settings.key)
            .with_secret_access_key(settings.secret.shown())
            // Few of those that speak like S3 take many names at once.
            .with_disable_bulk_delete(true)
            .with_client_options(client)
            .with_retry(retry);
        if !settings.endpoint.is_empty() {
            builder = builder.with_endpoint(&settings.endpoint);
        }
        let store = builder.build().map_err(|error| PlaceError::Unusable {
            bucket: settings.name.clone(),
            why: error.to_string(),
        })?;
        let going_up = usize::try_from(GOING_UP_BYTES).unwrap_or(usize::MAX);
        Ok(Self {
            name: settings.name.clone(),
            prefix: Key::from(settings.prefix.as_str()),
            store,
            going_up: Semaphore::new(going_up.min(Semaphore::MAX_PERMITS)),
        })
    }

    fn of(&self, name: Name) -> Key {
        self.prefix.clone().join(name.to_string())
    }

    /// What an error means to whoever runs this server.
    fn error(&self, error: &Error) -> PlaceError {
        let (bucket, why) = (self.name.clone(), why(error));
        match status(error) {
            Some(404) => PlaceError::NoBucket { bucket },
            Some(401 | 403) => PlaceError::Refused { bucket, why },
            Some(500..) => PlaceError::Unreachable { bucket, why },
            None if is_of_network(error) => PlaceError::Unreachable { bucket, why },
            _ => PlaceError::Strange { bucket, why },
        }
    }
}

#[async_trait]
impl Place for Bucket {
    async fn probe(&self) -> Result<(), PlaceError> {
        let probe = self.prefix.clone().join(PROBE);
        let store = &self.store;
        let tried = async {
            // Who may not list is told that a file which is not there is forbidden.
            store.list(Some(&self.prefix)).next().await.transpose()?;
            store.put(&probe, "saluda".into()).await?;
            match store.get(&probe).await {
                // Another server tries it too, and was quicker to remove it.
                Ok(_) | Err(Error::NotFound { .. }) => store.delete(&probe).await,
                Err(error) => Err(error),
            }
        };
        tried.await.map_err(|error| self.error(&error))
    }

    async fn put(&self, came: &Path, name: Name) -> Result<(), PlaceError> {
        let bytes = tokio::fs::metadata(came).await?.len();
        let bytes = u32::try_from(bytes.min(GOING_UP_BYTES)).unwrap_or(u32::MAX);
        // It is never closed.
        let _room = self.going_up.acquire_many(bytes).await;
        let content = tokio::fs::read(came).await?;
        let put = self.store.put(&self.of(name), content.into()).await;
        put.map(|_| ()).map_err(|error| self.error(&error))
    }

    async fn read(
        &self,
        name: Name,
        part: Option<Range<u64>>,
    ) -> Result<Option<Piece>, PlaceError> {
        let options = GetOptions {
            range: part.map(GetRange::Bounded),
            ..GetOptions::default()
        };
        let got = match self.store.get_opts(&self.of(name), options).await {
            Err(Error::NotFound { .. }) => return Ok(None),
            got => got.map_err(|error| self.error(&error))?,
        };
        let (whole, range, bucket) = (got.meta.size, got.range.clone(), self.name.clone());
        let broke = move |error: Error| {
            let (bucket, why) = (bucket.clone(), why(&error));
            std::io::Error::other(PlaceError::Unreachable { bucket, why })
        };
        Ok(Some(Piece {
            whole,
            range,
            bytes: got.into_stream().map_err(broke).boxed(),
        }))
    }

    async fn remove(&self, name: Name) -> Result<(), PlaceError> {
        match self.store.delete(&self.of(name)).await {
            Err(Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(error) => Err(self.error(&error)),
        }
    }

    async fn sizes(&self) -> Result<HashMap<String, u64>, PlaceError> {
        let listed = self.store.list_with_delimiter(Some(&self.prefix)).await;
        let listed = listed.map_err(|error| self.error(&error))?;
        let named = listed.objects.into_iter().filter_map(|found| {
            let name = found.location.filename()?.to_owned();
            (name != PROBE).then_some((name, found.size))
        });
        Ok(named.collect())
    }
}

/// The status that was answered, if any. It stands in the text alone, for those
/// errors that are not told apart by their type.
fn status(error: &Error) -> Option<u16> {
    let text = error.to_string();
    let (_, status) = text.split_once(STATUS)?;
    status.get(..3)?.parse().ok()
}

/// Whether nothing that makes sense was answered.
fn is_of_network(error: &Error) -> bool {
    causes(error).any(|cause| {
        let kind = cause.downcast_ref::<HttpError>().map(HttpError::kind);
        kind.is_some_and(|kind| kind != HttpErrorKind::Decode)
    })
}

/// Why something failed, without the name of the file: the code that S3 gave, the
/// status, or what the network said.
fn why(error: &Error) -> String {
    let text = error.to_string();
    let between = |begin: &str, end: &str| {
        let (_, rest) = text.split_once(begin)?;
        Some(rest.split_once(end)?.0.to_owned())
    };
    if let Some(code) = between("<Code>", "</Code>").or_else(|| between(STATUS, ": ")) {
        return code;
    }
    let of_network = causes(error).skip_while(|cause| !cause.is::<HttpError>());
    let last = of_network.last();
    last.map_or_else(|| "no reason given".to_owned(), ToString::to_string)
}

fn causes(error: &Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(error.source(), |&cause| cause.source())
}

#[cfg(test)]
mod tests;
