//! Takes in what happens and says what to do: the one entrance to the rules.
//!
//! An event touches only the rules that look at what it changed. Time is handled
//! by instants: every answer carries the first one at which it could be another.

use saluda_protocol::site::Attention;
use saluda_protocol::trigger::Frequency;
use saluda_protocol::{Millis, TriggerId};

use crate::apply::ALL;
use crate::decision::{Act, Decision};
use crate::evaluate::{self, Instant, NEVER, Outcome};
use crate::event::Event;
use crate::experiment;
use crate::facts::{Group, Value};
use crate::gates::{self, OWN, SHARED};
use crate::hours::Interval;
use crate::memory::{Memory, Record};
use crate::needs::Needs;
use crate::plan::{Node, Plan};
use crate::text::Fold;
use crate::trigger::Trigger;
use crate::variable;
use crate::visit::{Start, Visit};

/// What a site's owner published.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SiteRules {
    /// The triggers, the oldest first.
    pub triggers: Vec<Trigger>,
    /// What all of them share.
    pub attention: Attention,
    /// When the site is open; always, if it has no hours.
    pub hours: Option<Vec<Interval>>,
}

/// The rules of a site at work in one page.
pub struct Engine {
    pub(crate) plan: Plan,
    pub(crate) visit: Visit,
    pub(crate) attention: Attention,
    pub(crate) request: Option<Request>,
    /// By slot.
    values: Vec<Value>,
    /// By trigger.
    answers: Vec<Answer>,
    /// By trigger, where its greeting's record stands in the memory.
    records: Vec<Option<usize>>,
    /// Triggers whose answer is out of date.
    stale: Vec<usize>,
    /// No answer is out of date by time before this.
    fresh_until: Millis,
    needs: Needs,
    saved: Memory,
}

/// How long a page that asked for a greeting waits for it: as long as it may
/// take to make one ready.
const REQUEST_MS: u64 = 10_000;

/// A page asked for a greeting by its name, and may have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Request {
    trigger: usize,
    pub(crate) force: bool,
    until: Millis,
}

/// Whether a rule holds, as it was last looked at.
#[derive(Debug, Clone, Copy)]
struct Answer {
    outcome: Outcome,
    stale: bool,
}

impl Engine {
    /// Begins with what is known before the first page. The first event should
    /// be [`Event::Page`].
    #[must_use]
    pub fn new(rules: SiteRules, start: Start, fold: Fold) -> Self {
        let plan = Plan::new(rules.triggers);
        let visit = Visit::new(start, rules.hours, fold);
        let unknown = Answer {
            outcome: Outcome::fixed(false),
            stale: true,
        };
        let mut engine = Self {
            values: vec![Value::Missing; plan.slots.len()],
            answers: vec![unknown; plan.triggers.len()],
            records: vec![None; plan.triggers.len()],
            stale: (0..plan.triggers.len()).collect(),
            fresh_until: NEVER,
            needs: Needs::of(&plan),
            saved: visit.memory.clone(),
            attention: rules.attention,
            request: None,
            plan,
            visit,
        };
        engine.refresh(ALL);
        engine
    }

    /// What a page has to watch.
    #[must_use]
    pub fn needs(&self) -> &Needs {
        &self.needs
    }

    /// What is to be remembered.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.visit.memory
    }

    /// What is to be remembered, if it is worth writing down since it last was.
    pub fn changed_memory(&mut self) -> Option<&Memory> {
        if !self.visit.memory.differs_from(&self.saved) {
            return None;
        }
        self.saved.clone_from(&self.visit.memory);
        Some(&self.saved)
    }

    /// Takes in what happened. `now` should not be before the last event's.
    pub fn apply(&mut self, event: Event, now: Millis) {
        match &event {
            Event::Run { trigger, force } => {
                self.request = self.grant(trigger, *force, now);
            }
            Event::Shown { .. } => self.request = None,
            Event::Page { .. } => {
                self.request = None;
                self.rearm();
            }
            Event::Memory(memory) => self.saved.clone_from(memory),
            _ => {}
        }
        let changed = self.visit.take(event, &self.plan, now);
        self.refresh(changed);
    }

    /// Says what to do now, and when to ask again.
    pub fn decide(&mut self, now: Millis) -> Decision {
        self.look_again(now);
        let at = self.visit.instant(now);
        let shared = self.shared_gates(false, &at);
        let mut wake_at = NEVER;
        let mut greets_at = NEVER;
        let mut chosen = None;
        for (index, planned) in self.plan.triggers.iter().enumerate() {
            let requested = self.requested(index, now);
            let rule = match requested {
                Some(request) => Outcome {
                    holds: true,
                    until: request.until,
                },
                None => self.answers[index].outcome,
            };
            // Nothing it waits for comes before what is known to come.
            if !rule.holds && rule.until >= wake_at.max(greets_at) {
                continue;
            }
            let shared = match requested {
                Some(Request { force: true, .. }) => self.shared_gates(true, &at),
                _ => shared,
            };
            let own = self.own_gates(index, requested, &at);
            let outcome = Outcome::join(true, [rule, own, shared].into_iter());
            wake_at = wake_at.min(outcome.until);
            if outcome.holds {
                greets_at = now;
                if requested.is_some() || chosen.is_none() {
                    chosen = Some(index);
                }
            } else {
                greets_at = greets_at.min(outcome.until);
                if planned.trigger.frequency == Frequency::Always && rule.holds {
                    // Its end has to be seen, or the next time is no new one.
                    wake_at = wake_at.min(rule.until);
                }
            }
        }
        let some = |at: Millis| (at != NEVER).then_some(at);
        Decision {
            act: chosen.map_or(Act::Rest, |index| self.act(index)),
            wake_at: some(wake_at),
            greets_at: some(greets_at),
        }
    }

    /// A request is granted at once or not at all: what was asked for must not
    /// come up at another time.
    fn grant(&self, id: &TriggerId, force: bool, now: Millis) -> Option<Request> {
        let triggers = &self.plan.triggers;
        let trigger = triggers.iter().position(|one| one.trigger.id == *id)?;
        let request = Request {
            trigger,
            force,
            until: now.plus(REQUEST_MS),
        };
        let at = self.visit.instant(now);
        let own = self.own_gates(trigger, Some(request), &at);
        let shared = self.shared_gates(force, &at);
        (own.holds && shared.holds).then_some(request)
    }

    /// The request for a trigger, while it lasts.
    pub(crate) fn requested(&self, trigger: usize, now: Millis) -> Option<Request> {
        self.request
            .filter(|request| request.trigger == trigger && now < request.until)
    }

    /// What to do about a trigger that may show.
    fn act(&self, index: usize) -> Act {
        let trigger = &self.plan.triggers[index].trigger;
        let dice = self.visit.memory.dice;
        let id = trigger.id.clone();
        if self.is_held(trigger) {
            return Act::Hold { trigger: id };
        }
        Act::Show {
            variant: experiment::variant(trigger, dice),
            trigger: id,
        }
    }

    pub(crate) fn is_held(&self, trigger: &Trigger) -> bool {
        let dice = self.visit.memory.dice;
        experiment::is_held(trigger, dice)
            || experiment::is_held_by_site(self.attention.holdout, dice)
    }

    /// Triggers whose goal an event is, if it comes now, for this visitor. They
    /// are noted as reached.
    pub fn reach(&mut self, event: &str, now: Millis) -> Vec<TriggerId> {
        let mut reached = Vec::new();
        for planned in &self.plan.triggers {
            let Some(goal) = &planned.trigger.goal else {
                continue;
            };
            let records = &mut self.visit.memory.greetings;
            let record = records
                .iter_mut()
                .find(|one| one.trigger == planned.trigger.id);
            if let Some(record) = record
                && goal.event == event
                && record.shown > 0
                && !record.reached
                && now.since(record.shown_at) < goal.within_ms
            {
                record.reached = true;
                reached.push(record.trigger.clone());
            }
        }
        reached
    }

    /// What stands for a variable in a greeting's text, if it is known.
    #[must_use]
    pub fn value_of(&self, variable: &str) -> Option<String> {
        self.visit.text(&variable::fact(variable)?)
    }

    /// Whether every gate of a trigger's own is open.
    pub(crate) fn own_gates(
        &self,
        index: usize,
        requested: Option<Request>,
        at: &Instant<'_>,
    ) -> Outcome {
        let trigger = &self.plan.triggers[index].trigger;
        let record = self.record(index);
        let outcomes = OWN.into_iter().map(|gate| match requested {
            Some(request) if gate.yields(request.force) => Outcome::fixed(true),
            _ => gates::own(gate, trigger, record, &self.visit, at),
        });
        Outcome::join(true, outcomes)
    }

    /// Whether every gate that triggers share is open. `force` goes past those
    /// that yield to it.
    pub(crate) fn shared_gates(&self, force: bool, at: &Instant<'_>) -> Outcome {
        let outcomes = SHARED.into_iter().map(|gate| {
            if force && gate.yields(true) {
                Outcome::fixed(true)
            } else {
                gates::shared(gate, &self.visit, &self.attention, at)
            }
        });
        Outcome::join(true, outcomes)
    }

    /// What happened to a trigger's greeting.
    pub(crate) fn record(&self, index: usize) -> Option<&Record> {
        self.visit.memory.greetings.get(self.records[index]?)
    }

    /// Whether the part of a rule at `node` holds.
    pub(crate) fn rule(&self, node: usize, at: &Instant<'_>) -> Outcome {
        match &self.plan.nodes[node] {
            Node::Group { joined, end } => {
                let mut child = node + 1;
                let children = std::iter::from_fn(|| {
                    let this = (child < *end).then_some(child)?;
                    child = self.plan.after(this);
                    Some(self.rule(this, at))
                });
                Outcome::join(*joined, children)
            }
            Node::Not { .. } => self.rule(node + 1, at).negated(true),
            Node::One {
                slot,
                test,
                negated,
                within_ms,
            } => {
                let value = &self.values[*slot];
                let outcome = match (value, within_ms) {
                    (Value::Counted(tally), Some(within_ms)) => {
                        evaluate::recent_passes(test, &tally.last, *within_ms, at.now)
                    }
                    _ => evaluate::passes(test, value, at),
                };
                outcome.negated(*negated)
            }
        }
    }

    pub(crate) fn value(&self, slot: usize) -> &Value {
        &self.values[slot]
    }

    /// Reads what may have changed, and notes which rules look at it.
    fn refresh(&mut self, changed: &[Group]) {
        if changed.contains(&Group::Greetings) {
            let greetings = &self.visit.memory.greetings;
            for (planned, record) in self.plan.triggers.iter().zip(&mut self.records) {
                let id = &planned.trigger.id;
                *record = greetings.iter().position(|one| one.trigger == *id);
            }
        }
        for (index, slot) in self.plan.slots.iter().enumerate() {
            if !changed.contains(&slot.source.group()) {
                continue;
            }
            let value = self.visit.value(&slot.source);
            // What time, hours or the clock say moves while its value stays.
            let moves = matches!(value, Value::TimeOfDay | Value::Weekday | Value::Open);
            if !moves && value == self.values[index] {
                continue;
            }
            self.values[index] = value;
            for trigger in &slot.triggers {
                let answer = &mut self.answers[*trigger];
                if !answer.stale {
                    answer.stale = true;
                    self.stale.push(*trigger);
                }
            }
        }
    }

    /// Brings every answer up to date.
    fn look_again(&mut self, now: Millis) {
        let at = self.visit.instant(now);
        let mut fallen = Vec::new();
        let mut answers = std::mem::take(&mut self.answers);
        let mut renew = |answers: &mut [Answer], index: usize| {
            let outcome = self.rule(self.plan.triggers[index].root, &at);
            answers[index] = Answer {
                outcome,
                stale: false,
            };
            if !outcome.holds {
                fallen.push(index);
            }
        };
        if self.fresh_until <= now {
            for index in 0..answers.len() {
                if answers[index].stale || answers[index].outcome.until <= now {
                    renew(&mut answers, index);
                }
            }
        } else {
            for index in &self.stale {
                renew(&mut answers, *index);
            }
        }
        self.stale.clear();
        let untils = answers.iter().map(|answer| answer.outcome.until);
        self.fresh_until = untils.min().unwrap_or(NEVER);
        self.answers = answers;
        for index in fallen {
            self.rearm_one(index);
        }
    }

    /// A new page makes every rule about pages true anew.
    fn rearm(&mut self) {
        for index in 0..self.plan.triggers.len() {
            if self.plan.triggers[index].belongs_to_page {
                self.rearm_one(index);
            }
        }
    }

    fn rearm_one(&mut self, index: usize) {
        let trigger = &self.plan.triggers[index].trigger;
        if trigger.frequency != Frequency::Always {
            return;
        }
        let records = &mut self.visit.memory.greetings;
        if let Some(record) = records.iter_mut().find(|one| one.trigger == trigger.id) {
            record.spent = false;
        }
    }
}

impl Visit {
    pub(crate) fn instant(&self, now: Millis) -> Instant<'_> {
        Instant {
            now,
            clock: self.clock,
            hours: self.hours.as_deref(),
        }
    }
}
