//! From a site without triggers to one that greeted someone: with the pointer,
//! and with the keyboard alone.

use thirtyfour::Key;

use crate::browser::Browser;
use crate::stage::Stage;
use crate::studio::{DELETE_ALL, LUCIA};

/// Whoever looks for something with Tab has given up by then.
const MOST_TABS: usize = 120;

impl Browser {
    /// Goes from field to field until one with this name has the focus.
    async fn tabs_to(&self, name: &str) {
        let mut passed = Vec::new();
        while passed.len() < MOST_TABS {
            let focused = self.focused().await;
            if focused.trim() == name {
                return;
            }
            passed.push(focused);
            self.presses(Key::Tab).await;
        }
        panic!("no `{name}` on the way: {passed:?}");
    }
}

#[tokio::test]
async fn a_first_trigger_greets_is_answered_and_counted() {
    let stage = Stage::with_triggers(&[]).await;
    let desk = stage.browser().await;
    desk.sign_in(&stage, LUCIA).await;
    desk.run(DELETE_ALL, vec![]).await;
    desk.click("link", "Triggers").await;
    desk.row_says("Help on pricing", "Draft").await;
    desk.click("link", "New trigger").await;
    desk.sees("Show “May I help you?”").await;
    for _ in 0..2 {
        desk.click("button", "Remove this condition").await;
    }
    desk.sees("to every visitor").await;
    desk.click("button", "Save draft").await;
    desk.sees("Never published.").await;
    desk.click("button", "Publish").await;
    desk.misses("button", "Publish").await;

    let visitor = stage.browser().await;
    visitor.go(&stage.shop("/")).await;
    visitor.sees("May I help you?").await;
    visitor.open_chat().await;
    visitor.say("Which coffee is the mildest?").await;

    desk.click("link", "Inbox").await;
    desk.open_conversation("Which coffee is the mildest?").await;
    desk.answer("The one from Huila.").await;
    visitor.sees("The one from Huila.").await;

    desk.wait("all of it to be counted", async || {
        let results = stage.results("new-trigger");
        (results == "sent 1, opened 1, replied 1").then_some(())
    })
    .await;
    desk.click("link", "Triggers").await;
    desk.row_says("New trigger", "100%").await;
    desk.to_trigger(&stage, "new-trigger").await;
    desk.click("link", "All results").await;
    desk.sees("Over time").await;
    desk.sees("Opened\n1").await;
}

#[tokio::test]
async fn a_first_trigger_is_published_with_the_keyboard_alone() {
    let stage = Stage::with_triggers(&[]).await;
    let desk = stage.browser().await;
    desk.sign_in(&stage, LUCIA).await;
    desk.tabs_to("Triggers").await;
    desk.presses(Key::Enter).await;
    // The list is drawn anew once it has come, and what had the focus with it.
    desk.sees("Paused").await;
    desk.tabs_to("New trigger").await;
    desk.presses(Key::Enter).await;
    desk.sees("Show “May I help you?”").await;
    desk.tabs_to("With what").await;
    desk.presses(Key::Control + "a").await;
    desk.presses("/plans*").await;
    // Past the way to take this condition away, to that of the next.
    desk.tabs_to("Remove this condition").await;
    desk.presses(Key::Tab).await;
    desk.tabs_to("Remove this condition").await;
    desk.presses(Key::Enter).await;
    desk.presses(Key::Control + "s").await;
    desk.sees("Never published.").await;
    desk.sees("whose path fits “/plans*”").await;
    desk.tabs_to("Publish").await;
    desk.presses(Key::Enter).await;
    desk.misses("button", "Publish").await;

    let visitor = stage.browser().await;
    visitor.go(&stage.shop("/plans.html")).await;
    visitor.sees("May I help you?").await;
}
