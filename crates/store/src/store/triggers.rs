//! Triggers, and what they achieve.

use async_trait::async_trait;
use saluda_protocol::report::Report;
use saluda_protocol::studio::{HistoryEntry, People, TriggerResult, TriggerVersion};
use saluda_protocol::{Millis, SiteId, TriggerId, TriggerSpec};

use crate::{By, Edit, EditAll, LiveTrigger, Period, Rank, Saved, StoreError, Trigger, Unchanged};

/// Triggers, and what they achieve.
///
/// Whoever changes one says how they saw it last ([`Edit::expected`]). A change
/// that changes nothing leaves the revision as it is.
#[async_trait]
pub trait Triggers: Send + Sync + 'static {
    /// Keeps a draft. What is live stays as it is.
    async fn save_trigger(
        &self,
        edit: Edit,
        spec: TriggerSpec,
    ) -> Result<Result<Saved, Unchanged>, StoreError>;

    /// Makes the draft the next version and takes it live. A draft that is the
    /// same as the last version is that version.
    async fn publish_trigger(&self, edit: Edit) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Pauses what is live. What is paused already stays so.
    async fn pause_trigger(&self, edit: Edit) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Takes what was paused live again. What is live already stays so.
    async fn resume_trigger(&self, edit: Edit) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Stops what is live because of what it lacks.
    async fn fail_trigger(
        &self,
        edit: Edit,
        reason: String,
    ) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Makes what was published as this version the draft. What is live is
    /// published so too, as the next version, in the same transaction; nothing
    /// else goes live.
    async fn roll_back_trigger(
        &self,
        edit: Edit,
        version: u32,
    ) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Keeps a draft that was made of another trigger, if there is none of that
    /// name yet.
    async fn clone_trigger(
        &self,
        edit: Edit,
        from: TriggerId,
        spec: TriggerSpec,
    ) -> Result<Result<Trigger, Unchanged>, StoreError>;

    /// Gives triggers their priorities, all of them or none. A draft gets its
    /// priority; what was published gets it in a next version that differs in
    /// nothing else, and stays live if it is. Returns the triggers in the order
    /// of the ranks.
    async fn order_triggers(
        &self,
        edit: EditAll,
        ranks: Vec<Rank>,
    ) -> Result<Result<Vec<Trigger>, Unchanged>, StoreError>;

    /// Keeps the drafts that a site begins with: if it has no trigger, and once.
    /// Returns those that were kept now.
    async fn add_starters(
        &self,
        edit: EditAll,
        drafts: Vec<(TriggerId, TriggerSpec)>,
    ) -> Result<Vec<Trigger>, StoreError>;

    /// At most `limit` changes of the site's triggers, or of one of them, the
    /// latest first, before `before`. Those of a trigger that was deleted stay.
    async fn trigger_history(
        &self,
        site: SiteId,
        id: Option<&TriggerId>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<HistoryEntry>, StoreError>;

    /// Deletes a trigger with its versions and all that was counted. Its history
    /// stays.
    async fn delete_trigger(&self, edit: Edit) -> Result<Result<(), Unchanged>, StoreError>;

    /// The trigger of this name.
    async fn trigger(&self, site: SiteId, id: &TriggerId) -> Result<Option<Trigger>, StoreError>;

    /// At most `limit` triggers in the order of their names, after `after`, and
    /// how many people each of them reached.
    async fn triggers(
        &self,
        site: SiteId,
        after: Option<&TriggerId>,
        limit: u32,
    ) -> Result<Vec<(Trigger, People)>, StoreError>;

    /// All live triggers, by priority; of equals, the oldest first.
    async fn live_triggers(&self, site: SiteId) -> Result<Vec<LiveTrigger>, StoreError>;

    /// One publication of a trigger.
    async fn trigger_version(
        &self,
        site: SiteId,
        id: &TriggerId,
        version: u32,
    ) -> Result<Option<TriggerVersion>, StoreError>;

    /// At most `limit` publications of a trigger, the latest first, before
    /// `before`.
    async fn trigger_versions(
        &self,
        site: SiteId,
        id: &TriggerId,
        before: Option<u32>,
        limit: u32,
    ) -> Result<Vec<TriggerVersion>, StoreError>;

    /// Counts what a page reported, each event once. Those of unknown triggers,
    /// versions or variants are not counted. Returns how many were.
    async fn count(&self, site: SiteId, report: Report) -> Result<u64, StoreError>;

    /// At most `limit` pages on which something came of a greeting, each once, in
    /// the order of their paths.
    async fn pages(&self, site: SiteId, limit: u32) -> Result<Vec<String>, StoreError>;

    /// How many people a trigger reached: over all, and with each version and
    /// variant, the latest version first.
    async fn trigger_results(
        &self,
        site: SiteId,
        id: &TriggerId,
    ) -> Result<(People, Vec<TriggerResult>), StoreError>;

    /// The same within a period.
    async fn trigger_results_within(
        &self,
        site: SiteId,
        id: &TriggerId,
        period: Period,
    ) -> Result<(People, Vec<TriggerResult>), StoreError>;

    /// How many people a trigger reached on each of so many days of 24 hours that
    /// follow each other from an instant on: by day, counted from 0, those
    /// without anyone left out.
    async fn people_by_day(
        &self,
        site: SiteId,
        id: &TriggerId,
        from: Millis,
        days: u32,
    ) -> Result<Vec<(u32, People)>, StoreError>;

    /// How many people a trigger reached on each page or device within a period:
    /// at most `limit` of them, those with the most people first.
    async fn people_by(
        &self,
        site: SiteId,
        id: &TriggerId,
        period: Period,
        by: By,
        limit: u32,
    ) -> Result<Vec<(String, People)>, StoreError>;

    /// How many of the people who were held back from a version within a period
    /// reached its goal all the same, by the variant that they did not see.
    async fn goals_of_held(
        &self,
        site: SiteId,
        id: &TriggerId,
        version: u32,
        period: Period,
    ) -> Result<Vec<(Option<String>, u64)>, StoreError>;
}
