//! The explain panel: on the owner's own page, for whoever has a link to it.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::browser::Browser;
use crate::greetings::{always, trigger};
use crate::stage::Stage;

impl Browser {
    /// What the widget keeps for good, and what it loaded with `explain` in it.
    async fn traces(&self) -> (Value, Value) {
        let script = "return [
            Object.entries(localStorage).sort().concat([document.cookie]),
            performance.getEntriesByType('resource').map(({ name }) => name)
              .filter((name) => name.includes('explain')),
          ]";
        let mut traces = self.run(script, vec![]).await;
        (traces[0].take(), traces[1].take())
    }

    /// Waits until the panel is gone and the page is one of visitors.
    async fn is_ordinary(&self) {
        self.wait("an ordinary page", async || {
            let script = "return document.readyState == 'complete'
                && !Object.keys(sessionStorage).some((key) => key.startsWith('saluda'))
                && !document.querySelector('saluda-explain')";
            self.run(script, vec![]).await.as_bool()?.then_some(())
        })
        .await;
        self.is_ready().await;
        assert_eq!(self.traces().await.1, json!([]));
    }
}

#[tokio::test]
async fn drafts_and_live_triggers_are_explained_and_nothing_is_counted_or_kept() {
    let spanish = json!({ "fact": "visitor.language", "op": "in", "value": ["es"] });
    let soon = json!({ "fact": "page.time", "op": "gte", "value": "4s" });
    let stage = Stage::with_triggers(&[trigger("live", &spanish, &json!({}))]).await;
    stage.save(&[trigger("draft", &soon, &json!({ "frequency": "visit" }))]);
    let page = stage.browser().await;
    page.go(&stage.shop("/")).await;
    page.is_ready().await;
    assert_eq!(page.traces().await.1, json!([]), "an ordinary page");

    page.go(&stage.explained("/plans.html")).await;
    page.sees("Waits for time on this page to be at least 4 s: ")
        .await;
    page.sees("Waits for the language to be one of “es”").await;
    page.sees("Draft").await;
    let (kept, _) = page.traces().await;
    assert!(kept.to_string().contains("saluda.visit"), "{kept}");
    let address = page.run("return location.href", vec![]).await;
    assert_eq!(address, stage.shop("/plans.html"));

    // The countdown ends with the greeting.
    page.click("button", "draft").await;
    page.sees("Not published: a draft, only you see it.").await;
    page.is_greeted_by("draft").await;
    page.sees("On the screen now").await;
    page.click("button", "Dismiss").await;
    page.sees("It was already shown in this visit").await;

    // What is pretended holds at once, and for the next page too.
    page.click("button", "Pretend").await;
    page.write("Language", "es-MX\n").await;
    page.is_greeted_by("live").await;
    page.sees("another language").await;
    page.go(&stage.shop("/about.html")).await;
    page.sees("It was already shown to this visitor").await;
    page.click("button", "Pretend").await;
    page.click("button", "Forget what was shown").await;
    page.is_greeted_by("live").await;
    page.click("button", "Dismiss").await;
    page.click("button", "Reset all").await;
    page.sees("nothing: all is as it is").await;
    page.click("button", "Forget what was shown").await;
    page.sees("Waits for the language to be one of “es”").await;

    assert_eq!(page.traces().await.0, kept, "as it was");
    page.click("button", "End").await;
    page.is_ordinary().await;
    for id in ["live", "draft"] {
        assert_eq!(stage.results(id), "sent 0, opened 0, replied 0");
    }
}

#[tokio::test]
async fn time_visit_device_hours_and_consent_are_pretended() {
    let fact =
        |fact: &str, op: &str, value: Value| json!({ "fact": fact, "op": op, "value": value });
    let all = json!({ "all": [
        fact("visitor.weekday", "eq", json!("sun")),
        fact("visitor.local_time", "gte", json!("22:00")),
        fact("visitor.timezone", "eq", json!("Asia/Tokyo")),
        fact("visitor.visits", "gte", json!(7)),
        fact("visitor.device", "eq", json!("phone")),
        fact("desk.open", "eq", json!(false)),
        fact("desk.online", "eq", json!(true)),
    ] });
    let stage = Stage::with_triggers(&[trigger("picky", &all, &json!({}))]).await;
    let page = stage.browser().await;
    page.go(&stage.explained("/")).await;
    page.sees("Waits for the weekday").await;
    page.click("button", "Pretend").await;
    let choose = async |role: &str, label: &str, value: &str| {
        let script = "arguments[0].value = arguments[1];
            arguments[0].dispatchEvent(new Event('change'));";
        let field = page.find(role, label).await.to_json().unwrap();
        page.run(script, vec![field, json!(value)]).await;
    };
    choose("combobox", "Time zone", "Asia/Tokyo").await;
    choose("datetime-local", "Date and time", "2027-01-03T22:30").await;
    page.sees("Sun, 3 Jan 2027, 22:30:").await;
    page.sees("Asia/Tokyo").await;
    choose("number", "Visit number", "7").await;
    choose("combobox", "Device", "phone").await;
    choose("combobox", "Consent", "denied").await;
    choose("combobox", "Opening hours", "closed").await;
    page.sees("Waits until an agent is at the desk").await;
    assert!(!page.shows_greeting("picky").await);
    choose("combobox", "Agent at the desk", "yes").await;
    page.is_greeted_by("picky").await;
    // Hours of each day instead, and a time within them.
    choose("combobox", "Opening hours", "own").await;
    choose("textbox", "Hours of each day", "00:00-24:00").await;
    page.click("button", "Forget what was shown").await;
    page.sees("Waits until it is outside of the opening hours")
        .await;

    // Escape puts it aside.
    let field = page.find("textbox", "Language").await;
    field.send_keys(Key::Escape).await.unwrap();
    assert!(page.look("button", "Pretend").await.is_none());
    page.click("button", "Why it shows").await;
    page.find("button", "Pretend").await;
}

#[tokio::test]
async fn a_link_that_is_no_good_leaves_an_ordinary_page() {
    let stage = Stage::with_triggers(&[trigger("live", &always(), &json!({}))]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/#saluda-explain=e30.e30")).await;
    page.is_greeted_by("live").await;
    let log = page.log().await;
    assert!(log.contains("is not of this site"), "{log}");
    page.wait("the token to go", async || {
        let left = page.run("return sessionStorage['saluda-explain']", vec![]);
        left.await.is_null().then_some(())
    })
    .await;
    assert_eq!(
        page.traces().await.1.as_array().map(Vec::len),
        Some(1),
        "the refusal"
    );
    page.reload().await;
    page.is_ready().await;
    assert_eq!(page.traces().await.1, json!([]));
}

#[tokio::test]
async fn the_panel_works_under_a_strict_content_policy() {
    let stage = Stage::with_triggers(&[trigger("live", &always(), &json!({}))]).await;
    let page = stage.browser().await;
    page.go(&stage.explained("/strict.html")).await;
    page.is_greeted_by("live").await;
    page.sees("On the screen now").await;
    let log = page.log().await;
    assert!(!log.contains("Content Security Policy"), "{log}");
}
