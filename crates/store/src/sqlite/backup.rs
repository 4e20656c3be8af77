//! A copy of the database, while others write to it.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::{SqliteStore, cannot_open};
use crate::{StoreError, sql};

impl SqliteStore {
    /// Writes a copy of the database at `from` to `to`, which must not exist: as it
    /// is at one instant, whoever writes to it meanwhile, and without anything that
    /// was removed from it before.
    ///
    /// The copy has no name, and gets one when it is opened first: clients that go
    /// on with it are told that what they had is no more (`docs/protocol.md`,
    /// promise 4).
    ///
    /// # Errors
    ///
    /// When there is no such database, it cannot be read, or the copy cannot be
    /// written. What was written of it then stays there.
    pub async fn back_up(from: &Path, to: &Path) -> Result<(), StoreError> {
        let mut source = look(from).await?;
        let target = to.to_str().ok_or_else(|| StoreError::Open {
            path: to.display().to_string(),
            source: "its name is no text".into(),
        })?;
        sqlx::query(sql::COPY)
            .bind(target.to_owned())
            .execute(&mut source)
            .await?;
        source.close().await?;
        let copy = SqliteConnectOptions::new().filename(to);
        let mut copy = copy
            .connect()
            .await
            .map_err(|error| cannot_open(to, error))?;
        sqlx::query(sql::FORGET_EPOCH).execute(&mut copy).await?;
        copy.close().await?;
        Ok(())
    }
}

/// Opens a database that is there, for reading alone.
pub(super) async fn look(path: &Path) -> Result<SqliteConnection, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(false)
        .read_only(true)
        .disable_statement_logging();
    let opened = options.connect().await;
    opened.map_err(|error| cannot_open(path, error))
}
