//! Triggers and their versions.

use async_trait::async_trait;
use saluda_protocol::report::Report;
use saluda_protocol::studio::{People, TriggerResult, TriggerStatus, TriggerVersion};
use saluda_protocol::{AgentId, SiteId, TriggerId, TriggerSpec, limits};
use sqlx::SqliteConnection;

use super::rows::{self, Row, json, whole};
use super::{SqliteStore, counting};
use crate::{Edit, Expected, LiveTrigger, Saved, StoreError, Trigger, Triggers, Unchanged, sql};

type Done<T> = Result<Result<T, Unchanged>, StoreError>;

async fn find(
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
fn is_expected(found: Option<&Trigger>, expected: Expected) -> bool {
    match expected {
        Expected::Any => true,
        Expected::Nothing => found.is_none(),
        Expected::Revision(revision) => found.is_some_and(|kept| kept.revision == revision),
    }
}

/// The trigger that is to be changed, if it is as expected.
async fn expect(connection: &mut SqliteConnection, edit: &Edit) -> Done<Trigger> {
    let found = find(connection, edit.site, &edit.trigger).await?;
    if found.is_some() && !is_expected(found.as_ref(), edit.expected) {
        return Ok(Err(Unchanged::Conflict));
    }
    Ok(found.ok_or(Unchanged::NotFound))
}

/// Keeps a changed trigger under its next revision.
async fn save(
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
async fn change_pages(connection: &mut SqliteConnection, site: SiteId) -> Result<(), StoreError> {
    sqlx::query(sql::CHANGE_TRIGGERS)
        .bind(site.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether one more trigger of the site may go live.
async fn has_room(connection: &mut SqliteConnection, site: SiteId) -> Result<bool, StoreError> {
    let row = sqlx::query(sql::COUNT_LIVE_TRIGGERS)
        .bind(site.to_string())
        .bind(json(&TriggerStatus::Live)?)
        .fetch_one(connection)
        .await?;
    let live = Row::of("site_trigger", &row).whole("live")?;
    Ok(usize::try_from(live).is_ok_and(|live| live < limits::LIVE_TRIGGERS))
}

async fn save_draft(
    connection: &mut SqliteConnection,
    edit: Edit,
    spec: TriggerSpec,
) -> Done<Saved> {
    let kept = find(connection, edit.site, &edit.trigger).await?;
    if !is_expected(kept.as_ref(), edit.expected) {
        return Ok(Err(Unchanged::Conflict));
    }
    let Some(mut trigger) = kept else {
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
        let trigger = save(connection, &edit, trigger).await?;
        return Ok(Ok(Saved { trigger, new: true }));
    };
    if json(&trigger.spec)? != json(&spec)? {
        trigger.spec = spec;
        save(connection, &edit, trigger).await?;
        // Whether it differs from what was published is read from both.
        match find(connection, edit.site, &edit.trigger).await? {
            Some(saved) => trigger = saved,
            None => return Ok(Err(Unchanged::NotFound)),
        }
    }
    Ok(Ok(Saved {
        trigger,
        new: false,
    }))
}

async fn publish(
    connection: &mut SqliteConnection,
    edit: Edit,
    by: Option<AgentId>,
) -> Done<Trigger> {
    let mut trigger = match expect(connection, &edit).await? {
        Ok(trigger) => trigger,
        Err(unchanged) => return Ok(Err(unchanged)),
    };
    let was_live = trigger.status == TriggerStatus::Live;
    if was_live && !trigger.edited {
        return Ok(Ok(trigger));
    }
    if !was_live && !has_room(connection, edit.site).await? {
        return Ok(Err(Unchanged::TooMany));
    }
    if trigger.edited {
        let version = trigger.version.unwrap_or(0).saturating_add(1);
        sqlx::query(sql::ADD_TRIGGER_VERSION)
            .bind(edit.site.to_string())
            .bind(edit.trigger.to_string())
            .bind(i64::from(version))
            .bind(json(&trigger.spec)?)
            .bind(whole(edit.at.0))
            .bind(by.map(|agent| agent.to_string()))
            .execute(&mut *connection)
            .await?;
        trigger.version = Some(version);
        trigger.edited = false;
    }
    trigger.status = TriggerStatus::Live;
    trigger.reason = None;
    change_pages(connection, edit.site).await?;
    save(connection, &edit, trigger).await.map(Ok)
}

/// Takes a trigger from one status to another, in which it may be already.
async fn take(
    connection: &mut SqliteConnection,
    edit: Edit,
    from: TriggerStatus,
    to: TriggerStatus,
    reason: Option<String>,
) -> Done<Trigger> {
    let mut trigger = match expect(connection, &edit).await? {
        Ok(trigger) => trigger,
        Err(unchanged) => return Ok(Err(unchanged)),
    };
    if trigger.status == to {
        return Ok(Ok(trigger));
    }
    if trigger.status != from {
        return Ok(Err(Unchanged::Status(trigger.status)));
    }
    if to == TriggerStatus::Live && !has_room(connection, edit.site).await? {
        return Ok(Err(Unchanged::TooMany));
    }
    trigger.status = to;
    trigger.reason = reason;
    change_pages(connection, edit.site).await?;
    save(connection, &edit, trigger).await.map(Ok)
}

async fn delete(connection: &mut SqliteConnection, edit: Edit) -> Done<()> {
    let trigger = match expect(connection, &edit).await? {
        Ok(trigger) => trigger,
        Err(unchanged) => return Ok(Err(unchanged)),
    };
    sqlx::query(sql::DELETE_TRIGGER)
        .bind(trigger.site.to_string())
        .bind(trigger.id.to_string())
        .execute(&mut *connection)
        .await?;
    if trigger.status == TriggerStatus::Live {
        change_pages(connection, edit.site).await?;
    }
    Ok(Ok(()))
}

#[async_trait]
impl Triggers for SqliteStore {
    async fn save_trigger(&self, edit: Edit, spec: TriggerSpec) -> Done<Saved> {
        self.writer
            .run(move |connection| Box::pin(save_draft(connection, edit, spec)))
            .await
    }

    async fn publish_trigger(&self, edit: Edit, by: Option<AgentId>) -> Done<Trigger> {
        self.writer
            .run(move |connection| Box::pin(publish(connection, edit, by)))
            .await
    }

    async fn pause_trigger(&self, edit: Edit) -> Done<Trigger> {
        let (live, paused) = (TriggerStatus::Live, TriggerStatus::Paused);
        self.writer
            .run(move |connection| Box::pin(take(connection, edit, live, paused, None)))
            .await
    }

    async fn resume_trigger(&self, edit: Edit) -> Done<Trigger> {
        let (paused, live) = (TriggerStatus::Paused, TriggerStatus::Live);
        self.writer
            .run(move |connection| Box::pin(take(connection, edit, paused, live, None)))
            .await
    }

    async fn fail_trigger(&self, edit: Edit, reason: String) -> Done<Trigger> {
        let (live, error) = (TriggerStatus::Live, TriggerStatus::Error);
        self.writer
            .run(move |connection| Box::pin(take(connection, edit, live, error, Some(reason))))
            .await
    }

    async fn delete_trigger(&self, edit: Edit) -> Done<()> {
        self.writer
            .run(move |connection| Box::pin(delete(connection, edit)))
            .await
    }

    async fn trigger(&self, site: SiteId, id: &TriggerId) -> Result<Option<Trigger>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        find(&mut connection, site, id).await
    }

    async fn triggers(
        &self,
        site: SiteId,
        after: Option<&TriggerId>,
        limit: u32,
    ) -> Result<Vec<(Trigger, People)>, StoreError> {
        // No id is empty.
        let found = sqlx::query(sql::TRIGGERS)
            .bind(site.to_string())
            .bind(after.map(TriggerId::to_string).unwrap_or_default())
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        let found: Vec<Trigger> = found.iter().map(rows::trigger).collect::<Result<_, _>>()?;
        let (Some(first), Some(last)) = (found.first(), found.last()) else {
            return Ok(Vec::new());
        };
        let mut people = counting::of_page(&self.readers, site, &first.id, &last.id).await?;
        Ok(found
            .into_iter()
            .map(|trigger| {
                let reached = people.remove(trigger.id.as_str()).unwrap_or_default();
                (trigger, reached)
            })
            .collect())
    }

    async fn live_triggers(&self, site: SiteId) -> Result<Vec<LiveTrigger>, StoreError> {
        let found = sqlx::query(sql::LIVE_TRIGGERS)
            .bind(site.to_string())
            .bind(json(&TriggerStatus::Live)?)
            .fetch_all(&self.readers)
            .await?;
        let mut live: Vec<LiveTrigger> = found
            .iter()
            .map(rows::live_trigger)
            .collect::<Result<_, _>>()?;
        // Equals stay in the order of their age.
        live.sort_by_key(|trigger| std::cmp::Reverse(trigger.live.spec.priority));
        Ok(live)
    }

    async fn trigger_version(
        &self,
        site: SiteId,
        id: &TriggerId,
        version: u32,
    ) -> Result<Option<TriggerVersion>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        counting::version(&mut connection, site, id, version).await
    }

    async fn trigger_versions(
        &self,
        site: SiteId,
        id: &TriggerId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<TriggerVersion>, StoreError> {
        let found = sqlx::query(sql::TRIGGER_VERSIONS)
            .bind(site.to_string())
            .bind(id.to_string())
            .bind(before.map_or(i64::MAX, i64::from))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        found.iter().map(rows::trigger_version).collect()
    }

    async fn count(&self, site: SiteId, report: Report) -> Result<u64, StoreError> {
        self.writer
            .run(move |connection| Box::pin(counting::count(connection, site, report)))
            .await
    }

    async fn trigger_results(
        &self,
        site: SiteId,
        id: &TriggerId,
    ) -> Result<(People, Vec<TriggerResult>), StoreError> {
        counting::of_trigger(&self.readers, site, id).await
    }
}
