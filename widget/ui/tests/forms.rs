//! The form before the chat and the question after it in a real browser, with a
//! fake loader and a fake server.

#![cfg(target_arch = "wasm32")]

mod wait;

use saluda_ui::Link;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use wait::{press, until};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/page.js")]
extern "C" {
    fn make_link(email: &str, texts: &str, credentials: Option<String>) -> Link;
    fn with_form(form: &str, rating: &str);
    fn keep_note(key: &str, value: &str);
    fn answer_config(config: &str);
    fn release();
    fn is_anew() -> bool;
    fn has_button(name: &str) -> bool;
    fn shows(text: &str) -> bool;
    fn says(role: &str, text: &str) -> bool;
    fn type_into(id: &str, text: &str);
    fn tick(id: &str);
    fn click_id(id: &str);
    fn field_named(name: &str) -> Option<String>;
    fn describes(id: &str) -> String;
    fn is_disabled(id: &str) -> bool;
    fn is_there(id: &str) -> bool;
    fn value_of(id: &str) -> String;
    fn focused() -> String;
    fn hear(text: &str);
    fn socket_count() -> usize;
    fn sent() -> String;
    fn kept(key: &str) -> Option<String>;
    fn leave() -> u32;
}

const TEXTS: &str = include_str!("../../texts/en.json");
const VISITOR: &str = "11111111-1111-4111-8111-111111111111";
const KNOWN: &str = "11111111-1111-4111-8111-111111111111.secret";

fn form() -> Value {
    json!({
        "version": "f1",
        "title": { "en": "Tell us a little", "es": "Cuéntenos" },
        "intro": { "en": "So that the right person answers." },
        "fields": [
            { "id": "email", "kind": "email", "label": { "en": "E-mail" }, "required": true },
            { "id": "phone", "kind": "phone", "label": { "en": "Phone" }, "required": false },
            {
                "id": "people", "kind": "number", "label": { "en": "People" }, "required": true,
                "hint": { "en": "Those who drink coffee." }, "min": 1, "max": 500
            },
            { "id": "day", "kind": "date", "label": { "en": "Day" }, "required": false, "earliest": "2026-12-01" },
            {
                "id": "grind", "kind": "choice", "label": { "en": "Grind" }, "required": true,
                "options": [
                    { "id": "beans", "label": { "en": "Whole beans" } },
                    { "id": "fine", "label": { "en": "Fine" } }
                ]
            },
            { "id": "about", "kind": "long_text", "label": { "en": "Anything else" }, "required": false, "max": 20 },
            {
                "id": "terms", "kind": "consent", "required": true,
                "label": { "en": "I agree to https://alba.example/terms" }
            }
        ]
    })
}

async fn chat(form: &Value, known: bool, notes: &[(&str, &str)]) {
    let email = json!({ "ask": "never", "required": false }).to_string();
    let link = make_link(&email, TEXTS, known.then(|| KNOWN.to_owned()));
    with_form(&form.to_string(), &json!({ "question": {} }).to_string());
    for (key, value) in notes {
        keep_note(key, value);
    }
    saluda_ui::start(link).await.expect("it starts");
}

fn frames() -> Vec<Value> {
    serde_json::from_str(&sent()).expect("frames are JSON")
}

fn frame(name: &str) -> Option<Value> {
    let mut frames = frames().into_iter().rev();
    frames.find_map(|frame| frame.get(name).cloned())
}

fn tell(update: &Value) {
    hear(&update.to_string());
}

async fn welcome(answered: &[&str], events: Vec<Value>) {
    until("a hello", || frame("hello").is_some()).await;
    let marks = json!({ "delivered": 0, "read": 0 });
    tell(&json!({ "welcome": {
        "credentials": { "id": VISITOR, "secret": "new" },
        "epoch": "e",
        "now": js_sys::Date::now(),
        "slice": { "events": events, "reset": true, "older": false },
        "marks": { "visitor": marks, "agent": marks },
        "contact": { "email": null, "name": null },
        "agents_online": true,
        "answered": answered,
    }}));
}

fn id(name: &str) -> String {
    field_named(name).unwrap_or_else(|| panic!("no field named {name}"))
}

fn put(name: &str, text: &str) {
    type_into(&id(name), text);
}

#[wasm_bindgen_test]
async fn each_mistake_stands_at_its_field_until_it_is_mended() {
    chat(&form(), false, &[]).await;
    press("Open chat").await;
    until("the form", || shows("Tell us a little")).await;
    until("focus in it", || focused() == id("E-mail")).await;
    assert!(is_disabled("composer"));
    assert!(!has_button("Not now"), "some of it must be answered");
    assert!(describes(&id("People")).contains("Those who drink coffee."));
    put("E-mail", "ines@");
    put("Phone (optional)", "912 345 678");
    put("People", "many");
    put("Anything else (optional)", "more than twenty characters");
    press("Continue").await;
    for (field, why) in [
        ("E-mail", "does not look like an e-mail address"),
        ("Phone (optional)", "with its country code"),
        ("People", "a whole number"),
        ("Grind", "choose one"),
        ("Anything else (optional)", "at most 20 characters"),
    ] {
        until(field, || describes(&id(field)).contains(why)).await;
    }
    assert!(says("alert", "Please tick this box to go on."));
    assert_eq!(focused(), id("E-mail"), "at the first of them");
    assert_eq!(socket_count(), 0, "nothing was sent");

    put("E-mail", " ines@cafelargo.pt ");
    until("one less", || {
        !describes(&id("E-mail")).contains("e-mail address")
    })
    .await;
    put("Phone (optional)", "+351 912 345 678");
    put("People", "501");
    until("another word", || {
        describes(&id("People")).contains("at most 500")
    })
    .await;
    put("People", "12");
    put("Day (optional)", "2026-11-30");
    put("Grind", "fine");
    put("Anything else (optional)", "");
    tick(&id("I agree to https://alba.example/terms"));
    press("Continue").await;
    until("the day is too early", || {
        describes(&id("Day (optional)")).contains("December 1, 2026")
    })
    .await;
    put("Day (optional)", "2026-12-24");
    press("Continue").await;
    until("no form", || !shows("Tell us a little")).await;
    until("the composer", || {
        focused() == "composer" && !is_disabled("composer")
    })
    .await;
    assert!(kept("answers").is_some(), "a reload would lose it");

    welcome(&[], vec![]).await;
    until("the answers", || frame("answers").is_some()).await;
    assert_eq!(
        frame("answers").unwrap(),
        json!({ "form": "f1", "values": {
            "email": "ines@cafelargo.pt", "phone": "+351912345678", "people": 12,
            "day": "2026-12-24", "grind": "fine", "terms": true
        } })
    );
    tell(&json!({ "answered": ["email", "phone", "people", "day", "grind", "terms"] }));
    until("nothing is kept of it", || kept("answers").is_none()).await;
    assert_eq!(kept("form"), None);
    assert!(!shows("Tell us a little"), "what was left out is left out");
    assert_eq!(leave(), 0);
}

#[wasm_bindgen_test]
async fn what_was_typed_is_there_after_a_reload_and_what_is_known_is_not_asked() {
    let typed = json!({ "people": "12", "terms": true, "grind": "fine", "about": "hm" });
    chat(&form(), true, &[("form", &typed.to_string())]).await;
    press("Open chat").await;
    until("the panel", || has_button("Close")).await;
    assert!(!shows("Tell us a little"), "only the server knows");
    welcome(&["email", "phone", "day"], vec![]).await;
    until("the form", || shows("Tell us a little")).await;
    assert_eq!(field_named("E-mail"), None);
    assert_eq!(value_of(&id("People")), "12");
    assert_eq!(value_of(&id("Grind")), "fine");
    assert_eq!(value_of(&id("Anything else (optional)")), "hm");
    put("People", "15");
    until("it is kept", || {
        kept("form").is_some_and(|it| it.contains("\"15\""))
    })
    .await;
    press("Continue").await;
    until("the answers", || frame("answers").is_some()).await;
    let values = frame("answers").unwrap()["values"].clone();
    assert_eq!(
        values,
        json!({ "people": 15, "grind": "fine", "about": "hm", "terms": true })
    );
    leave();
}

#[wasm_bindgen_test]
async fn who_has_written_writes_on() {
    chat(&form(), true, &[]).await;
    press("Open chat").await;
    let id = "22222222-2222-4222-8222-000000000001";
    let message = json!({ "id": id, "author": "visitor", "body": { "text": "Hello" } });
    let said = json!({ "number": 1, "at": 1_700_000_000_000_u64, "what": { "message": message } });
    welcome(&[], vec![said]).await;
    until("what was said", || says("log", "Hello")).await;
    assert!(!shows("Tell us a little") && !is_disabled("composer"));
    leave();
}

#[wasm_bindgen_test]
async fn what_need_not_be_answered_can_be_put_off_for_good() {
    let mut form = form();
    for field in form["fields"].as_array_mut().unwrap() {
        field["required"] = json!(false);
    }
    chat(&form, false, &[]).await;
    press("Open chat").await;
    press("Not now").await;
    until("the composer", || focused() == "composer").await;
    assert_eq!(kept("form_done").as_deref(), Some("1"));
    leave();
    chat(&form, false, &[("form_done", "1")]).await;
    press("Open chat").await;
    until("the composer", || focused() == "composer").await;
    assert!(!shows("Tell us a little"));
    leave();
}

#[wasm_bindgen_test]
async fn a_form_that_was_changed_is_shown_anew_with_what_was_typed() {
    let mut short = form();
    short["fields"] = json!([form()["fields"][0], form()["fields"][2]]);
    chat(&short, false, &[]).await;
    let mut newer = short.clone();
    newer["version"] = json!("f2");
    newer["fields"][1]["max"] = json!(10);
    answer_config(&json!({ "form": newer }).to_string());
    press("Open chat").await;
    until("the form", || shows("Tell us a little")).await;
    put("E-mail", "ines@cafelargo.pt");
    put("People", "12");
    press("Continue").await;
    welcome(&[], vec![]).await;
    until("the answers", || frame("answers").is_some()).await;
    let error = json!({ "code": "form_changed", "message": "" });
    tell(&json!({ "refused": { "id": null, "error": error } }));
    until("the reason", || says("alert", "has changed meanwhile")).await;
    assert_eq!(value_of(&id("E-mail")), "ines@cafelargo.pt");
    release();
    until("the new form", is_anew).await;
    assert_eq!(value_of(&id("E-mail")), "ines@cafelargo.pt");
    press("Continue").await;
    until("the new bound", || {
        field_named("People").is_some_and(|id| describes(&id).contains("at most 10"))
    })
    .await;
    put("People", "9");
    press("Continue").await;
    until("the new answers", || {
        frame("answers").is_some_and(|answers| answers["form"] == "f2")
    })
    .await;
    leave();
}

fn closed(number: u64) -> Value {
    let by = json!({ "agent": { "id": VISITOR, "name": "Lucía Marín" } });
    json!({ "number": number, "at": 1_700_000_000_000_u64, "what": { "closed": by } })
}

fn rated(number: u64, score: u8) -> Value {
    let rated = json!({ "closed": 1, "score": score });
    json!({ "event": { "number": number, "at": 1_700_000_000_000_u64, "what": { "rated": rated } } })
}

#[wasm_bindgen_test]
async fn a_conversation_that_was_closed_is_rated_and_that_is_changed_once() {
    chat(&Value::Null, true, &[]).await;
    press("Open chat").await;
    welcome(&[], vec![closed(1)]).await;
    until("the question", || field_named("Very good").is_some()).await;
    assert!(!is_there("rating-send"), "nothing was chosen");
    tick(&id("Bad"));
    until("a way to say more", || is_there("rating-comment")).await;
    type_into("rating-comment", " Slow. ");
    press_send().await;
    until("word of it", || frame("rated").is_some()).await;
    assert_eq!(
        frame("rated").unwrap(),
        json!({ "closed": 1, "score": 2, "comment": "Slow." })
    );
    until("thanks", || says("status", "Thank you for telling us.")).await;
    assert!(!has_button("Change"), "it is on its way");
    tell(&rated(2, 2));
    press("Change").await;
    until("the question again", || {
        Some(focused()) == field_named("Bad")
    })
    .await;
    tick(&id("Good"));
    press_send().await;
    until("word of that", || frame("rated").unwrap()["score"] == 4).await;
    tell(&rated(3, 4));
    until("thanks again", || says("status", "🙂")).await;
    assert!(!has_button("Change"), "once is enough");

    let reopened =
        json!({ "number": 4, "at": 1_700_000_000_000_u64, "what": { "reopened": "visitor" } });
    tell(&json!({ "event": reopened }));
    until("nothing to rate", || {
        !says("status", "Thank you for telling us.")
    })
    .await;
    leave();
}

/// The composer has a button of that name too.
async fn press_send() {
    until("a button", || is_there("rating-send")).await;
    click_id("rating-send");
}
