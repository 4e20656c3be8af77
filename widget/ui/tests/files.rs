//! Files in a real browser, with a fake loader and a fake server.

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
    fn has_button(name: &str) -> bool;
    fn shows(text: &str) -> bool;
    fn says(role: &str, text: &str) -> bool;
    fn focused() -> String;
    fn is_there_at_all(id: &str) -> bool;
    fn hear(text: &str);
    fn sent() -> String;
    fn is_open() -> bool;
    fn leave() -> u32;
    fn take_uploads();
    fn uploads() -> String;
    fn come(share: f64);
    fn answer(status: u16, body: &str);
    fn cut();
    fn give(how: &str, files: &str) -> bool;
    fn previews() -> usize;
    fn progress() -> Option<f64>;
    fn links() -> String;
    fn pictures() -> String;
    fn enlarged() -> Option<String>;
    fn press_key_in_dialog(key: &str) -> bool;
    fn forbid_pictures();
}

const TEXTS: &str = include_str!("../../texts/en.json");
const VISITOR: &str = "11111111-1111-4111-8111-111111111111";
const KNOWN: &str = "11111111-1111-4111-8111-111111111111.secret";
const FILE: &str = "c4d6a0f1-93b2-07e8-5a6b-1f2e3d4c5b6a";

async fn chat(known: bool) {
    let email = json!({ "ask": "never", "required": false }).to_string();
    let link = make_link(&email, TEXTS, known.then(|| KNOWN.to_owned()));
    take_uploads();
    saluda_ui::start(link).await.expect("it starts");
    press("Open chat").await;
}

fn frames() -> Vec<Value> {
    serde_json::from_str(&sent()).expect("frames are JSON")
}

fn frame(name: &str) -> Option<Value> {
    let mut frames = frames().into_iter().rev();
    frames.find_map(|frame| frame.get(name).cloned())
}

fn attaches() -> usize {
    let frames = frames();
    frames.iter().filter(|frame| **frame == "attach").count()
}

fn tell(update: &Value) {
    hear(&update.to_string());
}

async fn welcome(events: Vec<Value>) {
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
    }}));
}

fn sent_file(name: &str, kind: &str, picture: Option<[u32; 2]>) -> Value {
    let mut file = json!({ "id": FILE, "name": name, "type": kind, "bytes": 1_250_000 });
    if let Some([width, height]) = picture {
        file["picture"] = json!({ "width": width, "height": height });
    }
    file
}

fn agent_sends(number: u64, file: &Value) -> Value {
    let id = format!("22222222-2222-4222-8222-{number:012}");
    let author = json!({ "agent": { "id": VISITOR, "name": "Lucía Marín" } });
    let message = json!({ "id": id, "author": author, "body": { "file": file } });
    json!({ "number": number, "at": 1_700_000_000_000_u64, "what": { "message": message } })
}

fn requests() -> Vec<Value> {
    serde_json::from_str(&uploads()).expect("requests are JSON")
}

const PICTURE: &str = r#"[{ "name": "café.png", "type": "image/png", "size": 20 }]"#;

#[wasm_bindgen_test]
async fn a_picture_is_chosen_looked_at_sent_and_becomes_a_message() {
    chat(false).await;
    until("a field", || is_there_at_all("files")).await;
    assert!(give("choose", PICTURE));
    until("a picture of it", || previews() == 1).await;
    until("focus on what sends it", || focused() == "send-files").await;
    assert!(requests().is_empty(), "not before the visitor says so");
    press("Send file").await;
    welcome(vec![]).await;
    until("a question whether it may", || attaches() == 1).await;
    assert!(requests().is_empty(), "not before it may");
    tell(&json!("attach"));
    until("a request", || requests().len() == 1).await;
    let request = requests().remove(0);
    assert_eq!(
        request["to"],
        "POST https://chat.example/api/sites/demo/uploads"
    );
    assert_eq!(request["headers"]["saluda-name"], "caf%C3%A9.png");
    assert_eq!(
        request["headers"]["authorization"],
        format!("Visitor {VISITOR}.new")
    );
    assert_eq!(request["size"], 20);
    come(0.4);
    until("how far it is", || progress() == Some(0.4)).await;
    let file = sent_file("café.png", "image/png", Some([800, 600]));
    answer(201, &file.to_string());
    until("a post", || frame("post").is_some()).await;
    assert_eq!(frame("post").unwrap()["body"], json!({ "file": file }));
    until("nothing to send", || {
        previews() == 0 && !has_button("Send file")
    })
    .await;
    until("the picture in the log", || pictures().contains(FILE)).await;
    leave();
}

#[wasm_bindgen_test]
async fn files_are_dropped_and_pasted_and_text_stays_text() {
    chat(true).await;
    welcome(vec![]).await;
    assert!(give("dragover", "[]"), "it may be dropped here");
    let two = r#"[{ "name": "a.pdf", "type": "application/pdf", "size": 9 }, { "name": "b.pdf", "type": "application/pdf", "size": 9 }]"#;
    assert!(give("drop", two));
    until("two", || has_button("Send 2 files")).await;
    assert!(give("paste", PICTURE));
    until("three", || has_button("Send 3 files")).await;
    assert!(!give("paste text", PICTURE), "cells of a sheet are text");
    assert!(!give("paste", "[]"));
    press("Remove b.pdf").await;
    press("Send 2 files").await;
    until("a question whether it may", || attaches() == 1).await;
    tell(&json!("attach"));
    until("the first", || requests().len() == 1).await;
    answer(
        201,
        &sent_file("a.pdf", "application/pdf", None).to_string(),
    );
    until("the second", || requests().len() == 2).await;
    assert_eq!(requests()[1]["headers"]["saluda-name"], "caf%C3%A9.png");
    // Breaking it off tells the server, and says nothing.
    press("Remove café.png").await;
    until("an end of it", || requests()[1]["aborted"] == true).await;
    until("an empty tray", || !has_button("Remove café.png")).await;
    leave();
}

#[wasm_bindgen_test]
async fn what_would_be_refused_is_said_before_it_is_sent() {
    chat(true).await;
    welcome(vec![]).await;
    for (file, why) in [
        (
            r#"[{ "name": "film.mp4", "type": "", "size": 20000001 }]"#,
            "Larger than 20 MB. Please choose a smaller file.",
        ),
        (
            r#"[{ "name": "photo.jpg.exe", "type": "", "size": 9 }]"#,
            "Programs and empty files cannot be sent.",
        ),
        (
            r#"[{ "name": "empty.txt", "type": "", "size": 0 }]"#,
            "Programs and empty files cannot be sent.",
        ),
    ] {
        assert!(give("drop", file));
        until(why, || says("alert", why)).await;
        assert!(!has_button("Send file") && !has_button("Try again"));
        let name: Value = serde_json::from_str(file).unwrap();
        press(&format!("Remove {}", name[0]["name"].as_str().unwrap())).await;
        until("an empty tray", || !says("alert", why)).await;
    }
    assert!(requests().is_empty());
    leave();
}

#[wasm_bindgen_test]
async fn a_failure_is_said_and_can_be_tried_again() {
    chat(true).await;
    welcome(vec![]).await;
    assert!(give("drop", PICTURE));
    press("Send file").await;
    until("a question whether it may", || attaches() == 1).await;
    tell(&json!("attach"));
    until("a request", || requests().len() == 1).await;
    cut();
    until("why", || {
        says("alert", "Not sent. Please check your connection.")
    })
    .await;
    press("Try again").await;
    until("another", || requests().len() == 2).await;
    answer(429, r#"{"code":"too_many","message":"at most 50 files"}"#);
    until("why", || says("alert", "That is enough for today.")).await;
    assert!(!has_button("Try again"), "it would be the same");
    press("Remove café.png").await;
    assert_eq!(frame("post"), None);
    leave();
}

#[wasm_bindgen_test]
async fn a_picture_keeps_its_place_and_is_opened_large() {
    chat(true).await;
    welcome(vec![
        agent_sends(1, &sent_file("beans.jpg", "image/jpeg", Some([1200, 900]))),
        agent_sends(2, &sent_file("offer.pdf", "application/pdf", None)),
    ])
    .await;
    until("the picture", || pictures().contains(FILE)).await;
    // [address, width, height], before anything of it was loaded.
    let address = format!("https://chat.example/api/files/{FILE}");
    let shown: Value = serde_json::from_str(&pictures()).unwrap();
    let preview = format!("{address}?preview");
    assert_eq!(shown, json!([[preview, 240, 180]]));
    until("the card", || shows("offer.pdf") && shows("1.3 MB")).await;
    assert!(links().contains(&address));
    press("Enlarge beans.jpg").await;
    until("it large", || enlarged().as_deref() == Some("beans.jpg")).await;
    assert!(press_key_in_dialog("Escape"));
    until("it put away", || enlarged().is_none()).await;
    assert!(is_open(), "the panel stays");
    until("focus back", || focused().ends_with("-open")).await;
    leave();
}

#[wasm_bindgen_test]
async fn a_picture_that_cannot_be_shown_is_offered_for_saving() {
    chat(true).await;
    welcome(vec![agent_sends(
        1,
        &sent_file("beans.jpg", "image/jpeg", Some([80, 60])),
    )])
    .await;
    until("the picture", || has_button("Enlarge beans.jpg")).await;
    forbid_pictures();
    until("a link", || {
        shows("beans.jpg") && !has_button("Enlarge beans.jpg")
    })
    .await;
    leave();
}
