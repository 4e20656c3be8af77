//! SQLite: one file, no server to run beside ours.
//!
//! Write-ahead log with a full sync at each commit, so what was acknowledged
//! survives a power cut. One connection writes (see [`writer`]), a few read.

mod attributes;
mod audit;
mod backup;
mod change;
mod check;
mod contact;
mod conversations;
mod counting;
mod directory;
mod events;
mod failure;
mod files;
mod forms;
mod identities;
mod persons;
mod results;
mod rows;
mod settings;
mod tokens;
mod triggers;
mod writer;

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqlitePool};

pub use self::check::{Fault, Found};
use self::rows::Row;
use self::writer::Writer;
use crate::{Store, StoreError, sql};

/// How many connections read at once.
const READERS: u32 = 4;
/// How long to wait for another process that writes, such as the command line.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A store in one SQLite file.
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
    epoch: String,
}

impl SqliteStore {
    /// Opens the file, which is made when it is missing, and brings its schema
    /// up to date. `fresh_epoch` names the database if it has no name yet.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened or written, or was written by a newer
    /// version.
    pub async fn open(path: &Path, fresh_epoch: &str) -> Result<Self, StoreError> {
        Self::connect(path, fresh_epoch)
            .await
            .map_err(|source| cannot_open(path, source))
    }

    async fn connect(path: &Path, fresh_epoch: &str) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is removed is overwritten, so that it is gone from the file too.
            .pragma("secure_delete", "on")
            .busy_timeout(BUSY_TIMEOUT)
            .disable_statement_logging();
        let mut connection = options.connect().await?;
        sqlx::migrate!("migrations/sqlite")
            .run(&mut connection)
            .await?;
        sqlx::query(sql::SET_EPOCH)
            .bind(fresh_epoch)
            .execute(&mut connection)
            .await?;
        let row = sqlx::query(sql::EPOCH).fetch_one(&mut connection).await?;
        let epoch = Row::of("meta", &row).text("value")?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true).create_if_missing(false))
            .await?;
        Ok(Self {
            writer: Writer::start(connection),
            readers,
            epoch,
        })
    }
}

fn cannot_open(path: &Path, source: impl Into<Box<dyn Error + Send + Sync>>) -> StoreError {
    StoreError::Open {
        path: path.display().to_string(),
        source: failure::explained(source.into()),
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn epoch(&self) -> Result<String, StoreError> {
        Ok(self.epoch.clone())
    }
}
