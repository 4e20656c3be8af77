//! Takes triggers live and off again.
//!
//! What goes live was checked against everything it depends on, and what it
//! depends on is checked again when that changes: [`review`].

use std::collections::BTreeSet;

use saluda_protocol::studio::{Actor, Mistake, TriggerStatus};
use saluda_protocol::{Millis, TriggerId};
use saluda_store::{Edit, Expected, Site, Store, StoreError, Trigger, Unchanged};

use super::check::{Unsound, compiled};

/// Why a trigger was not changed.
#[derive(Debug)]
pub(crate) enum NotDone {
    /// It is not there, not as expected, or in no state for this.
    Unchanged(Unchanged),
    /// Its author has something to correct.
    Mistakes(Vec<Mistake>),
    /// The database failed.
    Store(StoreError),
}

impl From<Unchanged> for NotDone {
    fn from(why: Unchanged) -> Self {
        Self::Unchanged(why)
    }
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Unsound> for NotDone {
    fn from(why: Unsound) -> Self {
        match why {
            Unsound::Mistakes(mistakes) => Self::Mistakes(mistakes),
            Unsound::Store(error) => Self::Store(error),
        }
    }
}

/// The trigger as it is now, and the edit narrowed to exactly that.
async fn as_it_is(store: &dyn Store, edit: Edit) -> Result<(Trigger, Edit), NotDone> {
    let found = store.trigger(edit.site, &edit.trigger).await?;
    let found = found.ok_or(Unchanged::NotFound)?;
    let expected = match edit.expected {
        Expected::Any => Expected::Revision(found.revision),
        other => other,
    };
    Ok((found, Edit { expected, ..edit }))
}

/// Publishes the draft, if everything it depends on is there.
pub(crate) async fn publish(
    store: &dyn Store,
    site: &Site,
    edit: Edit,
) -> Result<Trigger, NotDone> {
    let (found, edit) = as_it_is(store, edit).await?;
    let version = found.version.unwrap_or(0).saturating_add(1);
    compiled(store, site, &found.spec, version, &BTreeSet::new()).await?;
    Ok(store.publish_trigger(edit).await??)
}

/// Takes what was paused live again, if everything it depends on is there.
pub(crate) async fn resume(store: &dyn Store, site: &Site, edit: Edit) -> Result<Trigger, NotDone> {
    let (found, edit) = as_it_is(store, edit).await?;
    if let Some(version) = found.version {
        let published = store.trigger_version(site.id, &found.id, version).await?;
        if let Some(published) = published {
            compiled(store, site, &published.spec, version, &BTreeSet::new()).await?;
        }
    }
    Ok(store.resume_trigger(edit).await??)
}

/// Lets a trigger say again what it said in a version. What is live says it at
/// once, as its next version, if everything that depends on is there; anything
/// else gets it as its draft, and goes live when someone publishes it.
pub(crate) async fn roll_back(
    store: &dyn Store,
    site: &Site,
    edit: Edit,
    to: u32,
) -> Result<Trigger, NotDone> {
    let (found, edit) = as_it_is(store, edit).await?;
    let old = store.trigger_version(site.id, &found.id, to).await?;
    let old = old.ok_or(Unchanged::NoVersion(to))?;
    if found.status == TriggerStatus::Live {
        compiled(store, site, &old.spec, to, &BTreeSet::new()).await?;
    }
    Ok(store.roll_back_trigger(edit, to).await??)
}

/// Deletes a trigger. Live ones that need it are in error from then on.
pub(crate) async fn delete(store: &dyn Store, site: &Site, edit: Edit) -> Result<(), NotDone> {
    let (by, at) = (edit.by.clone(), edit.at);
    store.delete_trigger(edit).await??;
    review(store, site, &by, at).await?;
    Ok(())
}

/// Stops every live trigger that lacks something it depends on, and says what
/// (S2.15). `by` made the change that took it away. Returns which.
pub(crate) async fn review(
    store: &dyn Store,
    site: &Site,
    by: &Actor,
    at: Millis,
) -> Result<Vec<TriggerId>, StoreError> {
    let mut stopped = Vec::new();
    for trigger in store.live_triggers(site.id).await? {
        let (id, live) = (trigger.id, trigger.live);
        let mistakes = match compiled(store, site, &live.spec, live.version, &BTreeSet::new()).await
        {
            Ok(_) => continue,
            Err(Unsound::Mistakes(mistakes)) => mistakes,
            Err(Unsound::Store(error)) => return Err(error),
        };
        let reasons: Vec<String> = mistakes.into_iter().map(|one| one.message).collect();
        let edit = Edit {
            site: site.id,
            trigger: id.clone(),
            expected: Expected::Any,
            by: by.clone(),
            at,
        };
        if store.fail_trigger(edit, reasons.join("; ")).await?.is_ok() {
            stopped.push(id);
        }
    }
    Ok(stopped)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::Scene;

    fn edit(scene: &Scene, id: &str) -> Edit {
        Edit {
            site: scene.site.id,
            trigger: id.parse().unwrap(),
            expected: Expected::Any,
            by: Actor::CommandLine,
            at: Millis(9),
        }
    }

    async fn kept(scene: &Scene, id: &str) -> Trigger {
        let id = id.parse().unwrap();
        let found = scene.app.store.trigger(scene.site.id, &id).await.unwrap();
        found.unwrap()
    }

    #[tokio::test]
    async fn what_a_trigger_depends_on_must_be_there() {
        let scene = Scene::new().await;
        let form = json!({
            "name": "Help",
            "rule": { "any": [
                { "fact": "trigger.help.shown", "op": "gte", "value": 1 },
                { "not": { "fact": "trigger.other.shown", "op": "gte", "value": 1 } }
            ] },
            "greeting": { "sender": "lucia", "text": { "en": "Hello" } }
        });
        scene.save(form).await;
        let store = &*scene.app.store;
        let refused = publish(store, &scene.site, edit(&scene, "help")).await;
        let Err(NotDone::Mistakes(mistakes)) = refused else {
            panic!("{refused:?}");
        };
        let mut paths: Vec<_> = mistakes.iter().map(|one| one.path.as_str()).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["greeting.sender", "rule.any[1].not.fact"]);
        assert_eq!(kept(&scene, "help").await.status, TriggerStatus::Draft);

        let mut site = scene.site.clone();
        site.settings.senders.insert("lucia".into(), "Lucía".into());
        scene
            .save(json!({
                "name": "Other", "rule": { "all": [] }, "greeting": { "text": { "en": "Hi" } }
            }))
            .await;
        let live = publish(store, &site, edit(&scene, "help")).await;
        assert_eq!(live.unwrap().version, Some(1));

        // The sender goes, and the trigger says so.
        site.settings.senders.clear();
        let stopped = review(store, &site, &Actor::CommandLine, Millis(9))
            .await
            .unwrap();
        assert_eq!(stopped, ["help".parse().unwrap()]);
        let failed = kept(&scene, "help").await;
        assert_eq!(failed.status, TriggerStatus::Error);
        assert!(failed.reason.unwrap().contains("no sender `lucia`"));
    }

    #[tokio::test]
    async fn deleting_what_another_needs_puts_that_into_error() {
        let scene = Scene::new().await;
        for (name, rule) in [
            ("First", json!({ "all": [] })),
            (
                "Second",
                json!({ "fact": "trigger.first.shown", "op": "gte", "value": 1 }),
            ),
        ] {
            scene
                .publish(json!({
                    "name": name, "rule": rule, "greeting": { "text": { "en": "Hi" } }
                }))
                .await;
        }
        let store = &*scene.app.store;
        delete(store, &scene.site, edit(&scene, "first"))
            .await
            .unwrap();
        let failed = kept(&scene, "second").await;
        assert_eq!(failed.status, TriggerStatus::Error);
        assert_eq!(failed.reason.unwrap(), "the site has no trigger `first`");
    }
}
