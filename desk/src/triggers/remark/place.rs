//! What the place is called that a path of the form names.

use saluda_protocol::trigger::Rule;

use super::super::forms::label_of;
use crate::texts::{capitalised, text, text_with};
use crate::{fact_words, facts, form_text, sentence};

/// The condition or the field that a path leads to, in the agent's words; none
/// for what only the form itself has.
pub(super) fn name_of(form: &str, path: &str) -> Option<String> {
    let within_rule = path
        .strip_prefix("rule")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    if within_rule {
        condition(form, path).or_else(|| Some(text("builder.title")))
    } else {
        label_of(path)
    }
}

/// The nearest condition around a path, or the group of conditions itself.
fn condition(form: &str, path: &str) -> Option<String> {
    let mut path = path;
    loop {
        if let Some(json) = form_text::value(form, path)
            && let Some(words) = said(json, path == "rule")
        {
            return Some(words);
        }
        path = &path[..path.rfind(['.', '['])?];
    }
}

/// A part of a rule in words. The whole rule is no part of it, unless it is one
/// condition.
fn said(json: &str, whole: bool) -> Option<String> {
    match form_text::read_rule(&format!("{{\"rule\":{json}}}")) {
        Some(Rule::All { .. } | Rule::Any { .. }) if whole => None,
        Some(rule) => {
            let clause = sentence::of_rule(&rule);
            let words = text_with("sentence.visitors", &[("rule", &clause)]);
            Some(capitalised(&words))
        }
        // Mistaken as it is, it may still say what it looks at.
        None => form_text::words(json, "fact")
            .map(|fact| match facts::find(&fact) {
                Some((known, chosen)) => capitalised(&fact_words::name(known.name, chosen)),
                None => fact,
            })
            .or_else(|| form_text::words(json, "event")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = r#"{ "rule": { "all": [
        { "fact": "page.path", "op": "glob", "value": "/pricing/**" },
        { "not": { "fact": "visitor.new", "op": "eq", "value": true } },
        { "any": [
            { "fact": "visitor.attr.plan", "op": "is", "value": "trial" },
            { "event": "signup", "where": { "total": { "op": "gte", "value": 3 } } },
            { "fact": "page.colour", "op": "is", "value": "red" },
            { "any": [
                { "fact": "desk.open", "op": "eq", "value": true },
                { "fact": "visit.pages", "op": "gte", "value": 3 }
            ] }
        ] }
    ] } }"#;

    #[test]
    fn a_condition_is_named_by_what_it_says() {
        for (path, name) in [
            (
                "rule.all[0].value",
                "Visitors who are on a page whose path fits “/pricing/**”",
            ),
            ("rule.all[1]", "Visitors who have been here before"),
            (
                "rule.all[1].not.op",
                "Visitors who are here for the first time",
            ),
            (
                "rule.all[2].any[1].where.total.value",
                "Visitors who have done “signup” at least 1 time (total is at least 3)",
            ),
            (
                "rule.all[2].any[3]",
                "Visitors who come while you are open or who have opened at least 3 pages in \
                 this visit",
            ),
        ] {
            assert_eq!(name_of(FORM, path).as_deref(), Some(name), "{path}");
        }
    }

    #[test]
    fn a_condition_that_cannot_be_read_is_named_by_what_it_looks_at() {
        let fact = fact_words::name("visitor.attr.<name>", "plan");
        assert_eq!(
            name_of(FORM, "rule.all[2].any[0].op"),
            Some(capitalised(&fact))
        );
        assert_eq!(
            name_of(FORM, "rule.all[2].any[2].fact").as_deref(),
            Some("page.colour")
        );
    }

    #[test]
    fn the_rule_as_a_whole_is_who_sees_it() {
        for path in [
            "rule",
            "rule.all",
            "rule.all[9]",
            "rule.all[2].any[7].value",
        ] {
            assert_eq!(name_of(FORM, path), Some("Who sees it".into()), "{path}");
        }
        assert_eq!(name_of("", "rule.all[0]"), Some("Who sees it".into()));
        let one = r#"{ "rule": { "fact": "visitor.new", "op": "eq", "value": true } }"#;
        assert_eq!(
            name_of(one, "rule.value").as_deref(),
            Some("Visitors who are here for the first time")
        );
    }

    #[test]
    fn a_field_is_named_by_its_label_and_all_else_by_nothing() {
        assert_eq!(name_of(FORM, "frequency"), Some("How often".into()));
        for path in ["", "id", "rules", "a.json: rule.fact"] {
            assert_eq!(name_of(FORM, path), None, "{path}");
        }
    }
}
