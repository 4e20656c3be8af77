//! What the rules cost a page, and what no page can do to them.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::greetings::{always, trigger};
use crate::stage::Stage;

/// See the file.
pub(crate) const COUNT: &str = include_str!("count.js");

impl Browser {
    /// Waits until the rules are at work and nothing is under way but what they
    /// wait for, and returns the timers that are left.
    pub(crate) async fn is_quiet(&self, timers: usize) -> Value {
        self.is_ready().await;
        self.wait(&format!("{timers} timers"), async || {
            let going = self.run("return going.timers()", vec![]).await;
            (going.as_array()?.len() == timers).then_some(going)
        })
        .await
    }

    async fn count(&self, what: &str) -> u64 {
        let count = self.run(&format!("return going.{what}()"), vec![]).await;
        count.as_u64().unwrap()
    }
}

/// A trigger for each thing that is watched, none of which shows.
fn watching() -> Vec<Value> {
    let never = json!({ "any": [] });
    let rules = [
        json!({ "fact": "page.scroll", "op": "gte", "value": 50 }),
        json!({ "fact": "pointer.left", "op": "eq", "value": true }),
        json!({ "fact": "page.title", "op": "eq", "value": "x" }),
        json!({ "fact": "element.seen", "op": "eq", "value": "#none" }),
        json!({ "fact": "element.clicked", "op": "eq", "value": "#none" }),
        json!({ "event": "something" }),
        json!({ "fact": "form.focused", "op": "eq", "value": true }),
    ];
    let rules = rules.into_iter().enumerate();
    rules
        .map(|(index, rule)| {
            let rule = json!({ "all": [rule, never] });
            trigger(&format!("watch-{index}"), &rule, &json!({}))
        })
        .collect()
}

#[tokio::test]
async fn an_idle_page_has_no_timer_and_asks_for_nothing() {
    let stage = Stage::with_triggers(&watching()).await;
    let page = stage.browser().await;
    page.before_each_page(COUNT).await;
    page.go(&stage.shop("/about.html")).await;
    // Nothing is left that could run, so nothing will, for however long the
    // page is left alone.
    page.is_quiet(0).await;
    let before = (page.count("requests").await, page.count("stored").await);
    // What is noticed and changes nothing ends where it began.
    page.run(
        "for (let i = 0; i < 50; i++) dispatchEvent(new PointerEvent('pointermove'));
         document.body.click(); dispatchEvent(new Event('scroll'));",
        vec![],
    )
    .await;
    page.is_quiet(0).await;
    assert_eq!(
        (page.count("requests").await, page.count("stored").await),
        before
    );
}

#[tokio::test]
async fn a_page_that_waits_has_the_one_timer_that_its_rules_ask_for() {
    let wait = json!({ "fact": "page.time", "op": "gte", "value": "10m" });
    let later = json!({ "fact": "visit.time", "op": "gte", "value": "30m" });
    let stage = Stage::with_triggers(&[
        trigger("wait", &wait, &json!({})),
        trigger("later", &later, &json!({})),
    ])
    .await;
    let page = stage.browser().await;
    page.before_each_page(COUNT).await;
    page.go(&stage.shop("/about.html")).await;
    let timers = page.is_quiet(1).await;
    // Until shortly before it: the greeting is made ready first.
    let ms = timers[0]["ms"].as_f64().unwrap();
    assert!((590_000.0..=596_000.0).contains(&ms), "{timers}");
}

#[tokio::test]
async fn destroy_leaves_nothing_going() {
    let mut triggers = watching();
    triggers.push(trigger("now", &always(), &json!({})));
    let idle = json!({ "fact": "idle.time", "op": "gte", "value": "1h" });
    triggers.push(trigger("idle", &idle, &json!({})));
    let stage = Stage::with_triggers(&triggers).await;
    let page = stage.browser().await;
    page.before_each_page(COUNT).await;
    // A page of the shop has listeners of its own, and no others come.
    page.before_each_page(
        "addEventListener('DOMContentLoaded', () => setTimeout(() => { window.own = going.listeners() }));
         window.fetch = ((fetch) => (...words) => new Promise((go) => { window.release = () => go(fetch(...words)) }))(window.fetch);",
    )
    .await;
    page.go(&stage.shop("/404.html")).await;
    page.wait("the page's own listeners", async || {
        page.run(
            "return window.own !== undefined && !!window.release",
            vec![],
        )
        .await
        .as_bool()
        .filter(|both| *both)
    })
    .await;
    let own = page.run("return own", vec![]).await;
    page.run(
        "const go = release; window.fetch = going.fetch; go()",
        vec![],
    )
    .await;
    page.is_greeted_by("now").await;
    page.run("Saluda('open')", vec![]).await;
    page.find("textbox", "Message").await;
    assert!(page.count("listeners").await > own.as_u64().unwrap() + 10);
    page.run("Saluda('destroy')", vec![]).await;
    page.wait("nothing to be going", async || {
        let script = "return [going.timers().length, going.observers(), going.listeners()]";
        (page.run(script, vec![]).await == json!([0, 0, own])).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_page_with_two_snippets_has_one_chat() {
    let stage = Stage::with_triggers(&[trigger("now", &always(), &json!({}))]).await;
    let page = stage.browser().await;
    page.before_each_page(
        "addEventListener('DOMContentLoaded', () => {
           const one = document.querySelector('script[data-site]');
           for (let i = 0; i < 2; i++) {
             const script = document.createElement('script');
             Object.assign(script.dataset, one.dataset);
             script.src = one.src;
             document.head.append(script);
           }
         });
         window.greeted = 0; addEventListener('saluda:greeting', () => { greeted += 1 });",
    )
    .await;
    page.go(&stage.shop("/404.html")).await;
    page.is_greeted_by("now").await;
    page.open_chat().await;
    page.say("Only once").await;
    page.sees("Sent").await;
    let count = "return [greeted, document.querySelectorAll('saluda-widget').length]";
    assert_eq!(page.run(count, vec![]).await, json!([1, 1]));
}

#[tokio::test]
async fn a_page_that_never_stops_calling_is_slowed_by_itself_alone() {
    let rule = json!({ "event": "go", "op": "gte", "value": 3 });
    let stage = Stage::with_triggers(&[trigger("go", &rule, &json!({}))]).await;
    let page = stage.browser().await;
    page.before_each_page(COUNT).await;
    page.go(&stage.shop("/")).await;
    page.is_ready().await;
    let script = "const begun = performance.now();
        for (let i = 0; i < 1e6; i++) Saluda('track', i % 2 ? 'go' : 'other' + i, { i });
        for (let i = 0; i < 1e5; i++) Saluda('set', { ['name' + i]: i });
        return performance.now() - begun;";
    let ms = page.run(script, vec![]).await.as_f64().unwrap();
    // A call that is not heard costs less than two thousandths of a millisecond
    // here; the bound is for any machine.
    assert!(ms < 10_000.0, "{ms} ms for 1.1 million calls");
    page.is_greeted_by("go").await;
    let stored = page.count("stored").await;
    assert!(stored < 50, "{stored} writes");
}

#[tokio::test]
async fn nothing_that_a_page_says_can_break_the_rules() {
    let rule = json!({ "event": "done" });
    let stage = Stage::with_triggers(&[trigger("done", &rule, &json!({}))]).await;
    let page = stage.browser().await;
    page.before_each_page("window.thrown = []; addEventListener('error', ({ message }) => thrown.push(message)); addEventListener('unhandledrejection', ({ reason }) => thrown.push(String(reason)));")
        .await;
    page.go(&stage.shop("/")).await;
    page.is_ready().await;
    page.run(
        "const bad = { get a() { throw new Error('no') }, b: NaN, c: Infinity, d: () => 1, e: Symbol('x'), f: 1n };
         const keys = new Proxy({}, { ownKeys() { throw new Error('no keys') } });
         const deep = {}; deep.deep = deep;
         for (const value of [bad, deep, null, undefined, 7, 'text', [1], new Map(), Object.create(null), '\\ud800', 'x'.repeat(1e6)]) {
           Saluda('track', value, value);
           Saluda('track', 'done-not', value);
           Saluda('set', value);
           Saluda('trigger', value, value);
           Saluda('page', value);
         }
         Saluda('set', keys);
         Saluda('track', 'done-not', keys);
         Saluda('set', { ['__proto__']: 1, constructor: 2, ['\\ud800']: '\\ud800', tags: ['a', 1, null, '\\udfff'] });
         for (const verb of ['track', 'set', 'trigger', 'page']) Saluda(verb);",
        vec![],
    )
    .await;
    assert_eq!(page.run("return ({}).x === undefined", vec![]).await, true);
    // A second must pass before the page is heard again.
    let second = page
        .run("return Math.floor(Date.now() / 1000)", vec![])
        .await;
    page.wait("the next second", async || {
        let now = page
            .run("return Math.floor(Date.now() / 1000)", vec![])
            .await;
        (now != second).then_some(())
    })
    .await;
    page.calls(json!(["track", "done", { "fine": true }])).await;
    page.is_greeted_by("done").await;
    assert_eq!(page.run("return thrown", vec![]).await, json!([]));
}

#[tokio::test]
async fn a_page_with_its_own_ideas_is_greeted_all_the_same() {
    let stage = Stage::with_triggers(&[trigger("now", &always(), &json!({}))]).await;
    for (what, script) in [
        (
            "an absurd address",
            "history.replaceState(null, '', '/?' + 'q='.repeat(20000) + '%zz&=&&#' + 'x'.repeat(5000))",
        ),
        (
            "a storage that throws",
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })",
        ),
        (
            "a storage that is full",
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
        ),
        (
            "a memory that is damaged",
            "localStorage.setItem('saluda.visit', '[1,\"a\",{},null,[],9e99,-1]'); localStorage.setItem('saluda.reports', '{}')",
        ),
        (
            "a memory of nonsense",
            "localStorage.setItem('saluda.visit', JSON.stringify([1, '', '', 0, 0, 1, 1e300, -5, 0.5, -1, -1, -1, 1e9]))",
        ),
        (
            "no locks",
            "Object.defineProperty(navigator, 'locks', { value: undefined })",
        ),
        (
            "prototypes that were changed",
            "Array.prototype.extra = () => 1; Object.prototype.more = 7; String.prototype.x = 1;",
        ),
        (
            "elements with our names",
            "new MutationObserver((_, seen) => {
               const { head } = document;
               if (!head) return;
               seen.disconnect();
               for (const name of ['currentScript', 'Saluda', 'saluda', 'chat', 'panel', 'composer', 'launcher']) {
                 const form = Object.assign(document.createElement('form'), { id: name });
                 form.setAttribute('name', name);
                 for (const field of ['live', 'q', 'dataset']) form.append(Object.assign(document.createElement('input'), { name: field }));
                 head.append(form);
               }
             }).observe(document, { childList: true, subtree: true });",
        ),
        (
            "a fetch, promises and timers of its own",
            "const real = window.fetch; window.fetch = function (...words) { return Promise.resolve(real.apply(this, words)); };
             window.Promise = class extends Promise { then(...words) { return super.then(...words); } };
             const wait = window.setTimeout; window.setTimeout = (then, ...words) => wait(() => then(), ...words);
             window.Date = class extends Date { toString() { return 'a date'; } };
             JSON.parse = ((parse) => (text, ...words) => parse(String(text), ...words))(JSON.parse);",
        ),
        (
            "a clock that is a day behind",
            "const real = Date.now; Date.now = () => real() - 864e5",
        ),
    ] {
        let page = stage.browser().await;
        page.before_each_page(script).await;
        page.go(&stage.shop("/")).await;
        page.wait(&format!("a greeting in spite of {what}"), async || {
            page.shows_greeting("now").await.then_some(())
        })
        .await;
    }
}
