//! The emoji and the menu in a real browser, with a fake loader.

#![cfg(target_arch = "wasm32")]

mod wait;

use saluda_ui::Link;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use wait::{press, until};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/page.js")]
extern "C" {
    fn make_link(email: &str, texts: &str, credentials: Option<String>) -> Link;
    fn with_notices(notices: &str);
    #[wasm_bindgen(js_name = press)]
    fn click(name: &str);
    fn has_button(name: &str) -> bool;
    fn is_open() -> bool;
    fn type_into(id: &str, text: &str);
    fn value_of(id: &str) -> String;
    fn can_press(name: &str) -> bool;
    fn focused() -> String;
    fn focused_name() -> String;
    fn press_key(key: &str);
    fn look_at(id: &str);
    fn attribute(id: &str, name: &str) -> Option<String>;
    fn is_checked(name: &str) -> bool;
    fn kept(key: &str) -> Option<String>;
    fn right_to_left();
    fn leave() -> u32;
}

const TEXTS: &str = include_str!("../../texts/en.json");

fn link() -> Link {
    make_link(r#"{"ask":"never","required":false}"#, TEXTS, None)
}

async fn open(link: Link) {
    saluda_ui::start(link).await.expect("it starts");
    press("Open chat").await;
    until("focus in the composer", || focused() == "composer").await;
}

fn expanded(id: &str) -> bool {
    attribute(id, "aria-expanded").as_deref() == Some("true")
}

#[wasm_bindgen_test]
async fn an_emoji_is_chosen_by_keyboard_and_remembered() {
    open(link()).await;
    type_into("composer", "Hi ");
    press("Emoji").await;
    until("the first one", || focused_name() == "😀").await;
    assert!(expanded("emoji-open"));
    press_key("ArrowRight");
    assert_eq!(focused_name(), "😃");
    press_key("ArrowDown");
    assert_eq!(focused_name(), "🙃", "the one below");
    press_key("ArrowUp");
    press_key("ArrowUp");
    assert_eq!(focused_name(), "😃", "there is none above");
    press_key("End");
    assert_eq!(focused_name(), "🔁");
    press_key("Home");
    click("😃");
    click("👍");
    assert_eq!(value_of("composer"), "Hi 😃👍");
    until("it counts as typed", || can_press("Send")).await;

    press_key("Escape");
    until("focus on the button", || focused() == "emoji-open").await;
    assert!(is_open(), "the panel stays");
    assert!(!has_button("😀") && !expanded("emoji-open"));

    // Those used last come first.
    assert_eq!(kept("emoji").as_deref(), Some("👍 😃"));
    press("Emoji").await;
    until("the last one", || focused_name() == "👍").await;
    // Whoever looks elsewhere has chosen.
    look_at("composer");
    until("none", || !has_button("😀")).await;
    assert_eq!(focused(), "composer");
    // The button takes away what it brought.
    press("Emoji").await;
    until("the first one", || has_button("😀")).await;
    press("Emoji").await;
    until("none", || !has_button("😀")).await;
    assert_eq!(leave(), 0, "nothing is left");
}

#[wasm_bindgen_test]
async fn from_right_to_left_the_arrows_go_where_they_point() {
    let link = link();
    right_to_left();
    open(link).await;
    press("Emoji").await;
    until("the first one", || focused_name() == "😀").await;
    press_key("ArrowLeft");
    assert_eq!(focused_name(), "😃");
    press_key("ArrowRight");
    assert_eq!(focused_name(), "😀");
}

#[wasm_bindgen_test]
async fn the_sound_is_turned_off_and_on() {
    open(link()).await;
    press("More").await;
    let sound = "Sound with new messages";
    until("the first one", || focused_name() == "Send by e-mail").await;
    press_key("ArrowDown");
    assert_eq!(focused_name(), sound);
    assert!(is_checked(sound));
    click(sound);
    until("none", || !is_checked(sound)).await;
    assert!(kept("muted").is_some());
    click(sound);
    until("it again", || is_checked(sound)).await;
    assert_eq!(kept("muted"), None);
    press_key("Escape");
    until("focus on the button", || focused() == "menu-open").await;
}

#[wasm_bindgen_test]
async fn where_the_owner_wants_no_sound_there_is_nothing_to_turn_off() {
    let link = link();
    with_notices(r#"{"badge":true,"title":true,"sound":false}"#);
    open(link).await;
    press("More").await;
    until("the menu", || focused_name() == "Send by e-mail").await;
    assert!(!has_button("Sound with new messages"));
}
