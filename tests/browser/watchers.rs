//! What the widget notices in a page: one trigger for each thing, and what
//! happens.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::greetings::trigger;
use crate::manners::COUNT;
use crate::stage::Stage;

/// A page that is far longer than the window, with a few things on it.
const LONG: &str = "
  const add = (html) => document.body.insertAdjacentHTML('beforeend', html);
  add('<div style=\"height:3000px\"></div><p id=\"deep\" class=\"seen me\">Deep</p><div style=\"height:3000px\"></div>');
  add('<button id=\"pick\" type=\"button\"><span>Pick</span></button><input id=\"field\" aria-label=\"Field\">');
  scrollTo(0, 0);";

fn fact(fact: &str, op: &str, value: impl Into<Value>) -> Value {
    json!({ "fact": fact, "op": op, "value": value.into() })
}

/// A stage with one trigger for each rule, that shows anew on every page.
async fn stage(rules: &[(&str, Value)]) -> Stage {
    let triggers = rules.iter().map(|(id, rule)| {
        let terms = json!({ "frequency": "always", "after_dismiss": "none" });
        trigger(id, rule, &terms)
    });
    Stage::with_triggers(&triggers.collect::<Vec<_>>()).await
}

impl Browser {
    async fn opens(&self, stage: &Stage, path: &str) {
        self.go(&stage.shop(path)).await;
        self.is_ready().await;
    }

    /// Closes the greeting of a trigger, after waiting for it.
    async fn closes(&self, trigger: &str) {
        self.is_greeted_by(trigger).await;
        self.click("button", "Dismiss").await;
        // Another one may take its place at once.
        self.wait(&format!("{trigger} to go"), async || {
            (!self.shows_greeting(trigger).await).then_some(())
        })
        .await;
    }

    async fn does(&self, script: &str) {
        self.run(script, vec![]).await;
    }
}

#[tokio::test]
async fn how_far_the_visitor_has_been_down_the_page() {
    let stage = stage(&[
        ("half", fact("page.scroll", "gte", 45)),
        ("end", fact("page.scroll", "gte", 100)),
    ])
    .await;
    let page = stage.browser().await;
    page.opens(&stage, "/about.html").await;
    page.does(LONG).await;
    assert!(!page.shows_greeting("half").await);
    page.does("scrollTo(0, 3400)").await;
    page.closes("half").await;
    page.does("scrollTo(0, document.body.scrollHeight)").await;
    page.closes("end").await;
    // A page that fits into the window was seen to its end.
    page.opens(&stage, "/404.html").await;
    page.does("document.body.textContent = 'Short'; dispatchEvent(new Event('scroll'))")
        .await;
    page.is_greeted_by("end").await;
}

#[tokio::test]
async fn the_pointer_leaves_the_page_at_its_top() {
    let stage = stage(&[("leaving", fact("pointer.left", "eq", true))]).await;
    let page = stage.browser().await;
    page.before_each_page(COUNT).await;
    page.opens(&stage, "/").await;
    let leave = |y: i32| {
        format!(
            "document.documentElement.dispatchEvent(new MouseEvent('mouseleave', {{ clientY: {y} }}))"
        )
    };
    page.does(&leave(400)).await;
    // Gone and back at once is no leaving.
    page.does(&leave(-1)).await;
    page.does("document.documentElement.dispatchEvent(new MouseEvent('mouseenter'))")
        .await;
    page.is_quiet(0).await;
    assert!(!page.shows_greeting("leaving").await);
    page.does(&leave(-1)).await;
    page.closes("leaving").await;
}

#[tokio::test]
async fn a_thumb_that_flicks_back_up_leaves_too() {
    let stage = stage(&[("leaving", fact("pointer.left", "eq", true))]).await;
    let page = stage.browser().await;
    page.before_each_page(COUNT).await;
    page.before_each_page(
        "const real = window.matchMedia.bind(window);
         window.matchMedia = (query) => query.includes('coarse') ? { matches: true } : real(query);",
    )
    .await;
    page.opens(&stage, "/about.html").await;
    page.does(LONG).await;
    for top in [4000, 3900] {
        let scroll = format!(
            "addEventListener('scroll', arguments[0], {{ once: true }}); scrollTo(0, {top})"
        );
        page.run_async(&scroll, vec![]).await;
        page.is_quiet(0).await;
    }
    assert!(!page.shows_greeting("leaving").await, "that was slow");
    page.does("scrollTo(0, 1000)").await;
    page.is_greeted_by("leaving").await;
}

#[tokio::test]
async fn elements_that_come_onto_the_screen_and_are_clicked() {
    let stage = stage(&[
        ("seen", fact("element.seen", "eq", ".seen.me")),
        (
            "late",
            fact("element.seen", "in", json!(["#late", ":nonsense"])),
        ),
        ("clicked", fact("element.clicked", "eq", "#pick")),
    ])
    .await;
    let page = stage.browser().await;
    page.opens(&stage, "/about.html").await;
    page.does(LONG).await;
    assert!(!page.shows_greeting("seen").await);
    page.does("document.querySelector('#deep').scrollIntoView()")
        .await;
    page.closes("seen").await;
    page.does("document.querySelector('#pick span').click()")
        .await;
    page.closes("clicked").await;
    page.does("scrollTo(0, 0)").await;
    page.does("document.body.insertAdjacentHTML('afterbegin', '<p id=\"late\">Late</p>')")
        .await;
    page.closes("late").await;
}

#[tokio::test]
async fn nothing_comes_while_a_field_has_the_focus() {
    let stage = stage(&[
        ("touched", fact("form.focused", "eq", true)),
        ("event", json!({ "event": "go" })),
    ])
    .await;
    let page = stage.browser().await;
    page.opens(&stage, "/about.html").await;
    page.does(LONG).await;
    page.does("document.querySelector('#field').focus()").await;
    page.calls(json!(["track", "go"])).await;
    page.is_ready().await;
    assert!(!page.shows_greeting("event").await);
    assert!(!page.shows_greeting("touched").await);
    page.does("document.querySelector('#field').blur()").await;
    page.closes("event").await;
    page.closes("touched").await;
}

#[tokio::test]
async fn a_single_page_app_goes_from_page_to_page() {
    let stage = stage(&[
        ("cart", fact("page.path", "eq", "/app/cart")),
        (
            "third",
            json!({ "all": [fact("visit.pages", "gte", 3), fact("page.path", "eq", "/app/")] }),
        ),
        ("title", fact("page.title", "eq", "Sold out")),
        ("hash", fact("page.hash", "eq", "/offers")),
    ])
    .await;
    let page = stage.browser().await;
    page.opens(&stage, "/app/").await;
    page.click("link", "Cart").await;
    page.is_greeted_by("cart").await;
    // It ends with its page, and comes again with it.
    page.does("history.back()").await;
    page.is_greeted_by("third").await;
    assert!(!page.shows_greeting("cart").await);
    page.does("history.pushState(null, '', '/app/cart')").await;
    page.closes("cart").await;
    // The same address is the same page, and so is a mere anchor of it.
    page.does("history.replaceState({}, '', '/app/cart'); location.hash = 'top'")
        .await;
    page.is_ready().await;
    assert!(!page.shows_greeting("cart").await);
    page.calls(json!(["page"])).await;
    page.closes("cart").await;
    page.does("document.title = 'Sold out'").await;
    page.closes("title").await;
    page.does("location.hash = '/offers'").await;
    page.closes("cart").await;
    page.is_greeted_by("hash").await;
}

#[tokio::test]
async fn a_browser_without_the_navigation_api_notices_too() {
    let stage = stage(&[("cart", fact("page.path", "eq", "/app/cart"))]).await;
    let page = stage.browser().await;
    page.before_each_page("Object.defineProperty(window, 'navigation', { value: undefined })")
        .await;
    page.opens(&stage, "/app/").await;
    page.click("link", "Cart").await;
    page.closes("cart").await;
    page.does("history.back()").await;
    page.wait("the page before", async || {
        let path = page.run("return location.pathname", vec![]).await;
        (path == "/app/").then_some(())
    })
    .await;
    page.does("history.forward()").await;
    page.is_greeted_by("cart").await;
}

#[tokio::test]
async fn idle_time_begins_anew_with_each_sign_of_the_visitor() {
    let stage = stage(&[("idle", fact("idle.time", "gte", "2s"))]).await;
    let page = stage.browser().await;
    page.opens(&stage, "/").await;
    let moved = page
        .run_async(
            "const done = arguments[0];
             let left = 8;
             const move = () => {
               dispatchEvent(new PointerEvent('pointermove'));
               if (left--) setTimeout(move, 400);
               else done(document.querySelector('saluda-widget').shadowRoot.querySelector('.greeting') === null);
             };
             move();",
            vec![],
        )
        .await;
    assert_eq!(moved, true, "three seconds of signs");
    page.is_greeted_by("idle").await;
}

#[tokio::test]
async fn time_counts_only_while_the_page_is_visible() {
    let stage = stage(&[("two", fact("page.time", "gte", "2s"))]).await;
    let page = stage.browser().await;
    page.before_each_page(COUNT).await;
    page.listens().await;
    page.before_each_page(
        "window.away = true;
         Object.defineProperty(document, 'hidden', { get: () => away });",
    )
    .await;
    page.go(&stage.shop("/about.html")).await;
    // Nothing waits: for however long it is hidden, its time does not come.
    page.is_quiet(0).await;
    let shown = "away = false; window.shown = performance.now();
        document.dispatchEvent(new Event('visibilitychange'))";
    page.does(shown).await;
    page.is_greeted_by("two").await;
    let ms = page.run("return heard.since - shown", vec![]).await;
    assert!(ms.as_f64().unwrap() >= 1_990.0, "after {ms} ms");
}

#[tokio::test]
async fn where_and_with_what_the_visitor_is() {
    let stage = stage(&[(
        "all",
        json!({ "all": [
            fact("visitor.language", "eq", "en"),
            fact("visitor.timezone", "exists", true),
            fact("visitor.device", "eq", "desktop"),
            fact("visitor.new", "eq", true),
            fact("visitor.local_time", "gte", "00:00"),
            fact("visitor.weekday", "in", json!(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])),
            fact("page.host", "starts_with", "localhost:"),
            fact("page.query.ref", "eq", "Ñandú"),
            fact("visit.utm.source", "eq", "letter"),
            fact("visit.landing", "contains", "utm_source"),
            fact("page.url", "matches", "\\?ref=.*utm"),
            fact("chat.conversation", "eq", false),
            fact("desk.online", "eq", false),
            fact("desk.open", "exists", true),
            { "not": fact("visit.referrer", "exists", true) }
        ] }),
    )])
    .await;
    let page = stage.browser().await;
    page.go(&stage.shop("/?ref=%C3%B1and%C3%BA&utm_source=letter"))
        .await;
    page.is_greeted_by("all").await;
}

#[tokio::test]
async fn what_happened_in_the_chat() {
    let talked = json!({ "all": [fact("chat.messages", "gte", 1), fact("chat.last", "lt", "1m")] });
    let terms = json!({ "frequency": "visit", "with_open_conversation": true });
    let later = json!({ "all": [talked, fact("page.path", "eq", "/about.html")] });
    let triggers = [("talked", &talked), ("later", &later)];
    let triggers = triggers.map(|(id, rule)| trigger(id, rule, &terms));
    let stage = Stage::with_triggers(&triggers).await;
    let page = stage.browser().await;
    page.opens(&stage, "/").await;
    page.open_chat().await;
    page.say("Hello").await;
    page.sees("Sent").await;
    page.click("button", "Close").await;
    page.closes("talked").await;

    // Another page knows of it once the server has told.
    page.opens(&stage, "/about.html").await;
    page.closes("later").await;
}
