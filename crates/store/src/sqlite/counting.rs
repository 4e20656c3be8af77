//! What pages report of greetings, and how many people that makes.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use saluda_protocol::report::{Kind, Report, Reported};
use saluda_protocol::studio::{People, TriggerResult, TriggerVersion};
use saluda_protocol::{SiteId, TriggerId};
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, SqlitePool};

use super::rows::{self, Row, whole};
use crate::{StoreError, sql};

/// Stands for all versions of a trigger.
const ALL_VERSIONS: u32 = 0;
/// Stands for the original among the variants, whose names are not empty.
pub(super) const ORIGINAL: &str = "";

pub(super) async fn version(
    connection: &mut SqliteConnection,
    site: SiteId,
    id: &TriggerId,
    version: u32,
) -> Result<Option<TriggerVersion>, StoreError> {
    sqlx::query(sql::TRIGGER_VERSION)
        .bind(site.to_string())
        .bind(id.to_string())
        .bind(i64::from(version))
        .fetch_optional(connection)
        .await?
        .map(|row| rows::trigger_version(&row))
        .transpose()
}

/// Counts each event that is new and of something that was published.
pub(super) async fn count(
    connection: &mut SqliteConnection,
    site: SiteId,
    report: Report,
) -> Result<u64, StoreError> {
    let mut published: HashMap<(&TriggerId, u32), Vec<String>> = HashMap::new();
    let mut counted = 0;
    for event in &report.events {
        let variants = match published.entry((&event.trigger, event.version)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let found = version(connection, site, &event.trigger, event.version).await?;
                unknown.insert(found.map(variants).unwrap_or_default())
            }
        };
        let variant = event.variant.as_deref().unwrap_or(ORIGINAL);
        let known = variants.iter().any(|known| known == variant);
        // What names the original by its empty stand-in names nothing.
        if known && event.variant.as_deref() != Some(ORIGINAL) {
            let new = add(connection, site, &report, event, variant).await?;
            counted += u64::from(new);
        }
    }
    Ok(counted)
}

/// The variants of a publication, the original first.
fn variants(published: TriggerVersion) -> Vec<String> {
    let others = published.spec.experiment.map(|tried| tried.variants);
    let others = others.unwrap_or_default().into_iter();
    std::iter::once(ORIGINAL.to_owned())
        .chain(others.map(|variant| variant.name))
        .collect()
}

/// Keeps an event and counts its person. Returns whether it is new.
async fn add(
    connection: &mut SqliteConnection,
    site: SiteId,
    report: &Report,
    event: &Reported,
    variant: &str,
) -> Result<bool, StoreError> {
    let before = sqlx::query(sql::COUNTED_BEFORE)
        .bind(site.to_string())
        .bind(event.trigger.to_string())
        .bind(event.kind.as_str())
        .bind(report.person.as_str().to_owned())
        .bind(i64::from(event.version))
        .bind(variant.to_owned())
        .fetch_one(&mut *connection)
        .await?;
    let done = sqlx::query(sql::ADD_TRIGGER_EVENT)
        .bind(event.id.as_str().to_owned())
        .bind(site.to_string())
        .bind(event.trigger.to_string())
        .bind(i64::from(event.version))
        .bind(variant.to_owned())
        .bind(event.kind.as_str())
        .bind(report.person.as_str().to_owned())
        .bind(report.device.as_str())
        .bind(event.page.clone())
        .bind(whole(event.at.0))
        .execute(&mut *connection)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let before = Row::of("trigger_event", &before);
    let places = [
        ("at_all", ALL_VERSIONS, ORIGINAL),
        ("so", event.version, variant),
    ];
    for (counted, version, variant) in places {
        if before.whole(counted)? == 0 {
            sqlx::query(sql::COUNT_PERSON)
                .bind(site.to_string())
                .bind(event.trigger.to_string())
                .bind(i64::from(version))
                .bind(variant.to_owned())
                .bind(event.kind.as_str())
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(true)
}

/// The pages that greetings were on.
pub(super) async fn pages(
    readers: &SqlitePool,
    site: SiteId,
    limit: u32,
) -> Result<Vec<String>, StoreError> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let found = sqlx::query(sql::PAGES)
        .bind(site.to_string())
        .bind(i64::from(limit))
        .fetch_all(readers)
        .await?;
    let page = |row| Row::of("trigger_event", row).text("page");
    found.iter().map(page).collect()
}

/// How many people the triggers from `first` to `last` reached.
pub(super) async fn of_page(
    readers: &SqlitePool,
    site: SiteId,
    first: &TriggerId,
    last: &TriggerId,
) -> Result<HashMap<String, People>, StoreError> {
    let found = sqlx::query(sql::PEOPLE_OF_SITE)
        .bind(site.to_string())
        .bind(first.to_string())
        .bind(last.to_string())
        .fetch_all(readers)
        .await?;
    let mut people: HashMap<String, People> = HashMap::new();
    for row in &found {
        let id = Row::of("trigger_people", row).text("id")?;
        note(people.entry(id).or_default(), row)?;
    }
    Ok(people)
}

/// How many people a trigger reached: over all, and with each version and
/// variant.
pub(super) async fn of_trigger(
    readers: &SqlitePool,
    site: SiteId,
    id: &TriggerId,
) -> Result<(People, Vec<TriggerResult>), StoreError> {
    let found = sqlx::query(sql::PEOPLE_OF_TRIGGER)
        .bind(site.to_string())
        .bind(id.to_string())
        .fetch_all(readers)
        .await?;
    let mut over_all = People::default();
    let mut results: Vec<TriggerResult> = Vec::new();
    for row in &found {
        let kept = Row::of("trigger_people", row);
        let version = kept.version("version")?;
        if version == ALL_VERSIONS {
            note(&mut over_all, row)?;
            continue;
        }
        let variant = Some(kept.text("variant")?).filter(|name| name != ORIGINAL);
        match results.last_mut() {
            Some(last) if last.version == version && last.variant == variant => {
                note(&mut last.people, row)?;
            }
            _ => {
                let mut people = People::default();
                note(&mut people, row)?;
                results.push(TriggerResult {
                    version,
                    variant,
                    people,
                });
            }
        }
    }
    Ok((over_all, results))
}

/// Takes the number of one kind over.
pub(super) fn note(people: &mut People, row: &SqliteRow) -> Result<(), StoreError> {
    let row = Row::of("trigger_people", row);
    let word = row.text("kind")?;
    if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.as_str() == word) {
        *people.of_mut(kind) = row.whole("people")?;
    }
    Ok(())
}
