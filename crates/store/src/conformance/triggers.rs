//! Triggers, their versions, and what they achieve.

use saluda_protocol::report::{Device, Kind, Random, Report, Reported};
use saluda_protocol::studio::{Actor, People, TriggerStatus};
use saluda_protocol::{Millis, SiteId, TriggerId, TriggerSpec, limits};

use super::{bytes, site};
use crate::{Edit, Expected, Store, Trigger, Unchanged};

/// A site to have triggers on.
pub(super) struct Desk<'s> {
    pub(super) store: &'s dyn Store,
    pub(super) site: SiteId,
}

pub(super) fn id(name: &str) -> TriggerId {
    name.parse().unwrap()
}

pub(super) fn spec(priority: i32) -> TriggerSpec {
    let form = serde_json::json!({
        "name": "Help",
        "priority": priority,
        "rule": { "all": [] },
        "greeting": { "text": { "en": "Hello" } },
        "experiment": {
            "seed": "a",
            "variants": [{ "name": "b", "share": 50, "text": { "en": "Hi" } }]
        }
    });
    serde_json::from_value(form).unwrap()
}

impl<'s> Desk<'s> {
    pub(super) async fn new(store: &'s dyn Store) -> Self {
        let shop = site(1, "shop");
        store.add_site(shop.clone(), None).await.unwrap();
        Self {
            store,
            site: shop.id,
        }
    }

    pub(super) fn edit(&self, name: &str, expected: Expected, at: u64) -> Edit {
        Edit {
            site: self.site,
            trigger: id(name),
            expected,
            by: Actor::CommandLine,
            at: Millis(at),
        }
    }

    pub(super) async fn save(&self, name: &str, priority: i32, at: u64) -> Trigger {
        let edit = self.edit(name, Expected::Any, at);
        let saved = self.store.save_trigger(edit, spec(priority)).await.unwrap();
        saved.unwrap().trigger
    }

    pub(super) async fn publish(&self, name: &str) -> Result<Trigger, Unchanged> {
        let edit = self.edit(name, Expected::Any, 9);
        self.store.publish_trigger(edit).await.unwrap()
    }

    pub(super) async fn live(&self) -> Vec<(String, u32)> {
        let live = self.store.live_triggers(self.site).await.unwrap();
        live.into_iter()
            .map(|trigger| (trigger.id.to_string(), trigger.live.version))
            .collect()
    }

    /// How often pages had something else to show.
    pub(super) async fn changes(&self) -> u64 {
        let site = self.store.site(self.site).await.unwrap().unwrap();
        site.trigger_changes
    }

    pub(super) async fn count(&self, person: u16, events: Vec<Reported>) -> u64 {
        let report = Report {
            person: random(person),
            device: Device::Phone,
            events,
        };
        self.store.count(self.site, report).await.unwrap()
    }

    async fn people(&self, name: &str) -> People {
        let all = self.store.triggers(self.site, None, 99).await.unwrap();
        let found = all.into_iter().find(|(trigger, _)| trigger.id == id(name));
        found.unwrap().1
    }
}

fn random(n: u16) -> Random {
    Random::try_from(format!("{n:032x}")).unwrap()
}

pub(super) fn event(
    n: u16,
    name: &str,
    version: u32,
    variant: Option<&str>,
    kind: Kind,
) -> Reported {
    Reported {
        id: random(n),
        at: Millis(5),
        trigger: id(name),
        version,
        variant: variant.map(str::to_owned),
        kind,
        page: "/plans".to_owned(),
    }
}

/// See the name.
pub async fn keeps_drafts_apart_from_what_is_live(store: &dyn Store) {
    let desk = Desk::new(store).await;
    let saved = desk.save("help", 1, 5).await;
    assert_eq!((saved.revision, saved.edited), (1, true));
    assert_eq!(saved.status, TriggerStatus::Draft);
    assert_eq!(desk.live().await, []);
    assert_eq!(desk.changes().await, 0);
    desk.publish("help").await.unwrap();

    let edited = desk.save("help", 7, 6).await;
    assert_eq!(edited.status, TriggerStatus::Live);
    assert!(edited.edited);
    assert_eq!(
        (edited.created_at, edited.updated_at),
        (Millis(5), Millis(6))
    );
    assert_eq!(desk.changes().await, 1);
    let live = store.live_triggers(desk.site).await.unwrap();
    assert_eq!(live[0].live.spec, spec(1));
    assert!(!desk.save("help", 1, 7).await.edited, "as it was published");
    let kept = store.trigger(desk.site, &id("help")).await.unwrap();
    assert_eq!(kept.unwrap().spec, spec(1));
    let elsewhere = SiteId::from_random(bytes(2));
    assert_eq!(store.trigger(elsewhere, &id("help")).await.unwrap(), None);
}

/// See the name.
pub async fn refuses_to_write_over_what_someone_else_changed(store: &dyn Store) {
    let desk = Desk::new(store).await;
    let save = async |expected, priority| {
        let edit = desk.edit("help", expected, 5);
        let saved = store.save_trigger(edit, spec(priority)).await.unwrap();
        saved.map(|saved| (saved.new, saved.trigger.revision))
    };
    assert_eq!(
        save(Expected::Revision(1), 1).await,
        Err(Unchanged::Conflict)
    );
    assert_eq!(save(Expected::Nothing, 1).await, Ok((true, 1)));
    assert_eq!(save(Expected::Nothing, 2).await, Err(Unchanged::Conflict));
    assert_eq!(save(Expected::Revision(1), 2).await, Ok((false, 2)));
    assert_eq!(
        save(Expected::Revision(1), 3).await,
        Err(Unchanged::Conflict)
    );
    assert_eq!(save(Expected::Any, 2).await, Ok((false, 2)), "the same");

    let stale = || desk.edit("help", Expected::Revision(1), 6);
    let refused = store.publish_trigger(stale()).await.unwrap();
    assert_eq!(refused, Err(Unchanged::Conflict));
    let refused = store.pause_trigger(stale()).await.unwrap();
    assert_eq!(refused, Err(Unchanged::Conflict));
    let refused = store.delete_trigger(stale()).await.unwrap();
    assert_eq!(refused, Err(Unchanged::Conflict));
    let nobody = desk.edit("other", Expected::Any, 6);
    let refused = store.delete_trigger(nobody).await.unwrap();
    assert_eq!(refused, Err(Unchanged::NotFound));
}

/// See the name.
pub async fn publishes_once_until_something_changes(store: &dyn Store) {
    let desk = Desk::new(store).await;
    desk.save("help", 1, 5).await;
    let first = desk.publish("help").await.unwrap();
    assert_eq!((first.version, first.revision), (Some(1), 2));
    assert_eq!(desk.publish("help").await.unwrap(), first);
    assert_eq!(desk.changes().await, 1);
    desk.save("help", 2, 6).await;
    let second = desk.publish("help").await.unwrap();
    assert_eq!((second.version, second.edited), (Some(2), false));
    assert_eq!(desk.changes().await, 2);

    let old = store.trigger_version(desk.site, &id("help"), 1).await;
    assert_eq!(old.unwrap().unwrap().spec, spec(1));
    let none = store.trigger_version(desk.site, &id("help"), 3).await;
    assert_eq!(none.unwrap(), None);
    assert_eq!(desk.publish("other").await, Err(Unchanged::NotFound));
}

/// See the name (S2.12 to S2.15).
pub async fn pauses_resumes_fails_and_deletes(store: &dyn Store) {
    let desk = Desk::new(store).await;
    let edit = || desk.edit("help", Expected::Any, 9);
    desk.save("help", 1, 5).await;
    let draft = Unchanged::Status(TriggerStatus::Draft);
    assert_eq!(store.pause_trigger(edit()).await.unwrap(), Err(draft));
    assert_eq!(store.resume_trigger(edit()).await.unwrap(), Err(draft));
    desk.publish("help").await.unwrap();

    let paused = store.pause_trigger(edit()).await.unwrap().unwrap();
    assert_eq!(paused.status, TriggerStatus::Paused);
    assert_eq!(store.pause_trigger(edit()).await.unwrap(), Ok(paused));
    assert_eq!(desk.live().await, []);
    let resumed = store.resume_trigger(edit()).await.unwrap().unwrap();
    assert_eq!(resumed.status, TriggerStatus::Live);
    assert_eq!(desk.live().await, [("help".to_owned(), 1)]);
    assert_eq!(desk.changes().await, 3);

    let why = "its sender is gone".to_owned();
    let failed = store.fail_trigger(edit(), why.clone()).await.unwrap();
    assert_eq!(failed.unwrap().reason, Some(why));
    assert_eq!(desk.live().await, []);
    let again = desk.publish("help").await.unwrap();
    assert_eq!((again.version, again.reason), (Some(1), None));

    desk.count(1, vec![event(1, "help", 1, None, Kind::Sent)])
        .await;
    store.delete_trigger(edit()).await.unwrap().unwrap();
    assert_eq!(desk.live().await, []);
    assert_eq!(store.triggers(desk.site, None, 9).await.unwrap(), []);
    assert_eq!(desk.changes().await, 6);
    let results = store.trigger_results(desk.site, &id("help")).await;
    assert_eq!(results.unwrap(), (People::default(), vec![]));
}

/// See the name.
pub async fn asks_live_triggers_by_priority_then_age(store: &dyn Store) {
    let desk = Desk::new(store).await;
    for (name, priority, at) in [("new", 5, 8), ("old", 5, 7), ("low", -1, 1), ("b", 5, 8)] {
        desk.save(name, priority, at).await;
        desk.publish(name).await.unwrap();
    }
    desk.save("draft", 9, 1).await;
    let names: Vec<_> = desk
        .live()
        .await
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["old", "b", "new", "low"]);
}

/// See the name.
pub async fn pages_triggers_and_versions(store: &dyn Store) {
    let desk = Desk::new(store).await;
    for (n, name) in (0..).zip(["d", "a", "c", "b", "e"]) {
        desk.save(name, n, 5).await;
    }
    let mut seen: Vec<TriggerId> = Vec::new();
    loop {
        let page = store.triggers(desk.site, seen.last(), 2).await.unwrap();
        if page.is_empty() {
            break;
        }
        seen.extend(page.into_iter().map(|(trigger, _)| trigger.id));
    }
    assert_eq!(seen, ["a", "b", "c", "d", "e"].map(id));
    for priority in 1..=5 {
        desk.save("a", priority * 10, 6).await;
        desk.publish("a").await.unwrap();
    }
    let versions = async |before, limit| {
        let of = id("a");
        let page = store.trigger_versions(desk.site, &of, before, limit).await;
        let page = page.unwrap();
        page.iter().map(|one| one.version).collect::<Vec<_>>()
    };
    assert_eq!(versions(None, 3).await, [5, 4, 3]);
    assert_eq!(versions(Some(3), 9).await, [2, 1]);
}

/// See the name.
pub async fn bounds_how_many_are_live(store: &dyn Store) {
    let desk = Desk::new(store).await;
    let names: Vec<_> = (0..=limits::LIVE_TRIGGERS)
        .map(|n| format!("t{n}"))
        .collect();
    futures_util::future::join_all(names.iter().map(|name| desk.save(name, 1, 5))).await;
    let published = names.iter().map(|name| desk.publish(name));
    let published = futures_util::future::join_all(published).await;
    let refused: Vec<_> = published.into_iter().filter_map(Result::err).collect();
    assert_eq!(refused, [Unchanged::TooMany]);
    assert_eq!(desk.live().await.len(), limits::LIVE_TRIGGERS);
    let first = desk.edit("t0", Expected::Any, 9);
    store.pause_trigger(first.clone()).await.unwrap().unwrap();
    desk.save("t1", 2, 6).await;
    assert!(desk.publish("t1").await.is_ok(), "it is live already");
}

/// See the name (S2.16 to S2.18).
pub async fn counts_people_once(store: &dyn Store) {
    let desk = Desk::new(store).await;
    desk.save("help", 1, 5).await;
    desk.publish("help").await.unwrap();
    desk.save("help", 2, 6).await;
    desk.publish("help").await.unwrap();
    let sent = |n, version, variant| event(n, "help", version, variant, Kind::Sent);

    assert_eq!(
        desk.count(1, vec![sent(1, 1, None), sent(2, 1, None)])
            .await,
        2
    );
    assert_eq!(desk.count(1, vec![sent(1, 1, None)]).await, 0, "sent twice");
    desk.count(1, vec![sent(3, 2, Some("b"))]).await;
    let opened = event(5, "help", 2, Some("b"), Kind::Opened);
    desk.count(2, vec![sent(4, 2, Some("b")), opened]).await;

    let expected = People {
        sent: 2,
        opened: 1,
        ..People::default()
    };
    assert_eq!(desk.people("help").await, expected);
    let (over_all, results) = store.trigger_results(desk.site, &id("help")).await.unwrap();
    assert_eq!(over_all, expected);
    let short: Vec<_> = results
        .iter()
        .map(|one| (one.version, one.variant.as_deref(), one.people.sent))
        .collect();
    assert_eq!(short, [(2, Some("b"), 2), (1, None, 1)]);
    assert_eq!(results[0].people, expected);
}

/// See the name.
pub async fn counts_nothing_that_was_not_published(store: &dyn Store) {
    let desk = Desk::new(store).await;
    desk.save("help", 1, 5).await;
    let all = |from: u16| {
        vec![
            event(from, "help", 1, None, Kind::Sent),
            event(from + 1, "help", 2, None, Kind::Sent),
            event(from + 2, "help", 1, Some("c"), Kind::Sent),
            event(from + 3, "help", 1, Some(""), Kind::Sent),
            event(from + 4, "other", 1, None, Kind::Sent),
        ]
    };
    assert_eq!(desk.count(1, all(10)).await, 0, "it is a draft");
    desk.publish("help").await.unwrap();
    assert_eq!(desk.count(1, all(20)).await, 1);
    assert_eq!(desk.people("help").await.sent, 1);
}

/// See the name.
pub async fn names_each_page_of_a_site_once(store: &dyn Store) {
    let desk = Desk::new(store).await;
    assert_eq!(store.pages(desk.site, 9).await.unwrap(), [""; 0]);
    desk.save("help", 1, 5).await;
    desk.publish("help").await.unwrap();
    let other = site(2, "other");
    store.add_site(other.clone(), None).await.unwrap();
    for (n, page) in (0..).zip(["/plans", "/", "/é", "/plans", "/"]) {
        let sent = Reported {
            page: page.to_owned(),
            ..event(n, "help", 1, None, Kind::Sent)
        };
        assert_eq!(desk.count(n, vec![sent]).await, 1);
    }
    let pages = async |limit| store.pages(desk.site, limit).await.unwrap();
    assert_eq!(pages(9).await, ["/", "/plans", "/é"]);
    assert_eq!(pages(2).await, ["/", "/plans"]);
    assert_eq!(pages(0).await, [""; 0]);
    assert_eq!(store.pages(other.id, 9).await.unwrap(), [""; 0]);
}
