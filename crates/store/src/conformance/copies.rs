//! What is made of triggers there are, the order among them, and who did what.

use saluda_protocol::studio::{Actor, Happened, TriggerStatus};
use saluda_protocol::{Millis, TriggerId};

use super::triggers::{Desk, id, spec};
use crate::{EditAll, Expected, Rank, Store, Unchanged};

fn rank(name: &str, revision: u64, priority: i32) -> Rank {
    Rank {
        trigger: id(name),
        revision,
        priority,
    }
}

impl Desk<'_> {
    fn all(&self, at: u64) -> EditAll {
        EditAll {
            site: self.site,
            by: Actor::CommandLine,
            at: Millis(at),
        }
    }

    async fn order(&self, ranks: Vec<Rank>) -> Result<Vec<(u64, Option<u32>)>, Unchanged> {
        let ordered = self.store.order_triggers(self.all(9), ranks).await.unwrap();
        ordered.map(|all| all.iter().map(|one| (one.revision, one.version)).collect())
    }

    async fn happened(&self, of: Option<&str>) -> Vec<Happened> {
        let of = of.map(id);
        let entries = self
            .store
            .trigger_history(self.site, of.as_ref(), None, 99)
            .await;
        entries.unwrap().into_iter().map(|one| one.what).collect()
    }

    async fn live_priority(&self, name: &str) -> Option<i32> {
        let live = self.store.live_triggers(self.site).await.unwrap();
        let found = live.into_iter().find(|one| one.id == id(name));
        found.map(|one| one.live.spec.priority)
    }
}

/// See the name.
pub async fn rolls_back_what_is_live_at_once_and_the_rest_as_a_draft(store: &dyn Store) {
    let desk = Desk::new(store).await;
    for priority in [1, 2] {
        desk.save("help", priority, 5).await;
        desk.publish("help").await.unwrap();
    }
    desk.save("help", 7, 6).await;
    let back = async |to| {
        let edit = desk.edit("help", Expected::Any, 8);
        store.roll_back_trigger(edit, to).await.unwrap()
    };
    let changes = desk.changes().await;
    let rolled = back(1).await.unwrap();
    assert_eq!((rolled.version, rolled.edited), (Some(3), false));
    assert_eq!(desk.live_priority("help").await, Some(1));
    assert_eq!(desk.changes().await, changes + 1);
    assert_eq!(back(1).await.unwrap(), rolled, "it says that already");
    assert_eq!(back(3).await.unwrap(), rolled, "it is that already");
    assert_eq!(back(9).await, Err(Unchanged::NoVersion(9)));

    desk.save("help", 8, 9).await;
    let rolled = back(3).await.unwrap();
    assert_eq!(
        (rolled.version, rolled.edited),
        (Some(3), false),
        "the draft"
    );
    let edit = desk.edit("help", Expected::Any, 9);
    store.pause_trigger(edit).await.unwrap().unwrap();
    let paused = back(2).await.unwrap();
    assert_eq!(paused.status, TriggerStatus::Paused);
    assert_eq!((paused.version, paused.edited), (Some(3), true));
    assert_eq!(paused.spec, spec(2));
    assert_eq!(desk.live().await, []);

    let stale = desk.edit("help", Expected::Revision(1), 9);
    let refused = store.roll_back_trigger(stale, 1).await.unwrap();
    assert_eq!(refused, Err(Unchanged::Conflict));
    let nobody = desk.edit("other", Expected::Any, 9);
    let refused = store.roll_back_trigger(nobody, 1).await.unwrap();
    assert_eq!(refused, Err(Unchanged::NotFound));
}

/// See the name.
pub async fn clones_into_a_draft_of_a_name_that_is_free(store: &dyn Store) {
    let desk = Desk::new(store).await;
    desk.save("help", 1, 5).await;
    desk.publish("help").await.unwrap();
    let clone = async |name| {
        let edit = desk.edit(name, Expected::Nothing, 6);
        store
            .clone_trigger(edit, id("help"), spec(1))
            .await
            .unwrap()
    };
    let copy = clone("copy").await.unwrap();
    assert_eq!((copy.status, copy.version), (TriggerStatus::Draft, None));
    assert_eq!((copy.spec, copy.created_at), (spec(1), Millis(6)));
    assert_eq!(clone("copy").await, Err(Unchanged::Conflict));
    assert_eq!(clone("help").await, Err(Unchanged::Conflict));
    let from = id("help");
    assert_eq!(
        desk.happened(Some("copy")).await,
        [Happened::Cloned { from }]
    );
}

/// See the name.
pub async fn orders_all_of_them_or_none(store: &dyn Store) {
    let desk = Desk::new(store).await;
    desk.save("draft", 1, 5).await;
    for name in ["live", "edited", "paused"] {
        desk.save(name, 1, 5).await;
        desk.publish(name).await.unwrap();
    }
    let edit = desk.edit("paused", Expected::Any, 9);
    store.pause_trigger(edit).await.unwrap().unwrap();
    desk.save("edited", 5, 6).await;
    let changes = desk.changes().await;
    let stale = vec![rank("draft", 1, 9), rank("live", 1, 8)];
    assert_eq!(desk.order(stale).await, Err(Unchanged::Conflict));
    let unknown = vec![rank("draft", 1, 9), rank("other", 1, 8)];
    assert_eq!(desk.order(unknown).await, Err(Unchanged::NotFound));
    let kept = store
        .trigger(desk.site, &id("draft"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((kept.revision, kept.spec), (1, spec(1)));
    assert_eq!(desk.changes().await, changes);

    let ranks = vec![
        rank("draft", 1, 9),
        rank("paused", 3, 8),
        rank("edited", 3, 7),
        rank("live", 2, 1),
    ];
    let ordered = desk.order(ranks).await.unwrap();
    assert_eq!(
        ordered,
        [(2, None), (4, Some(2)), (4, Some(2)), (2, Some(1))],
        "what has its priority already stays as it is"
    );
    assert_eq!(desk.changes().await, changes + 1);
    assert_eq!(desk.live_priority("edited").await, Some(7));
    assert_eq!(desk.live_priority("live").await, Some(1));
    let kept = async |name: &str| store.trigger(desk.site, &id(name)).await.unwrap().unwrap();
    assert!(!kept("paused").await.edited);
    assert!(!kept("edited").await.edited, "its draft was another place");
    assert_eq!(
        desk.happened(Some("draft")).await[0],
        Happened::Ordered {
            priority: 9,
            version: None
        }
    );
}

/// See the name.
pub async fn orders_without_publishing_what_was_edited(store: &dyn Store) {
    let desk = Desk::new(store).await;
    desk.save("help", 1, 5).await;
    desk.publish("help").await.unwrap();
    let mut draft = spec(1);
    draft.tags = vec!["new".to_owned()];
    let edit = desk.edit("help", Expected::Any, 6);
    store
        .save_trigger(edit, draft.clone())
        .await
        .unwrap()
        .unwrap();
    desk.order(vec![rank("help", 3, 4)]).await.unwrap();
    let live = store.live_triggers(desk.site).await.unwrap();
    assert_eq!((live[0].live.version, &live[0].live.spec), (2, &spec(4)));
    let kept = store
        .trigger(desk.site, &id("help"))
        .await
        .unwrap()
        .unwrap();
    assert!(kept.edited);
    draft.priority = 4;
    assert_eq!(kept.spec, draft);
}

/// See the name (S2.21).
pub async fn adds_starters_to_a_site_without_triggers_and_once(store: &dyn Store) {
    let desk = Desk::new(store).await;
    let drafts = || vec![(id("a"), spec(2)), (id("b"), spec(1))];
    let add = async || {
        let added = store.add_starters(desk.all(5), drafts()).await.unwrap();
        added
            .into_iter()
            .map(|one| one.id)
            .collect::<Vec<TriggerId>>()
    };
    desk.save("own", 1, 5).await;
    assert_eq!(add().await, [], "it has one");
    let delete = async |name| {
        let edit = desk.edit(name, Expected::Any, 9);
        store.delete_trigger(edit).await.unwrap().unwrap();
    };
    delete("own").await;
    assert_eq!(add().await, [id("a"), id("b")]);
    let kept = store.trigger(desk.site, &id("a")).await.unwrap().unwrap();
    assert_eq!((kept.status, kept.revision), (TriggerStatus::Draft, 1));
    assert_eq!(add().await, []);
    for name in ["a", "b"] {
        delete(name).await;
    }
    assert_eq!(add().await, [], "they do not come back");
}

/// See the name.
pub async fn remembers_who_changed_what_beyond_the_end(store: &dyn Store) {
    let desk = Desk::new(store).await;
    let (mut edit, mut all) = (desk.edit("help", Expected::Any, 0), Vec::new());
    let lucia = Actor::Agent {
        id: saluda_protocol::AgentId::from_random([1; 16]),
        name: "Lucía".to_owned(),
    };
    let by = |edit: &crate::Edit, by: &Actor, at: u64| crate::Edit {
        by: by.clone(),
        at: Millis(at),
        ..edit.clone()
    };
    let cli = Actor::CommandLine;
    for (who, at, priority) in [
        (&cli, 1, 1),
        (&lucia, 2, 2),
        (&lucia, 3, 3),
        (&cli, 4, 4),
        (&lucia, 5, 5),
        (&lucia, 5 + 60 * 60 * 1000, 6),
    ] {
        let edit = by(&edit, who, at);
        store
            .save_trigger(edit, spec(priority))
            .await
            .unwrap()
            .unwrap();
    }
    edit.at = Millis(9);
    store.publish_trigger(edit.clone()).await.unwrap().unwrap();
    store.pause_trigger(edit.clone()).await.unwrap().unwrap();
    store.pause_trigger(edit.clone()).await.unwrap().unwrap();
    store.resume_trigger(edit.clone()).await.unwrap().unwrap();
    let reason = "its sender is gone".to_owned();
    let failed = store.fail_trigger(edit.clone(), reason.clone()).await;
    failed.unwrap().unwrap();
    store.delete_trigger(edit).await.unwrap().unwrap();
    desk.save("other", 1, 10).await;

    let (help, mut before) = (id("help"), None);
    loop {
        let page = store
            .trigger_history(desk.site, Some(&help), before, 4)
            .await
            .unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.number);
        all.extend(page);
    }
    let name = "Help".to_owned();
    let edited: Vec<_> = all[5..].iter().map(|one| (one.at.0, &one.by)).collect();
    assert_eq!(
        all.iter().map(|one| one.what.clone()).collect::<Vec<_>>(),
        [
            Happened::Deleted { name },
            Happened::Failed { reason },
            Happened::Resumed,
            Happened::Paused,
            Happened::Published { version: 1 },
            Happened::Edited,
            Happened::Edited,
            Happened::Edited,
            Happened::Edited,
            Happened::Created,
        ]
    );
    assert_eq!(
        edited,
        [
            (3_600_005, &lucia),
            (5, &lucia),
            (4, &cli),
            (3, &lucia),
            (1, &cli)
        ],
        "someone who goes on within the hour makes one change"
    );
    let numbers: Vec<_> = all.iter().map(|one| one.number).collect();
    assert_eq!(numbers, (1..=10).rev().collect::<Vec<_>>());
    assert_eq!(desk.happened(None).await.len(), 11);
    let elsewhere = saluda_protocol::SiteId::from_random([9; 16]);
    let none = store.trigger_history(elsewhere, None, None, 9).await;
    assert_eq!(none.unwrap(), []);
}
