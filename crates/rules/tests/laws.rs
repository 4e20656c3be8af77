//! Laws of the rules, over any triggers and any visit.

#[path = "laws/any.rs"]
mod any;

use proptest::prelude::*;
use saluda_protocol::Millis;
use saluda_rules::explain::Verdict;
use saluda_rules::pack::Word;
use saluda_rules::{
    Act, Decision, Engine, Event, Memory, Plan, Row, SiteRules, Start, Words, text,
};

use any::{BEGAN_AT, rules, start, visit};

/// An engine that has taken in the same events and then reads everything anew,
/// as it does when another tab wrote: every answer in it is made from scratch.
fn from_scratch(rules: &SiteRules, start: &Start, events: &[(Millis, Event)]) -> Engine {
    let mut engine = Engine::new(Plan::new(rules.clone()), start.clone(), text::fold);
    for (at, event) in events {
        engine.apply(event, *at);
    }
    let memory = Box::new(engine.memory().clone());
    let now = events.last().map_or(BEGAN_AT, |(at, _)| *at);
    engine.apply(&Event::Memory(memory), now);
    engine
}

/// Goes through a visit as a page does: decides after each event and whenever it
/// is told to wake up, and carries everything out. `also_every` looks more often.
fn go_through(
    rules: &SiteRules,
    start: &Start,
    visit: &[(Millis, Event)],
    also_every: Option<u64>,
) -> Vec<(Millis, Act)> {
    let mut engine = Engine::new(Plan::new(rules.clone()), start.clone(), text::fold);
    let mut acts = Vec::new();
    let ends = visit.iter().skip(1).map(|(at, _)| *at);
    let last = visit.last().map_or(BEGAN_AT, |(at, _)| at.plus(70_000));
    for ((begins, event), ends) in visit.iter().zip(ends.chain([last])) {
        engine.apply(event, *begins);
        let mut now = *begins;
        loop {
            let wake_at = carry_out(&mut engine, now, &mut acts);
            let tick = also_every.map(|every| now.plus(every));
            let Some(next) = wake_at
                .into_iter()
                .chain(tick)
                .min()
                .filter(|at| *at < ends)
            else {
                break;
            };
            now = next;
        }
    }
    acts
}

fn carry_out(engine: &mut Engine, now: Millis, acts: &mut Vec<(Millis, Act)>) -> Option<Millis> {
    loop {
        let Decision { act, wake_at, .. } = engine.decide(now).clone();
        let (trigger, held) = match act.clone() {
            Act::Rest => return wake_at,
            Act::Show { trigger, .. } => (trigger, false),
            Act::Hold { trigger } => (trigger, true),
        };
        acts.push((now, act));
        engine.apply(&Event::Shown { trigger, held }, now);
    }
}

/// Rules that have no memory of what was decided before.
fn without_edges(mut rules: SiteRules) -> SiteRules {
    use saluda_protocol::trigger::Frequency;
    for trigger in &mut rules.triggers {
        if trigger.terms.frequency == Frequency::Always {
            trigger.terms.frequency = Frequency::Visit;
        }
    }
    rules
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn deciding_after_each_event_is_deciding_from_scratch(
        rules in rules(), start in start(), visit in visit(),
    ) {
        let rules = without_edges(rules);
        let mut engine = Engine::new(Plan::new(rules.clone()), start.clone(), text::fold);
        for index in 0..visit.len() {
            let (now, event) = visit[index].clone();
            engine.apply(&event, now);
            let mut anew = from_scratch(&rules, &start, &visit[..=index]);
            prop_assert_eq!(&engine.decide(now).act, &anew.decide(now).act, "after event {}", index);
        }
    }

    #[test]
    fn it_wakes_no_later_than_the_answer_changes(
        rules in rules(), start in start(), visit in visit(), ahead in 1_u64..90_000,
    ) {
        let rules = without_edges(rules);
        let mut engine = from_scratch(&rules, &start, &visit);
        let now = visit.last().map_or(BEGAN_AT, |(at, _)| *at);
        let decision = engine.decide(now).clone();
        let wake_at = decision.wake_at.unwrap_or(Millis(u64::MAX));
        // A clock that looks again every so often, and right before the wake-up.
        let steps = (1..=64).map(|step| now.plus(ahead * step / 64));
        let last = Millis(wake_at.0.saturating_sub(1)).min(now.plus(100 * 86_400_000));
        for at in steps.chain([last]).filter(|at| now < *at && *at < wake_at) {
            let mut other = from_scratch(&rules, &start, &visit);
            prop_assert_eq!(
                &other.decide(at).act, &decision.act,
                "at {:?}, before {:?}", at, wake_at
            );
        }
    }

    #[test]
    fn looking_only_when_told_misses_nothing(
        rules in rules(), start in start(), visit in visit(), every in 100_u64..30_000,
    ) {
        // Pauses that end a visit would take too many looks.
        let visit: Vec<_> = visit
            .into_iter()
            .take_while(|(at, _)| at.since(BEGAN_AT) < 600_000)
            .collect();
        let told = go_through(&rules, &start, &visit, None);
        let often = go_through(&rules, &start, &visit, Some(every));
        prop_assert_eq!(told, often);
    }

    #[test]
    fn waking_up_never_ends_in_a_loop(rules in rules(), start in start(), visit in visit()) {
        let mut engine = from_scratch(&rules, &start, &visit);
        let mut now = visit.last().map_or(BEGAN_AT, |(at, _)| *at);
        for _ in 0..50 {
            let Some(wake_at) = engine.decide(now).wake_at else { break };
            prop_assert!(wake_at > now);
            now = wake_at;
        }
    }

    #[test]
    fn the_explanation_says_what_is_decided(
        rules in rules(), start in start(), visit in visit(),
    ) {
        let mut engine = Engine::new(Plan::new(rules), start, text::fold);
        for (now, event) in visit {
            engine.apply(&event, now);
            let explained = engine.explain(now);
            let act = engine.decide(now).act.clone();
            let shown: Vec<_> = explained
                .iter()
                .filter(|one| matches!(one.verdict, Verdict::Shows { .. } | Verdict::Held))
                .map(|one| one.trigger.clone())
                .collect();
            let expected = match act {
                Act::Rest => Vec::new(),
                Act::Show { trigger, .. } | Act::Hold { trigger } => vec![trigger],
            };
            prop_assert_eq!(shown, expected);
            for one in explained {
                // What it names as earliest is when it says so itself.
                if let Some(earliest) = one.earliest {
                    prop_assert!(earliest >= now);
                }
                prop_assert!(one.rule.holds || marked(&one.rule) || hopeless(&one.rule));
            }
        }
    }

    #[test]
    fn rules_survive_the_way_to_the_page(
        rules in rules(), start in start(), visit in visit(),
    ) {
        let mut row = Row::new();
        Plan::new(rules.clone()).pack(&mut row);
        let arrived: Row = row.words().iter().collect();
        prop_assert_eq!(&arrived, &row);
        let mut words = Words::new(arrived.bytes());
        let plan = Plan::unpack(&mut words);
        prop_assert!(words.is_empty() && words.are_sound());
        let mut there = Engine::new(plan, start.clone(), text::fold);
        let mut here = Engine::new(Plan::new(rules), start, text::fold);
        for (now, event) in visit {
            here.apply(&event, now);
            there.apply(&event, now);
            prop_assert_eq!(here.explain(now), there.explain(now));
            prop_assert_eq!(here.decide(now), there.decide(now));
        }
    }

    #[test]
    fn words_that_were_damaged_are_noticed_or_rules(
        rules in rules(), cut in any::<prop::sample::Index>(), number in any::<f64>(),
        digit in b'$'..b'[',
    ) {
        let mut whole = Row::new();
        Plan::new(rules).pack(&mut whole);
        let mut words = Words::new(&whole.bytes()[..cut.index(whole.bytes().len())]);
        let _ = Plan::unpack(&mut words);
        prop_assert!(!words.are_sound());
        let mut words = whole.words();
        let at = cut.index(words.len());
        words[at] = Word::Number(number);
        let row: Row = words.iter().collect();
        let damaged = Plan::unpack(&mut Words::new(row.bytes()));
        Engine::new(damaged, Start::default(), text::fold).decide(BEGAN_AT);
        // What is laid out stands in the last word, and ends all that is packed.
        let mut bytes = whole.bytes().to_vec();
        let at = bytes.len() - 1 - cut.index(bytes.len() / 2);
        bytes[at] = digit;
        let damaged = Plan::unpack(&mut Words::new(&bytes));
        Engine::new(damaged, Start::default(), text::fold).decide(BEGAN_AT);
    }

    #[test]
    fn a_memory_survives_being_written_down(
        rules in rules(), start in start(), visit in visit(),
    ) {
        let mut engine = Engine::new(Plan::new(rules), start, text::fold);
        for (now, event) in visit {
            engine.apply(&event, now);
            let memory = engine.memory();
            let mut row = Row::new();
            memory.pack(memory.stay.unwrap().active_at, &mut row);
            let mut words = Words::new(row.bytes());
            prop_assert_eq!(&Memory::unpack(&mut words), memory);
            prop_assert!(words.is_empty() && words.are_sound());
        }
    }

    #[test]
    fn a_greeting_shows_once_where_it_should(
        rules in rules(), start in start(), visit in visit(),
    ) {
        use saluda_protocol::trigger::Frequency;
        let mut engine = Engine::new(Plan::new(rules.clone()), start, text::fold);
        let mut shown: Vec<(usize, u32)> = Vec::new();
        for (now, event) in visit {
            engine.apply(&event, now);
            for _ in 0..=rules.triggers.len() {
                let (trigger, held) = match engine.decide(now).act.clone() {
                    Act::Rest => break,
                    Act::Show { trigger, .. } => (trigger, false),
                    Act::Hold { trigger } => (trigger, true),
                };
                let index = rules.triggers.iter().position(|one| one.terms.id == trigger);
                let index = index.expect("it is one of them");
                let number = engine.memory().stay.map_or(1, |stay| stay.number);
                let seen = engine.memory().record(&trigger).is_some_and(|one| one.shown > 0);
                match rules.triggers[index].terms.frequency {
                    Frequency::Once => prop_assert!(!seen),
                    Frequency::Visit => {
                        prop_assert!(!shown.contains(&(index, number)));
                    }
                    Frequency::Always => {}
                }
                shown.push((index, number));
                engine.apply(&Event::Shown { trigger, held }, now);
                if !held {
                    prop_assert_eq!(&engine.decide(now).act, &Act::Rest, "one is on the screen");
                }
            }
        }
    }
}

/// Whether any condition is named as the smallest step.
fn marked(part: &saluda_rules::explain::Part) -> bool {
    use saluda_rules::explain::What;
    part.closest
        || match &part.what {
            What::All(parts) | What::Any(parts) => parts.iter().any(marked),
            What::Not(part) => marked(part),
            What::Actual(_) => false,
        }
}

/// Whether a rule fails for an empty group that can never be otherwise.
fn hopeless(part: &saluda_rules::explain::Part) -> bool {
    use saluda_rules::explain::What;
    match &part.what {
        What::All(parts) | What::Any(parts) => parts.is_empty() || parts.iter().any(hopeless),
        What::Not(part) => hopeless(part),
        What::Actual(_) => false,
    }
}
