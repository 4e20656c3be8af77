//! What is stored and sent, in each state of consent: pages in a real browser
//! against the table of `docs/privacy.md`.

use std::collections::BTreeMap;

use serde_json::json;

use crate::browser::Browser;
use crate::greetings::{always, trigger};
use crate::stage::Stage;

const DOCUMENT: &str = include_str!("../../docs/privacy.md");

/// Where each name is kept in a state, and a cookie for how long.
fn table(state: &str) -> BTreeMap<String, String> {
    let cells = |line: &str| {
        let cells = line.trim_matches('|').split('|');
        let cells = cells.map(|cell| cell.trim().trim_matches('`').to_owned());
        cells.collect::<Vec<_>>()
    };
    let rows = DOCUMENT
        .lines()
        .skip_while(|line| !line.starts_with("| name | holds |"));
    let mut rows = rows.take_while(|line| line.starts_with('|')).map(cells);
    let head = rows.next().unwrap();
    let column = head.iter().position(|name| name == state).unwrap();
    rows.skip(1)
        .filter(|row| row[column] != "–")
        .map(|row| (row[0].clone(), row[column].clone()))
        .collect()
}

impl Browser {
    /// Lets the pages that follow begin with this state of consent.
    async fn consents(&self, state: &str) {
        self.before_each_page(&format!(
            "new MutationObserver(() => {{
               const script = document.querySelector('script[data-site]');
               if (script) script.dataset.consent = {state:?};
             }}).observe(document, {{ childList: true, subtree: true }});"
        ))
        .await;
    }

    /// What is stored of ours, by its name: where, and a cookie for how long.
    async fn stored(&self) -> BTreeMap<String, String> {
        let script = "const done = arguments[0];
            cookieStore.getAll().then((cookies) => done([
              ...cookies.map(({ name, expires }) => [name,
                'cookie, ' + (expires ? Math.round((expires - Date.now()) / 864e5) + ' days' : 'session')]),
              ...['localStorage', 'sessionStorage'].flatMap((where) =>
                Object.keys(window[where]).map((name) => [name, where])),
            ]));";
        let found = self.run_async(script, vec![]).await;
        let found: Vec<(String, String)> = serde_json::from_value(found).unwrap();
        // The cart is the shop's own.
        let ours = found
            .into_iter()
            .filter(|(name, _)| name.starts_with("saluda"));
        ours.collect()
    }
}

/// Everything found is in the table, and what a visitor who is greeted, writes and
/// is counted leaves behind is there.
async fn holds(page: &Browser, state: &str, expected: &[&str]) {
    let table = table(state);
    page.wait(&format!("{expected:?} with `{state}`"), async || {
        let stored = page.stored().await;
        for (name, place) in &stored {
            let documented = table
                .get(name)
                .unwrap_or_else(|| panic!("`{name}` is stored with `{state}` and not documented"));
            assert!(
                documented.starts_with(place),
                "`{name}` with `{state}`: {place}"
            );
        }
        let there = |name: &&str| stored.contains_key(*name);
        expected.iter().all(there).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_is_stored_is_what_the_table_says() {
    let stage = Stage::with_triggers(&[trigger("now", &always(), &json!({}))]).await;
    let expected = &["saluda", "saluda.visit", "saluda.person"][..];
    let liked = &["saluda.emoji", "saluda.muted"][..];
    for state in ["persistent", "session"] {
        let page = stage.browser().await;
        page.consents(state).await;
        page.go(&stage.shop("/about.html")).await;
        page.is_greeted_by("now").await;
        page.open_chat().await;
        page.say("Only for you to know").await;
        page.sees("Sent").await;
        holds(&page, state, expected).await;
        page.click("button", "Emoji").await;
        page.click("button", "👍").await;
        page.click("button", "More").await;
        page.click("menuitemcheckbox", "Sound").await;
        holds(&page, state, liked).await;
        page.reload().await;
        page.open_chat().await;
        page.sees("Only for you to know").await;
        holds(&page, state, expected).await;
        // Taken back, it is gone, and so is the conversation.
        page.calls(json!(["consent", "none"])).await;
        assert_eq!(page.stored().await, BTreeMap::new());
        page.open_chat().await;
        assert!(!page.text().await.contains("Only for you"));
        page.go(&stage.shop("/404.html")).await;
        page.is_ready().await;
    }
}

#[tokio::test]
async fn with_none_nothing_is_stored_or_counted_until_the_visitor_writes() {
    let stage = Stage::with_triggers(&[trigger("now", &always(), &json!({}))]).await;
    let page = stage.browser().await;
    page.before_each_page(
        "window.sockets = 0; window.beacons = 0;
         window.WebSocket = class extends WebSocket { constructor(...words) { super(...words); sockets += 1; } };
         navigator.sendBeacon = () => { beacons += 1; return true; };",
    )
    .await;
    page.consents("none").await;
    page.go(&stage.shop("/about.html")).await;
    page.is_greeted_by("now").await;
    page.click("button", "Dismiss").await;
    page.misses("group", "Message from").await;
    page.run(
        "scrollTo(0, 9999); Saluda('track', 'looked'); Saluda('set', { plan: 'pro' })",
        vec![],
    )
    .await;
    page.open_chat().await;
    page.write("Message", "I have not sent this yet").await;
    page.run(
        "document.dispatchEvent(new Event('visibilitychange'))",
        vec![],
    )
    .await;
    assert_eq!(page.stored().await, BTreeMap::new());
    assert!(page.asked().await.is_empty());
    assert_eq!(
        page.run("return [sockets, beacons]", vec![]).await,
        json!([0, 0])
    );
    page.click("button", "Send").await;
    page.sees("Sent").await;
    holds(&page, "session", &["saluda", "saluda.visit"]).await;
    page.go(&stage.shop("/plans.html")).await;
    page.open_chat().await;
    page.sees("I have not sent this yet").await;
    assert!(
        !page
            .asked()
            .await
            .iter()
            .any(|path| path.ends_with("/events"))
    );
    assert_eq!(stage.results("now"), "sent 0, opened 0, replied 0");
}

#[tokio::test]
async fn who_asks_not_to_be_followed_is_not_and_can_write() {
    // Not on the page before: it would be greeted there, if it stays long enough.
    let here = json!({ "fact": "page.path", "op": "eq", "value": "/about.html" });
    let stage = Stage::with_triggers(&[trigger("now", &here, &json!({}))]).await;
    let page = stage.browser().await;
    page.before_each_page(
        "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });
         window.said = [];
         const { send } = WebSocket.prototype;
         WebSocket.prototype.send = function (text) { said.push(JSON.parse(text)); return send.call(this, text); };",
    )
    .await;
    page.go(&stage.shop("/plans.html")).await;
    page.is_ready().await;
    page.run("location.href = '/about.html'", vec![]).await;
    page.is_greeted_by("now").await;
    page.open_chat().await;
    page.say("Only for you to know").await;
    page.sees("Sent").await;
    page.run("history.pushState(null, '', '/about.html?step=2')", vec![])
        .await;
    page.is_ready().await;
    let said = page.run("return said", vec![]).await;
    let place = &said[0]["hello"]["place"];
    assert_eq!(
        (&place["referrer"], &place["visits"]),
        (&json!(""), &json!(0)),
        "{place}"
    );
    let said = said.as_array().unwrap();
    assert!(
        !said.iter().any(|frame| frame.get("moved").is_some()),
        "{said:?}"
    );
    let stored = page.stored().await;
    for counted in ["saluda.person", "saluda.reports"] {
        assert!(!stored.contains_key(counted), "{counted}");
    }
}
