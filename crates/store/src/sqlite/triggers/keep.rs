//! What every change of a trigger does: find it, see that it is as expected,
//! keep it under its next revision, write down who did what.

use saluda_protocol::studio::{Happened, TriggerStatus};
use saluda_protocol::{SiteId, TriggerId, TriggerSpec, limits};
use sqlx::SqliteConnection;

use super::{Done, history};
use crate::sqlite::rows::{self, Row, json, whole};
use crate::{Edit, Expected, StoreError, Trigger, Unchanged, sql};

pub(super) async fn find(
    connection: &mut SqliteConnection,
    site: SiteId,
    id: &TriggerId,
) -> Result<Option<Trigger>, StoreError> {
    sqlx::query(sql::TRIGGER)
        .bind(site.to_string())
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| rows::trigger(&row))
        .transpose()
}

/// Whether a trigger, or that there is none, is what whoever changes it saw last.
pub(super) fn is_expected(found: Option<&Trigger>, expected: Expected) -> bool {
    match expected {
        Expected::Any => true,
        Expected::Nothing => found.is_none(),
        Expected::Revision(revision) => found.is_some_and(|kept| kept.revision == revision),
    }
}

/// The trigger that is to be changed, if it is as expected.
pub(super) async fn expect(connection: &mut SqliteConnection, edit: &Edit) -> Done<Trigger> {
    let found = find(connection, edit.site, &edit.trigger).await?;
    if found.is_some() && !is_expected(found.as_ref(), edit.expected) {
        return Ok(Err(Unchanged::Conflict));
    }
    Ok(found.ok_or(Unchanged::NotFound))
}

/// Keeps a changed trigger under its next revision.
pub(super) async fn save(
    connection: &mut SqliteConnection,
    edit: &Edit,
    mut trigger: Trigger,
) -> Result<Trigger, StoreError> {
    trigger.revision += 1;
    trigger.updated_at = edit.at;
    sqlx::query(sql::SAVE_TRIGGER)
        .bind(trigger.site.to_string())
        .bind(trigger.id.to_string())
        .bind(json(&trigger.status)?)
        .bind(json(&trigger.spec)?)
        .bind(trigger.version.map(i64::from))
        .bind(trigger.reason.clone())
        .bind(whole(trigger.revision))
        .bind(whole(trigger.created_at.0))
        .bind(whole(trigger.updated_at.0))
        .execute(connection)
        .await?;
    Ok(trigger)
}

/// Notes that pages have something else to show.
pub(super) async fn change_pages(
    connection: &mut SqliteConnection,
    site: SiteId,
) -> Result<(), StoreError> {
    sqlx::query(sql::CHANGE_TRIGGERS)
        .bind(site.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether one more trigger of the site may go live.
pub(super) async fn has_room(
    connection: &mut SqliteConnection,
    site: SiteId,
) -> Result<bool, StoreError> {
    let row = sqlx::query(sql::COUNT_LIVE_TRIGGERS)
        .bind(site.to_string())
        .bind(json(&TriggerStatus::Live)?)
        .fetch_one(connection)
        .await?;
    let live = Row::of("site_trigger", &row).whole("live")?;
    Ok(usize::try_from(live).is_ok_and(|live| live < limits::LIVE_TRIGGERS))
}

/// Keeps a trigger that was not there, as a draft.
pub(super) async fn begin(
    connection: &mut SqliteConnection,
    edit: &Edit,
    spec: TriggerSpec,
    what: Happened,
) -> Result<Trigger, StoreError> {
    let trigger = Trigger {
        site: edit.site,
        id: edit.trigger.clone(),
        status: TriggerStatus::Draft,
        spec,
        version: None,
        edited: true,
        reason: None,
        revision: 0,
        created_at: edit.at,
        updated_at: edit.at,
    };
    let trigger = save(connection, edit, trigger).await?;
    tell(connection, edit, what).await?;
    Ok(trigger)
}

/// Writes what happened into the history.
pub(super) async fn tell(
    connection: &mut SqliteConnection,
    edit: &Edit,
    what: Happened,
) -> Result<(), StoreError> {
    let by = (&edit.by, edit.at);
    history::note(connection, edit.site, &edit.trigger, by, what).await
}

/// Keeps what a trigger says as its next version. Returns which that is.
pub(super) async fn add_version(
    connection: &mut SqliteConnection,
    edit: &Edit,
    trigger: &Trigger,
) -> Result<u32, StoreError> {
    let version = trigger.version.unwrap_or(0).saturating_add(1);
    sqlx::query(sql::ADD_TRIGGER_VERSION)
        .bind(edit.site.to_string())
        .bind(edit.trigger.to_string())
        .bind(i64::from(version))
        .bind(json(&trigger.spec)?)
        .bind(whole(edit.at.0))
        .bind(edit.by.agent().map(|agent| agent.to_string()))
        .execute(connection)
        .await?;
    Ok(version)
}
