//! The chat in a real browser, with a fake loader and a fake server, found by
//! role and text as a person would find it.

#![cfg(target_arch = "wasm32")]

use saluda_ui::Link;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/page.js")]
extern "C" {
    fn make_link(email: &str, texts: &str, credentials: Option<String>) -> Link;
    #[wasm_bindgen(js_name = press)]
    fn click(name: &str);
    fn has_button(name: &str) -> bool;
    fn can_press(name: &str) -> bool;
    fn says(role: &str, text: &str) -> bool;
    fn shows(text: &str) -> bool;
    fn is_open() -> bool;
    fn type_into(id: &str, text: &str);
    fn key(id: &str, name: &str, composing: bool);
    fn value_of(id: &str) -> String;
    fn is_disabled(id: &str) -> bool;
    fn focused() -> String;
    fn hear(text: &str);
    fn lose();
    fn socket_count() -> usize;
    fn socket_url() -> String;
    fn sent() -> String;
    fn kept(key: &str) -> Option<String>;
    fn credentials() -> Option<String>;
    fn events() -> String;
    fn links() -> String;
    fn mark(text: &str);
    fn is_marked(text: &str) -> bool;
    fn log() -> String;
    fn leave() -> u32;
    fn pause() -> js_sys::Promise;
}

const TEXTS: &str = include_str!("../../texts/en.json");
const VISITOR: &str = "11111111-1111-4111-8111-111111111111";
const KNOWN: &str = "11111111-1111-4111-8111-111111111111.secret";

/// Waits for a condition, and names it if it does not come.
async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..300 {
        if holds() {
            return;
        }
        JsFuture::from(pause()).await.expect("a timer");
    }
    panic!("waited in vain: {what}");
}

async fn press(name: &str) {
    until(name, || has_button(name)).await;
    click(name);
}

async fn chat(email: Value, known: bool) {
    let link = make_link(&email.to_string(), TEXTS, known.then(|| KNOWN.to_owned()));
    saluda_ui::start(link).await.expect("it starts");
}

fn never() -> Value {
    json!({ "ask": "never", "required": false })
}

fn frames() -> Vec<Value> {
    serde_json::from_str(&sent()).expect("frames are JSON")
}

fn frame(name: &str) -> Option<Value> {
    frames()
        .into_iter()
        .rev()
        .find_map(|frame| frame.get(name).cloned())
}

fn tell(update: &Value) {
    hear(&update.to_string());
}

fn agent_says(number: u64, text: &str) -> Value {
    let id = format!("22222222-2222-4222-8222-{number:012}");
    let author = json!({ "agent": { "id": VISITOR, "name": "Lucía Marín" } });
    let message = json!({ "id": id, "author": author, "body": { "text": text } });
    json!({ "number": number, "at": 1_700_000_000_000_u64, "what": { "message": message } })
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

#[wasm_bindgen_test]
async fn it_takes_the_plain_launchers_place_and_opens_without_a_socket() {
    chat(never(), false).await;
    assert!(!is_open());
    press("Open chat").await;
    until("the panel", is_open).await;
    until("focus in the composer", || focused() == "composer").await;
    until("a welcome", || shows("Hello, how can we help?")).await;
    assert!(shows("Usually answers within 5 minutes"));
    assert!(!can_press("Send"));
    assert_eq!(socket_count(), 0);
    key("composer", "Escape", false);
    until("no panel", || !is_open()).await;
    until("focus on the launcher", || focused() == "launcher").await;
    assert_eq!(events(), r#"[["open",{}],["close",{}]]"#);
    assert_eq!(leave(), 0, "nothing is left");
}

#[wasm_bindgen_test]
async fn what_is_written_is_there_at_once_and_turns_solid() {
    chat(never(), false).await;
    press("Open chat").await;
    type_into("composer", "Do you ship? https://a.example/b.");
    until("a button to press", || can_press("Send")).await;
    key("composer", "Enter", true);
    assert_eq!(socket_count(), 0, "Enter ended a word");
    key("composer", "Enter", false);
    until("the message", || says("log", "Do you ship?")).await;
    until("its state", || says("log", "Sending…")).await;
    assert_eq!(value_of("composer"), "");
    assert!(kept("pending").is_some(), "a reload would lose it");
    until("a socket", || socket_count() == 1).await;
    assert_eq!(socket_url(), "wss://chat.example/ws/visitor/demo");
    assert_eq!(
        links(),
        r#"[["https://a.example/b","noopener nofollow","_blank"]]"#
    );

    welcome(vec![]).await;
    until("a post", || frame("post").is_some()).await;
    let hello = frame("hello").unwrap();
    assert_eq!(hello["credentials"], Value::Null);
    assert_eq!(hello["place"]["visits"], 3);
    assert_eq!(
        credentials().as_deref(),
        Some("11111111-1111-4111-8111-111111111111.new")
    );
    until("who is there", || shows("We are here")).await;
    let id = frame("post").unwrap()["id"].clone();
    let message = json!({ "id": id, "author": "visitor", "body": { "text": "Do you ship? https://a.example/b." } });
    let event = json!({ "number": 1, "at": 1_700_000_000_000_u64, "what": { "message": message } });
    tell(&json!({ "event": event }));
    tell(&json!({ "ack": { "id": id, "number": 1, "at": 1_700_000_000_000_u64 } }));
    until("a mark", || says("log", "Sent")).await;
    assert_eq!(kept("pending"), None);
    let all = json!({ "delivered": 1, "read": 1 });
    tell(&json!({ "marks": { "visitor": { "delivered": 0, "read": 0 }, "agent": all } }));
    until("another mark", || says("log", "Read")).await;
    leave();
}

#[wasm_bindgen_test]
async fn a_message_that_is_turned_away_says_why_and_can_be_sent_again() {
    chat(never(), true).await;
    welcome(vec![]).await;
    press("Open chat").await;
    type_into("composer", "hello");
    key("composer", "Enter", false);
    until("a post", || frame("post").is_some()).await;
    let id = frame("post").unwrap()["id"].clone();
    let refused =
        json!({ "refused": { "id": id, "error": { "code": "too_many", "message": "slow down" } } });
    tell(&refused);
    until("a way out", || has_button("Try again")).await;
    until("why", || says("log", "Not sent: that was a lot at once.")).await;
    press("Try again").await;
    let posts = || {
        frames()
            .iter()
            .filter(|frame| frame.get("post").is_some())
            .count()
    };
    until("the post again", || posts() == 2).await;
    assert_eq!(frame("post").unwrap()["id"], id, "the same message");
    tell(&refused);
    until("another way out", || has_button("Delete")).await;
    press("Delete").await;
    until("an empty log", || !says("log", "hello")).await;
    assert_eq!(kept("pending"), None);
    leave();
}

#[wasm_bindgen_test]
async fn unread_messages_are_counted_until_they_are_on_the_screen() {
    chat(never(), true).await;
    welcome(vec![
        agent_says(1, "Hello"),
        agent_says(2, "Are you there?"),
    ])
    .await;
    until("the count", || has_button("Open chat, 2 unread messages")).await;
    until("word of it", || frame("delivered") == Some(json!(2))).await;
    assert_eq!(frame("read"), None);
    press("Open chat, 2 unread messages").await;
    until("word of that", || frame("read") == Some(json!(2))).await;
    press("Close").await;
    until("no count", || has_button("Open chat")).await;
    tell(&json!({ "event": agent_says(3, "One more") }));
    until("one", || has_button("Open chat, 1 unread message")).await;
    assert!(
        events().contains(
            r#"["message",{"id":"22222222-2222-4222-8222-000000000003","from":"agent"}]"#
        )
    );
    assert!(events().contains(r#"["unread",{"count":1}]"#));
    assert!(!events().contains("One more"), "never what was said");
    leave();
}

#[wasm_bindgen_test]
async fn a_line_stays_the_same_while_others_come_and_go() {
    chat(never(), true).await;
    press("Open chat").await;
    welcome(vec![agent_says(5, "five")]).await;
    until("the message", || says("log", "five")).await;
    mark("five");
    type_into("composer", "mine");
    key("composer", "Enter", false);
    until("the pending one", || says("log", "mine")).await;
    mark("mine");
    // It was said before ours was on disk, so it comes before it.
    tell(&json!({ "event": agent_says(6, "six") }));
    until("the one between", || says("log", "six")).await;
    let text = log();
    let place = |word| {
        text.find(word)
            .unwrap_or_else(|| panic!("`{word}` in `{text}`"))
    };
    assert!(place("five") < place("six") && place("six") < place("mine"));
    assert!(is_marked("five") && is_marked("mine"), "drawn once");

    let id = frame("post").unwrap()["id"].clone();
    tell(&json!({ "refused": { "id": id, "error": { "code": "internal", "message": "" } } }));
    press("Delete").await;
    until("no pending one", || !says("log", "mine")).await;
    assert!(is_marked("five"));
    leave();
}

#[wasm_bindgen_test]
async fn an_agent_is_seen_typing() {
    chat(never(), true).await;
    welcome(vec![]).await;
    press("Open chat").await;
    tell(&json!({ "typing": { "name": "Lucía" } }));
    until("typing", || says("status", "Lucía is typing…")).await;
    tell(&json!({ "event": agent_says(1, "Hello") }));
    until("no typing", || !says("status", "Lucía is typing…")).await;
    tell(&json!("ping"));
    until("a pong", || frames().contains(&json!("pong"))).await;
    leave();
}

#[wasm_bindgen_test]
async fn a_lost_connection_is_told_after_a_while_and_comes_back() {
    chat(never(), true).await;
    welcome(vec![agent_says(1, "Hello")]).await;
    press("Open chat").await;
    lose();
    type_into("composer", "still here");
    key("composer", "Enter", false);
    let lost = "No connection. Your messages will be sent when it returns.";
    until("the notice", || says("status", lost)).await;
    until("the message waits", || {
        says("log", "Waiting for the connection…")
    })
    .await;
    until("another socket", || socket_count() > 1).await;
    until("it resumes", || {
        frame("hello").is_some_and(|hello| hello["resume"]["last"] == 1)
    })
    .await;
    welcome(vec![agent_says(1, "Hello")]).await;
    until("the post", || frame("post").is_some()).await;
    until("no notice", || !says("status", lost)).await;
    leave();
}

#[wasm_bindgen_test]
async fn a_required_address_comes_before_the_first_message() {
    chat(json!({ "ask": "before", "required": true }), false).await;
    press("Open chat").await;
    until("focus in the question", || focused() == "email").await;
    assert!(is_disabled("composer"));
    assert!(!has_button("Not now"));
    type_into("email", "ines@");
    press("Save").await;
    until("the alert", || {
        says("alert", "does not look like an e-mail address")
    })
    .await;
    assert_eq!(socket_count(), 0);
    type_into("email", " ines@cafelargo.pt ");
    until("no alert", || !says("alert", "does not look like")).await;
    press("Save").await;
    until("word of it", || {
        shows("We will write to ines@cafelargo.pt.")
    })
    .await;
    until("the composer", || !is_disabled("composer")).await;
    welcome(vec![]).await;
    until("the address", || frame("contact").is_some()).await;
    assert_eq!(frame("contact").unwrap()["email"], "ines@cafelargo.pt");
    leave();
}

#[wasm_bindgen_test]
async fn an_address_can_be_withheld() {
    chat(
        json!({ "ask": { "unanswered": 0 }, "required": false }),
        true,
    )
    .await;
    press("Open chat").await;
    let mine = json!({ "id": VISITOR, "author": "visitor", "body": { "text": "Anyone?" } });
    welcome(vec![
        json!({ "number": 1, "at": 1_000, "what": { "message": mine } }),
    ])
    .await;
    until("the question", || has_button("Not now")).await;
    press("Not now").await;
    until("no question", || !has_button("Not now")).await;
    assert!(kept("email_skipped").is_some());
    leave();
}

#[wasm_bindgen_test]
async fn too_long_a_text_is_not_sent() {
    chat(never(), false).await;
    press("Open chat").await;
    type_into("composer", &"é".repeat(1_999));
    until("a warning", || says("status", "1 character left")).await;
    until("a button to press", || can_press("Send")).await;
    type_into("composer", &"é".repeat(2_001));
    until("a refusal", || says("status", "1 character too many")).await;
    until("none to press", || !can_press("Send")).await;
    key("composer", "Enter", false);
    assert_eq!(socket_count(), 0);
    leave();
}
