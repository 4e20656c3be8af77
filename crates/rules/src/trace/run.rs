//! Runs a visit through the engine, as a page would: events are taken in, the
//! clock goes from one wake-up to the next, and decisions are carried out.

use saluda_protocol::Millis;
use serde::Serialize;

use super::{Head, Step, StepKind, Trace};
use crate::engine::Engine;
use crate::explain::{Explanation, Verdict};
use crate::plan::{Plan, SiteRules};
use crate::text::Fold;
use crate::{Act, Event, Trigger};

/// Most decisions that are carried out at one instant: more than triggers can
/// ask for, so that a fault cannot hang a test.
const ACTS: usize = 10_000;

/// A visit that goes on.
pub struct Run {
    engine: Engine,
    began_at: Millis,
    now: Millis,
    done: Vec<Done>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Done {
    /// When, in milliseconds since the start.
    #[serde(rename = "at")]
    pub at_ms: u64,
    /// For which trigger.
    pub trigger: String,
    /// Which variant was shown, counted from 0; the original if none.
    pub variant: Option<u8>,
    /// Whether it was noted and not shown.
    pub held: bool,
}

impl std::fmt::Display for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let verb = if self.held { "hold" } else { "show" };
        write!(f, "{} ms: {verb} `{}`", self.at_ms, self.trigger)?;
        match self.variant {
            Some(variant) => write!(f, ", variant {variant}"),
            None => Ok(()),
        }
    }
}

impl Run {
    /// Begins a visit with these triggers.
    #[must_use]
    pub fn begin(head: &Head, rules: SiteRules, fold: Fold) -> Self {
        let began_at = head.at.0;
        let mut engine = Engine::new(Plan::new(rules), head.start(), fold);
        for (name, value) in &head.visitor.attributes {
            let event = Event::Attribute {
                name: name.clone(),
                value: Some(value.clone()),
            };
            engine.apply(&event, began_at);
        }
        engine.apply(&Event::Tags(head.visitor.tags.clone()), began_at);
        Self {
            engine,
            began_at,
            now: began_at,
            done: Vec::new(),
        }
    }

    /// Goes through a whole visit. Returns what was not as expected, with the
    /// line that expected it.
    pub fn all(&mut self, trace: &Trace) -> Vec<(usize, String)> {
        let steps = trace.steps.iter();
        steps
            .filter_map(|step| Some((step.line, self.step(step).err()?)))
            .collect()
    }

    /// Goes on to a step and does it.
    ///
    /// # Errors
    ///
    /// When something else was expected, what it was.
    pub fn step(&mut self, step: &Step) -> Result<(), String> {
        self.until(step.at_ms);
        match &step.what {
            StepKind::Pass => Ok(()),
            StepKind::Event(event) => {
                self.engine.apply(event, self.now);
                self.carry_out();
                Ok(())
            }
            StepKind::Expect(expected) if *expected == self.done => Ok(()),
            StepKind::Expect(expected) => Err(format!(
                "expected {}; got {}",
                list(expected),
                list(&self.done)
            )),
            StepKind::Because { trigger, word } => {
                let explanations = self.explain();
                let named = |one: &&Explanation| one.trigger.as_str() == trigger;
                let Some(explanation) = explanations.iter().find(named) else {
                    return Err(format!("there is no trigger `{trigger}`"));
                };
                let actual = self::word(&explanation.verdict);
                if actual == *word {
                    Ok(())
                } else {
                    Err(format!("expected `{trigger}`: {word}; got {actual}"))
                }
            }
        }
    }

    /// Lets time pass until this many milliseconds after the start.
    pub fn until(&mut self, at_ms: u64) {
        let end = self.began_at.plus(at_ms);
        while let Some(wake_at) = self.carry_out().filter(|wake_at| *wake_at <= end) {
            // Never backwards, nor for ever at one instant.
            self.now = wake_at.max(self.now.plus(1));
        }
        self.now = end.max(self.now);
    }

    /// Does what is decided now, and says when to look again.
    fn carry_out(&mut self) -> Option<Millis> {
        for _ in 0..ACTS {
            let decision = self.engine.decide(self.now).clone();
            let (trigger, variant, held) = match decision.act {
                Act::Rest => return decision.wake_at,
                Act::Show { trigger, variant } => (trigger, variant, false),
                Act::Hold { trigger } => (trigger, None, true),
            };
            self.done.push(Done {
                at_ms: self.now.since(self.began_at),
                trigger: trigger.as_str().to_owned(),
                variant,
                held,
            });
            self.engine.apply(&Event::Shown { trigger, held }, self.now);
        }
        None
    }

    /// What was done so far.
    #[must_use]
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// The instant it has come to.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.now
    }

    /// Why each trigger shows now or does not.
    pub fn explain(&mut self) -> Vec<Explanation> {
        self.engine.explain(self.now)
    }

    /// What is remembered now.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }
}

/// A verdict in one word.
#[must_use]
pub fn word(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Shows { .. } => "shows".to_owned(),
        Verdict::Held => "held".to_owned(),
        Verdict::Rule => "rule".to_owned(),
        Verdict::Priority(_) => "priority".to_owned(),
        Verdict::Gate(gate) => match serde_json::to_value(gate) {
            Ok(serde_json::Value::String(name)) => name,
            _ => "gate".to_owned(),
        },
    }
}

fn list(done: &[Done]) -> String {
    if done.is_empty() {
        return "nothing".to_owned();
    }
    let lines: Vec<String> = done.iter().map(Done::to_string).collect();
    lines.join("; ")
}

/// The rules that a visit runs under.
#[must_use]
pub(super) fn rules(
    head: &Head,
    triggers: Vec<Trigger>,
    hours: Option<&crate::hours::Hours>,
) -> SiteRules {
    // A visit of more than a year is none.
    const AHEAD_MS: u64 = 400 * 24 * 60 * 60 * 1000;
    let from = Millis(head.at.0.0.saturating_sub(AHEAD_MS / 50));
    SiteRules {
        triggers,
        attention: head.site.attention,
        hours: hours.map(|hours| hours.intervals(from, head.at.0.plus(AHEAD_MS))),
    }
}
