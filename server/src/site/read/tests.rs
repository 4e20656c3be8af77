mod form;

use serde_json::json;

use super::*;
use crate::site::form;
use crate::testing::Scene;

async fn kept() -> SiteForm {
    form(&Scene::new().await.site)
}

fn places(text: &str, kept: &SiteForm) -> Vec<(String, String)> {
    let found = read(text, kept.clone()).unwrap_err();
    for one in &found {
        assert!(
            !one.message.is_empty() && !one.message.ends_with('.'),
            "{one:?}"
        );
    }
    found.into_iter().map(|one| (one.path, one.kind)).collect()
}

/// A form with one field changed.
fn changed(kept: &SiteForm, pointer: &str, value: Value) -> String {
    let mut form = serde_json::to_value(kept).unwrap();
    *form.pointer_mut(pointer).unwrap() = value;
    form.to_string()
}

#[tokio::test]
async fn what_was_written_is_read_as_it_stands() {
    let kept = kept().await;
    let text = serde_json::to_string(&kept).unwrap();
    assert_eq!(read(&text, kept.clone()).unwrap().into_form(), kept);
    let origins = json!([
        " https://Shop.example:443/ ",
        "http://a.test:80",
        "https://b.test:8443",
        "*"
    ]);
    let read = read(&changed(&kept, "/origins", origins), kept).unwrap();
    assert_eq!(
        read.into_form().origins,
        [
            "https://shop.example",
            "http://a.test",
            "https://b.test:8443",
            "*"
        ]
    );
}

#[tokio::test]
async fn each_mistake_has_its_place() {
    let kept = kept().await;
    let long = "é".repeat(81);
    for (pointer, value, path, kind) in [
        ("/name", json!("  "), "name", "empty"),
        ("/name", json!(long), "name", "too_long"),
        ("/name", json!("a\nb"), "name", "control_character"),
        ("/origins", json!([]), "origins", "empty"),
        (
            "/origins",
            json!(["shop.example"]),
            "origins[0]",
            "invalid_origin",
        ),
        (
            "/origins",
            json!(["https://*.shop.example"]),
            "origins[0]",
            "invalid_origin",
        ),
        (
            "/origins",
            json!(["https://a.test", "https://A.test/"]),
            "origins[1]",
            "repeated",
        ),
        (
            "/origins",
            json!(vec!["https://a.test"; 51]),
            "origins",
            "too_many",
        ),
        ("/origins", json!("https://a.test"), "origins", "wrong_type"),
        ("/accent", json!("red"), "accent", "invalid_color"),
        ("/corner", json!("left"), "corner", "wrong_type"),
        (
            "/reply_within_ms",
            json!(-1),
            "reply_within_ms",
            "wrong_type",
        ),
        (
            "/reply_within_ms",
            json!(0),
            "reply_within_ms",
            "out_of_range",
        ),
        ("/email/ask", json!("later"), "email.ask", "wrong_type"),
        (
            "/email/ask",
            json!({ "unanswered": 1 }),
            "email.ask.unanswered",
            "out_of_range",
        ),
        (
            "/agent_text_chars",
            json!(0),
            "agent_text_chars",
            "out_of_range",
        ),
        (
            "/attention/per_day",
            json!(1001),
            "attention.per_day",
            "out_of_range",
        ),
        (
            "/attention/holdout",
            json!(91),
            "attention.holdout",
            "out_of_range",
        ),
        ("/attention", json!(3), "attention", "wrong_type"),
        (
            "/senders",
            json!({ "Lucía": "Lucía" }),
            "senders.Lucía",
            "invalid_id",
        ),
        ("/senders", json!({ "lucia": "" }), "senders.lucia", "empty"),
        (
            "/hours",
            json!({ "zone": "Mars" }),
            "hours.zone",
            "unknown_zone",
        ),
        ("/hours", json!([]), "hours", "wrong_type"),
    ] {
        let text = changed(&kept, pointer, value);
        let expected = [(path.to_owned(), kind.to_owned())];
        assert_eq!(places(&text, &kept), expected, "{text}");
    }
    assert_eq!(places("{", &kept)[0].1, "invalid_json");
    assert_eq!(places("[]", &kept)[0].1, "wrong_type");
}

#[tokio::test]
async fn each_mistake_in_the_owners_words_has_its_place() {
    let kept = kept().await;
    for (pointer, value, path, kind) in [
        (
            "/launcher/style",
            json!("big"),
            "launcher.style",
            "wrong_type",
        ),
        ("/launcher/style", json!("label"), "launcher.label", "empty"),
        ("/notices/sound", json!(1), "notices.sound", "wrong_type"),
        (
            "/launcher/label",
            json!({ "english!": "Hi" }),
            "launcher.label.english!",
            "invalid_language",
        ),
        ("/texts", json!({ "en": "Hi" }), "texts", "wrong_type"),
        (
            "/texts",
            json!({ "en": { "goodbye": "Bye" } }),
            "texts.en.goodbye",
            "unknown_field",
        ),
    ] {
        let text = changed(&kept, pointer, value);
        let expected = [(path.to_owned(), kind.to_owned())];
        assert_eq!(places(&text, &kept), expected, "{text}");
    }
}

#[tokio::test]
async fn all_mistakes_are_told_at_once() {
    let kept = kept().await;
    let mut form = serde_json::to_value(&kept).unwrap();
    form["colour"] = json!("#000000");
    form["accent"] = json!(7);
    form["email"] = json!({ "ask": "never" });
    form["attention"]["holdout"] = json!(99);
    form["hours"] = json!({ "zone": "UTC", "weekly": { "mon": ["9-5"] }, "dates": { "2026-12-24": "09:00-10:00" } });
    let mut found: Vec<_> = places(&form.to_string(), &kept)
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "accent",
            "attention.holdout",
            "colour",
            "email.required",
            "hours.dates.2026-12-24",
            "hours.weekly.mon[0]"
        ]
    );
    let missing = places("{}", &kept);
    assert_eq!(missing.len(), FIELDS.len());
    assert!(missing.iter().all(|(_, kind)| kind == "missing_field"));
}
