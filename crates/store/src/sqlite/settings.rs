//! What the owner of a site chose.

use sqlx::SqliteConnection;

use super::rows::{Row, json, whole};
use crate::{Expected, Site, StoreError, Unchanged, sql};

pub(super) async fn save(
    connection: &mut SqliteConnection,
    site: Site,
    expected: Expected,
) -> Result<Result<u64, Unchanged>, StoreError> {
    let expected = match expected {
        Expected::Any => None,
        Expected::Revision(revision) => Some(revision),
        // The site is there: nobody changes one before it was added.
        Expected::Nothing => return Ok(Err(Unchanged::Conflict)),
    };
    let id = site.id.to_string();
    let saved = sqlx::query(sql::SAVE_SITE)
        .bind(id.clone())
        .bind(site.name)
        .bind(json(&site.origins)?)
        .bind(json(&site.settings)?)
        .bind(expected.map(whole))
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(row) = saved {
        return Ok(Ok(Row::of("site", &row).whole("revision")?));
    }
    let there = sqlx::query(sql::SITE)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(Err(match there {
        Some(_) => Unchanged::Conflict,
        None => Unchanged::NotFound,
    }))
}
