//! The chat in a real browser, with a fake loader and a fake server, found by
//! role and text as a person would find it.

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
    fn own(label: Option<String>, words: &str, open: &str);
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
    fn greet(greeting: &str);
    fn moved();
    fn without_rules();
    fn right_to_left();
    fn told() -> String;
    fn greeting_name() -> Option<String>;
    fn press_escape_in(name: &str);
    fn choices() -> String;
    fn follow(name: &str);
    fn places() -> String;
    fn leave() -> u32;
}

const TEXTS: &str = include_str!("../../texts/en.json");
const VISITOR: &str = "11111111-1111-4111-8111-111111111111";
const KNOWN: &str = "11111111-1111-4111-8111-111111111111.secret";

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
async fn the_owner_says_it_in_their_own_words() {
    let link = make_link(&never().to_string(), TEXTS, None);
    let words = json!({ "welcome_title": "Hello from Porto", "placeholder": "Ask us" });
    own(Some("Ask us".into()), &words.to_string(), "null");
    saluda_ui::start(link).await.expect("it starts");
    assert!(shows("Ask us"), "the words are on the launcher");
    press("Ask us, Open chat").await;
    until("the panel", is_open).await;
    assert!(shows("Hello from Porto"));
    assert!(shows("Write to us and the answer will appear here."));
    assert!(!has_button("Ask us, Open chat"));
    assert!(has_button("Close chat"));
    assert_eq!(leave(), 0);
}

#[wasm_bindgen_test]
async fn a_closed_site_says_when_it_opens() {
    let hour = 3_600_000.0;
    let now = js_sys::Date::now();
    let day = |open: Value, away: Option<&str>| {
        let link = make_link(&never().to_string(), TEXTS, None);
        let words = away.map_or_else(|| json!({}), |away| json!({ "away": away }));
        own(None, &words.to_string(), &open.to_string());
        saluda_ui::start(link)
    };
    let next = json!([
        [now - 2.0 * hour, now - hour],
        [now + 48.0 * hour, now + 56.0 * hour]
    ]);
    day(next.clone(), None).await.expect("it starts");
    press("Open chat").await;
    let opens = js_sys::Date::new(&(now + 48.0 * hour).into());
    let options = js_sys::JSON::parse(r#"{"weekday":"long","hour":"numeric","minute":"2-digit"}"#);
    let when = String::from(opens.to_locale_string("en", &options.expect("options")));
    until("when", || shows(&format!("We are back {when}."))).await;
    leave();
    day(next, Some("We roast until Thursday."))
        .await
        .expect("it starts");
    press("Open chat").await;
    until("in their own words", || shows("We roast until Thursday.")).await;
    leave();
    let open = json!([[now - hour, now + hour]]);
    day(open, None).await.expect("it starts");
    press("Open chat").await;
    until("how soon", || shows("Usually answers within 5 minutes")).await;
    leave();
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

const SAID: &str = "Lucía Marín Alba Coffee Comparing plans?\nI can help.";

/// A greeting, with these instead of what is usual.
fn greeting(other: Value) -> Value {
    let mut greeting = json!({
        "trigger": "pricing-help",
        "version": 3,
        "variant": null,
        "language": "en",
        "sender": { "name": "Lucía Marín" },
        "text": "Comparing plans?\nI can help.",
        "values": ["Inés"],
        "buttons": [],
        "ask": [],
    });
    if let (Value::Object(greeting), Value::Object(other)) = (&mut greeting, other) {
        greeting.extend(other);
    }
    greeting
}

fn quick_replies() -> Value {
    greeting(json!({ "buttons": [{ "label": "Help me" }, { "label": "Just looking" }] }))
}

/// Shows a greeting to someone who never wrote.
async fn greeted(greeting: &Value) {
    chat(never(), false).await;
    greet(&greeting.to_string());
    until("the greeting", || {
        greeting_name().as_deref() == Some("Message from Lucía Marín")
    })
    .await;
}

/// What the rules were told of greetings.
fn reactions() -> Vec<Value> {
    let told: Vec<Value> = serde_json::from_str(&told()).expect("what was told is JSON");
    let ours = |what: &Value| {
        ["pricing-help", "on_screen", "panel"].contains(&what[0].as_str().unwrap_or_default())
    };
    told.into_iter().filter(ours).collect()
}

fn sent_kinds() -> Vec<String> {
    let kinds = frames().into_iter().filter_map(|frame| {
        let kind = frame.as_object()?.keys().next()?.clone();
        Some(kind)
    });
    kinds
        .filter(|kind| ["greeted", "post", "contact"].contains(&kind.as_str()))
        .collect()
}

/// The server has written the greeting down.
fn greeting_event(number: u64, body: &Value) -> Value {
    let id = frame("greeted").expect("a greeting")["id"].clone();
    let author = json!({ "greeting": { "trigger": "pricing-help", "name": "Lucía Marín" } });
    let message = json!({ "id": id, "author": author, "body": body });
    json!({ "number": number, "at": js_sys::Date::now(), "what": { "message": message } })
}

#[wasm_bindgen_test]
async fn a_greeting_waits_above_the_launcher_until_it_is_dismissed() {
    chat(never(), false).await;
    let before = focused();
    greet(&greeting(json!({})).to_string());
    until("the greeting", || {
        greeting_name().as_deref() == Some("Message from Lucía Marín")
    })
    .await;
    assert!(has_button(SAID), "line breaks are kept");
    until("the count", || has_button("Open chat, 1 unread message")).await;
    assert_eq!(focused(), before, "it does not take the focus");
    assert!(!is_open());
    let places: Value = serde_json::from_str(&places()).unwrap();
    assert_eq!(
        places["page"][0], places["page"][2],
        "the page does not move"
    );
    assert!(places["greeting"][3].as_f64() < places["launcher"][1].as_f64());

    press("Dismiss").await;
    until("no greeting", || greeting_name().is_none()).await;
    until("no count", || has_button("Open chat")).await;
    assert_eq!(
        reactions(),
        [
            json!(["on_screen", true]),
            json!(["on_screen", false]),
            json!(["pricing-help", "dismissed"])
        ]
    );
    assert_eq!(socket_count(), 0);
    assert_eq!(events(), "[]", "its own module tells the page");
    assert_eq!(leave(), 0, "nothing is left");
}

#[wasm_bindgen_test]
async fn escape_dismisses_a_greeting_that_has_the_focus() {
    greeted(&greeting(json!({}))).await;
    key("launcher", "Escape", false);
    assert!(greeting_name().is_some(), "the focus is elsewhere");
    press_escape_in("Dismiss");
    until("no greeting", || greeting_name().is_none()).await;
    assert_eq!(focused(), "launcher");
    leave();
}

#[wasm_bindgen_test]
async fn a_page_that_ends_takes_its_greeting_along() {
    greeted(&greeting(json!({}))).await;
    moved();
    assert!(greeting_name().is_none());
    assert!(!reactions().contains(&json!(["pricing-help", "dismissed"])));
    leave();
}

#[wasm_bindgen_test]
async fn reading_a_greeting_tells_the_server_nothing() {
    greeted(&greeting(json!({}))).await;
    press(SAID).await;
    until("the panel", is_open).await;
    until("the greeting in the log", || {
        says("log", "Comparing plans?")
    })
    .await;
    until("focus in the composer", || focused() == "composer").await;
    assert!(greeting_name().is_none());
    assert_eq!(
        reactions()[1..],
        [
            json!(["panel", true]),
            json!(["on_screen", false]),
            json!(["pricing-help", "opened"])
        ]
    );
    assert_eq!(socket_count(), 0);
    assert_eq!(kept("pending"), None);

    press("Close").await;
    until("no panel", || !is_open()).await;
    assert!(greeting_name().is_none(), "it does not come back by itself");
    assert!(has_button("Open chat"));
    press("Open chat").await;
    until("the greeting again", || says("log", "Comparing plans?")).await;
    leave();
}

#[wasm_bindgen_test]
async fn what_is_written_to_a_greeting_brings_it_along() {
    greeted(&greeting(json!({ "variant": "b" }))).await;
    // The launcher reads it too.
    press("Open chat, 1 unread message").await;
    until("the greeting", || says("log", "Comparing plans?")).await;
    mark("Comparing plans?");
    type_into("composer", "Yes please");
    key("composer", "Enter", false);
    until("both to be kept", || {
        kept("pending")
            .is_some_and(|kept| kept.contains("pricing-help") && kept.contains("Yes please"))
    })
    .await;
    welcome(vec![]).await;
    until("both", || sent_kinds() == ["greeted", "post"]).await;
    let greeted = frame("greeted").unwrap();
    assert_eq!(greeted["trigger"], "pricing-help");
    assert_eq!(greeted["version"], 3);
    assert_eq!(greeted["variant"], "b");
    assert_eq!(greeted["language"], "en");
    assert_eq!(greeted["values"], json!(["Inés"]));
    assert_eq!(
        reactions().last(),
        Some(&json!(["pricing-help", "replied"]))
    );

    let body = json!({ "text": "Comparing plans?\nI can help." });
    tell(&json!({ "event": greeting_event(1, &body) }));
    tell(&json!({ "ack": { "id": greeted["id"], "number": 1, "at": 1 } }));
    until("only one to be kept", || {
        kept("pending").is_some_and(|kept| !kept.contains("pricing-help"))
    })
    .await;
    assert!(is_marked("Comparing plans?"), "drawn once");
    assert_eq!(log().matches("Comparing plans?").count(), 1);
    assert!(
        !events().contains(&format!("{}", greeted["id"])),
        "it is no news"
    );
    leave();
}

#[wasm_bindgen_test]
async fn a_quick_reply_is_tapped_once() {
    greeted(&quick_replies()).await;
    press("Help me").await;
    until("the panel", is_open).await;
    until("the answer", || says("log", "Sending…")).await;
    until("inert buttons", || {
        !can_press("Help me") && !can_press("Just looking")
    })
    .await;
    welcome(vec![]).await;
    until("both", || sent_kinds() == ["greeted", "post"]).await;
    let tap = frame("post").unwrap()["body"]["tap"].clone();
    let expected = json!({
        "message": frame("greeted").unwrap()["id"], "button": 0, "label": "Help me",
    });
    assert_eq!(tap, expected);
    let told = reactions();
    assert!(
        told.contains(&json!(["pricing-help", "opened"])),
        "{told:?}"
    );
    assert_eq!(told.last(), Some(&json!(["pricing-help", "replied"])));
    leave();
}

#[wasm_bindgen_test]
async fn a_tap_of_an_earlier_page_leaves_its_buttons_inert() {
    chat(never(), true).await;
    press("Open chat").await;
    let author = json!({ "greeting": { "trigger": "pricing-help", "name": "Lucía Marín" } });
    let asks =
        |replies: [&str; 2]| json!({ "quick_replies": { "text": "Plans?", "replies": replies } });
    let message = |number: u64, author: &Value, body: Value| {
        let id = format!("22222222-2222-4222-8222-{number:012}");
        let message = json!({ "id": id, "author": author, "body": body });
        json!({ "number": number, "at": 1_000, "what": { "message": message } })
    };
    let first = message(1, &author, asks(["Yes", "No"]));
    let other = message(2, &author, asks(["Now", "Later"]));
    let tap = json!({ "tap": {
        "message": first["what"]["message"]["id"], "button": 1, "label": "No",
    }});
    welcome(vec![first, other, message(3, &json!("visitor"), tap)]).await;
    until("the one that was not tapped", || can_press("Now")).await;
    assert!(has_button("Yes") && !can_press("Yes") && !can_press("No"));
    press("Now").await;
    until("a tap", || frame("post").is_some()).await;
    assert_eq!(sent_kinds(), ["post"], "the greeting is on disk");
    let tapped = frame("post").unwrap()["body"]["tap"]["message"].clone();
    assert_eq!(tapped, "22222222-2222-4222-8222-000000000002");
    until("no button to press", || {
        !can_press("Now") && !can_press("Later")
    })
    .await;
    assert_eq!(
        reactions().last(),
        Some(&json!(["pricing-help", "replied"]))
    );
    leave();
}

#[wasm_bindgen_test]
async fn calls_to_action_lead_out_and_answer_nothing() {
    let buttons = json!([
        { "label": "See plans", "url": "https://alba.example/plans" },
        { "label": "Call us", "phone": "+351210000000" },
        { "label": "Trap", "url": "javascript:alert(1)" },
    ]);
    greeted(&greeting(json!({ "buttons": buttons }))).await;
    let expected = json!([
        [
            "See plans",
            "https://alba.example/plans",
            "_blank",
            "noopener nofollow"
        ],
        ["Call us", "tel:+351210000000", "_self", "noopener nofollow"],
    ]);
    assert_eq!(choices(), expected.to_string());
    assert!(
        shows("+351210000000"),
        "it can be read where nothing can call it"
    );
    follow("See plans");
    follow("See plans");
    follow("Call us");
    assert_eq!(
        reactions()[1..],
        [
            json!(["pricing-help", "clicked", 0]),
            json!(["pricing-help", "clicked", 0]),
            json!(["pricing-help", "clicked", 1])
        ]
    );
    assert!(greeting_name().is_some(), "it stays");
    assert_eq!(socket_count(), 0);
    leave();
}

#[wasm_bindgen_test]
async fn what_a_greeting_asks_for_is_asked_in_the_panel_and_keeps_nobody_from_writing() {
    greeted(&greeting(json!({ "ask": ["name", "email", "phone"] }))).await;
    press(SAID).await;
    until("a question", || has_button("Not now")).await;
    assert!(!is_disabled("composer"));
    press("Save").await;
    until("the name", || says("alert", "Please tell us your name.")).await;
    until("focus in it", || focused() == "name").await;
    type_into("name", "Inés Prado");
    press("Save").await;
    until("the address", || {
        says("alert", "does not look like an e-mail address")
    })
    .await;
    type_into("email", "ines@cafelargo.pt");
    type_into("phone", "call me");
    press("Save").await;
    until("the number", || {
        says("alert", "does not look like a phone number")
    })
    .await;
    assert_eq!(socket_count(), 0);
    type_into("phone", "+351 210 000 000");
    press("Save").await;
    let noted = "Thank you. We have noted: Inés Prado · ines@cafelargo.pt · +351 210 000 000";
    until("what was noted", || shows(noted)).await;
    until("no question", || !has_button("Not now")).await;
    welcome(vec![]).await;
    until("both", || sent_kinds() == ["greeted", "contact"]).await;
    let expected = json!({
        "name": "Inés Prado", "email": "ines@cafelargo.pt", "phone": "+351 210 000 000",
    });
    assert_eq!(frame("contact"), Some(expected.clone()));
    assert_eq!(
        reactions().last(),
        Some(&json!(["pricing-help", "replied"]))
    );
    assert!(kept("contact").is_some(), "a reload would lose it");
    tell(&json!({ "contact": expected }));
    until("nothing to keep", || kept("contact").is_none()).await;
    leave();
}

#[wasm_bindgen_test]
async fn a_greetings_question_can_be_put_off() {
    greeted(&greeting(json!({ "ask": ["email"] }))).await;
    press(SAID).await;
    press("Not now").await;
    until("no question", || !has_button("Not now")).await;
    assert_eq!(kept("email_skipped"), None, "the site may still ask");
    leave();
}

#[wasm_bindgen_test]
async fn a_long_greeting_scrolls_and_stays_on_the_page_from_right_to_left_too() {
    for rtl in [false, true] {
        let link = make_link(&never().to_string(), TEXTS, None);
        if rtl {
            right_to_left();
        }
        saluda_ui::start(link).await.expect("it starts");
        let text = format!("{}{}", "a".repeat(300), "\nمرحبا".repeat(60));
        greet(&greeting(json!({ "text": text })).to_string());
        until("the greeting", || greeting_name().is_some()).await;
        let places: Value = serde_json::from_str(&places()).unwrap();
        let side = |of: &str, side: usize| places[of][side].as_f64().unwrap();
        assert_eq!(places["scrolls"], true, "{places}");
        assert_eq!(places["wide"], false, "{places}");
        assert!(side("greeting", 1) >= 0.0, "{places}");
        assert!(side("greeting", 3) <= side("launcher", 1), "{places}");
        assert!(
            side("greeting", 0) >= 0.0 && side("greeting", 2) <= side("page", 0),
            "{places}"
        );
        let middle = side("page", 0) / 2.0;
        assert_eq!(side("launcher", 0) < middle, rtl, "{places}");
        leave();
    }
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_is_not_shown_and_nobody_to_tell_is_no_harm() {
    chat(never(), false).await;
    without_rules();
    greet("{}");
    greet("null");
    assert!(greeting_name().is_none());
    greet(&quick_replies().to_string());
    press("Just looking").await;
    until("the answer", || says("log", "Just looking")).await;
    leave();
}

#[wasm_bindgen_test]
async fn the_rules_hear_of_the_conversation() {
    chat(never(), true).await;
    let heard = |what: &str, value: bool| told().contains(&json!([what, value]).to_string());
    welcome(vec![agent_says(1, "Hello")]).await;
    until("the conversation", || heard("conversation", true)).await;
    until("who is there", || {
        heard("online", true) && heard("known", false)
    })
    .await;
    tell(&json!({ "event": agent_says(2, "Are you there?") }));
    until("the message", || heard("message", true)).await;
    tell(&json!({ "agents_online": false }));
    until("nobody there", || heard("online", false)).await;
    let closed = json!({ "closed": { "agent": { "id": VISITOR, "name": "Lucía" } } });
    tell(&json!({ "event": { "number": 3, "at": 1_000, "what": closed } }));
    until("the end", || heard("conversation", false)).await;
    leave();
}
