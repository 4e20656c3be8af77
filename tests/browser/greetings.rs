//! Greetings that come by the rules: what a visitor sees, what the page hears,
//! and what is counted.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::stage::Stage;

/// A trigger that shows once its rule holds, with these fields besides.
pub(crate) fn trigger(id: &str, rule: &Value, more: &Value) -> Value {
    let mut trigger = json!({
        "id": id,
        "name": id,
        "rule": rule,
        "greeting": { "text": { "en": format!("Hello from {id}") } },
    });
    for (field, value) in more.as_object().unwrap() {
        trigger[field] = value.clone();
    }
    trigger
}

/// What holds on every page at once.
pub(crate) fn always() -> Value {
    json!({ "all": [] })
}

impl Browser {
    /// Waits for the greeting of a trigger.
    pub(crate) async fn is_greeted_by(&self, trigger: &str) {
        self.sees(&format!("Hello from {trigger}")).await;
    }

    /// Whether a greeting of the trigger is on the screen.
    pub(crate) async fn shows_greeting(&self, trigger: &str) -> bool {
        self.text().await.contains(&format!("Hello from {trigger}"))
    }

    /// Waits until the rules are at work, and have shown what is due at once.
    pub(crate) async fn is_ready(&self) {
        let script = "const done = arguments[0];
            const soon = () => setTimeout(() => setTimeout(done));
            const wait = () => window.Saluda?.live ? Saluda('on', 'ready', soon) : setTimeout(wait, 10);
            wait();";
        self.run_async(script, vec![]).await;
    }

    /// Writes down what the page hears of greetings, from the next page on.
    pub(crate) async fn listens(&self) {
        self.before_each_page(
            "window.heard = [];
             for (const name of ['trigger', 'greeting', 'dismissed'])
               addEventListener('saluda:' + name, ({ detail }) => {
                 heard.push([name, detail]);
                 heard.since ??= performance.now();
               });",
        )
        .await;
    }

    /// What the page heard.
    pub(crate) async fn heard(&self) -> Value {
        self.run("return window.heard", vec![]).await
    }

    /// Calls `Saluda` as the page does.
    pub(crate) async fn calls(&self, words: Value) {
        self.run("Saluda(...arguments[0])", vec![words]).await;
    }
}

/// Waits until this was counted of a trigger.
async fn is_counted(stage: &Stage, page: &Browser, trigger: &str, counts: &str) {
    page.wait(&format!("{counts} of {trigger}"), async || {
        (stage.results(trigger) == counts).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_greeting_comes_in_its_time_and_stays_away_once_it_was_closed() {
    let rule = json!({ "fact": "page.time", "op": "gte", "value": "1s" });
    let stage =
        Stage::with_triggers(&[trigger("late", &rule, &json!({ "frequency": "visit" }))]).await;
    let page = stage.browser().await;
    page.listens().await;
    page.before_each_page(
        "window.sockets = 0;
         window.WebSocket = class extends WebSocket { constructor(...words) { super(...words); sockets += 1; } };",
    )
    .await;
    page.go(&stage.shop("/")).await;
    page.is_greeted_by("late").await;
    let at = page.run("return heard.since", vec![]).await;
    assert!(at.as_f64().unwrap() >= 1000.0, "it came after {at} ms");
    assert_eq!(
        page.heard().await,
        json!([
            ["trigger", { "trigger": "late", "variant": null, "held": false }],
            ["greeting", { "trigger": "late", "variant": null }],
        ])
    );
    // It was written down before it was painted, and told nobody who it was.
    let kept = page
        .run("return localStorage['saluda.visit']", vec![])
        .await;
    assert!(kept.as_str().unwrap().contains("late"), "{kept}");
    assert_eq!(page.cookie("saluda").await, None);
    assert_eq!(page.run("return sockets", vec![]).await, 0);

    page.click("button", "Dismiss").await;
    page.misses("group", "Message from").await;
    assert_eq!(
        page.heard().await[2],
        json!(["dismissed", { "trigger": "late" }])
    );
    page.go(&stage.shop("/plans.html")).await;
    page.is_ready().await;
    // Whatever its rule says, it was seen in this visit.
    page.calls(json!(["trigger", "late"])).await;
    page.is_ready().await;
    assert!(!page.shows_greeting("late").await);
    is_counted(&stage, &page, "late", "sent 1, opened 0, replied 0").await;
}

#[tokio::test]
async fn a_greeting_that_is_taken_up_becomes_a_conversation_with_its_origin() {
    let stage = Stage::with_triggers(&[json!({
        "id": "plans",
        "name": "Plans",
        "rule": { "fact": "page.path", "op": "glob", "value": "/plans*" },
        "greeting": {
            "sender": "lucia",
            "text": { "en": "Hi {{visitor.attr.name|there}}, questions about plans?" },
            "reply": { "agent": { "ask": ["email"], "follow_up": { "en": "Thanks, someone will be with you." } } }
        },
        "tags": ["pricing"]
    })])
    .await;
    let (page, desk) = (stage.browser().await, stage.browser().await);
    page.before_each_page(
        "window.Saluda = function () { (Saluda.q = Saluda.q || []).push(arguments) };
         Saluda('set', { name: 'Inés', nested: { no: 1 }, nothing: null });",
    )
    .await;
    page.go(&stage.shop("/plans.html")).await;
    page.sees("Hi Inés, questions about plans?").await;
    page.click("group", "Message from").await;
    page.write("Where should we write to you?", "ines@cafelargo.pt")
        .await;
    page.click("button", "Save").await;
    page.sees("Thanks, someone will be with you.").await;

    desk.sign_in(&stage, "lucia@alba.example").await;
    desk.open_conversation("questions about plans?").await;
    desk.sees("Hi Inés, questions about plans?").await;
    desk.sees("Plans").await;
    desk.sees("pricing").await;
    is_counted(&stage, &page, "plans", "sent 1, opened 1, replied 1").await;

    // In conversation, no greeting comes by itself.
    page.reload().await;
    page.is_ready().await;
    page.open_chat().await;
    page.sees("Thanks, someone will be with you.").await;
}

#[tokio::test]
async fn what_a_greeting_asks_for_is_asked_after_a_reload_too() {
    let greeting = json!({
        "text": { "en": "Hello from form" },
        "reply": { "agent": { "ask": ["email"] } }
    });
    let more = json!({ "greeting": greeting });
    let stage = Stage::with_triggers(&[trigger("form", &always(), &more)]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.is_greeted_by("form").await;
    page.click("group", "Message from").await;
    page.say("First a question").await;
    page.sees("Sent").await;
    page.reload().await;
    page.open_chat().await;
    page.write("Where should we write to you?", "ines@cafelargo.pt")
        .await;
    page.click("button", "Save").await;
    page.sees("We will write to ines@cafelargo.pt.").await;
    page.reload().await;
    page.open_chat().await;
    page.sees("First a question").await;
    page.misses("textbox", "Where should we write to you?")
        .await;
}

#[tokio::test]
async fn a_quick_reply_is_one_tap() {
    let greeting = json!({
        "text": { "en": "Hello from choice" },
        "buttons": [
            { "label": { "en": "Filter" }, "answer": { "en": "A good choice." } },
            { "label": { "en": "Moka pot" } }
        ]
    });
    let stage = Stage::with_triggers(&[trigger(
        "choice",
        &always(),
        &json!({ "greeting": greeting }),
    )])
    .await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.is_greeted_by("choice").await;
    page.click("button", "Filter").await;
    page.sees("A good choice.").await;
    is_counted(&stage, &page, "choice", "sent 1, opened 1, replied 1").await;
}

#[tokio::test]
async fn two_tabs_show_a_greeting_once() {
    let rule = json!({ "event": "go" });
    let stage = Stage::with_triggers(&[trigger("once", &rule, &json!({}))]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.is_ready().await;
    let first = page.driver().window().await.unwrap();
    let second = page.driver().new_tab().await.unwrap();
    page.driver()
        .switch_to_window(second.clone())
        .await
        .unwrap();
    page.go(&stage.shop("/about.html")).await;
    page.is_ready().await;
    page.calls(json!(["track", "go"])).await;
    page.is_greeted_by("once").await;

    page.driver().switch_to_window(first).await.unwrap();
    page.is_ready().await;
    page.calls(json!(["track", "go"])).await;
    // What comes after it has been decided, and the greeting has not.
    page.calls(json!(["trigger", "once"])).await;
    page.is_ready().await;
    assert!(!page.shows_greeting("once").await);
    is_counted(&stage, &page, "once", "sent 1, opened 0, replied 0").await;
}

#[tokio::test]
async fn a_page_can_ask_for_a_greeting_and_force_it() {
    let never = json!({ "any": [] });
    let stage = Stage::with_triggers(&[trigger("asked", &never, &json!({}))]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.is_ready().await;
    page.calls(json!(["trigger", "no-such-trigger"])).await;
    page.calls(json!(["trigger", "asked"])).await;
    page.is_greeted_by("asked").await;
    page.click("button", "Dismiss").await;
    page.misses("group", "Message from").await;

    page.calls(json!(["trigger", "asked"])).await;
    page.is_ready().await;
    assert!(!page.shows_greeting("asked").await, "it may be seen once");
    page.calls(json!(["trigger", "asked", { "force": true }]))
        .await;
    page.is_greeted_by("asked").await;
}

#[tokio::test]
async fn who_is_held_back_sees_nothing_and_is_counted() {
    let held = json!({ "experiment": { "seed": "s", "holdout": 90, "variants": [] } });
    let stage = Stage::with_triggers(&[trigger("held", &always(), &held)]).await;
    let page = stage.browser().await;
    // Nine of ten browsers are held back: this one is made to be.
    page.before_each_page(
        "crypto.getRandomValues = (array) => array.fill(1);
         window.heard = [];
         addEventListener('saluda:trigger', ({ detail }) => heard.push(detail));",
    )
    .await;
    page.go(&stage.shop("/")).await;
    page.wait("the page to hear of it", async || {
        let heard = page.heard().await;
        (heard == json!([{ "trigger": "held", "variant": null, "held": true }])).then_some(())
    })
    .await;
    assert!(!page.shows_greeting("held").await);
    // Nobody needs the chat for it.
    let loaded = page
        .run(
            "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('/ui.')).length",
            vec![],
        )
        .await;
    assert_eq!(loaded, 0);
}

#[tokio::test]
async fn before_consent_greetings_come_and_nothing_is_stored() {
    let stage = Stage::with_triggers(&[
        trigger("first", &always(), &json!({ "priority": 1 })),
        trigger("second", &json!({ "event": "go" }), &json!({})),
    ])
    .await;
    let page = stage.browser().await;
    page.requires_consent().await;
    let ours = async || {
        page.run(
            "return Object.keys(localStorage).filter((key) => key.startsWith('saluda')).length
               + sessionStorage.length + document.cookie.length",
            vec![],
        )
        .await
    };
    page.go(&stage.shop("/about.html")).await;
    page.is_greeted_by("first").await;
    page.click("button", "Dismiss").await;
    page.misses("group", "Message from").await;
    assert_eq!(ours().await, 0);

    // With consent, what this page knows goes on, and so does the next.
    page.calls(json!(["consent", "granted"])).await;
    page.wait("something to be stored", async || {
        (ours().await != 0).then_some(())
    })
    .await;
    page.calls(json!(["track", "go"])).await;
    page.is_greeted_by("second").await;
    page.go(&stage.shop("/about.html")).await;
    page.is_ready().await;
    // This page may not look yet: to it, all is new.
    page.is_greeted_by("first").await;
    page.calls(json!(["consent", "denied"])).await;
    assert_eq!(ours().await, 0);
}

#[tokio::test]
async fn a_page_in_conversation_goes_on_by_what_is_published_meanwhile() {
    let stage = Stage::with_triggers(&[]).await;
    let rule = json!({ "all": [
        { "fact": "visitor.attr.plan", "op": "eq", "value": "free" },
        { "event": "compared" },
    ] });
    let more = json!({ "with_open_conversation": true });
    stage.save(&[trigger("late", &rule, &more)]);
    let (page, desk) = (stage.browser().await, stage.browser().await);
    desk.sign_in(&stage, "lucia@alba.example").await;
    page.go(&stage.shop("/plans.html")).await;
    page.run("Saluda('set', { plan: 'free' })", vec![]).await;
    page.open_chat().await;
    page.say("Do you ship to Porto?").await;
    page.sees("Delivered").await;
    page.click("button", "Close").await;

    let publish = "const done = arguments[0];
        fetch('/api/sites/demo/triggers/late/publish', { method: 'POST' }).then(({ status }) => done(status));";
    assert_eq!(desk.run_async(publish, vec![]).await, json!(200));
    // Nothing of the page is lost, and what is watched now was not before.
    page.wait("the greeting", async || {
        page.run("Saluda('track', 'compared')", vec![]).await;
        page.shows_greeting("late").await.then_some(())
    })
    .await;
}
