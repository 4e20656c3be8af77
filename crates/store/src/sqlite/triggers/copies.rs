//! Triggers that are made of what there is: of another trigger, of an earlier
//! version, of what every site begins with; and the order among them.

use saluda_protocol::studio::{Happened, TriggerStatus};
use saluda_protocol::{TriggerId, TriggerSpec};
use sqlx::SqliteConnection;

use super::Done;
use super::keep::{add_version, begin, change_pages, expect, find, save, tell};
use crate::sqlite::counting::version as published;
use crate::{Edit, EditAll, Expected, Rank, StoreError, Trigger, Unchanged, sql};

pub(super) async fn clone(
    connection: &mut SqliteConnection,
    edit: Edit,
    from: TriggerId,
    spec: TriggerSpec,
) -> Done<Trigger> {
    if find(connection, edit.site, &edit.trigger).await?.is_some() {
        return Ok(Err(Unchanged::Conflict));
    }
    begin(connection, &edit, spec, Happened::Cloned { from })
        .await
        .map(Ok)
}

pub(super) async fn roll_back(
    connection: &mut SqliteConnection,
    edit: Edit,
    to: u32,
) -> Done<Trigger> {
    let mut trigger = match expect(connection, &edit).await? {
        Ok(trigger) => trigger,
        Err(unchanged) => return Ok(Err(unchanged)),
    };
    let Some(old) = published(connection, edit.site, &edit.trigger, to).await? else {
        return Ok(Err(Unchanged::NoVersion(to)));
    };
    let live = match trigger.version {
        Some(version) if trigger.status == TriggerStatus::Live => {
            published(connection, edit.site, &edit.trigger, version).await?
        }
        _ => None,
    };
    // What is live already needs no second version of the same words.
    let goes_live = live.is_some_and(|live| live.spec != old.spec);
    if trigger.spec == old.spec && !goes_live {
        return Ok(Ok(trigger));
    }
    trigger.spec = old.spec;
    let mut version = None;
    if goes_live {
        version = Some(add_version(connection, &edit, &trigger).await?);
        trigger.version = version;
        change_pages(connection, edit.site).await?;
    }
    save(connection, &edit, trigger).await?;
    let what = Happened::RolledBack { to, version };
    tell(connection, &edit, what).await?;
    // Whether it differs from what was published is read from both.
    let found = find(connection, edit.site, &edit.trigger).await?;
    Ok(found.ok_or(Unchanged::NotFound))
}

pub(super) async fn order(
    connection: &mut SqliteConnection,
    all: EditAll,
    ranks: Vec<Rank>,
) -> Done<Vec<Trigger>> {
    let edits = ranks.into_iter().map(|rank| {
        let edit = Edit {
            site: all.site,
            trigger: rank.trigger,
            expected: Expected::Revision(rank.revision),
            by: all.by.clone(),
            at: all.at,
        };
        (edit, rank.priority)
    });
    let mut found = Vec::new();
    // Looked at before anything is written: a refusal leaves nothing behind.
    for (edit, priority) in edits {
        match expect(connection, &edit).await? {
            Ok(trigger) => found.push((edit, priority, trigger)),
            Err(unchanged) => return Ok(Err(unchanged)),
        }
    }
    let mut ordered = Vec::with_capacity(found.len());
    for (edit, priority, trigger) in found {
        ordered.push(put(connection, &edit, priority, trigger).await?);
    }
    Ok(Ok(ordered))
}

async fn put(
    connection: &mut SqliteConnection,
    edit: &Edit,
    priority: i32,
    mut trigger: Trigger,
) -> Result<Trigger, StoreError> {
    let old = match trigger.version {
        Some(version) => published(connection, edit.site, &edit.trigger, version).await?,
        None => None,
    };
    let moves = old
        .as_ref()
        .is_some_and(|old| old.spec.priority != priority);
    if trigger.spec.priority == priority && !moves {
        return Ok(trigger);
    }
    let mut version = None;
    if let (Some(old), true) = (old, moves) {
        // Only the place: what was edited since stays unpublished.
        let spec = TriggerSpec {
            priority,
            ..old.spec
        };
        let next = Trigger {
            spec,
            ..trigger.clone()
        };
        version = Some(add_version(connection, edit, &next).await?);
        trigger.version = version;
        if trigger.status == TriggerStatus::Live {
            change_pages(connection, edit.site).await?;
        }
    }
    trigger.spec.priority = priority;
    let trigger = save(connection, edit, trigger).await?;
    let what = Happened::Ordered { priority, version };
    tell(connection, edit, what).await?;
    Ok(trigger)
}

pub(super) async fn add_starters(
    connection: &mut SqliteConnection,
    all: EditAll,
    drafts: Vec<(TriggerId, TriggerSpec)>,
) -> Result<Vec<Trigger>, StoreError> {
    let taken = sqlx::query(sql::TAKE_STARTERS)
        .bind(all.site.to_string())
        .execute(&mut *connection)
        .await?;
    let mut added = Vec::new();
    if taken.rows_affected() == 0 {
        return Ok(added);
    }
    for (trigger, spec) in drafts {
        let edit = Edit {
            site: all.site,
            trigger,
            expected: Expected::Nothing,
            by: all.by.clone(),
            at: all.at,
        };
        added.push(begin(connection, &edit, spec, Happened::Created).await?);
    }
    Ok(added)
}
