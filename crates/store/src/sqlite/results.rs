//! What a trigger achieved within a period, counted from the events themselves:
//! nobody knows beforehand which period is asked for.

use saluda_protocol::studio::{People, TriggerResult};
use saluda_protocol::{Millis, SiteId, TriggerId};
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteArguments, SqliteRow};

use super::counting::{ORIGINAL, note};
use super::rows::{Row, whole};
use crate::{By, Period, StoreError, sql};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

type Query = sqlx::query::Query<'static, sqlx::Sqlite, SqliteArguments>;

/// A query whose first four values are these.
fn within(text: &'static str, site: SiteId, id: &TriggerId, period: Period) -> Query {
    sqlx::query(text)
        .bind(site.to_string())
        .bind(id.to_string())
        .bind(whole(period.from.0))
        .bind(whole(period.to.0))
}

pub(super) async fn of_period(
    readers: &SqlitePool,
    site: SiteId,
    id: &TriggerId,
    period: Period,
) -> Result<(People, Vec<TriggerResult>), StoreError> {
    let mut people = People::default();
    for row in within(sql::PEOPLE_WITHIN, site, id, period)
        .fetch_all(readers)
        .await?
    {
        note(&mut people, &row)?;
    }
    let found = within(sql::RESULTS_WITHIN, site, id, period)
        .fetch_all(readers)
        .await?;
    let key = |row: &SqliteRow| {
        let version = Row::of("trigger_event", row).version("version")?;
        Ok((version, variant(row)?))
    };
    let results = grouped(&found, key)?
        .into_iter()
        .map(|((version, variant), people)| TriggerResult {
            version,
            variant,
            people,
        })
        .collect();
    Ok((people, results))
}

pub(super) async fn by_day(
    readers: &SqlitePool,
    site: SiteId,
    id: &TriggerId,
    from: Millis,
    days: u32,
) -> Result<Vec<(u32, People)>, StoreError> {
    let period = Period {
        from,
        to: from.plus(u64::from(days).saturating_mul(DAY_MS)),
    };
    let found = within(sql::PEOPLE_BY_DAY, site, id, period)
        .fetch_all(readers)
        .await?;
    grouped(&found, |row| Row::of("trigger_event", row).version("day"))
}

pub(super) async fn by(
    readers: &SqlitePool,
    site: SiteId,
    id: &TriggerId,
    period: Period,
    by: By,
    limit: u32,
) -> Result<Vec<(String, People)>, StoreError> {
    let text = match by {
        By::Page => sql::PEOPLE_BY_PAGE,
        By::Device => sql::PEOPLE_BY_DEVICE,
    };
    let found = within(text, site, id, period)
        .bind(i64::from(limit))
        .fetch_all(readers)
        .await?;
    grouped(&found, |row| Row::of("trigger_event", row).text("part"))
}

pub(super) async fn goals_of_held(
    readers: &SqlitePool,
    site: SiteId,
    id: &TriggerId,
    version: u32,
    period: Period,
) -> Result<Vec<(Option<String>, u64)>, StoreError> {
    let found = within(sql::GOALS_OF_HELD, site, id, period)
        .bind(i64::from(version))
        .fetch_all(readers)
        .await?;
    let goals = found.iter().map(|row| {
        let people = Row::of("trigger_event", row).whole("people")?;
        Ok((variant(row)?, people))
    });
    goals.collect()
}

fn variant(row: &SqliteRow) -> Result<Option<String>, StoreError> {
    let name = Row::of("trigger_event", row).text("variant")?;
    Ok(Some(name).filter(|name| name != ORIGINAL))
}

/// Rows of one kind each, joined where they follow each other with the same key.
fn grouped<K: PartialEq>(
    rows: &[SqliteRow],
    key: impl Fn(&SqliteRow) -> Result<K, StoreError>,
) -> Result<Vec<(K, People)>, StoreError> {
    let mut groups: Vec<(K, People)> = Vec::new();
    for row in rows {
        let key = key(row)?;
        if groups.last().is_none_or(|(last, _)| *last != key) {
            groups.push((key, People::default()));
        }
        if let Some((_, people)) = groups.last_mut() {
            note(people, row)?;
        }
    }
    Ok(groups)
}
