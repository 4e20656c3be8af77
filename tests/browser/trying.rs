//! A trigger is seen and tried before anyone else sees it.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::browser::Browser;
use crate::greetings::trigger;
use crate::stage::Stage;

/// Looks on, and may not write.
const RUI: &str = "rui@alba.example";

impl Browser {
    /// Does something in the frame of the preview.
    async fn in_preview(&self, look: impl AsyncFn(&Self)) {
        let frame = self.driver().find(By::Css("iframe")).await.unwrap();
        frame.enter_frame().await.unwrap();
        look(self).await;
        self.driver().enter_default_frame().await.unwrap();
    }

    /// Writes something else into a field, as a whole.
    async fn put(&self, selector: &str, text: &str) {
        let script = "const [selector, text] = arguments;
            const field = document.querySelector(selector);
            field.value = text;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));";
        self.run(script, vec![json!(selector), json!(text)]).await;
    }
}

fn help() -> Value {
    let rule = json!({ "all": [
        { "fact": "page.path", "op": "glob", "value": "/plans/**" },
        { "fact": "page.time", "op": "gte", "value": "30s" },
    ] });
    trigger(
        "help",
        &rule,
        &json!({ "greeting": {
            "text": { "en": "Questions about plans?", "es": "¿Dudas sobre los planes?" },
            "reply": { "agent": { "ask": ["email"], "follow_up": { "en": "Someone will write to you." } } },
        } }),
    )
}

#[tokio::test]
async fn the_preview_is_the_widget_and_follows_what_is_typed() {
    let stage = Stage::with_triggers(&[help()]).await;
    let desk = stage.browser().await;
    desk.sign_in(&stage, RUI).await;
    desk.go(&format!("{}/triggers/help", stage.desk())).await;
    desk.find("button", "Dark").await;
    desk.in_preview(async |frame| {
        frame.sees("Questions about plans?").await;
        frame.find("button", "Dismiss").await;
    })
    .await;

    desk.click("button", "Spanish").await;
    desk.in_preview(async |frame| frame.sees("¿Dudas sobre los planes?").await)
        .await;
    desk.click("button", "English").await;
    desk.click("button", "Chat").await;
    desk.in_preview(async |frame| {
        frame.sees("Questions about plans?").await;
        // What is given leads nowhere, and is answered as it will be.
        let email = frame.find("email", "").await;
        email.send_keys("ines@cafelargo.pt").await.unwrap();
        frame.click("button", "Save").await;
        frame.sees("Someone will write to you.").await;
    })
    .await;
    desk.click("button", "Bubble").await;
    desk.put(
        ".form-text",
        &help().to_string().replace("Questions", "Doubts"),
    )
    .await;
    desk.in_preview(async |frame| frame.sees("Doubts about plans?").await)
        .await;
    desk.click("button", "Answered").await;
    desk.in_preview(async |frame| frame.sees("Someone will write to you.").await)
        .await;
    assert_eq!(stage.results("help"), "sent 0, opened 0, replied 0");
}

#[tokio::test]
async fn a_visit_is_tried_by_the_engine_of_the_pages() {
    let cart = json!({ "fact": "page.path", "op": "eq", "value": "/plans/team" });
    let cart = trigger(
        "cart",
        &cart,
        &json!({ "priority": 5, "name": "Cart rescue" }),
    );
    let stage = Stage::with_triggers(&[help(), cart]).await;
    let desk = stage.browser().await;
    desk.sign_in(&stage, RUI).await;
    desk.go(&format!("{}/triggers/help", stage.desk())).await;
    desk.click("button", "Try a visit").await;
    desk.sees("Not yet. Shows in 10 s if nothing happens but time.")
        .await;
    desk.click("button", "Go to 0:30, when it shows").await;
    desk.sees("Shows now.").await;

    desk.put(".tester-url", "https://shop.example/about").await;
    desk.sees("Does not show: its rule does not hold.").await;
    desk.sees("closest step").await;
    desk.put(".tester-url", "https://shop.example/plans/team")
        .await;
    // The other one was there first, and is on the screen.
    desk.sees("a greeting is on the screen").await;
    desk.click("checkbox", "With the other live trigger").await;
    desk.sees("Shows now.").await;
    desk.put(".form-text", &help().to_string().replace("30s", "25s"))
        .await;
    desk.sees("It appeared 5 s ago.").await;
    desk.put(".form-text", &help().to_string().replace("gte", "glob"))
        .await;
    desk.sees("The form has 1 mistake").await;
}
