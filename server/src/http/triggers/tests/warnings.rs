use saluda_protocol::Millis;
use saluda_protocol::report::{Device, Kind, Random, Report, Reported};
use saluda_protocol::trigger::HoursSpec;
use serde_json::{Value, json};

use super::{Desk, HELP};

fn kinds(answer: &Value) -> Vec<(&str, &str)> {
    let warnings = answer["warnings"].as_array().expect("a list");
    let pairs = warnings.iter().map(|one| (&one["path"], &one["kind"]));
    pairs
        .map(|(path, kind)| (path.as_str().unwrap(), kind.as_str().unwrap()))
        .collect()
}

fn random(n: usize) -> Random {
    format!("{n:032x}").try_into().unwrap()
}

impl Desk {
    /// Has a greeting on each of these pages.
    async fn greets_on(&self, pages: &[&str]) {
        let events = pages.iter().enumerate().map(|(n, page)| Reported {
            id: random(n),
            at: Millis(1),
            trigger: "first".parse().unwrap(),
            version: 1,
            variant: None,
            kind: Kind::Sent,
            page: (*page).to_owned(),
        });
        let report = Report {
            person: random(99),
            device: Device::Desktop,
            events: events.collect(),
        };
        let site = self.scene.site.id;
        let counted = self.scene.app.store.count(site, report).await.unwrap();
        assert_eq!(counted, pages.len() as u64);
    }

    /// Writes down when the site is open.
    async fn opens(&self, weekly: &[(&str, &str)]) {
        let mut site = self.scene.site.clone();
        let weekly = weekly.iter();
        site.settings.hours = Some(HoursSpec {
            zone: "Europe/Lisbon".to_owned(),
            weekly: weekly
                .map(|(day, window)| ((*day).to_owned(), vec![(*window).to_owned()]))
                .collect(),
            ..HoursSpec::default()
        });
        assert!(self.scene.app.store.update_site(site).await.unwrap());
    }
}

#[tokio::test]
async fn what_is_strange_is_said_and_keeps_nothing_from_going_live() {
    let desk = Desk::new().await;
    let first = json!({
        "name": "First", "priority": 5, "frequency": "visit",
        "rule": { "fact": "page.time", "op": "gte", "value": "10s" },
        "greeting": { "text": { "en": "Hi" } }
    });
    desk.scene.publish(first).await;
    desk.greets_on(&["/", "/plans", "/blog", "/about", "/blog/a"])
        .await;
    let strange = json!({
        "name": "Help",
        "rule": { "all": [
            { "fact": "page.path", "op": "eq", "value": "/planz" },
            { "fact": "page.time", "op": "gte", "value": "10s" },
            { "fact": "page.time", "op": "gte", "value": "30s" }
        ] },
        "schedule": { "hours": "during" },
        "greeting": { "text": { "en": "Hello" } }
    });
    let expected = [
        ("priority", "shadowed"),
        ("rule.all[0]", "no_page_seen"),
        ("rule.all[1]", "redundant"),
        ("schedule.hours", "no_hours"),
    ];
    let saved = desk.ask("PUT", HELP, &strange).await;
    assert_eq!(saved.status, 201);
    assert_eq!(kinds(&saved.json()), expected);
    assert_eq!(kinds(&desk.get(HELP).await), expected);
    let published = desk.post("publish").await;
    assert_eq!(published.status, 200);
    assert_eq!(kinds(&published.json()), expected);
    let message = published.json()["warnings"][0]["message"].to_string();
    assert!(message.contains("“First” comes first."), "{message}");

    let better = json!({
        "name": "Help", "priority": 9,
        "rule": { "fact": "page.path", "op": "eq", "value": "/plans" },
        "greeting": { "text": { "en": "Hello" } }
    });
    let saved = desk.ask("PUT", HELP, &better).await;
    assert_eq!(kinds(&saved.json()), []);
}

#[tokio::test]
async fn the_hours_of_the_site_and_the_day_count() {
    let desk = Desk::new().await;
    let at = |from: &str, until: &str| {
        json!({
            "name": "Help", "rule": { "all": [] },
            "schedule": { "hours": "during", "from": from, "until": until },
            "greeting": { "text": { "en": "Hello" } }
        })
    };
    desk.opens(&[("mon", "09:00-18:00")]).await;
    let sunday = at("2999-06-02T00:00", "2999-06-03T00:00");
    let saved = desk.ask("PUT", HELP, &sunday).await.json();
    assert_eq!(kinds(&saved), [("schedule.hours", "never_in_hours")]);
    let monday = at("2999-06-03T00:00", "2999-06-04T00:00");
    let saved = desk.ask("PUT", HELP, &monday).await.json();
    assert_eq!(kinds(&saved), []);
    let long_ago = at("1970-01-01T00:00", "1970-01-01T01:00");
    let saved = desk.ask("PUT", HELP, &long_ago).await.json();
    assert_eq!(kinds(&saved), [("schedule.until", "over")]);
}
