//! Files that were sent.

use async_trait::async_trait;
use saluda_protocol::{Author, Body, FileId, Millis, VisitorId};
use sqlx::SqliteConnection;

use super::SqliteStore;
use super::rows::{self, Row, json, whole};
use crate::{Allowance, Files, KeptFile, Sent, StoreError, TooMuch, Unposted, sql};

#[async_trait]
impl Files for SqliteStore {
    async fn sent_since(&self, visitor: VisitorId, since: Millis) -> Result<Sent, StoreError> {
        let mut connection = self.readers.acquire().await?;
        sent_since(&mut connection, visitor, since).await
    }

    async fn add_file(
        &self,
        kept: KeptFile,
        allowance: Option<Allowance>,
    ) -> Result<Result<(), TooMuch>, StoreError> {
        self.writer
            .run(move |connection| Box::pin(add(connection, kept, allowance)))
            .await
    }

    async fn file(&self, id: FileId) -> Result<Option<KeptFile>, StoreError> {
        let row = sqlx::query(sql::FILE)
            .bind(id.to_string())
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(rows::file).transpose()
    }

    async fn condemn_orphans(&self, before: Millis, limit: u32) -> Result<Vec<FileId>, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let condemned = sqlx::query(sql::CONDEMN_ORPHANS)
                        .bind(whole(before.0))
                        .bind(i64::from(limit))
                        .fetch_all(connection)
                        .await?;
                    let id = |row| Row::of("file", row).parsed("id");
                    condemned.iter().map(id).collect()
                })
            })
            .await
    }

    async fn forget_file(&self, id: FileId) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    sqlx::query(sql::FORGET_FILE)
                        .bind(id.to_string())
                        .execute(connection)
                        .await?;
                    Ok(())
                })
            })
            .await
    }
}

async fn sent_since(
    connection: &mut SqliteConnection,
    visitor: VisitorId,
    since: Millis,
) -> Result<Sent, StoreError> {
    let row = sqlx::query(sql::SENT_SINCE)
        .bind(visitor.to_string())
        .bind(whole(since.0))
        .fetch_one(connection)
        .await?;
    let row = Row::of("file", &row);
    Ok(Sent {
        files: row.version("files")?,
        bytes: row.whole("bytes")?,
    })
}

async fn add(
    connection: &mut SqliteConnection,
    kept: KeptFile,
    allowance: Option<Allowance>,
) -> Result<Result<(), TooMuch>, StoreError> {
    if let Some(allowance) = allowance {
        let sent = sent_since(connection, kept.visitor, allowance.since).await?;
        if !allowance.allows(sent, kept.file.bytes) {
            return Ok(Err(TooMuch));
        }
    }
    sqlx::query(sql::ADD_FILE)
        .bind(kept.file.id.to_string())
        .bind(kept.visitor.to_string())
        .bind(kept.agent.map(|agent| agent.to_string()))
        .bind(json(&kept.file)?)
        .bind(whole(kept.file.bytes))
        .bind(whole(kept.at.0))
        .execute(connection)
        .await?;
    Ok(Ok(()))
}

/// Takes a file for the one message that it becomes. Returns what stands in that
/// message: what was found out when the file came, and not what a client says.
pub(super) async fn take(
    connection: &mut SqliteConnection,
    id: FileId,
    author: &Author,
    visitor: VisitorId,
) -> Result<Result<Body, Unposted>, StoreError> {
    let agent = match author {
        Author::Visitor => None,
        Author::Agent { id, .. } => Some(id.to_string()),
        _ => return Ok(Err(Unposted::NoSuchFile)),
    };
    let row = sqlx::query(sql::TAKE_FILE)
        .bind(id.to_string())
        .bind(visitor.to_string())
        .bind(agent)
        .fetch_optional(connection)
        .await?;
    match row {
        Some(row) => Ok(Ok(Body::File(Row::of("file", &row).json("file")?))),
        None => Ok(Err(Unposted::NoSuchFile)),
    }
}
