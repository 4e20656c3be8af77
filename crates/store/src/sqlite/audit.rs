//! The audit log.

use async_trait::async_trait;
use saluda_protocol::SiteId;
use saluda_protocol::audit::AuditEntry;
use sqlx::SqliteConnection;

use super::SqliteStore;
use super::rows::{self, json, whole};
use crate::{Audit, AuditNote, StoreError, sql};

/// Writes an entry within the transaction of what it tells of.
pub(super) async fn note(
    connection: &mut SqliteConnection,
    note: Option<AuditNote>,
) -> Result<(), StoreError> {
    let Some(note) = note else {
        return Ok(());
    };
    sqlx::query(sql::ADD_AUDIT)
        .bind(note.site.map(|site| site.to_string()))
        .bind(whole(note.at.0))
        .bind(json(&note.by)?)
        .bind(json(&note.what)?)
        .execute(connection)
        .await?;
    Ok(())
}

#[async_trait]
impl Audit for SqliteStore {
    async fn add_note(&self, entry: AuditNote) -> Result<(), StoreError> {
        self.writer
            .run(move |connection| Box::pin(note(connection, Some(entry))))
            .await
    }

    async fn audit_log(
        &self,
        site: Option<SiteId>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let found = sqlx::query(sql::AUDIT_LOG)
            .bind(site.map(|site| site.to_string()))
            .bind(before.map_or(i64::MAX, whole))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        found.iter().map(rows::audit_entry).collect()
    }
}
