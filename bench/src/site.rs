//! The site that is measured: its rules, and visits to it.

use anyhow::{Context as _, Result, anyhow};
use saluda_protocol::Millis;
use saluda_rules::compile::{self, Context};
use saluda_rules::event::Attribute;
use saluda_rules::pack::Word;
use saluda_rules::plan::{Plan, SiteRules};
use saluda_rules::text::fold;
use saluda_rules::trace::{self, StepKind, Trace};
use saluda_rules::{Engine, Event, Row, Trigger};
use saluda_runtime::page;
use serde::Serialize;

const TRIGGERS: &str = include_str!("../rules/triggers.json");
const VISITS: &str = include_str!("../rules/visits.jsonl");
const FACTS: &str = include_str!("../rules/facts.json");

/// A site.
pub(crate) struct Site {
    pub(crate) written: serde_json::Value,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) visits: Vec<Trace>,
    facts: Vec<serde_json::Value>,
}

/// A visit as the browser repeats it.
#[derive(Serialize)]
pub(crate) struct Visited {
    name: String,
    /// The words that begin the page.
    begin: Vec<Word>,
    /// The words of its first call: all that happened, and when it is.
    take: Vec<Word>,
    /// What is answered to that.
    answer: Vec<Word>,
    now: Millis,
    /// What the other engines know of it.
    facts: serde_json::Value,
    /// By rule, whether it holds.
    held: Vec<bool>,
    attribute: Vec<Vec<Word>>,
    track: Vec<Vec<Word>>,
}

/// Reads the rules and the visits.
pub(crate) fn read() -> Result<Site> {
    let site = Site {
        written: serde_json::from_str(TRIGGERS)?,
        triggers: compiled(TRIGGERS)?,
        visits: trace::read(VISITS)?,
        facts: serde_json::from_str(FACTS)?,
    };
    anyhow::ensure!(
        site.visits.len() == site.facts.len(),
        "`facts.json` has to describe each visit"
    );
    Ok(site)
}

/// Makes triggers of a file.
pub(crate) fn compiled(text: &str) -> Result<Vec<Trigger>> {
    let specs = compile::read_all(text).map_err(|mistakes| {
        let mistakes: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        anyhow!("the rules have mistakes: {}", mistakes.join("; "))
    })?;
    let context = Context::default();
    let triggers = specs.iter().map(|spec| compile::compile(spec, &context));
    triggers
        .collect::<Result<_, _>>()
        .map_err(|mistakes| anyhow!("{mistakes:?}"))
}

impl Site {
    pub(crate) fn rules(&self) -> SiteRules {
        rules(self.triggers.clone())
    }

    /// Each visit as the browser repeats it.
    pub(crate) fn visited(&self) -> Result<Vec<Visited>> {
        let visits = self.visits.iter().zip(&self.facts);
        visits
            .map(|(trace, facts)| {
                let (mut engine, now) = engine(self.rules(), trace);
                let explained = engine.explain(now);
                let (begin, take) = (begin(self.rules(), trace), take(trace, now));
                let mut page = None;
                let mut answer = Row::new();
                page::answer(&mut page, begin.bytes(), fold, &mut answer);
                page::answer(&mut page, take.bytes(), fold, &mut answer);
                Ok(Visited {
                    name: trace.head.test.clone().context("a visit has no name")?,
                    begin: begin.words(),
                    take: take.words(),
                    answer: answer.words(),
                    now,
                    facts: facts.clone(),
                    held: explained.iter().map(|one| one.rule.holds).collect(),
                    attribute: attribute().iter().map(words).collect(),
                    track: track().iter().map(words).collect(),
                })
            })
            .collect()
    }
}

/// What a site with these triggers publishes.
pub(crate) fn rules(triggers: Vec<Trigger>) -> SiteRules {
    SiteRules {
        triggers,
        ..SiteRules::default()
    }
}

/// An engine that has taken in a visit, and the instant at its end.
pub(crate) fn engine(rules: SiteRules, trace: &Trace) -> (Engine, Millis) {
    let began_at = trace.head.at.0;
    let mut engine = Engine::new(Plan::new(rules), trace.head.start(), fold);
    let mut now = began_at;
    for step in &trace.steps {
        now = began_at.plus(step.at_ms);
        if let StepKind::Event(event) = &step.what {
            engine.apply(event, now);
        }
    }
    (engine, now)
}

/// Events that change an attribute. One rule asks for it.
pub(crate) fn attribute() -> [Event; 2] {
    [84.0, 85.0].map(|usage| Event::Attribute {
        name: "usage".to_owned(),
        value: Some(Attribute::Number(usage)),
    })
}

/// An event that the page tracks. One rule counts it.
pub(crate) fn track() -> [Event; 1] {
    [Event::Track {
        name: "invite_sent".to_owned(),
        properties: Vec::new(),
    }]
}

fn words(event: &Event) -> Vec<Word> {
    let mut row = Row::new();
    event.pack(&mut row);
    row.words()
}

/// The words that begin a page.
fn begin(rules: SiteRules, trace: &Trace) -> Row {
    let start = trace.head.start();
    let mut row = Row::new();
    Plan::new(rules).pack(&mut row);
    row.whole(7);
    row.whole(7);
    row.text(&start.language);
    row.text(&start.timezone);
    row.text(&start.device);
    row.clock(&start.clock);
    row.flag(start.desk_online);
    row.flag(start.visible);
    row
}

/// The words of a first call.
fn take(trace: &Trace, now: Millis) -> Row {
    let mut row = Row::new();
    row.whole(now.0);
    for step in &trace.steps {
        if let StepKind::Event(event) = &step.what {
            row.whole(trace.head.at.0.plus(step.at_ms).0);
            event.pack(&mut row);
        }
    }
    row
}
