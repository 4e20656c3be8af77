//! Rules that change while a page is open.

#![cfg(feature = "compile")]

use saluda_protocol::Millis;
use saluda_rules::compile::{self, Context};
use saluda_rules::event::Attribute;
use saluda_rules::{Act, Engine, Event, Plan, Row, SiteRules, Start, Words, text};

/// The code of an event of words that brings other rules; `page/engine.js` has
/// the same.
const RENEWED: u64 = 26;

fn plan(triggers: &[(&str, &str)]) -> Plan {
    let triggers = triggers.iter().map(|(id, rule)| {
        let form = format!(
            r#"{{"id":"{id}","name":"{id}","rule":{rule},"greeting":{{"text":{{"en":"Hi"}}}}}}"#
        );
        let spec = compile::read(&form).unwrap();
        compile::compile(&spec, &Context::default()).unwrap()
    });
    Plan::new(SiteRules {
        triggers: triggers.collect(),
        ..SiteRules::default()
    })
}

/// A page that has been open since 0, with an attribute.
fn page(plan: Plan) -> Engine {
    let start = Start {
        visible: true,
        ..Start::default()
    };
    let mut engine = Engine::new(plan, start, text::fold);
    let page = Event::Page {
        url: "https://shop.example/plans".to_owned(),
        title: String::new(),
        referrer: String::new(),
    };
    engine.apply(&page, Millis(1_000));
    let attribute = Event::Attribute {
        name: "plan".to_owned(),
        value: Some(Attribute::Text("Free".to_owned())),
    };
    engine.apply(&attribute, Millis(2_000));
    engine
}

fn renewed(engine: &mut Engine, plan: &Plan, now: Millis) {
    let mut row = Row::new();
    row.whole(RENEWED);
    plan.pack(&mut row);
    engine.hear(&mut Words::new(row.bytes()), now);
}

fn shown(engine: &mut Engine, now: u64) -> Option<String> {
    match &engine.decide(Millis(now)).act {
        Act::Show { trigger, .. } => Some(trigger.to_string()),
        _ => None,
    }
}

#[test]
fn what_the_page_knows_stays() {
    let rule = r#"{"all":[{"fact":"page.time","op":"gte","value":"30s"},{"fact":"visitor.attr.plan","op":"eq","value":"free"}]}"#;
    let mut engine = page(plan(&[]));
    assert_eq!(engine.decide(Millis(20_000)).wake_at, None);
    renewed(&mut engine, &plan(&[("late", rule)]), Millis(20_000));
    assert_eq!(shown(&mut engine, 20_000), None);
    assert_eq!(engine.decide(Millis(20_000)).wake_at, Some(Millis(31_000)));
    assert_eq!(shown(&mut engine, 31_000).as_deref(), Some("late"));
}

#[test]
fn what_is_taken_back_shows_no_more_and_what_was_shown_is_remembered() {
    let always = r#"{"all":[]}"#;
    let both = plan(&[("one", always), ("two", always)]);
    let mut engine = page(plan(&[("one", always)]));
    assert_eq!(shown(&mut engine, 3_000).as_deref(), Some("one"));
    renewed(&mut engine, &plan(&[]), Millis(3_000));
    assert_eq!(shown(&mut engine, 3_000), None);
    renewed(&mut engine, &both, Millis(4_000));
    assert_eq!(shown(&mut engine, 4_000).as_deref(), Some("one"));
    let trigger = "one".parse().unwrap();
    let held = false;
    engine.apply(&Event::Shown { trigger, held }, Millis(4_000));
    engine.apply(&Event::OnScreen(false), Millis(5_000));
    renewed(&mut engine, &both, Millis(6_000));
    assert_eq!(shown(&mut engine, 900_000).as_deref(), Some("two"));
}

#[test]
fn rules_that_were_damaged_change_nothing() {
    let always = r#"{"all":[]}"#;
    let mut engine = page(plan(&[("one", always)]));
    let mut row = Row::new();
    row.whole(RENEWED);
    plan(&[("two", always)]).pack(&mut row);
    for end in 9..row.bytes().len() {
        engine.hear(&mut Words::new(&row.bytes()[..end]), Millis(3_000));
        assert_eq!(shown(&mut engine, 3_000).as_deref(), Some("one"), "{end}");
    }
}
