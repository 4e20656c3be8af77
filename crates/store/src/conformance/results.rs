//! What triggers achieved within a period.

use saluda_protocol::Millis;
use saluda_protocol::report::{Kind, Reported};
use saluda_protocol::studio::People;

use super::triggers::{Desk, event, id};
use crate::{By, Period, Store};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Something that happened at a moment, on a page.
fn at(ms: u64, page: &str, mut event: Reported) -> Reported {
    event.at = Millis(ms);
    page.clone_into(&mut event.page);
    event
}

fn people(sent: u64, opened: u64) -> People {
    People {
        sent,
        opened,
        ..People::default()
    }
}

/// See the name.
pub async fn counts_people_within_a_period(store: &dyn Store) {
    let desk = Desk::new(store).await;
    for name in ["help", "other"] {
        desk.save(name, 1, 5).await;
        desk.publish(name).await.unwrap();
    }
    let sent = |n, variant| event(n, "help", 1, variant, Kind::Sent);
    let opened = |n| event(n, "help", 1, None, Kind::Opened);
    // One person on two days and two pages, another on the second.
    let first = vec![
        at(10, "/plans", sent(1, None)),
        at(DAY_MS + 10, "/about", sent(2, None)),
        at(DAY_MS + 11, "/about", opened(3)),
        at(DAY_MS + 12, "/about", opened(4)),
    ];
    desk.count(1, first).await;
    desk.count(2, vec![at(DAY_MS + 20, "/about", sent(5, Some("b")))])
        .await;
    // On the period's edge, and of another trigger.
    desk.count(3, vec![at(3 * DAY_MS + 10, "/plans", sent(6, None))])
        .await;
    let other = event(7, "other", 1, None, Kind::Sent);
    desk.count(4, vec![at(15, "/plans", other)]).await;

    let period = Period {
        from: Millis(10),
        to: Millis(3 * DAY_MS + 10),
    };
    let help = id("help");
    let found = store.trigger_results_within(desk.site, &help, period);
    let (all, results) = found.await.unwrap();
    assert_eq!(all, people(2, 1));
    let short: Vec<_> = results
        .iter()
        .map(|one| (one.version, one.variant.as_deref(), one.people))
        .collect();
    assert_eq!(
        short,
        [(1, None, people(1, 1)), (1, Some("b"), people(1, 0))]
    );
    let days = store.people_by_day(desk.site, &help, Millis(10), 3).await;
    assert_eq!(days.unwrap(), [(0, people(1, 0)), (1, people(2, 1))]);
    let by = async |by, limit| {
        let found = store.people_by(desk.site, &help, period, by, limit);
        found.await.unwrap()
    };
    let (plans, about) = (("/plans".to_owned(), people(1, 0)), people(2, 1));
    let about = ("/about".to_owned(), about);
    assert_eq!(by(By::Page, 9).await, [about.clone(), plans]);
    assert_eq!(by(By::Page, 1).await, [about], "those with the most people");
    let phone = ("phone".to_owned(), people(2, 1));
    assert_eq!(by(By::Device, 9).await, [phone]);
    let empty = Period {
        from: Millis(11),
        to: Millis(11),
    };
    let found = store.trigger_results_within(desk.site, &help, empty);
    assert_eq!(found.await.unwrap(), (People::default(), Vec::new()));
}

/// See the name.
pub async fn counts_who_was_held_back_and_came_all_the_same(store: &dyn Store) {
    let desk = Desk::new(store).await;
    desk.save("help", 1, 5).await;
    desk.publish("help").await.unwrap();
    let happened = |n, kind| event(n, "help", 1, None, kind);
    desk.count(1, vec![happened(1, Kind::Held), happened(2, Kind::Goal)])
        .await;
    desk.count(2, vec![happened(3, Kind::Held)]).await;
    desk.count(3, vec![happened(4, Kind::Sent), happened(5, Kind::Goal)])
        .await;
    let whole = Period {
        from: Millis(0),
        to: Millis(DAY_MS),
    };
    let goals = async |version, period| {
        let help = id("help");
        let found = store.goals_of_held(desk.site, &help, version, period);
        found.await.unwrap()
    };
    assert_eq!(goals(1, whole).await, [(None, 1)]);
    assert_eq!(goals(2, whole).await, []);
    let before = Period {
        to: Millis(5),
        ..whole
    };
    assert_eq!(goals(1, before).await, []);
}
