mod warnings;

use saluda_protocol::agent::Role;
use serde_json::{Value, json};

use crate::http::testing::{Answer, send};
use crate::testing::Scene;

mod changes;
mod import;
mod results;
mod tried;

const OWN: (&str, &str) = ("origin", "http://desk.test");
const ALL: &str = "/api/sites/shop/triggers";
const HELP: &str = "/api/sites/shop/triggers/help";

/// The desk of someone who is signed in.
struct Desk {
    scene: Scene,
    cookie: String,
}

impl Desk {
    async fn new() -> Self {
        let scene = Scene::new().await;
        let agent = scene.agent("lucia@alba.example", "correct horse").await;
        scene
            .app
            .store
            .set_role(scene.site.id, agent, Role::Administrator, None)
            .await
            .unwrap();
        let cookie = scene.sign_in(agent).await;
        Self { scene, cookie }
    }

    async fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.ask_with(method, path, &[], body).await
    }

    async fn ask_with(
        &self,
        method: &str,
        path: &str,
        more: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let mut headers = vec![OWN, ("cookie", self.cookie.as_str())];
        headers.extend(more);
        send(&self.scene, method, path, &headers, &body.to_string()).await
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.ask("GET", path, &Value::Null).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    async fn post(&self, verb: &str) -> Answer {
        self.ask("POST", &format!("{HELP}/{verb}"), &Value::Null)
            .await
    }
}

fn form(text: &str) -> Value {
    json!({ "name": "Help", "rule": { "all": [] }, "greeting": { "text": { "en": text } } })
}

#[tokio::test]
async fn a_trigger_is_written_published_paused_resumed_and_deleted() {
    let desk = Desk::new().await;
    let made = desk.ask("PUT", HELP, &form("One")).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.header("etag"), "\"1\"");
    assert_eq!(made.header("cache-control"), "no-store");
    assert_eq!(made.json()["status"], "draft");
    assert_eq!(made.json()["spec"]["id"], "help");

    let live = desk.post("publish").await.json();
    assert_eq!(
        (&live["status"], &live["version"]),
        (&json!("live"), &json!(1))
    );
    assert_eq!(desk.ask("PUT", HELP, &form("Two")).await.status, 200);
    assert_eq!(desk.get(HELP).await["edited"], true);
    desk.post("publish").await;
    assert_eq!(desk.post("publish").await.json()["version"], 2);

    assert_eq!(desk.post("pause").await.json()["status"], "paused");
    assert_eq!(desk.post("pause").await.status, 200, "it is paused");
    assert_eq!(desk.post("resume").await.json()["status"], "live");
    assert_eq!(desk.ask("DELETE", HELP, &Value::Null).await.status, 204);
    let gone = desk.ask("GET", HELP, &Value::Null).await;
    assert_eq!(
        (gone.status, &gone.json()["code"]),
        (404, &json!("not_found"))
    );
}

#[tokio::test]
async fn the_list_and_the_versions_come_in_pages() {
    let desk = Desk::new().await;
    for name in ["a", "b", "help"] {
        let path = format!("{ALL}/{name}");
        desk.ask("PUT", &path, &form("Hello")).await;
    }
    let first = desk.get(&format!("{ALL}?limit=2")).await;
    assert_eq!(first["next"], "b");
    assert_eq!(first["triggers"][0]["id"], "a");
    assert_eq!(first["triggers"][0]["people"]["sent"], 0);
    assert!(first["triggers"][0].get("spec").is_none());
    let rest = desk.get(&format!("{ALL}?after=b")).await;
    assert_eq!(
        (&rest["triggers"][0]["id"], &rest["next"]),
        (&json!("help"), &Value::Null)
    );

    for text in ["One", "Two", "Three"] {
        desk.ask("PUT", HELP, &form(text)).await;
        desk.post("publish").await;
    }
    let versions = desk.get(&format!("{HELP}/versions?limit=2")).await;
    assert_eq!(versions["next"], 2);
    assert_eq!(versions["versions"][0]["version"], 3);
    assert!(versions["versions"][0]["published_by"].is_string());
    let oldest = desk.get(&format!("{HELP}/versions?before=2")).await;
    assert_eq!(
        oldest["versions"][0]["spec"]["greeting"]["text"]["en"],
        "One"
    );
    let query = desk
        .ask("GET", &format!("{ALL}?limit=many"), &Value::Null)
        .await;
    assert_eq!(query.status, 400);
    let other = format!("{ALL}/other/versions");
    assert_eq!(desk.ask("GET", &other, &Value::Null).await.status, 404);
}

#[tokio::test]
async fn nobody_writes_over_what_someone_else_has_changed() {
    let desk = Desk::new().await;
    let new = [("if-none-match", "*")];
    let made = desk.ask_with("PUT", HELP, &new, &form("One")).await;
    assert_eq!(made.status, 201);
    let again = desk.ask_with("PUT", HELP, &new, &form("Two")).await;
    assert_eq!(again.status, 412);
    let current = [("if-match", "\"1\"")];
    let saved = desk.ask_with("PUT", HELP, &current, &form("Two")).await;
    assert_eq!(saved.header("etag"), "\"2\"");
    for stale in ["\"1\"", "\"9\"", "1", "", "\"x\""] {
        let stale = [("if-match", stale)];
        let refused = desk.ask_with("PUT", HELP, &stale, &form("Three")).await;
        assert_eq!(
            (refused.status, &refused.json()["code"]),
            (412, &json!("conflict"))
        );
        for (method, path) in [
            ("DELETE", HELP.to_owned()),
            ("POST", format!("{HELP}/publish")),
            ("POST", format!("{HELP}/pause")),
            ("POST", format!("{HELP}/resume")),
        ] {
            let refused = desk.ask_with(method, &path, &stale, &Value::Null).await;
            assert_eq!(refused.status, 412, "{method} {path}");
        }
    }
    assert_eq!(
        desk.get(HELP).await["spec"]["greeting"]["text"]["en"],
        "Two"
    );
}

#[tokio::test]
async fn mistakes_are_named_all_at_once_and_leave_what_is_live_as_it_is() {
    let desk = Desk::new().await;
    desk.ask("PUT", HELP, &form("One")).await;
    desk.post("publish").await;
    let before = desk.get(HELP).await;

    let mut bad = form("Two");
    bad["rule"] = json!({ "fact": "page.paht", "op": "eq", "value": "/" });
    bad["colour"] = json!("red");
    let refused = desk.ask("PUT", HELP, &bad).await;
    assert_eq!(
        (refused.status, &refused.json()["code"]),
        (422, &json!("mistakes"))
    );
    let refused = refused.json();
    let mistakes = refused["mistakes"].as_array().unwrap();
    let paths: Vec<_> = mistakes.iter().map(|one| one["path"].as_str()).collect();
    assert!(paths.contains(&Some("rule.fact")), "{paths:?}");
    assert!(paths.contains(&Some("colour")), "{paths:?}");
    assert!(mistakes.iter().all(|one| one["message"].is_string()));

    let mut other = form("Two");
    other["id"] = json!("other");
    assert_eq!(desk.ask("PUT", HELP, &other).await.status, 422);
    let headers = [OWN, ("cookie", desk.cookie.as_str())];
    for text in ["", "{", "[]", "null"] {
        let refused = send(&desk.scene, "PUT", HELP, &headers, text).await;
        assert_eq!(refused.status, 422, "{text}");
    }
    let long = "x".repeat(70_000);
    let refused = send(&desk.scene, "PUT", HELP, &headers, &long).await;
    assert_eq!(refused.status, 413);
    assert_eq!(desk.get(HELP).await, before);

    let mut lacks = form("Two");
    lacks["greeting"]["sender"] = json!("nobody");
    assert_eq!(
        desk.ask("PUT", HELP, &lacks).await.status,
        200,
        "a draft may"
    );
    let refused = desk.post("publish").await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["mistakes"][0]["path"], "greeting.sender");
    let after = desk.get(HELP).await;
    assert_eq!(
        (&after["status"], &after["version"]),
        (&json!("live"), &json!(1))
    );
}

#[tokio::test]
async fn what_a_trigger_is_in_no_state_for_is_refused() {
    let desk = Desk::new().await;
    desk.ask("PUT", HELP, &form("One")).await;
    for verb in ["pause", "resume"] {
        let refused = desk.post(verb).await;
        assert_eq!(
            (refused.status, &refused.json()["code"]),
            (409, &json!("conflict"))
        );
    }
    for verb in ["publish", "pause", "resume"] {
        let path = format!("{ALL}/other/{verb}");
        assert_eq!(desk.ask("POST", &path, &Value::Null).await.status, 404);
    }
}

#[tokio::test]
async fn an_administrator_makes_a_link_that_opens_the_explain_panel() {
    let desk = Desk::new().await;
    let path = "/api/sites/shop/debug";
    let wanted = json!({ "page": "https://shop.example/plans", "for": "2h" });
    let made = desk.ask("POST", path, &wanted).await;
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(made.header("cache-control"), "no-store");
    assert_eq!(made.json()["expires_at"], 1_000_000 + 2 * 60 * 60 * 1000);
    let url = made.json()["url"].as_str().unwrap().to_owned();
    let token = url
        .strip_prefix("https://shop.example/plans#saluda-explain=")
        .unwrap();
    let config = format!("/api/sites/shop/config?explain={token}");
    assert_eq!(desk.get(&config).await["explain"]["triggers"], json!([]));

    for (wanted, why) in [
        (json!({ "page": "https://evil.example/" }), "origins"),
        (
            json!({ "page": "https://shop.example/", "for": "2d" }),
            "24 hours",
        ),
        (json!({ "for": "1h" }), "send a `page`"),
    ] {
        let refused = desk.ask("POST", path, &wanted).await;
        assert_eq!(refused.status, 400);
        assert!(refused.text().contains(why), "{}", refused.text());
    }
}

#[tokio::test]
async fn whoever_writes_a_condition_is_told_what_the_site_has_seen() {
    let desk = Desk::new().await;
    let mut wanted = form("Hello");
    wanted["rule"] = json!({ "fact": "visitor.attr.plan", "op": "eq", "value": "pro" });
    desk.ask("PUT", HELP, &wanted).await;
    let seen = desk.get("/api/sites/shop/seen").await;
    assert_eq!(
        seen,
        json!({
            "facts": [{ "fact": "visitor.attr.plan", "values": ["pro"] }], "events": [],
        })
    );
}

#[tokio::test]
async fn what_is_exported_can_be_imported_and_changes_nothing() {
    let desk = Desk::new().await;
    desk.ask("PUT", HELP, &form("Hello")).await;
    let answer = desk
        .ask("GET", "/api/sites/shop/export", &Value::Null)
        .await;
    assert_eq!(answer.status, 200);
    let named = "attachment; filename=\"triggers-shop.json\"";
    assert_eq!(answer.header("content-disposition"), named);
    let files = json!({ "files": [{ "name": "triggers-shop.json", "text": answer.text() }] });
    let plan = desk
        .ask("POST", "/api/sites/shop/import?dry_run=true", &files)
        .await
        .json();
    assert_eq!(plan["triggers"][0]["id"], "help");
    assert_eq!(plan["triggers"][0]["change"], "same");
}
