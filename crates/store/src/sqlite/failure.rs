//! What SQLite's result codes mean to whoever runs the server.
//!
//! Only codes that ask for something to be done have a reason of their own;
//! any other is a failure of the database, told as SQLite words it.

use std::error::Error;
use std::iter;
use std::sync::Arc;

use crate::StoreError;

type Source = Box<dyn Error + Send + Sync>;

/// A code's low byte is its kind: <https://www.sqlite.org/rescode.html>.
const KIND: u32 = 0xff;
const BUSY: u32 = 5;
const IOERR: u32 = 10;
const CORRUPT: u32 = 11;
const FULL: u32 = 13;
const NOTADB: u32 = 26;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        named(code(&error), Box::new(error)).unwrap_or_else(Self::Backend)
    }
}

/// For a failure of which several are told.
impl From<&Arc<sqlx::Error>> for StoreError {
    fn from(error: &Arc<sqlx::Error>) -> Self {
        named(code(&**error), Box::new(Arc::clone(error))).unwrap_or_else(Self::Backend)
    }
}

/// Puts the reason before an error, if SQLite's code is somewhere behind it.
pub(super) fn explained(error: Source) -> Source {
    match named(code(&*error), error) {
        Ok(reason) => Box::new(reason),
        Err(error) => error,
    }
}

fn named(code: Option<u32>, source: Source) -> Result<StoreError, Source> {
    match code.map(|code| code & KIND) {
        Some(BUSY) => Ok(StoreError::Held(source)),
        Some(IOERR) => Ok(StoreError::Disk(source)),
        Some(CORRUPT) => Ok(StoreError::Damaged(source)),
        Some(FULL) => Ok(StoreError::Full(source)),
        Some(NOTADB) => Ok(StoreError::NoDatabase(source)),
        _ => Err(source),
    }
}

fn code(error: &(dyn Error + 'static)) -> Option<u32> {
    iter::successors(Some(error), |&error| error.source())
        .find_map(|error| error.downcast_ref::<sqlx::Error>())?
        .as_database_error()?
        .code()?
        .parse()
        .ok()
}
