//! Changes one value of a form. All else stays as it is typed, laid out anew.
//!
//! What is missing on the way to a value is made; what stands there and is of
//! another kind is somebody's draft, and nothing is changed then.

use std::ops::Range;

use super::scan::{self, Kind, Node};
use super::{lay_out, quote, step};

/// The fields in the order of the documents, so that a new one stands where its
/// reader looks for it. Those of different objects do not meet.
const ORDER: [&str; 36] = [
    "id",
    "name",
    "priority",
    "rule",
    "schedule",
    "frequency",
    "limits",
    "after_dismiss",
    "with_open_conversation",
    "greeting",
    "tags",
    "goal",
    "experiment",
    "sender",
    "share",
    "text",
    "buttons",
    "reply",
    "label",
    "answer",
    "url",
    "phone",
    "hours",
    "from",
    "until",
    "times",
    "gap",
    "event",
    "within",
    "seed",
    "holdout",
    "variants",
    "ask",
    "follow_up",
    "op",
    "value",
];

/// The text with this value at a path. Nothing if there is no place for it.
pub(crate) fn set(text: &str, path: &str, json: &str) -> Option<String> {
    let root = scan::read(text)?;
    let (mut node, mut rest) = (&root, path);
    while let Some((child, left)) = step(node, rest) {
        let nothing = &text[child.span.clone()] == "null";
        if left.is_empty() || nothing {
            return Some(put(text, child.span.clone(), &within(left, json)?));
        }
        (node, rest) = (child, left);
    }
    let (at, before, after, name, left) = match &node.kind {
        Kind::Plain => return None,
        Kind::List(items) => {
            let (index, left) = rest.strip_prefix('[')?.split_once(']')?;
            if index.parse() != Ok(items.len()) {
                return None;
            }
            let (at, before) = match items.last() {
                Some(last) => (last.span.end, ","),
                None => (node.span.start + 1, ""),
            };
            (at, before, "", None, left)
        }
        Kind::Fields(fields) => {
            let (name, left) = name_of(rest)?;
            let place = place_among(fields, name);
            let (at, before, after) = match place.checked_sub(1) {
                Some(previous) => (fields[previous].1.span.end, ",", ""),
                None if fields.is_empty() => (node.span.start + 1, "", ""),
                None => (node.span.start + 1, "", ","),
            };
            (at, before, after, Some(name), left)
        }
    };
    let value = within(left, json)?;
    let name = name.map_or_else(String::new, |name| format!("{}:", quote(name)));
    Some(put(text, at..at, &format!("{before}{name}{value}{after}")))
}

/// The text without what stands at a path. Nothing if it is not there.
pub(crate) fn remove(text: &str, path: &str) -> Option<String> {
    let root = scan::read(text)?;
    let (mut parent, mut rest) = (None, path);
    let mut node = &root;
    while let Some((child, left)) = step(node, rest) {
        (parent, node, rest) = (Some(node), child, left);
    }
    let parent = parent.filter(|_| rest.is_empty())?;
    let children: Vec<&Node> = match &parent.kind {
        Kind::Plain => return None,
        Kind::List(items) => items.iter().collect(),
        Kind::Fields(fields) => fields.iter().map(|(_, value)| value).collect(),
    };
    let index = children.iter().position(|it| it.span == node.span)?;
    let range = match index.checked_sub(1) {
        Some(previous) => children[previous].span.end..node.span.end,
        None if children.len() == 1 => parent.span.start + 1..parent.span.end - 1,
        None => {
            let comma = text[node.span.end..].find(',')?;
            parent.span.start + 1..node.span.end + comma + 1
        }
    };
    Some(put(text, range, ""))
}

fn put(text: &str, range: Range<usize>, json: &str) -> String {
    let changed = format!("{}{json}{}", &text[..range.start], &text[range.end..]);
    lay_out(&changed)
}

/// A value inside of what a path still asks for.
fn within(path: &str, json: &str) -> Option<String> {
    if path.is_empty() {
        return Some(json.to_owned());
    }
    if let Some(rest) = path.strip_prefix("[0]") {
        return Some(format!("[{}]", within(rest, json)?));
    }
    let (name, rest) = name_of(path)?;
    Some(format!("{{{}:{}}}", quote(name), within(rest, json)?))
}

/// The name that a path begins with, and the rest of it.
fn name_of(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix('.').unwrap_or(path);
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (name, rest) = path.split_at(end);
    (!name.is_empty()).then_some((name, rest))
}

/// Before which field a new one goes. One without a place of its own, such as a
/// language, goes last.
fn place_among(fields: &[(String, Node)], name: &str) -> usize {
    let rank = |name: &str| ORDER.iter().position(|known| *known == name);
    let later = |(other, _): &(String, Node)| match (rank(other), rank(name)) {
        (Some(other), Some(own)) => other > own,
        _ => false,
    };
    fields.iter().position(later).unwrap_or(fields.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text on one line, to be compared.
    fn flat(text: Option<String>) -> String {
        let text = text.unwrap_or_else(|| "nothing".to_owned());
        let words: Vec<_> = text.split_whitespace().collect();
        words.join(" ")
    }

    #[test]
    fn a_value_is_put_where_its_path_leads() {
        for (text, path, json, expected) in [
            (r#"{"a": 1.50}"#, "a", "2", r#"{ "a": 2 }"#),
            (
                r#"{"colour": 1.50}"#,
                "b",
                "2",
                r#"{ "colour": 1.50, "b": 2 }"#,
            ),
            ("{}", "tags", "[]", r#"{ "tags": [] }"#),
            ("{}", "limits.times", "3", r#"{ "limits": { "times": 3 } }"#),
            (
                r#"{"limits": null}"#,
                "limits.times",
                "3",
                r#"{ "limits": { "times": 3 } }"#,
            ),
            (
                r#"{"limits": {"times": null}}"#,
                "limits.times",
                "3",
                r#"{ "limits": { "times": 3 } }"#,
            ),
            ("{}", "tags[0]", "\"a\"", r#"{ "tags": ["a"] }"#),
            (
                r#"{"tags": ["a"]}"#,
                "tags[1]",
                "\"b\"",
                r#"{ "tags": ["a", "b"] }"#,
            ),
            (r#"{"tags": []}"#, "tags[0]", "1", r#"{ "tags": [1] }"#),
            (
                r#"{"greeting": {"text": {"en": "Hi"}}}"#,
                "greeting.text.pt-BR",
                "\"Oi\"",
                r#"{ "greeting": { "text": { "en": "Hi", "pt-BR": "Oi" } } }"#,
            ),
            (
                r#"{"buttons": [{"label": {}}]}"#,
                "buttons[0].label.en",
                "\"x\"",
                r#"{ "buttons": [{ "label": { "en": "x" } }] }"#,
            ),
        ] {
            assert_eq!(flat(set(text, path, json)), expected, "{path} in {text}");
        }
    }

    #[test]
    fn a_new_field_stands_where_its_reader_looks_for_it() {
        let form = r#"{"rule": {}, "greeting": {"text": {}, "reply": {}}, "odd": 1, "tags": []}"#;
        let form = set(form, "greeting.buttons", "[]").unwrap();
        let form = set(&form, "greeting.sender", "\"s\"").unwrap();
        let form = set(&form, "name", "\"n\"").unwrap();
        let form = set(&form, "frequency", "\"once\"").unwrap();
        assert_eq!(
            flat(set(&form, "goal.event", "\"e\"")),
            r#"{ "name": "n", "rule": {}, "frequency": "once", "greeting": { "sender": "s", "text": {}, "buttons": [], "reply": {} }, "odd": 1, "tags": [], "goal": { "event": "e" } }"#
        );
    }

    #[test]
    fn what_is_of_another_kind_is_left_alone() {
        for (text, path) in [
            ("{", "a"),
            (r#"{"limits": 3}"#, "limits.times"),
            (r#"{"tags": {}}"#, "tags[0]"),
            (r#"{"tags": []}"#, "tags[2]"),
            ("{}", "tags[2]"),
            ("[]", "a"),
            ("{}", ""),
        ] {
            assert_eq!(set(text, path, "1"), None, "{path} in {text}");
        }
    }

    #[test]
    fn what_is_removed_takes_its_name_and_its_comma_along() {
        for (text, path, expected) in [
            (r#"{"a": 1}"#, "a", "{}"),
            (r#"{"a": 1 , "b": ","}"#, "a", r#"{ "b": "," }"#),
            (r#"{"a": 1, "b": 2}"#, "b", r#"{ "a": 1 }"#),
            (r#"{"a": 1, "b": 2, "c": 3}"#, "b", r#"{ "a": 1, "c": 3 }"#),
            (r#"{"tags": ["a"]}"#, "tags[0]", r#"{ "tags": [] }"#),
            (
                r#"{"tags": ["a", "b", "c"]}"#,
                "tags[1]",
                r#"{ "tags": ["a", "c"] }"#,
            ),
            (
                r#"{"text": {"en": "a", "pt-BR": "b"}}"#,
                "text.en",
                r#"{ "text": { "pt-BR": "b" } }"#,
            ),
            (r#"{"a": 1}"#, "b", "nothing"),
            (r#"{"a": {"b": 1}}"#, "a.c", "nothing"),
            (r#"{"a": 1}"#, "", "nothing"),
        ] {
            assert_eq!(flat(remove(text, path)), expected, "{path} in {text}");
        }
    }
}
