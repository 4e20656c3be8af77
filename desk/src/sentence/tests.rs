use saluda_protocol::TriggerSpec;
use saluda_protocol::trigger::{Operator, Rule};
use serde_json::{Value, json};

use super::part::Part;
use super::{of, rule};
use crate::facts::{FACTS, Kind};

fn said(parts: &[Part]) -> String {
    let words = parts.iter().map(|part| match part {
        Part::Plain(words) | Part::Chosen { words, .. } => words.as_str(),
    });
    words.collect()
}

fn clause(rule_json: &Value) -> String {
    let rule: Rule = serde_json::from_value(rule_json.clone()).unwrap();
    said(&rule::clause(&rule, "rule"))
}

fn trigger(more: &Value) -> TriggerSpec {
    let mut form = json!({
        "name": "Help",
        "rule": { "fact": "page.path", "op": "glob", "value": "/pricing/**" },
        "greeting": { "text": { "en": "Questions about plans?" } },
    });
    for (field, value) in more.as_object().unwrap() {
        form[field] = value.clone();
    }
    serde_json::from_value(form).unwrap()
}

#[test]
fn a_trigger_reads_as_a_sentence() {
    assert_eq!(
        said(&of(&trigger(&json!({})), &|_| None)),
        "Show “Questions about plans?” from the site’s sender to visitors who are on a page \
         whose path fits “/pricing/**”, at any time, once per visitor, and after a dismissal \
         not again this visit."
    );
    let more = json!({
        "rule": { "all": [] },
        "schedule": { "hours": "during", "from": "2026-12-01T00:00", "until": "2026-12-24T12:00" },
        "frequency": "always",
        "limits": { "times": 3, "gap": "1d" },
        "after_dismiss": "36h",
        "with_open_conversation": true,
        "greeting": {
            "sender": "lucia",
            "text": { "en": "Comparing plans? I can tell you in a minute which one fits your shop." },
        },
        "experiment": { "seed": "a", "holdout": 10 },
    });
    assert_eq!(
        said(&of(&trigger(&more), &|_| None)),
        "Show “Comparing plans? I can tell you in a minute…” from “lucia” to every visitor, \
         during opening hours, from 2026-12-01 00:00, until 2026-12-24 12:00, each time it fits, \
         at most 3 times in all, at least 1 day apart, and after a dismissal not again for 36 \
         hours. Also to those in conversation. 10 of a hundred see none, to compare."
    );
}

#[test]
fn what_was_chosen_carries_its_path() {
    let more = json!({ "rule": { "all": [
        { "fact": "page.time", "op": "gte", "value": "30s" },
        { "not": { "any": [
            { "event": "signup" },
            { "fact": "visitor.new", "op": "eq", "value": true },
        ] } },
    ] } });
    let paths: Vec<_> = of(&trigger(&more), &|_| None)
        .into_iter()
        .filter_map(|part| match part {
            Part::Chosen { path, .. } => Some(path),
            Part::Plain(_) => None,
        })
        .collect();
    assert_eq!(
        paths,
        [
            "greeting.text",
            "greeting.sender",
            "rule.all[0]",
            "rule.all[1].not.any[0]",
            "rule.all[1].not.any[1]",
            "schedule.hours",
            "frequency",
            "after_dismiss",
        ]
    );
}

#[test]
fn groups_stand_in_brackets_beside_others() {
    let new = json!({ "fact": "visitor.new", "op": "eq", "value": true });
    let open = json!({ "fact": "desk.open", "op": "eq", "value": true });
    let pages = json!({ "fact": "visit.pages", "op": "gte", "value": 3 });
    for (rule, words) in [
        (
            json!({ "all": [new, open, pages] }),
            "who are here for the first time, who come while you are open and who have opened \
             at least 3 pages in this visit",
        ),
        (
            json!({ "all": [new, { "any": [open, pages] }] }),
            "who are here for the first time and (who come while you are open or who have \
             opened at least 3 pages in this visit)",
        ),
        (
            json!({ "any": [{ "all": [{ "any": [new, open] }] }, pages] }),
            "(who are here for the first time or who come while you are open) or who have \
             opened at least 3 pages in this visit",
        ),
        (
            json!({ "not": pages }),
            "who are not among visitors who have opened at least 3 pages in this visit",
        ),
        (json!({ "not": new }), "who have been here before"),
        (
            json!({ "not": { "not": new } }),
            "who are not among visitors who have been here before",
        ),
        (
            json!({ "all": [{ "any": [] }, open] }),
            "who do not exist and who come while you are open",
        ),
    ] {
        assert_eq!(clause(&rule), words);
    }
}

#[test]
fn every_fact_has_words_for_everything_that_can_be_asked() {
    for fact in FACTS {
        for op in fact.kind.operators() {
            let one = match fact.kind {
                Kind::Text | Kind::Texts | Kind::Any | Kind::Selector => json!("#x"),
                Kind::Percent | Kind::Count => json!(3),
                Kind::Span => json!("30s"),
                Kind::Flag => json!(true),
                Kind::Language => json!("es"),
                Kind::Device => json!("phone"),
                Kind::Weekday => json!("mon"),
                Kind::TimeOfDay => json!("09:00"),
            };
            let value = match op {
                Operator::In | Operator::NotIn => json!([one]),
                Operator::Exists => json!(true),
                _ => one,
            };
            let name = fact
                .name
                .replace("<name>", "colour")
                .replace("<id>", "tour");
            let words = clause(&json!({ "fact": name, "op": op, "value": value }));
            // Whatever lacks a sentence shows its key.
            assert!(
                !words.contains("says.") && !words.contains("test.") && !words.contains('{'),
                "{name} {op:?}: {words}"
            );
            assert!(
                words.starts_with("who") || words.starts_with("for whom"),
                "{words}"
            );
            if fact.name.contains('<') {
                assert!(
                    words.contains("colour") || words.contains("tour"),
                    "{words}"
                );
            }
            let opposite = match op {
                Operator::Eq => Some("ne"),
                Operator::In => Some("not_in"),
                Operator::Contains => Some("not_contains"),
                _ => None,
            };
            if let Some(opposite) = opposite {
                let other = clause(&json!({ "fact": name, "op": opposite, "value": value }));
                assert_ne!(words, other, "{name}");
            }
        }
    }
}

#[test]
fn conditions_are_said_as_people_say_them() {
    for (condition, words) in [
        (
            json!({ "fact": "visitor.language", "op": "in", "value": ["es", "pt", "ca"] }),
            "who speak es, pt or ca",
        ),
        (
            json!({ "fact": "visitor.device", "op": "ne", "value": "phone" }),
            "who do not use a phone",
        ),
        (
            json!({ "fact": "visitor.attr.days_left", "op": "lte", "value": 3 }),
            "whose days_left is at most 3",
        ),
        (
            json!({ "fact": "visitor.attr.plan", "op": "exists" }),
            "whose plan is known",
        ),
        (
            json!({ "fact": "visitor.attr.plan", "op": "exists", "value": false }),
            "whose plan is not known",
        ),
        (
            json!({ "fact": "visitor.tag", "op": "not_in", "value": ["customer"] }),
            "who are not tagged “customer”",
        ),
        (
            json!({ "fact": "visitor.local_time", "op": "gte", "value": "12:00" }),
            "for whom it is 12:00 or later",
        ),
        (
            json!({ "fact": "page.time", "op": "gte", "value": "90s" }),
            "who have looked at the page for at least 90 seconds",
        ),
        (
            json!({ "fact": "visitor.last_visit", "op": "gt", "value": "1d" }),
            "whose last visit was more than 1 day ago",
        ),
        (
            json!({ "fact": "page.scroll", "op": "gte", "value": 75 }),
            "who have seen at least 75% of the page",
        ),
        (
            json!({ "fact": "visit.pages", "op": "eq", "value": 1 }),
            "who have opened exactly 1 page in this visit",
        ),
        (
            json!({ "fact": "trigger.tour.shown", "op": "eq", "value": 0 }),
            "who have never seen “tour”",
        ),
        (
            json!({ "fact": "trigger.tour.dismissed", "op": "lt", "value": 2 }),
            "who have closed “tour” less than 2 times",
        ),
        (
            json!({ "event": "search", "value": 0, "op": "eq" }),
            "who have not done “search”",
        ),
        (
            json!({ "event": "plan_compared", "value": 2, "within": "10m" }),
            "who have done “plan_compared” at least 2 times within 10 minutes",
        ),
        (
            json!({ "event": "cart_added", "where": { "total": { "op": "gte", "value": 200 } } }),
            "who have done “cart_added” at least 1 time (total is at least 200)",
        ),
        (
            json!({ "fact": "page.colour", "op": "eq", "value": "red" }),
            "whose page.colour is “red”",
        ),
    ] {
        assert_eq!(clause(&condition), words);
    }
}
