//! What the owner of a site chose, and on which of their origins it was seen.

use saluda_protocol::{Millis, SiteId};
use sqlx::{SqliteConnection, SqlitePool};

use super::rows::{self, Row, json, whole};
use crate::{Expected, SeenOrigin, Site, StoreError, Unchanged, sql};

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
        forget_others(connection, &id, &site.origins).await?;
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

/// Forgets what was seen on origins that are none of the site's any more.
async fn forget_others(
    connection: &mut SqliteConnection,
    site: &str,
    origins: &[String],
) -> Result<(), StoreError> {
    let seen = sqlx::query(sql::ORIGINS_SEEN)
        .bind(site.to_owned())
        .fetch_all(&mut *connection)
        .await?;
    for row in &seen {
        let seen = rows::seen_origin(row)?;
        if !origins.contains(&seen.origin) {
            sqlx::query(sql::FORGET_ORIGIN)
                .bind(site.to_owned())
                .bind(seen.origin)
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}

pub(super) async fn see_origin(
    connection: &mut SqliteConnection,
    site: SiteId,
    origin: String,
    hour: Millis,
) -> Result<(), StoreError> {
    sqlx::query(sql::SEE_ORIGIN)
        .bind(site.to_string())
        .bind(origin)
        .bind(whole(hour.0))
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn origins_seen(
    readers: &SqlitePool,
    site: SiteId,
) -> Result<Vec<SeenOrigin>, StoreError> {
    let found = sqlx::query(sql::ORIGINS_SEEN)
        .bind(site.to_string())
        .fetch_all(readers)
        .await?;
    found.iter().map(rows::seen_origin).collect()
}
