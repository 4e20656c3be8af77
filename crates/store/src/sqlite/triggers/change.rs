//! A trigger from its first draft to its end.

use saluda_protocol::TriggerSpec;
use saluda_protocol::studio::{Happened, TriggerStatus};
use sqlx::SqliteConnection;

use super::Done;
use super::keep::{
    add_version, begin, change_pages, expect, find, has_room, is_expected, save, tell,
};
use crate::sqlite::rows::json;
use crate::{Edit, Saved, Trigger, Unchanged, sql};

pub(super) async fn save_draft(
    connection: &mut SqliteConnection,
    edit: Edit,
    spec: TriggerSpec,
) -> Done<Saved> {
    let kept = find(connection, edit.site, &edit.trigger).await?;
    if !is_expected(kept.as_ref(), edit.expected) {
        return Ok(Err(Unchanged::Conflict));
    }
    let Some(mut trigger) = kept else {
        let trigger = begin(connection, &edit, spec, Happened::Created).await?;
        return Ok(Ok(Saved { trigger, new: true }));
    };
    if json(&trigger.spec)? != json(&spec)? {
        trigger.spec = spec;
        save(connection, &edit, trigger).await?;
        tell(connection, &edit, Happened::Edited).await?;
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

pub(super) async fn publish(connection: &mut SqliteConnection, edit: Edit) -> Done<Trigger> {
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
        let version = add_version(connection, &edit, &trigger).await?;
        trigger.version = Some(version);
        trigger.edited = false;
    }
    trigger.status = TriggerStatus::Live;
    trigger.reason = None;
    change_pages(connection, edit.site).await?;
    let trigger = save(connection, &edit, trigger).await?;
    let version = trigger.version.unwrap_or(0);
    tell(connection, &edit, Happened::Published { version }).await?;
    Ok(Ok(trigger))
}

/// Takes a trigger from one status to another, in which it may be already.
pub(super) async fn take(
    connection: &mut SqliteConnection,
    edit: Edit,
    (from, to): (TriggerStatus, TriggerStatus),
    what: Happened,
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
    trigger.reason = match &what {
        Happened::Failed { reason } => Some(reason.clone()),
        _ => None,
    };
    change_pages(connection, edit.site).await?;
    let trigger = save(connection, &edit, trigger).await?;
    tell(connection, &edit, what).await?;
    Ok(Ok(trigger))
}

pub(super) async fn delete(connection: &mut SqliteConnection, edit: Edit) -> Done<()> {
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
    let name = trigger.spec.name;
    tell(connection, &edit, Happened::Deleted { name }).await?;
    Ok(Ok(()))
}
