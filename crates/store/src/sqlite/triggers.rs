//! Triggers and their versions.

mod change;
mod copies;
mod history;
mod keep;

use async_trait::async_trait;
use saluda_protocol::report::Report;
use saluda_protocol::studio::{
    Happened, HistoryEntry, People, TriggerResult, TriggerStatus, TriggerVersion,
};
use saluda_protocol::{Millis, SiteId, TriggerId, TriggerSpec};

use self::keep::find;
use super::rows::{self, json};
use super::{SqliteStore, counting, results};
use crate::{
    By, Edit, EditAll, LiveTrigger, Period, Rank, Saved, StoreError, Trigger, Triggers, Unchanged,
    sql,
};

type Done<T> = Result<Result<T, Unchanged>, StoreError>;

#[async_trait]
impl Triggers for SqliteStore {
    async fn save_trigger(&self, edit: Edit, spec: TriggerSpec) -> Done<Saved> {
        self.writer
            .run(move |connection| Box::pin(change::save_draft(connection, edit, spec)))
            .await
    }

    async fn publish_trigger(&self, edit: Edit) -> Done<Trigger> {
        self.writer
            .run(move |connection| Box::pin(change::publish(connection, edit)))
            .await
    }

    async fn pause_trigger(&self, edit: Edit) -> Done<Trigger> {
        let steps = (TriggerStatus::Live, TriggerStatus::Paused);
        self.writer
            .run(move |connection| {
                Box::pin(change::take(connection, edit, steps, Happened::Paused))
            })
            .await
    }

    async fn resume_trigger(&self, edit: Edit) -> Done<Trigger> {
        let steps = (TriggerStatus::Paused, TriggerStatus::Live);
        self.writer
            .run(move |connection| {
                Box::pin(change::take(connection, edit, steps, Happened::Resumed))
            })
            .await
    }

    async fn fail_trigger(&self, edit: Edit, reason: String) -> Done<Trigger> {
        let steps = (TriggerStatus::Live, TriggerStatus::Error);
        let what = Happened::Failed { reason };
        self.writer
            .run(move |connection| Box::pin(change::take(connection, edit, steps, what)))
            .await
    }

    async fn roll_back_trigger(&self, edit: Edit, version: u32) -> Done<Trigger> {
        self.writer
            .run(move |connection| Box::pin(copies::roll_back(connection, edit, version)))
            .await
    }

    async fn clone_trigger(&self, edit: Edit, from: TriggerId, spec: TriggerSpec) -> Done<Trigger> {
        self.writer
            .run(move |connection| Box::pin(copies::clone(connection, edit, from, spec)))
            .await
    }

    async fn order_triggers(&self, edit: EditAll, places: Vec<Rank>) -> Done<Vec<Trigger>> {
        self.writer
            .run(move |connection| Box::pin(copies::order(connection, edit, places)))
            .await
    }

    async fn add_starters(
        &self,
        edit: EditAll,
        drafts: Vec<(TriggerId, TriggerSpec)>,
    ) -> Result<Vec<Trigger>, StoreError> {
        self.writer
            .run(move |connection| Box::pin(copies::add_starters(connection, edit, drafts)))
            .await
    }

    async fn trigger_history(
        &self,
        site: SiteId,
        id: Option<&TriggerId>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<HistoryEntry>, StoreError> {
        history::before(&self.readers, site, id, before, limit).await
    }

    async fn delete_trigger(&self, edit: Edit) -> Done<()> {
        self.writer
            .run(move |connection| Box::pin(change::delete(connection, edit)))
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

    async fn pages(&self, site: SiteId, limit: u32) -> Result<Vec<String>, StoreError> {
        counting::pages(&self.readers, site, limit).await
    }

    async fn trigger_results(
        &self,
        site: SiteId,
        id: &TriggerId,
    ) -> Result<(People, Vec<TriggerResult>), StoreError> {
        counting::of_trigger(&self.readers, site, id).await
    }

    async fn trigger_results_within(
        &self,
        site: SiteId,
        id: &TriggerId,
        period: Period,
    ) -> Result<(People, Vec<TriggerResult>), StoreError> {
        results::of_period(&self.readers, site, id, period).await
    }

    async fn people_by_day(
        &self,
        site: SiteId,
        id: &TriggerId,
        from: Millis,
        days: u32,
    ) -> Result<Vec<(u32, People)>, StoreError> {
        results::by_day(&self.readers, site, id, from, days).await
    }

    async fn people_by(
        &self,
        site: SiteId,
        id: &TriggerId,
        period: Period,
        by: By,
        limit: u32,
    ) -> Result<Vec<(String, People)>, StoreError> {
        results::by(&self.readers, site, id, period, by, limit).await
    }

    async fn goals_of_held(
        &self,
        site: SiteId,
        id: &TriggerId,
        version: u32,
        period: Period,
    ) -> Result<Vec<(Option<String>, u64)>, StoreError> {
        results::goals_of_held(&self.readers, site, id, version, period).await
    }
}
