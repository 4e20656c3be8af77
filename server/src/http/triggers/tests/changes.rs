//! Who changed what, going back, copies and the order.

use serde_json::{Value, json};

use super::{ALL, Desk, HELP, form};

const SITE: &str = "/api/sites/shop";

impl Desk {
    /// What happened to a trigger, the latest first.
    async fn history(&self, of: &str) -> Vec<Value> {
        let history = self.get(&format!("{of}/history")).await;
        let entries = history["entries"].as_array().unwrap();
        entries.iter().map(|one| one["what"].clone()).collect()
    }
}

#[tokio::test]
async fn every_change_is_remembered_with_who_made_it() {
    let desk = Desk::new().await;
    desk.ask("PUT", HELP, &form("One")).await;
    desk.post("publish").await;
    desk.ask("PUT", HELP, &form("Two")).await;
    for verb in ["publish", "pause", "resume"] {
        assert_eq!(desk.post(verb).await.status, 200);
    }
    desk.ask("DELETE", HELP, &Value::Null).await;
    let expected = [
        json!({ "deleted": { "name": "Help" } }),
        json!("resumed"),
        json!("paused"),
        json!({ "published": { "version": 2 } }),
        json!("edited"),
        json!({ "published": { "version": 1 } }),
        json!("created"),
    ];
    assert_eq!(desk.history(HELP).await, expected, "though it is gone");
    assert_eq!(desk.history(SITE).await, expected);
    let page = desk.get(&format!("{SITE}/history?limit=2&before=6")).await;
    assert_eq!(page["next"], 4);
    assert_eq!(page["entries"][0]["number"], 5);
    let entry = &page["entries"][0];
    assert_eq!(entry["trigger"], "help");
    assert_eq!(entry["by"]["agent"]["name"], "Lucía Marín");
    assert_eq!(entry["at"], 1_000_000);

    // What the server's own machine did has no agent.
    desk.scene.save(form("Three")).await;
    let history = desk.get(&format!("{HELP}/history?limit=1")).await;
    assert_eq!(history["entries"][0]["by"], "command_line");
    let unknown = format!("{ALL}/other/history");
    assert_eq!(desk.ask("GET", &unknown, &Value::Null).await.status, 404);
}

#[tokio::test]
async fn who_takes_away_what_a_trigger_needs_has_stopped_it() {
    let desk = Desk::new().await;
    desk.ask("PUT", &format!("{ALL}/first"), &form("One")).await;
    let mut needs = form("Two");
    needs["rule"] = json!({ "fact": "trigger.first.shown", "op": "gte", "value": 1 });
    desk.ask("PUT", HELP, &needs).await;
    desk.post("publish").await;
    desk.ask("DELETE", &format!("{ALL}/first"), &Value::Null)
        .await;
    let history = desk.get(&format!("{HELP}/history?limit=1")).await;
    let entry = &history["entries"][0];
    assert!(
        entry["what"]["failed"]["reason"]
            .as_str()
            .unwrap()
            .contains("no trigger `first`")
    );
    assert_eq!(entry["by"]["agent"]["name"], "Lucía Marín");
}

#[tokio::test]
async fn what_is_live_goes_back_at_once_through_the_same_checks() {
    let desk = Desk::new().await;
    let mut site = desk.scene.site.clone();
    site.settings.senders.insert("rui".into(), "Rui".into());
    desk.scene
        .app
        .store
        .update_site(site.clone())
        .await
        .unwrap();
    let mut by_rui = form("One");
    by_rui["greeting"]["sender"] = json!("rui");
    for form in [by_rui, form("Two"), form("Three")] {
        desk.ask("PUT", HELP, &form).await;
        desk.post("publish").await;
    }
    let back = async |body: Value| desk.ask("POST", &format!("{HELP}/rollback"), &body).await;
    let rolled = back(json!({ "version": 2 })).await;
    assert_eq!(rolled.status, 200, "{}", rolled.text());
    let detail = rolled.json();
    assert_eq!(
        (&detail["version"], &detail["status"]),
        (&json!(4), &json!("live"))
    );
    assert_eq!(detail["spec"]["greeting"]["text"]["en"], "Two");
    assert_eq!(rolled.header("etag"), format!("\"{}\"", detail["revision"]));
    assert_eq!(
        desk.history(HELP).await[0],
        json!({ "rolled_back": { "to": 2, "version": 4 } })
    );

    site.settings.senders.clear();
    desk.scene.app.store.update_site(site).await.unwrap();
    let refused = back(json!({ "version": 1 })).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["mistakes"][0]["path"], "greeting.sender");
    assert_eq!(desk.get(HELP).await, detail, "nothing was changed");
    for (body, status) in [
        (json!({ "version": 9 }), 404),
        (json!({}), 400),
        (json!({ "version": "2" }), 400),
        (json!({ "version": 2, "by": "me" }), 400),
    ] {
        assert_eq!(back(body.clone()).await.status, status, "{body}");
    }
    let path = format!("{HELP}/rollback");
    let stale = [("if-match", "\"1\"")];
    let refused = desk
        .ask_with("POST", &path, &stale, &json!({ "version": 3 }))
        .await;
    assert_eq!(refused.status, 412);

    // What visitors do not see becomes a draft, whatever it needs.
    desk.post("pause").await;
    let paused = back(json!({ "version": 1 })).await.json();
    assert_eq!(
        (&paused["status"], &paused["version"], &paused["edited"]),
        (&json!("paused"), &json!(4), &json!(true))
    );
    assert_eq!(desk.post("publish").await.status, 422);
}

#[tokio::test]
async fn whatever_its_status_a_trigger_is_cloned_into_a_draft() {
    let desk = Desk::new().await;
    desk.ask("PUT", HELP, &form("One")).await;
    let clone = async |body: &Value| {
        let path = format!("{HELP}/clone");
        desk.ask("POST", &path, body).await
    };
    let made = clone(&json!({ "id": "again", "name": "Again" })).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.header("location"), format!("{ALL}/again"));
    assert_eq!(made.header("etag"), "\"1\"");
    assert_eq!(made.json()["name"], "Again");
    assert_eq!(made.json()["spec"]["id"], "again");
    assert_eq!(
        desk.history(&format!("{ALL}/again")).await,
        [json!({ "cloned": { "from": "help" } })]
    );
    desk.post("publish").await;
    for verb in ["publish", "pause"] {
        desk.post(verb).await;
        let copy = clone(&json!({})).await;
        assert_eq!(copy.status, 201, "{}", copy.text());
        assert_eq!(copy.json()["status"], "draft");
    }
    for (body, status) in [
        (json!({ "id": "again" }), 422),
        (json!({ "id": "Not An Id" }), 400),
        (json!({ "name": "x".repeat(101) }), 422),
        (json!({ "version": 1 }), 400),
    ] {
        let refused = clone(&body).await;
        assert_eq!(refused.status, status, "{body}: {}", refused.text());
    }
    let unknown = format!("{ALL}/other/clone");
    assert_eq!(desk.ask("POST", &unknown, &json!({})).await.status, 404);
}

#[tokio::test]
async fn an_order_is_taken_whole_and_counts_on_pages_at_once() {
    let desk = Desk::new().await;
    for name in ["a", "b", "c"] {
        let path = format!("{ALL}/{name}");
        desk.ask("PUT", &path, &form(name)).await;
        let publish = format!("{path}/publish");
        assert_eq!(desk.ask("POST", &publish, &Value::Null).await.status, 200);
    }
    let order = async |ids: &[(&str, u64)]| {
        let placed = |(id, revision): &(&str, u64)| json!({ "id": id, "revision": revision });
        let body = json!({ "order": ids.iter().map(placed).collect::<Vec<_>>() });
        desk.ask("POST", &format!("{SITE}/order"), &body).await
    };
    let choice = async || {
        let live = desk.scene.app.store.live_triggers(desk.scene.site.id).await;
        let live = live.unwrap();
        live.into_iter()
            .map(|one| one.id.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(choice().await, ["a", "b", "c"]);
    let stale = order(&[("c", 2), ("a", 1), ("b", 2)]).await;
    assert_eq!(
        (stale.status, &stale.json()["code"]),
        (412, &json!("conflict"))
    );
    assert_eq!(choice().await, ["a", "b", "c"]);
    let done = order(&[("c", 2), ("a", 2), ("b", 2)]).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(choice().await, ["c", "a", "b"]);
    let ranked = done.json();
    assert_eq!(
        ranked["order"][0],
        json!({ "id": "c", "priority": 10, "status": "live", "version": 2, "revision": 3 })
    );
    assert_eq!(ranked["order"][1]["revision"], 2, "it keeps its place");
    assert_eq!(desk.get(&format!("{ALL}/c")).await["priority"], 10);
    assert_eq!(
        desk.history(&format!("{ALL}/c")).await[0],
        json!({ "ordered": { "priority": 10, "version": 2 } })
    );
    assert_eq!(order(&[("a", 2), ("a", 2)]).await.status, 400, "twice");
    assert_eq!(order(&[("other", 1)]).await.status, 404);
    assert_eq!(order(&[]).await.status, 200);
    let many: Vec<_> = (0..1_001).map(|_| ("a", 1)).collect();
    assert_eq!(order(&many).await.status, 413);
}

#[tokio::test]
async fn a_site_without_triggers_gets_three_drafts_once() {
    let desk = Desk::new().await;
    let path = format!("{SITE}/starters");
    let start = async || desk.ask("POST", &path, &Value::Null).await.json();
    let names = |list: &Value| {
        let triggers = list["triggers"].as_array().unwrap();
        let name = |one: &Value| one["name"].as_str().unwrap().to_owned();
        triggers.iter().map(name).collect::<Vec<_>>()
    };
    let given = start().await;
    assert_eq!(
        names(&given),
        ["Help on pricing", "Leaving the cart", "Closed now"]
    );
    let list = desk.get(ALL).await;
    assert_eq!(list["triggers"].as_array().unwrap().len(), 3);
    for one in list["triggers"].as_array().unwrap() {
        assert_eq!(one["status"], "draft");
        let path = format!("{ALL}/{}", one["id"].as_str().unwrap());
        desk.ask("DELETE", &path, &Value::Null).await;
    }
    assert_eq!(names(&start().await), [""; 0]);
    assert_eq!(desk.get(ALL).await["triggers"], json!([]));
}
