//! Who changed which trigger.

use saluda_protocol::studio::{Actor, Happened, HistoryEntry};
use saluda_protocol::{Millis, SiteId, TriggerId};
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, SqlitePool};

use crate::sqlite::rows::{Row, json, whole};
use crate::{StoreError, sql};

/// Edits of one person that follow each other within this time are one change:
/// a desk saves while someone writes.
const ONE_EDIT_MS: u64 = 60 * 60 * 1000;

/// Writes a change down.
pub(super) async fn note(
    connection: &mut SqliteConnection,
    site: SiteId,
    trigger: &TriggerId,
    (by, at): (&Actor, Millis),
    what: Happened,
) -> Result<(), StoreError> {
    if what == Happened::Edited && goes_on(connection, site, trigger, by, at).await? {
        return Ok(());
    }
    let row = sqlx::query(sql::NEXT_HISTORY)
        .bind(site.to_string())
        .fetch_one(&mut *connection)
        .await?;
    sqlx::query(sql::ADD_HISTORY)
        .bind(site.to_string())
        .bind(whole(Row::of("site", &row).whole("history")?))
        .bind(trigger.to_string())
        .bind(whole(at.0))
        .bind(json(by)?)
        .bind(json(&what)?)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether someone goes on with what they edited last. Notes that they did.
async fn goes_on(
    connection: &mut SqliteConnection,
    site: SiteId,
    trigger: &TriggerId,
    by: &Actor,
    at: Millis,
) -> Result<bool, StoreError> {
    let last = sqlx::query(sql::LAST_HISTORY)
        .bind(site.to_string())
        .bind(trigger.to_string())
        .fetch_optional(&mut *connection)
        .await?;
    let last = last.as_ref().map(entry).transpose()?;
    let Some(last) = last.filter(|last| {
        last.what == Happened::Edited && last.by == *by && at.since(last.at) < ONE_EDIT_MS
    }) else {
        return Ok(false);
    };
    sqlx::query(sql::MOVE_HISTORY)
        .bind(site.to_string())
        .bind(whole(last.number))
        .bind(whole(at.0))
        .execute(connection)
        .await?;
    Ok(true)
}

pub(super) async fn before(
    readers: &SqlitePool,
    site: SiteId,
    id: Option<&TriggerId>,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<HistoryEntry>, StoreError> {
    let (sql, of) = match id {
        Some(id) => (sql::HISTORY_OF_TRIGGER, Some(id.to_string())),
        None => (sql::HISTORY_OF_SITE, None),
    };
    let mut query = sqlx::query(sql)
        .bind(site.to_string())
        .bind(before.map_or(i64::MAX, whole))
        .bind(i64::from(limit));
    if let Some(of) = of {
        query = query.bind(of);
    }
    let found = query.fetch_all(readers).await?;
    found.iter().map(entry).collect()
}

fn entry(row: &SqliteRow) -> Result<HistoryEntry, StoreError> {
    let kept = Row::of("trigger_history", row);
    Ok(HistoryEntry {
        number: kept.whole("number")?,
        trigger: kept.parsed("trigger_id")?,
        at: kept.millis("at")?,
        by: kept.json("actor")?,
        what: kept.json("what")?,
    })
}
