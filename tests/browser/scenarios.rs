//! The scenarios of the rules, in the module that pages load.
//!
//! Each is gone through here, by the same code compiled for this machine, and
//! must come out as it says. Every call that was made, and every word of the
//! answers, is then repeated in the browser.

use std::fs;
use std::path::Path;

use saluda_protocol::Millis;
use saluda_rules::pack::Word;
use saluda_rules::trace::{self, Run, StepKind, Trace};
use saluda_rules::{Event, Plan, Row, text};
use saluda_runtime::Page;
use saluda_runtime::page::answer;
use serde_json::{Value, json};

use crate::stage::Stage;

const REPLAY: &str = include_str!("scenarios.js");
const ENGINE: &str = include_str!("../../widget/runtime/page/engine.js");

/// A page that goes through a visit, and what was said to it and answered.
struct Spoken {
    page: Option<Page>,
    calls: Vec<(Vec<Word>, Vec<Word>)>,
    /// What was shown or held back, and when.
    done: Vec<(Millis, String, bool)>,
    now: Millis,
}

impl Spoken {
    fn begin(trace: &Trace) -> Self {
        let mut load = |other: &str| Err(format!("scenarios read no files, and not `{other}`"));
        let rules = trace.head.rules(&mut load).unwrap();
        let start = trace.head.start();
        let mut row = Row::new();
        Plan::new(rules).pack(&mut row);
        // Dice for who has none.
        row.whole(0);
        row.whole(0);
        row.text(&start.language);
        row.text(&start.timezone);
        row.text(&start.device);
        row.clock(&start.clock);
        row.flag(start.desk_online);
        row.flag(start.visible);
        let active_at = start.memory.stay.map_or(Millis(0), |stay| stay.active_at);
        start.memory.pack(active_at, &mut row);
        let mut spoken = Self {
            page: None,
            calls: Vec::new(),
            done: Vec::new(),
            now: trace.head.at.0,
        };
        spoken.call(&row);
        let visitor = &trace.head.visitor;
        let attributes = visitor.attributes.iter();
        let mut events: Vec<Event> = attributes
            .map(|(name, value)| Event::Attribute {
                name: name.clone(),
                value: Some(value.clone()),
            })
            .collect();
        events.push(Event::Tags(visitor.tags.clone()));
        events.push(Event::Known(start.known));
        events.push(Event::Conversation(start.conversation));
        for event in &events {
            spoken.tell(Some(event));
        }
        spoken
    }

    fn call(&mut self, row: &Row) -> Vec<Word> {
        let mut output = Row::new();
        answer(&mut self.page, row.bytes(), text::fold, &mut output);
        self.calls.push((row.words(), output.words()));
        output.words()
    }

    /// Tells an event, if any, and carries out what is decided. Returns when to
    /// look again.
    fn tell(&mut self, event: Option<&Event>) -> Option<Millis> {
        let mut next = event.cloned();
        loop {
            let mut row = Row::new();
            row.whole(self.now.0);
            if let Some(event) = next {
                row.whole(self.now.0);
                event.pack(&mut row);
            }
            let answer = self.call(&row);
            let [
                Word::Number(act),
                Word::Text(trigger),
                _,
                Word::Number(wake_at),
                ..,
            ] = &answer[..]
            else {
                panic!("{answer:?} is no answer");
            };
            if *act == 0.0 {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "an instant, or -1"
                )]
                return (*wake_at >= 0.0).then_some(Millis(*wake_at as u64));
            }
            let held = *act > 1.0;
            self.done.push((self.now, trigger.clone(), held));
            next = Some(Event::Shown {
                trigger: trigger.parse().unwrap(),
                held,
            });
        }
    }

    fn until(&mut self, end: Millis) {
        let mut wake_at = self.tell(None);
        while let Some(at) = wake_at.filter(|at| *at <= end) {
            self.now = at.max(self.now.plus(1));
            wake_at = self.tell(None);
        }
        self.now = end.max(self.now);
    }

    /// Goes through a visit as a page does, and comes to what the engine alone
    /// comes to.
    fn all(mut self, trace: &Trace) -> Vec<(Vec<Word>, Vec<Word>)> {
        let began_at = trace.head.at.0;
        for step in &trace.steps {
            self.until(began_at.plus(step.at_ms));
            if let StepKind::Event(event) = &step.what {
                self.tell(Some(event));
            }
        }
        let mut load = |_: &str| Err(String::new());
        let rules = trace.head.rules(&mut load).unwrap();
        let mut run = Run::begin(&trace.head, rules, text::fold);
        assert_eq!(run.all(trace), []);
        let done = run.done().iter();
        let done: Vec<_> = done
            .map(|one| (began_at.plus(one.at_ms), one.trigger.clone(), one.held))
            .collect();
        assert_eq!(self.done, done, "{:?}", trace.head.test);
        self.calls
    }
}

fn visits() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/rules/tests/scenarios");
    let mut visits = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for trace in trace::read(&text).unwrap() {
            let calls = Spoken::begin(&trace).all(&trace);
            visits.push(json!({ "name": trace.head.test, "calls": calls }));
        }
    }
    visits
}

#[tokio::test]
async fn the_module_in_a_page_answers_every_scenario_word_for_word() {
    let visits = visits();
    assert!(visits.len() >= 150, "{} visits", visits.len());
    let stage = Stage::set(&[]).await;
    let page = stage.browser().await;
    page.go(&stage.shop("/404.html")).await;
    let script = format!(
        "const [visits, site, done] = arguments;
         {}
         {REPLAY}
         replay(visits, site).then(done, (error) => done(['' + error.stack]));",
        ENGINE.replace("export ", "")
    );
    let wrong = page
        .run_async(&script, vec![json!(visits), json!(stage.config())])
        .await;
    assert_eq!(wrong, json!([]));
}
