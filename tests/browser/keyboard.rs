//! The widget for those who do not use a pointer, and for those who listen.

use serde_json::{Value, json};
use thirtyfour::{Key, TypingData};

use crate::browser::Browser;
use crate::stage::Stage;
use crate::studio::LUCIA;

/// What has the focus within the widget: its name, or its text.
const FOCUSED: &str =
    "const focused = document.querySelector('saluda-widget').shadowRoot.activeElement;
    return focused && (focused.ariaLabel ?? focused.innerText);";

impl Browser {
    /// Presses a key, wherever the focus is.
    async fn types(&self, keys: impl Into<TypingData>) {
        let keys = self.driver().action_chain().send_keys(keys);
        keys.perform().await.unwrap();
    }

    /// Goes back by Tab.
    async fn goes_back(&self) {
        let keys = self.driver().action_chain().key_down(Key::Shift);
        let keys = keys.send_keys(Key::Tab + "").key_up(Key::Shift);
        keys.perform().await.unwrap();
    }

    /// Goes on by Tab, and then is there.
    async fn goes_on_to(&self, name: &str) {
        self.types(Key::Tab + "").await;
        let focused = self.run(FOCUSED, vec![]).await;
        assert_eq!(focused, json!(name));
    }

    /// Waits until this has the focus.
    async fn is_at(&self, name: &str) {
        self.wait(&format!("focus on `{name}`"), async || {
            (self.run(FOCUSED, vec![]).await == json!(name)).then_some(())
        })
        .await;
    }

    /// What is read out from beginning to end within the chat: roles and names
    /// of what has any, as the browser tells them to a screen reader.
    async fn reads_out(&self) -> Vec<String> {
        let cdp = self.driver().cdp();
        let tree = cdp
            .send_raw("Accessibility.getFullAXTree", json!({}))
            .await
            .unwrap();
        let nodes = tree["nodes"].as_array().unwrap();
        let find = |id: &Value| nodes.iter().find(|node| node["nodeId"] == *id);
        let dialog = nodes.iter().find(|node| node["role"]["value"] == "dialog");
        let mut left = vec![dialog.expect("an open chat")];
        let mut read = Vec::new();
        while let Some(node) = left.pop() {
            let role = node["role"]["value"].as_str().unwrap_or_default();
            let name = node["name"]["value"].as_str().unwrap_or_default();
            let leaf = matches!(role, "InlineTextBox" | "generic" | "none" | "paragraph");
            if node["ignored"] == false && !leaf && !name.is_empty() {
                read.push(format!("{role} {name}"));
            }
            // The words within a button or a heading are its name already.
            if !matches!(role, "button" | "heading" | "textbox" | "StaticText") {
                let children = node["childIds"].as_array().into_iter().flatten();
                left.extend(children.rev().filter_map(find));
            }
        }
        read
    }
}

#[tokio::test]
async fn everything_is_done_without_a_pointer() {
    let stage = Stage::set(&["--ask-email", "never"]).await;
    let (page, desk) = (stage.browser().await, stage.browser().await);
    desk.sign_in(&stage, LUCIA).await;
    page.go(&stage.shop("/about.html")).await;
    page.find("button", "Open chat").await;
    page.run(
        "const links = document.querySelectorAll('a, button'); links[links.length - 1].focus()",
        vec![],
    )
    .await;
    page.goes_on_to("Open chat").await;
    page.types(Key::Enter).await;
    page.is_at("Message").await;
    page.types("Do you ship to Porto?").await;
    page.types(Key::Enter).await;
    page.sees("Delivered").await;

    page.goes_on_to("Emoji").await;
    page.types(Key::Enter).await;
    page.is_at("😀").await;
    page.types(Key::Right + Key::Down).await;
    page.is_at("🙃").await;
    page.types(Key::Enter).await;
    page.types(Key::Escape).await;
    page.is_at("Emoji").await;
    page.goes_on_to("Attach a file").await;
    page.goes_on_to("Send").await;
    page.types(Key::Enter).await;
    page.sees("🙃").await;

    // Backwards, everything is reached, and nothing twice.
    page.is_at("Message").await;
    let mut reached = Vec::new();
    for _ in 0..4 {
        page.goes_back().await;
        let focused = page.run(FOCUSED, vec![]).await;
        reached.push(focused.as_str().unwrap_or("nothing").to_owned());
    }
    assert_eq!(reached, ["Conversation", "Close", "More", "Close chat"]);
    page.goes_on_to("More").await;
    page.types(" ").await;
    page.is_at("Send by e-mail").await;
    page.types(Key::Down).await;
    page.is_at("Sound with new messages").await;
    page.types(" ").await;
    page.types(Key::Escape).await;
    page.is_at("More").await;
    page.types(Key::Escape).await;
    page.is_at("Open chat").await;
    assert!(page.look("textbox", "Message").await.is_none());
}

#[tokio::test]
async fn what_is_read_out_comes_in_the_order_it_is_meant_in() {
    let stage = Stage::set(&["--ask-email", "never"]).await;
    let (page, desk) = (stage.browser().await, stage.browser().await);
    desk.sign_in(&stage, LUCIA).await;
    page.go(&stage.shop("/about.html")).await;
    page.open_chat().await;
    page.say("Do you ship to Porto?").await;
    desk.open_conversation("Do you ship to Porto?").await;
    desk.answer("We do.").await;
    page.sees("We do.").await;
    page.sees("Read").await;
    let read = page.reads_out().await;
    // Whatever the clock says.
    let timeless = read.iter().map(|line| {
        let words = line.split(' ');
        let words = words.filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
        words
            .filter(|word| !matches!(*word, "AM" | "PM"))
            .collect::<Vec<_>>()
            .join(" ")
    });
    assert_eq!(
        timeless.collect::<Vec<_>>(),
        [
            "dialog Alba Coffee",
            "heading Alba Coffee",
            "StaticText We are here",
            "button More",
            "button Close",
            "region Conversation",
            "StaticText Today",
            "StaticText You:",
            "StaticText Do you ship to Porto?",
            "StaticText · Read",
            "StaticText Lucía Marín:",
            "StaticText We do.",
            "StaticText Lucía ·",
            "textbox Message",
            "button Emoji",
            "button Attach a file",
            "button Send",
        ]
    );
}
