//! The form of a trigger as text: laid out for people, and searched for the
//! place that a path names.
//!
//! The text is somebody's draft, so nothing here fails: what cannot be read
//! stays as it is, and of a path that leads nowhere the nearest place is found.

mod change;
mod document;
mod layout;
mod read;
mod scan;
pub(crate) mod values;
mod write;

pub(crate) use change::{remove, set};
pub(crate) use document::Document;
pub(crate) use layout::lay_out;
pub(crate) use read::{read, read_rule};
pub(crate) use write::write_rule;

use std::ops::Range;

use scan::{Kind, Node};
use serde::de::IgnoredAny;

/// Where a path such as `rule.all[2].value` stands in the text: the value, or
/// the nearest one around it that is there.
pub(crate) fn find(text: &str, path: &str) -> Range<usize> {
    let Some(mut node) = scan::read(text) else {
        return 0..0;
    };
    let mut rest = path;
    while let Some((child, left)) = step(&node, rest) {
        rest = left;
        let child = child.clone();
        node = child;
    }
    // The whole text is no place to point to.
    if rest == path { 0..0 } else { node.span }
}

/// The text with another value at a path, laid out. Nothing if there is none.
pub(crate) fn replace(text: &str, path: &str, json: &str) -> Option<String> {
    let range = find(text, path);
    if range.is_empty() {
        return None;
    }
    let changed = format!("{}{json}{}", &text[..range.start], &text[range.end..]);
    Some(lay_out(&changed))
}

/// What is written at a path, if it leads somewhere.
pub(crate) fn value<'t>(text: &'t str, path: &str) -> Option<&'t str> {
    let mut node = scan::read(text)?;
    let mut rest = path;
    while !rest.is_empty() {
        let (child, left) = step(&node, rest)?;
        rest = left;
        let child = child.clone();
        node = child;
    }
    Some(&text[node.span])
}

/// A text that is written at a path.
pub(crate) fn words(text: &str, path: &str) -> Option<String> {
    serde_json::from_str(value(text, path)?).ok()
}

/// The fields of an object, in their order, each as it is written.
pub(crate) fn fields(object: &str) -> Vec<(String, &str)> {
    match scan::read(object).map(|node| node.kind) {
        Some(Kind::Fields(fields)) => fields
            .into_iter()
            .map(|(name, node)| (name, &object[node.span]))
            .collect(),
        _ => Vec::new(),
    }
}

/// The values of a list at a path, each as it is written.
pub(crate) fn items<'t>(text: &'t str, path: &str) -> Vec<&'t str> {
    list(&text[find(text, path)])
}

/// The values of a list, each as it is written.
pub(crate) fn list(list: &str) -> Vec<&str> {
    match scan::read(list).map(|node| node.kind) {
        Some(Kind::List(items)) => items.into_iter().map(|item| &list[item.span]).collect(),
        _ => Vec::new(),
    }
}

/// A text as JSON.
pub(crate) fn quote(words: &str) -> String {
    serde_json::to_string(words).unwrap_or_default()
}

/// The part of a node that a path begins with, and the rest of the path.
fn step<'n, 'p>(node: &'n Node, path: &'p str) -> Option<(&'n Node, &'p str)> {
    match &node.kind {
        Kind::Plain => None,
        Kind::List(items) => {
            let (at, rest) = path.strip_prefix('[')?.split_once(']')?;
            let item = items.get(at.parse::<usize>().ok()?)?;
            Some((item, rest))
        }
        Kind::Fields(fields) => {
            let path = path.strip_prefix('.').unwrap_or(path);
            // A name may hold a dot; the longest that fits is meant.
            let fits = fields.iter().filter_map(|(name, value)| {
                let rest = path.strip_prefix(name.as_str())?;
                let ends = rest.is_empty() || rest.starts_with(['.', '[']);
                (ends && !name.is_empty()).then_some((name.len(), value, rest))
            });
            let (_, value, rest) = fits.max_by_key(|(length, ..)| *length)?;
            Some((value, rest))
        }
    }
}

/// Where the text stops being JSON: line and column, from 1.
pub(crate) fn broken_at(text: &str) -> Option<(usize, usize)> {
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    Some((error.line().max(1), error.column().max(1)))
}

/// The place of a line and a column in the text.
pub(crate) fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let mut at = (before + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "name": "é",
  "rule": { "all": [ { "fact": "page.path" }, { "not": { "event": "a", "where": { "x.y": { "op": "eq" } } } } ] }
}"#;

    fn found(path: &str) -> &'static str {
        &TEXT[find(TEXT, path)]
    }

    #[test]
    fn a_path_leads_to_its_value_or_to_what_is_around_it() {
        for (path, value) in [
            ("name", "\"é\""),
            ("rule.all[0].fact", "\"page.path\""),
            ("rule.all[1].not.event", "\"a\""),
            ("rule.all[1].not.where.x.y.op", "\"eq\""),
            ("rule.all[0].value", "{ \"fact\": \"page.path\" }"),
            ("greeting.text", ""),
            ("", ""),
        ] {
            assert_eq!(found(path), value, "{path}");
        }
        assert_eq!(find("{ \"name\"", "name"), 0..0, "no JSON yet");
    }

    #[test]
    fn a_value_is_there_or_not() {
        assert_eq!(value(TEXT, "rule.all[0].fact"), Some("\"page.path\""));
        assert_eq!(value(TEXT, "rule.all[0].value"), None);
        assert_eq!(value(TEXT, ""), Some(TEXT));
        assert_eq!(words(TEXT, "name").as_deref(), Some("é"));
        assert_eq!(words(TEXT, "rule"), None);
        let names: Vec<_> = fields(TEXT).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["name", "rule"]);
        assert_eq!(fields("[1]"), []);
    }

    #[test]
    fn a_value_is_replaced_and_all_else_is_kept() {
        let text = "{ \"rule\": { \"all\": [] }, \"colour\": 1.50 }";
        let changed = replace(text, "rule", "{\"any\":[]}").unwrap();
        assert_eq!(
            changed,
            "{\n  \"rule\": { \"any\": [] },\n  \"colour\": 1.50\n}\n"
        );
        assert_eq!(replace("{", "rule", "1"), None);
    }

    #[test]
    fn what_is_no_json_is_named_by_line_and_column() {
        assert_eq!(broken_at(TEXT), None);
        let broken = "{\n  \"a\": é\n}";
        let (line, column) = broken_at(broken).unwrap();
        assert_eq!((line, column), (2, 8));
        assert_eq!(&broken[offset_of(broken, line, column)..][..2], "é");
        assert_eq!(offset_of("é", 1, 2), 0, "never within a letter");
        assert_eq!(offset_of("ab", 9, 9), 2);
    }
}
