//! What the linter claims is so, whatever visitors do.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use saluda_protocol::{Millis, TriggerId};
use saluda_rules::explain::{Explanation, Part, What};
use saluda_rules::lint::{Finding, goes_first, judge};
use saluda_rules::trigger::Rule;
use saluda_rules::{Engine, Event, Gate, Plan, SiteRules, Start, text};

use crate::any::{rules, start, visit};

/// What of the claims was seen at work, so that a linter that claims nothing is
/// noticed.
#[derive(Default)]
struct Seen {
    never: Cell<u32>,
    always: Cell<u32>,
    together: Cell<u32>,
    beside: Cell<u32>,
    first: Cell<u32>,
}

fn one_more(count: &Cell<u32>) {
    count.set(count.get() + 1);
}

fn part<'p>(mut part: &'p Part, place: &[usize]) -> &'p Part {
    for at in place {
        part = match &part.what {
            What::All(parts) | What::Any(parts) => &parts[*at],
            What::Not(part) => part,
            What::Actual(_) => panic!("nothing stands in a condition"),
        };
    }
    part
}

/// Whether what is claimed of a rule is so now.
fn is_true(rule: &Part, finding: &Finding) -> bool {
    let holds = |place: &[usize]| part(rule, place).holds;
    let applies = finding.beside.iter().all(|(place, so)| holds(place) == *so);
    let whole = !applies || holds(&finding.place) == finding.holds;
    // Of a group, the parts that are named are enough.
    let enough = finding.parts.is_empty()
        || finding
            .parts
            .iter()
            .any(|place| holds(place) == finding.holds);
    whole && enough
}

/// Goes through a visit, and looks at the rules after each event and a while
/// later.
fn go_through(
    rules: &SiteRules,
    start: Start,
    visit: Vec<(Millis, Event)>,
    mut look: impl FnMut(&[Explanation]) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    let mut engine = Engine::new(Plan::new(rules.clone()), start, text::fold);
    let mut visit = visit.into_iter().peekable();
    while let Some((now, event)) = visit.next() {
        engine.apply(&event, now);
        let next = visit.peek().map_or(now.plus(90_000), |(at, _)| *at);
        for after in [0, 500, 7_300, 31_000] {
            let now = now.plus(after);
            if after == 0 || now < next {
                look(&engine.explain(now))?;
            }
        }
    }
    Ok(())
}

fn of<'e>(explained: &'e [Explanation], id: &TriggerId) -> &'e Explanation {
    let found = explained.iter().find(|one| one.trigger == *id);
    found.expect("every trigger is explained")
}

fn open(explanation: &Explanation, gates: &[Gate]) -> bool {
    let gates = gates.iter().map(|gate| {
        let state = explanation.gates.iter().find(|state| state.gate == *gate);
        state.expect("every gate is named").open
    });
    gates.into_iter().all(|open| open)
}

/// Makes rules of others in which something is said twice, or denied.
fn entangle(rules: &mut SiteRules) {
    let mut all = rules.triggers.iter().map(|trigger| trigger.rule.clone());
    let (Some(one), Some(other)) = (all.next(), all.next()) else {
        return;
    };
    let not = |rule: &Rule| Rule::Not(Box::new(rule.clone()));
    let made = [
        Rule::All(vec![one.clone(), Rule::Any(vec![other.clone(), not(&one)])]),
        Rule::Any(vec![other.clone(), not(&one), one.clone()]),
        Rule::All(vec![not(&one), other, one.clone()]),
    ];
    for (trigger, rule) in rules.triggers.iter_mut().skip(2).zip(made) {
        trigger.rule = rule;
    }
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    })
}

#[test]
fn what_is_said_of_a_rule_is_so_at_every_moment() {
    let seen = Seen::default();
    let law = |(mut rules, start, visit): (SiteRules, Start, Vec<_>)| {
        entangle(&mut rules);
        let found: Vec<(TriggerId, Vec<Finding>)> = rules
            .triggers
            .iter()
            .map(|trigger| (trigger.terms.id.clone(), judge(&trigger.rule)))
            .collect();
        for finding in found.iter().flat_map(|(_, found)| found) {
            if !finding.beside.is_empty() {
                one_more(&seen.beside);
            } else if !finding.parts.is_empty() {
                one_more(&seen.together);
            } else if finding.holds {
                one_more(&seen.always);
            } else {
                one_more(&seen.never);
            }
        }
        go_through(&rules, start, visit, |explained| {
            for (id, findings) in &found {
                let rule = &of(explained, id).rule;
                for finding in findings {
                    prop_assert!(is_true(rule, finding), "{:?} of {:?}", finding, rule);
                }
            }
            Ok(())
        })
    };
    runner(1_500)
        .run(&(rules(), start(), visit()), law)
        .unwrap();
    for (count, what) in [
        (seen.never, "never"),
        (seen.always, "always"),
        (seen.together, "together"),
        (seen.beside, "beside"),
    ] {
        assert!(count.get() > 50, "{what}: {}", count.get());
    }
}

#[test]
fn who_goes_first_could_always_show() {
    let seen = Seen::default();
    let law = |(mut rules, start, mut visit): (SiteRules, Start, Vec<_>)| {
        // What a page asks for by its name passes over rule, dates and hours.
        visit.retain(|(_, event)| !matches!(event, Event::Run { .. }));
        // Where all are alike but for one more condition, some go first.
        if let [first, second, ..] = rules.triggers.as_mut_slice() {
            let both = vec![first.rule.clone(), second.rule.clone()];
            second.rule = Rule::All(both);
        }
        let triggers = &rules.triggers;
        let pairs = triggers.iter().flat_map(|this| {
            let others = triggers
                .iter()
                .filter(|other| other.terms.id != this.terms.id);
            others.map(move |other| (other, this))
        });
        let first: Vec<_> = pairs
            .filter(|(other, this)| goes_first(other, this, None))
            .map(|(other, this)| (other.terms.id.clone(), this.terms.id.clone()))
            .collect();
        go_through(&rules, start, visit, |explained| {
            for (other, this) in &first {
                let (other, this) = (of(explained, other), of(explained, this));
                let dates = [Gate::Schedule, Gate::Hours, Gate::Conversation];
                let own = [Gate::Frequency, Gate::Times, Gate::Dismissal];
                if this.rule.holds && open(this, &dates) && open(this, &own) {
                    one_more(&seen.first);
                    prop_assert!(other.rule.holds && open(other, &dates));
                }
            }
            Ok(())
        })
    };
    runner(1_000)
        .run(&(rules(), start(), visit()), law)
        .unwrap();
    assert!(seen.first.get() > 50, "{}", seen.first.get());
}
