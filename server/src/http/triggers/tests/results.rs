//! What triggers achieved, as it is told.

use saluda_protocol::Millis;
use saluda_protocol::agent::Role;
use serde_json::{Value, json};

use super::{Desk, HELP, form};
use crate::http::testing::send;
use crate::testing::Scene;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// 2026-11-27, noon in Lisbon.
const NOON: u64 = 1_795_780_800_000;

impl Desk {
    /// Someone's page reports what happened.
    async fn report(&self, person: u32, version: u32, events: &[(u64, &str, Value, &str)]) {
        let events: Vec<Value> = events
            .iter()
            .enumerate()
            .map(|(n, (at, kind, variant, page))| {
                json!({
                    "id": format!("{:032x}", person as usize * 100 + n), "at": at,
                    "trigger": "help", "version": version, "variant": variant,
                    "kind": kind, "page": page
                })
            })
            .collect();
        let report = json!({
            "person": format!("{person:032x}"), "device": "phone", "events": events
        });
        let origin = [("origin", "https://shop.example")];
        let path = "/api/sites/shop/events";
        let body = report.to_string();
        let answer = send(&self.scene, "POST", path, &origin, &body).await;
        assert_eq!(answer.status, 204, "{}", answer.text());
    }

    async fn live(form: &Value) -> Self {
        let scene = Scene::new().await;
        scene.clock.set(Millis(NOON));
        let agent = scene.member(scene.site.id, Role::Administrator).await;
        let cookie = scene.sign_in(agent).await;
        let desk = Self { scene, cookie };
        desk.ask("PUT", HELP, form).await;
        assert_eq!(desk.post("publish").await.status, 200);
        desk
    }
}

#[tokio::test]
async fn they_are_told_by_day_page_device_and_version() {
    let desk = Desk::live(&form("Hello")).await;
    let none = || Value::Null;
    desk.report(
        1,
        1,
        &[
            (NOON - DAY_MS, "sent", none(), "/plans"),
            (NOON - DAY_MS, "opened", none(), "/plans"),
            (NOON, "sent", none(), "/=1+1"),
        ],
    )
    .await;
    desk.report(2, 1, &[(NOON, "sent", none(), "/plans")]).await;
    let told = desk.get(&format!("{HELP}/results?from=2026-11-25")).await;
    assert_eq!(
        (&told["from"], &told["to"]),
        (&json!("2026-11-25"), &json!("2026-11-27"))
    );
    assert_eq!(told["people"]["sent"], 2);
    assert_eq!(told["results"][0]["version"], 1);
    let sent: Vec<_> = told["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| {
            (
                day["of"].as_str().unwrap(),
                day["people"]["sent"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        sent,
        [("2026-11-25", 0), ("2026-11-26", 1), ("2026-11-27", 2)]
    );
    assert_eq!(told["pages"][0]["of"], "/plans");
    assert_eq!(told["pages"][0]["people"]["sent"], 2);
    assert_eq!(
        told["devices"],
        json!([{ "of": "phone", "people": told["people"] }])
    );
    assert_eq!(told["experiment"], Value::Null);

    let before = desk.get(&format!("{HELP}/results?to=2026-11-26")).await;
    assert_eq!(before["days"].as_array().unwrap().len(), 28);
    assert_eq!(before["people"]["sent"], 1);

    let table = format!("{HELP}/results.csv?by=page&from=2026-11-25");
    let table = desk.ask("GET", &table, &Value::Null).await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        table.header("content-disposition"),
        "attachment; filename=\"help-2026-11-25-2026-11-27-page.csv\""
    );
    assert_eq!(table.header("x-content-type-options"), "nosniff");
    let names = "page,sent,held,opened,dismissed,replied,clicked,goal";
    assert_eq!(
        table.text(),
        format!("{names}\r\n/plans,2,0,1,0,0,0,0\r\n/=1+1,1,0,0,0,0,0,0\r\n")
    );
}

#[tokio::test]
async fn an_experiment_is_judged() {
    let mut form = form("Hello");
    form["goal"] = json!({ "event": "signup", "within": "7d" });
    form["experiment"] = json!({
        "seed": "a", "holdout": 50,
        "variants": [{ "name": "b", "share": 50, "text": { "en": "Hi" } }]
    });
    let desk = Desk::live(&form).await;
    // Forty are held back, two of whom reach the goal; twenty see each greeting,
    // and one in four of them reaches it.
    for person in 0..80 {
        let (kind, reaches) = match person {
            0..40 => ("held", person < 2),
            _ => ("sent", person % 4 == 0),
        };
        let variant = if person % 2 == 0 {
            Value::Null
        } else {
            json!("b")
        };
        let mut events = vec![(NOON, kind, variant.clone(), "/")];
        if reaches || kind == "sent" && person % 4 == 1 {
            events.push((NOON, "goal", variant, "/thanks"));
        }
        desk.report(person, 1, &events).await;
    }
    let told = desk.get(&format!("{HELP}/results")).await;
    let experiment = &told["experiment"];
    let arms: Vec<_> = experiment["arms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|arm| {
            let goal = arm["goal"]["value"].as_f64().unwrap();
            (
                arm["held"].as_bool().unwrap(),
                arm["expected"].as_f64().unwrap(),
                goal,
            )
        })
        .collect();
    assert_eq!(
        arms,
        [(false, 0.25, 0.5), (false, 0.25, 0.5), (true, 0.5, 0.05)]
    );
    assert_eq!(experiment["arms"][1]["variant"], "b");
    assert_eq!(
        experiment["sample_ratio"],
        json!({ "p": 1.0, "suspicious": false })
    );
    let lift = &experiment["lift"];
    assert!(
        (lift["value"].as_f64().unwrap() - 0.45).abs() < 1e-9,
        "{lift}"
    );
    assert!(lift["low"].as_f64().unwrap() > 0.2 && lift["high"].as_f64().unwrap() < 0.61);

    // Twice as many of one variant as there should be.
    for person in 100..200 {
        desk.report(person, 1, &[(NOON, "sent", json!("b"), "/")])
            .await;
    }
    let told = desk.get(&format!("{HELP}/results")).await;
    assert_eq!(told["experiment"]["sample_ratio"]["suspicious"], true);
}

#[tokio::test]
async fn days_that_make_no_sense_are_refused_with_the_reason() {
    let desk = Desk::live(&form("Hello")).await;
    for (query, reason) in [
        ("from=yesterday", "is no day"),
        ("from=2026-11-27&to=2026-11-26", "before"),
        ("from=2020-01-01", "at most"),
        ("by=week", "makes no sense"),
    ] {
        let path = format!("{HELP}/results.csv?{query}");
        let refused = desk.ask("GET", &path, &Value::Null).await;
        assert_eq!(refused.status, 400, "{query}");
        let message = refused.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(reason), "{query}: {message}");
    }
    let unknown = format!("{}/results", HELP.replace("help", "other"));
    assert_eq!(desk.ask("GET", &unknown, &Value::Null).await.status, 404);
}
