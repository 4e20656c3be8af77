//! Rules that nobody would write, of the largest size there is, and sites full of
//! them. What cannot be found out soon is not said; that is what these tests end
//! for.

use saluda_protocol::TriggerSpec;
use saluda_protocol::limits::{LIVE_TRIGGERS, RULE_CONDITIONS, RULE_DEPTH};
use saluda_rules::compile;
use saluda_rules::lint::{Around, Other, Warning, lint};
use serde_json::{Value, json};

fn trigger(rule: &Value, priority: i32) -> TriggerSpec {
    let whole = json!({
        "name": format!("At {priority}"),
        "priority": priority,
        "frequency": "visit",
        "rule": rule,
        "greeting": { "text": { "en": "Hi" } },
    });
    compile::read(&whole.to_string()).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

fn said(rule: &Value) -> Vec<Warning> {
    lint(&trigger(rule, 0), &Around::default())
}

/// Conditions, as many as a rule may have.
fn conditions(one: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..RULE_CONDITIONS).map(one).collect()
}

/// A number that looks like chance, and is the same each time.
fn chance(seed: usize) -> usize {
    let mixed = (seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from((mixed ^ (mixed >> 29)) >> 33).unwrap()
}

#[test]
fn ways_without_number_are_given_up() {
    // Attributes that are yes or no, in clauses of three: about as many as leave
    // it open whether all can be met.
    let clause = |at: usize| {
        let one = |part: usize| {
            let drawn = chance(at * 3 + part);
            let name = format!("visitor.attr.a{}", drawn % 16);
            json!({ "fact": name, "op": "eq", "value": (drawn / 16).is_multiple_of(2) })
        };
        json!({ "any": [one(0), one(1), one(2)] })
    };
    let clauses: Vec<Value> = (0..RULE_CONDITIONS / 3).map(clause).collect();
    let _ = said(&json!({ "all": clauses }));
    // Each of many can be met in two ways, and none of them with the last.
    let pair = |at: usize| {
        json!({ "any": [
            { "fact": "page.path", "op": "contains", "value": format!("a{at}") },
            { "fact": "page.title", "op": "contains", "value": format!("b{at}") },
        ] })
    };
    let mut pairs: Vec<Value> = (0..RULE_CONDITIONS / 2 - 1).map(pair).collect();
    pairs.push(json!({ "fact": "page.path", "op": "eq", "value": "/" }));
    pairs.push(json!({ "fact": "page.title", "op": "eq", "value": "-" }));
    let _ = said(&json!({ "all": pairs }));
}

#[test]
fn texts_without_end_are_given_up() {
    let long = |at: usize| format!("{}{}", "ab".repeat(40 + at % 7), "*a".repeat(60));
    let globs = conditions(
        |at| json!({ "fact": "page.url", "op": "glob", "value": format!("**{}**", long(at)) }),
    );
    let _ = said(&json!({ "all": globs }));
    let parts = conditions(
        |at| json!({ "fact": "page.url", "op": "contains", "value": format!("{at}").repeat(100) }),
    );
    let _ = said(&json!({ "all": parts }));
    let expressions: Vec<Value> = (0..20)
        .map(|at| {
            let pattern = format!("(a|b)*c.{{{}}}d", at % 5);
            json!({ "fact": "page.url", "op": "matches", "value": pattern })
        })
        .collect();
    let _ = said(&json!({ "all": expressions }));
}

#[test]
fn many_conditions_on_one_fact_are_still_understood() {
    let falling = conditions(
        |at| json!({ "fact": "visit.pages", "op": "gte", "value": RULE_CONDITIONS - at + 1 }),
    );
    let warnings = said(&json!({ "all": falling }));
    assert_eq!(warnings.len(), RULE_CONDITIONS - 1);
    let lists: Vec<String> = (0..200).map(|at| format!("/{at}")).collect();
    let listed = conditions(|_| json!({ "fact": "page.path", "op": "in", "value": lists }));
    assert!(!said(&json!({ "all": listed })).is_empty());
}

#[test]
fn the_deepest_rule_is_understood() {
    let mut rule = json!({ "fact": "visit.pages", "op": "lt", "value": 1 });
    for level in 1..RULE_DEPTH {
        rule = match level % 3 {
            0 => json!({ "not": rule }),
            1 => json!({ "all": [rule, { "fact": "page.scroll", "op": "gte", "value": level }] }),
            _ => json!({ "any": [{ "event": format!("e{level}") }, rule] }),
        };
    }
    let kinds: Vec<&str> = said(&rule).iter().map(|one| one.kind.as_str()).collect();
    assert!(kinds.contains(&"never_true"), "{kinds:?}");
}

#[test]
fn a_site_full_of_the_largest_rules() {
    let rule = |seed: usize| {
        json!({ "any": conditions(|at| {
            let drawn = chance(seed * 1_000 + at);
            json!({ "fact": "page.path", "op": "glob", "value": format!("/{}/*{at}**", drawn % 97) })
        }) })
    };
    let others: Vec<TriggerSpec> = (0..LIVE_TRIGGERS)
        .map(|seed| trigger(&rule(seed % 20), 1 + i32::try_from(seed).unwrap()))
        .collect();
    let others: Vec<Other<'_>> = others
        .iter()
        .map(|spec| Other { spec, older: true })
        .collect();
    let pages: Vec<String> = (0..1_000).map(|at| format!("/{at}/a{at}")).collect();
    let around = Around {
        others: &others,
        pages: &pages,
        ..Around::default()
    };
    let warnings = lint(&trigger(&rule(3), 0), &around);
    assert!(warnings.len() <= 2 * RULE_CONDITIONS, "{}", warnings.len());
}
