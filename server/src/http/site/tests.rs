use saluda_protocol::Millis;
use saluda_protocol::agent::Role;
use serde_json::{Value, json};

use crate::http::testing::{Answer, send};
use crate::testing::Scene;

const SETTINGS: &str = "/api/sites/shop/settings";

/// A site and the cookie of its administrator.
struct Desk {
    scene: Scene,
    cookie: String,
}

impl Desk {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let agent = scene.member(scene.site.id, Role::Administrator).await;
        let cookie = scene.sign_in(agent).await;
        Self { scene, cookie }
    }

    async fn ask(&self, method: &str, tag: &[(&str, &str)], body: &str) -> Answer {
        let mut headers = vec![("origin", "http://desk.test"), ("cookie", &*self.cookie)];
        headers.extend(tag);
        send(&self.scene, method, SETTINGS, &headers, body).await
    }

    /// The settings, as they are sent back.
    async fn form(&self) -> Value {
        self.ask("GET", &[], "").await.json()["settings"].clone()
    }

    async fn put(&self, form: &Value) -> Answer {
        self.ask("PUT", &[], &form.to_string()).await
    }
}

#[tokio::test]
async fn what_is_chosen_is_what_pages_get() {
    let desk = Desk::new().await;
    let mut form = desk.form().await;
    form["name"] = json!(" Alba ");
    form["accent"] = json!("#ffe600");
    form["origins"] = json!(["https://Other.example/"]);
    form["hours"] = json!({ "zone": "Europe/Lisbon", "weekly": { "mon": ["09:00-17:00"] } });
    let answer = desk.put(&form).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let detail = answer.json();
    assert_eq!(detail["settings"]["name"], "Alba");
    assert_eq!(detail["warnings"][0]["kind"], "darkened");
    assert_eq!(detail["stopped"], json!([]));

    let from = [("origin", "https://other.example")];
    let config = send(&desk.scene, "GET", "/api/sites/shop/config", &from, "").await;
    assert_eq!(config.json()["name"], "Alba");
    assert_eq!(config.json()["look"], detail["look"]);
    let seen = desk.ask("GET", &[], "").await;
    assert_eq!(seen.json(), detail);
}

#[tokio::test]
async fn nobody_writes_over_what_someone_else_chose() {
    let desk = Desk::new().await;
    let seen = desk.ask("GET", &[], "").await;
    let tag = seen.header("etag").to_owned();
    assert_eq!(tag, format!("\"{}\"", seen.json()["revision"]));
    let form = seen.json()["settings"].to_string();
    let first = desk.ask("PUT", &[("if-match", &tag)], &form).await;
    assert_eq!(first.status, 200, "{}", first.text());
    assert_ne!(first.header("etag"), tag);
    for stale in [
        ("if-match", tag.as_str()),
        ("if-match", "\"x\""),
        ("if-none-match", "*"),
    ] {
        let refused = desk.ask("PUT", &[stale], &form).await;
        assert_eq!(refused.status, 412, "{stale:?}");
        assert_eq!(refused.json()["code"], "conflict");
        assert!(refused.text().contains("settings"), "{}", refused.text());
    }
    assert_eq!(desk.ask("PUT", &[], &form).await.status, 200);
}

#[tokio::test]
async fn a_form_with_mistakes_changes_nothing() {
    let desk = Desk::new().await;
    let before = desk.ask("GET", &[], "").await.json();
    let mut form = desk.form().await;
    form["name"] = json!("");
    form["accent"] = json!("red");
    form["hours"] = json!({ "zone": "Mars" });
    let refused = desk.put(&form).await;
    assert_eq!(refused.status, 422);
    let refused = refused.json();
    assert_eq!(refused["code"], "mistakes");
    let paths: Vec<_> = refused["mistakes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths.len(), 3);
    for path in ["name", "accent", "hours.zone"] {
        assert!(paths.contains(&path), "{paths:?}");
    }
    assert_eq!(desk.ask("GET", &[], "").await.json(), before);
    let large = desk.ask("PUT", &[], &" ".repeat(70_000)).await;
    assert_eq!(large.status, 413);
}

#[tokio::test]
async fn a_trigger_that_needs_what_is_gone_is_named() {
    let desk = Desk::new().await;
    let mut form = desk.form().await;
    form["senders"] = json!({ "lucia": "Lucía" });
    assert_eq!(desk.put(&form).await.status, 200);
    let trigger = |name: &str| json!({ "name": name, "rule": { "all": [] }, "greeting": { "text": { "en": "Hi" } } });
    let mut by_lucia = trigger("By Lucia");
    by_lucia["greeting"]["sender"] = json!("lucia");
    for form in [by_lucia, trigger("Plain")] {
        desk.scene.publish(form).await;
    }

    form["senders"] = json!({});
    let stopped = desk.put(&form).await.json()["stopped"].clone();
    assert_eq!(stopped.as_array().unwrap().len(), 1);
    assert_eq!(stopped[0]["id"], "by-lucia");
    assert_eq!(stopped[0]["name"], "By Lucia");
    let reason = stopped[0]["reason"].as_str().unwrap();
    assert!(reason.contains("no sender `lucia`"), "{reason}");

    // It is told once, by the change that did it.
    assert_eq!(desk.ask("GET", &[], "").await.json()["stopped"], json!([]));
}

#[tokio::test]
async fn triggers_whose_dates_move_with_the_zone_are_named() {
    let desk = Desk::new().await;
    let mut form = desk.form().await;
    form["hours"] = json!({ "zone": "UTC" });
    assert_eq!(desk.put(&form).await.json()["warnings"], json!([]));
    let hi = json!({ "text": { "en": "Hi" } });
    desk.scene
        .publish(json!({ "name": "Plain", "rule": { "all": [] }, "greeting": hi }))
        .await;
    let schedule = json!({ "from": "2026-12-01T00:00" });
    desk.scene
        .publish(
            json!({ "name": "Dated", "rule": { "all": [] }, "schedule": schedule, "greeting": hi }),
        )
        .await;
    // Without hours it is UTC too.
    form["hours"] = Value::Null;
    assert_eq!(desk.put(&form).await.json()["warnings"], json!([]));
    form["hours"] = json!({ "zone": "America/Sao_Paulo" });
    let warnings = desk.put(&form).await.json()["warnings"].clone();
    assert_eq!(warnings.as_array().unwrap().len(), 1, "{warnings}");
    assert_eq!(warnings[0]["kind"], "dates_moved");
    let message = warnings[0]["message"].as_str().unwrap();
    assert!(
        message.contains("`dated`") && !message.contains("plain"),
        "{message}"
    );
}

#[tokio::test]
async fn hours_are_looked_at_and_not_kept() {
    let desk = Desk::new().await;
    let before = desk.form().await;
    let ask = async |body: &str| {
        let headers = [("origin", "http://desk.test"), ("cookie", &*desk.cookie)];
        let path = "/api/sites/shop/hours/preview";
        send(&desk.scene, "POST", path, &headers, body).await
    };
    // The clock stands at a quarter past midnight of a Thursday.
    let seen = ask(r#"{"hours":{"zone":"UTC","weekly":{"thu":["00:00-01:00"]}}}"#).await;
    assert_eq!(seen.status, 200, "{}", seen.text());
    let seen = seen.json();
    assert_eq!(seen["open"], true);
    assert_eq!(seen["closes_at"]["at"], 3_600_000);
    assert_eq!(seen["days"].as_array().unwrap().len(), 14);
    assert_eq!(seen["intervals"].as_array().unwrap().len(), 2);
    let refused = ask(r#"{"hours":{"zone":"Mars"}}"#).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["mistakes"][0]["path"], "hours.zone");
    let large = ask(&" ".repeat(70_000)).await;
    assert_eq!(
        (large.status, &large.json()["code"]),
        (413, &json!("too_large"))
    );
    assert_eq!(desk.form().await, before);
}

/// An origin, and in which hours the widget was seen on it.
fn seen(origin: &str, hours: Option<(u64, u64)>) -> Value {
    let (first, last) = hours.unzip();
    json!({ "origin": origin, "first_at": first, "last_at": last })
}

#[tokio::test]
async fn an_origin_that_asks_for_the_config_is_connected() {
    const HOUR_MS: u64 = 3_600_000;
    const SHOP: &str = "https://shop.example";
    const MOBILE: &str = "https://m.shop.example";
    let desk = Desk::new().await;
    let choose = async |origins: Value| {
        let mut site = desk.scene.site.clone();
        site.origins = serde_json::from_value(origins).unwrap();
        assert!(desk.scene.app.store.update_site(site).await.unwrap());
    };
    let visit = async |origin: &str, hour: u64, status: u16| {
        // Within the hour, whenever.
        desk.scene.clock.set(Millis(hour * HOUR_MS + 17));
        let config = "/api/sites/shop/config";
        let answer = send(&desk.scene, "GET", config, &[("origin", origin)], "").await;
        assert_eq!(answer.status, status, "{origin}");
    };
    let connected = async || {
        let agent = desk.scene.member(desk.scene.site.id, Role::Viewer).await;
        let cookie = desk.scene.sign_in(agent).await;
        let path = "/api/sites/shop/embed";
        let answer = send(&desk.scene, "GET", path, &[("cookie", &cookie)], "").await;
        answer.json()["connected"].clone()
    };
    let hours = |first: u64, last: u64| Some((first * HOUR_MS, last * HOUR_MS));
    choose(json!([SHOP, MOBILE])).await;
    visit("https://evil.example", 0, 403).await;
    // The server's own page is none of the site's.
    visit("http://desk.test", 0, 200).await;
    assert_eq!(
        connected().await,
        json!([seen(SHOP, None), seen(MOBILE, None)])
    );
    choose(json!([SHOP, "*"])).await;
    visit(SHOP, 0, 200).await;
    visit("https://anywhere.example", 0, 200).await;
    visit("https://elsewhere.example", 0, 200).await;
    assert_eq!(
        connected().await,
        json!([seen(SHOP, hours(0, 0)), seen("*", hours(0, 0))])
    );
    choose(json!([SHOP, MOBILE])).await;
    visit(SHOP, 5, 200).await;
    assert_eq!(
        connected().await,
        json!([seen(SHOP, hours(0, 5)), seen(MOBILE, None)])
    );
    // What is taken out is forgotten, and new when it is back.
    choose(json!([MOBILE])).await;
    choose(json!([SHOP])).await;
    assert_eq!(connected().await, json!([seen(SHOP, None)]));
    visit(SHOP, 5, 200).await;
    assert_eq!(connected().await, json!([seen(SHOP, hours(5, 5))]));
}

#[tokio::test]
async fn what_is_pasted_into_pages_leads_to_this_server() {
    let desk = Desk::new().await;
    let headers = [("cookie", &*desk.cookie)];
    let answer = send(&desk.scene, "GET", "/api/sites/shop/embed", &headers, "").await;
    let embed = answer.json();
    assert_eq!(embed["server"], "http://desk.test");
    assert_eq!(
        embed["snippet"],
        "<script async crossorigin src=\"http://desk.test/widget.js\" data-site=\"shop\"></script>"
    );
    assert_eq!(embed["policy"][1]["sources"][1], "ws://desk.test");
    // Nobody has told it where it is.
    assert_eq!(embed["warnings"][0]["kind"], "address_guessed");
}
