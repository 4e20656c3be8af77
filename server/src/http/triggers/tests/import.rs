//! Files that are sent, and what is answered.

use super::*;

const IMPORT: &str = "/api/sites/shop/import";
const DRY: &str = "/api/sites/shop/import?dry_run=true";

fn files(texts: &[(&str, &Value)]) -> Value {
    let files = texts
        .iter()
        .map(|(name, file)| json!({ "name": name, "text": file.to_string() }));
    json!({ "files": files.collect::<Vec<_>>() })
}

fn campaign(message: &str) -> Value {
    json!([{
        "title": "Help", "message": message, "enabled": false,
        "trigger_rules": { "url": "https://shop.example/pricing", "time_on_page": 30 }
    }, {
        "title": "Promo", "message": "Now!", "campaign_type": "one_off"
    }])
}

#[tokio::test]
async fn what_changes_is_shown_first_and_then_done() {
    let desk = Desk::new().await;
    let body = files(&[("c.json", &campaign("One"))]);
    let plan = desk.ask("POST", DRY, &body).await.json();
    assert_eq!(plan["saved"], false);
    assert_eq!(plan["triggers"][0]["change"], "new");
    assert_eq!(plan["triggers"][0]["from"], "chatwoot");
    assert_eq!(
        plan["triggers"][0]["notes"],
        json!(["it was switched off there"])
    );
    assert_eq!(plan["left_out"][0]["name"], "Promo");
    assert_eq!(desk.ask("GET", HELP, &Value::Null).await.status, 404);

    let mut done = desk.ask("POST", IMPORT, &body).await.json();
    assert_eq!(done["saved"], true);
    done["saved"] = json!(false);
    assert_eq!(done, plan);
    let made = desk.get(HELP).await;
    assert_eq!(
        (&made["status"], &made["revision"]),
        (&json!("draft"), &json!(1))
    );

    // The same again changes nothing, and another text is a line.
    let same = desk.ask("POST", IMPORT, &body).await.json();
    assert_eq!(same["triggers"][0]["change"], "same");
    assert_eq!(desk.get(HELP).await["revision"], 1);
    let other = files(&[("c.json", &campaign("Two"))]);
    let plan = desk.ask("POST", DRY, &other).await.json();
    assert_eq!(plan["triggers"][0]["change"], "changed");
    let lines = plan["triggers"][0]["difference"].as_array().unwrap();
    let changed = |line: &&Value| !line.as_str().unwrap().starts_with(' ');
    let changed: Vec<_> = lines.iter().filter(changed).collect();
    assert_eq!(
        changed,
        ["-       \"en\": \"One\"", "+       \"en\": \"Two\""]
    );
}

#[tokio::test]
async fn a_live_trigger_stays_live_as_it_is() {
    let desk = Desk::new().await;
    desk.ask("PUT", HELP, &form("One")).await;
    assert_eq!(desk.post("publish").await.status, 200);
    let body = files(&[("c.json", &campaign("Two"))]);
    assert_eq!(desk.ask("POST", IMPORT, &body).await.status, 200);
    let edited = desk.get(HELP).await;
    assert_eq!(
        (&edited["status"], &edited["version"], &edited["edited"]),
        (&json!("live"), &json!(1), &json!(true))
    );
}

#[tokio::test]
async fn a_mistake_in_one_file_refuses_all_of_them() {
    let desk = Desk::new().await;
    let wrong = json!({ "name": "Other", "rule": { "fact": "page.paht" } });
    let body = files(&[("help.json", &form("One")), ("other.json", &wrong)]);
    let refused = desk.ask("POST", IMPORT, &body).await;
    assert_eq!(refused.status, 422);
    let path = &refused.json()["mistakes"][0]["path"];
    assert!(path.as_str().unwrap().starts_with("other.json: "), "{path}");
    assert_eq!(desk.ask("GET", HELP, &Value::Null).await.status, 404);

    let twice = files(&[("a.json", &form("One")), ("b.json", &campaign("Two"))]);
    let refused = desk.ask("POST", IMPORT, &twice).await.json();
    assert_eq!(
        refused["mistakes"][0]["message"],
        "`help` is in `a.json` too"
    );
}

#[tokio::test]
async fn what_makes_no_sense_or_is_too_much_is_refused() {
    let desk = Desk::new().await;
    for (body, status) in [
        (json!({}), 400),
        (json!({ "files": [{ "name": "a" }] }), 400),
        (json!({ "files": [], "from": "other" }), 400),
        (json!({ "files": [{ "name": "a", "text": "{" }] }), 422),
        (json!({ "files": [], "language": "x".repeat(100_000) }), 200),
        (json!({ "files": [], "language": "x".repeat(3 << 20) }), 413),
    ] {
        let refused = desk.ask("POST", IMPORT, &body).await;
        assert_eq!(refused.status, status, "{}", refused.text());
    }
    let asked = format!("{IMPORT}?dry_run=perhaps");
    assert_eq!(
        desk.ask("POST", &asked, &json!({ "files": [] }))
            .await
            .status,
        400
    );
}
