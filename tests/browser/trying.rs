//! A trigger is seen and tried before anyone else sees it.

use std::path::Path;

use saluda_rules::trace::{self, Run};
use saluda_rules::{Plan, Row, text};
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

    desk.click("button", "ES, ").await;
    desk.in_preview(async |frame| frame.sees("¿Dudas sobre los planes?").await)
        .await;
    desk.click("button", "EN, ").await;
    desk.click("button", "Chat").await;
    desk.in_preview(async |frame| {
        frame.sees("Questions about plans?").await;
        // What is given leads nowhere, and is answered as it will be.
        // Nothing in the frame takes the focus by itself.
        frame
            .click("textbox", "Where should we write to you?")
            .await;
        frame
            .write("Where should we write to you?", "ines@cafelargo.pt\n")
            .await;
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

/// Asks the tester's thread about each visit, and says where it comes to
/// something else.
const GO_THROUGH: &str = "const [visits, end] = arguments;
    const { content, dataset } = document.querySelector('meta[name=desk-tester]');
    const worker = new Worker(content, { type: 'module' });
    const wrong = [];
    worker.onerror = (error) => end([`it does not run: ${error.message}`]);
    worker.onmessage = ({ data }) => {
        const { number, went, failed } = JSON.parse(data);
        const { name, asked, expected } = visits[number];
        const done = ({ at, held, trigger, variant }) => ({ at, held, trigger, variant });
        const got = went
            ? { because: went.gate ?? went.verdict, done: went.done.map(done) }
            : failed;
        // What is carried out at that very instant was explained before.
        if (went?.done.some(({ at }) => at == asked.at)) got.because = expected.because;
        if (JSON.stringify(got) != JSON.stringify(expected)) {
            wrong.push(`${name}: ${JSON.stringify(got)} instead of ${JSON.stringify(expected)}`);
        }
        if (number + 1 == visits.length) end(wrong);
    };
    for (const [number, { asked }] of visits.entries()) {
        worker.postMessage(JSON.stringify({ ...asked, number, engine: dataset.engine }));
    }";

/// Every scenario of the rules, and what the engine itself comes to.
fn scenarios() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/rules/tests/scenarios");
    let mut visits = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let traces = trace::read(&text).unwrap();
        let ends = traces.iter().skip(1).map(|trace| trace.line - 1);
        let ends: Vec<usize> = ends.chain([lines.len()]).collect();
        for (trace, end) in traces.iter().zip(ends) {
            let rules = || trace.head.rules(&mut |_| Err(String::new())).unwrap();
            let Some(first) = rules().triggers.first().map(|first| first.terms.id.clone()) else {
                continue;
            };
            let mut row = Row::new();
            Plan::new(rules()).pack(&mut row);
            let at_ms = trace.steps.last().map_or(0, |step| step.at_ms);
            let mut run = Run::begin(&trace.head, rules(), text::fold);
            run.all(trace);
            let explained = run.explain();
            let explained = explained.iter().find(|one| one.trigger == first).unwrap();
            let done = run.done().iter().map(|one| {
                let mut done = json!({ "at": one.at_ms, "trigger": one.trigger, "held": one.held });
                if let Some(variant) = one.variant {
                    done["variant"] = json!(variant);
                }
                done
            });
            visits.push(json!({
                "name": trace.head.test,
                "asked": {
                    "pack": row.words(),
                    "trigger": first,
                    "visit": lines[trace.line - 1..end].join("\n"),
                    "at": at_ms,
                },
                "expected": {
                    "done": done.collect::<Vec<_>>(),
                    "because": trace::word(&explained.verdict),
                },
            }));
        }
    }
    visits
}

#[tokio::test]
async fn the_tester_comes_to_what_the_engine_itself_comes_to() {
    let visits = scenarios();
    assert!(visits.len() >= 150, "{} visits", visits.len());
    let stage = Stage::set(&[]).await;
    let desk = stage.browser().await;
    desk.go(&stage.desk()).await;
    let wrong = desk.run_async(GO_THROUGH, vec![json!(visits)]).await;
    assert_eq!(wrong, json!([]));
}
