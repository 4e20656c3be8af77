//! Takes in what happens and says what to do: the one entrance to the rules.
//!
//! An event touches only the rules that look at what it changed. Time is handled
//! by instants: every answer carries the first one at which it could be another.

use alloc::vec;
use alloc::vec::Vec;

use saluda_protocol::report::Kind;
use saluda_protocol::trigger::Frequency;
use saluda_protocol::{Millis, TriggerId};

use crate::answers::{Answers, STALE};
use crate::decision::{Act, Decision};
use crate::evaluate::{Instant, NEVER, Outcome};
use crate::event::Event;
use crate::experiment;
use crate::facts::{ALL, Changed, Group};
use crate::gates::{self, OWN, SHARED};
use crate::memory::{Memory, Record};
use crate::pack::{Row, Words};
use crate::plan::Plan;
use crate::text::Fold;
use crate::trigger::Terms;
use crate::visit::{Start, Visit};

/// The rules of a site at work in one page.
pub struct Engine {
    pub(crate) plan: Plan,
    pub(crate) visit: Visit,
    pub(crate) request: Option<Request>,
    pub(crate) answers: Answers,
    /// What happened to greetings, since someone asked.
    pub(crate) reports: Vec<(Kind, TriggerId)>,
    /// By trigger, whether its own gates are open, as far as that is known.
    gates: Vec<Outcome>,
    /// Whether the gates that all share are open, as far as that is known.
    shared: Outcome,
    /// What was decided last.
    decision: Decision,
    /// It is good before this, while no answer changes.
    settled_until: Millis,
}

/// No instant is before it.
const PASSED: Millis = Millis(0);

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

impl Engine {
    /// Begins with what is known before the first page. The first event should
    /// be [`Event::Page`].
    #[must_use]
    pub fn new(mut plan: Plan, start: Start, fold: Fold) -> Self {
        let visit = Visit::new(start, plan.hours.take(), fold);
        let mut engine = Self {
            answers: Answers::new(&plan),
            gates: vec![STALE; plan.triggers.len()],
            shared: STALE,
            decision: Decision::default(),
            settled_until: PASSED,
            reports: Vec::new(),
            request: None,
            plan,
            visit,
        };
        engine.refresh(ALL.into());
        engine
    }

    /// Goes on with other rules: the owner has published some. What happened in
    /// the visit stays; events that only they count are counted from now on.
    #[inline(never)]
    pub fn renew(&mut self, mut plan: Plan) {
        self.visit.hours = plan.hours.take();
        self.answers = Answers::new(&plan);
        self.gates = vec![STALE; plan.triggers.len()];
        self.request = None;
        self.plan = plan;
        self.refresh(ALL.into());
    }

    /// What is to be remembered.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.visit.memory
    }

    /// What happened to greetings since this was last asked, for counting.
    pub fn take_reports(&mut self) -> Vec<(Kind, TriggerId)> {
        core::mem::take(&mut self.reports)
    }

    /// Takes in what happened. `now` should not be before the last event's.
    pub fn apply(&mut self, event: &Event, now: Millis) {
        let mut row = Row::new();
        event.pack(&mut row);
        self.hear(&mut Words::new(row.bytes()), now);
    }

    /// Says what to do now, and when to ask again.
    pub fn decide(&mut self, now: Millis) -> &Decision {
        if self.look_again(now) || self.settled_until <= now {
            self.settle(now);
        }
        if self.decision.act != Act::Rest {
            self.decision.greets_at = Some(now);
        }
        &self.decision
    }

    /// Goes through the triggers that are near.
    fn settle(&mut self, now: Millis) {
        let at = self.visit.instant(now);
        if self.shared.until <= now {
            self.shared = self.shared_gates(false, &at);
        }
        let mut wake_at = NEVER;
        let mut greets_at = NEVER;
        let mut chosen = None;
        if let Some(request) = self.request {
            self.answers.near.put(request.trigger, true);
        }
        for index in self.answers.near.iter() {
            let requested = self.requested(index, now);
            let rule = match requested {
                Some(request) => Outcome {
                    holds: true,
                    until: request.until,
                },
                None => self.answers.rule(index),
            };
            // Nothing it waits for comes before what is known to come.
            if !rule.holds && rule.until >= wake_at.max(greets_at) {
                continue;
            }
            let shared = match requested {
                Some(Request { force: true, .. }) => self.shared_gates(true, &at),
                _ => self.shared,
            };
            let mut own = self.gates[index];
            if requested.is_some() || own.until <= now {
                own = self.own_gates(index, requested, &at);
            }
            if requested.is_none() {
                self.gates[index] = own;
            }
            let outcome = Outcome::join(true, [rule, own, shared].into_iter());
            wake_at = wake_at.min(outcome.until);
            if outcome.holds {
                greets_at = now;
                if requested.is_some() || chosen.is_none() {
                    chosen = Some(index);
                }
            } else {
                greets_at = greets_at.min(outcome.until);
                let terms = &self.plan.triggers[index].terms;
                if rule.holds && terms.frequency == Frequency::Always {
                    // Its end has to be seen, or the next time is no new one.
                    wake_at = wake_at.min(rule.until);
                }
            }
        }
        self.settled_until = match chosen {
            // A request ends by itself, and has to be seen to.
            _ if self.request.is_some() => PASSED,
            Some(_) => wake_at,
            None => wake_at.min(greets_at),
        };
        let some = |at: Millis| (at != NEVER).then_some(at);
        self.decision = Decision {
            act: chosen.map_or(Act::Rest, |index| self.act(index)),
            wake_at: some(wake_at),
            greets_at: some(greets_at),
        };
    }

    /// Puts every answer out of date, as if nothing had been looked at yet: for
    /// measuring what a decision from scratch costs.
    pub fn doubt(&mut self) {
        self.answers.doubt();
        self.gates.fill(STALE);
        self.shared = STALE;
        self.settled_until = PASSED;
    }

    /// A request is granted at once or not at all: what was asked for must not
    /// come up at another time.
    #[inline(never)]
    pub(crate) fn grant(&self, id: &str, force: bool, now: Millis) -> Option<Request> {
        let trigger = self.position(id)?;
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

    /// Where the trigger with this id stands.
    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        let mut triggers = self.plan.triggers.iter();
        triggers.position(|planned| planned.terms.id.as_str() == id)
    }

    /// The request for a trigger, while it lasts.
    pub(crate) fn requested(&self, trigger: usize, now: Millis) -> Option<Request> {
        self.request
            .filter(|request| request.trigger == trigger && now < request.until)
    }

    /// What to do about a trigger that may show.
    fn act(&self, index: usize) -> Act {
        let terms = &self.plan.triggers[index].terms;
        let dice = self.visit.memory.dice;
        let id = terms.id.clone();
        if self.is_held(terms) {
            return Act::Hold { trigger: id };
        }
        Act::Show {
            variant: experiment::variant(terms, dice),
            trigger: id,
        }
    }

    pub(crate) fn is_held(&self, terms: &Terms) -> bool {
        let dice = self.visit.memory.dice;
        experiment::is_held(terms, dice)
            || experiment::is_held_by_site(self.plan.attention.holdout, dice)
    }

    /// Whether every gate of a trigger's own is open.
    pub(crate) fn own_gates(
        &self,
        index: usize,
        requested: Option<Request>,
        at: &Instant<'_>,
    ) -> Outcome {
        let terms = &self.plan.triggers[index].terms;
        let record = self.record(index);
        let outcomes = OWN.into_iter().map(|gate| match requested {
            Some(request) if gate.yields(request.force) => Outcome::fixed(true),
            _ => gates::own(gate, terms, record, &self.visit, at),
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
                gates::shared(gate, &self.visit, &self.plan.attention, at)
            }
        });
        Outcome::join(true, outcomes)
    }

    /// What happened to a trigger's greeting.
    pub(crate) fn record(&self, index: usize) -> Option<&Record> {
        self.visit
            .memory
            .record(&self.plan.triggers[index].terms.id)
    }

    /// Whether the part of a rule at `node` holds.
    pub(crate) fn rule(&self, node: usize, at: &Instant<'_>) -> Outcome {
        self.answers.at(&self.plan, node, at)
    }

    /// Reads what may have changed, and notes which rules look at it.
    pub(crate) fn refresh(&mut self, changed: Changed<'_>) {
        // No gate looks at what has a name.
        if changed.name.is_none() {
            self.shared = STALE;
            self.settled_until = PASSED;
        }
        if changed
            .groups
            .iter()
            .any(|group| matches!(group, Group::Greetings | Group::Chat))
        {
            self.gates.fill(STALE);
        }
        self.answers.refresh(changed, &self.visit, &self.plan);
    }

    /// Brings every answer up to date. Returns whether any is another one.
    fn look_again(&mut self, now: Millis) -> bool {
        let (plan, visit) = (&self.plan, &mut self.visit);
        let at = Instant {
            now,
            clock: visit.clock,
            hours: visit.hours.as_deref(),
            tallies: &visit.memory.events,
        };
        let greetings = &mut visit.memory.greetings;
        let gates = &mut self.gates;
        let mut rearmed = false;
        let differs = self.answers.look_again(plan, &at, &mut |fallen| {
            if rearm(&plan.triggers[fallen].terms, greetings) {
                gates[fallen] = STALE;
                rearmed = true;
            }
        });
        differs || rearmed
    }

    /// A new page makes every rule about pages true anew.
    pub(crate) fn rearm_page(&mut self) {
        let greetings = &mut self.visit.memory.greetings;
        for index in &self.plan.always {
            let planned = &self.plan.triggers[*index];
            if planned.belongs_to_page {
                rearm(&planned.terms, greetings);
                self.gates[*index] = STALE;
            }
        }
    }
}

/// From now on, a trigger that always shows does so the next time its rule
/// holds. Returns whether it would not have.
fn rearm(terms: &Terms, greetings: &mut [Record]) -> bool {
    let mut greetings = greetings.iter_mut();
    let record = greetings.find(|one| one.trigger == terms.id);
    record.is_some_and(|record| core::mem::take(&mut record.spent))
}

impl Visit {
    pub(crate) fn instant(&self, now: Millis) -> Instant<'_> {
        Instant {
            now,
            clock: self.clock,
            hours: self.hours.as_deref(),
            tallies: &self.memory.events,
        }
    }
}
