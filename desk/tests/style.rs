//! Colours live in the tokens, and every token in use is there.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const TOKENS: &str = "00-tokens.css";

/// Words of CSS that are colours and that a sheet might be tempted to use. The
/// system's own colours, such as `CanvasText`, and `transparent` are not among
/// them.
const NAMED: [&str; 10] = [
    "white", "black", "red", "green", "blue", "gray", "grey", "silver", "orange", "yellow",
];

fn sheets() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("style");
    let mut sheets: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (
                name,
                without_comments(&fs::read_to_string(entry.path()).unwrap()),
            )
        })
        .collect();
    sheets.sort();
    sheets
}

fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| {
        kept + part.split_once("*/").map_or("", |(_, rest)| rest)
    })
}

/// The values of a sheet's declarations, with the names of their properties.
fn declarations(sheet: &str) -> Vec<(String, String)> {
    sheet
        .split(['{', '}', ';'])
        .filter_map(|piece| piece.split_once(':'))
        .map(|(property, value)| (property.trim().to_owned(), value.trim().to_owned()))
        .collect()
}

fn words(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '#'))
}

#[test]
fn only_the_tokens_hold_literal_colours() {
    for (name, sheet) in sheets() {
        if name == TOKENS {
            continue;
        }
        for (property, value) in declarations(&sheet) {
            let literal = words(&value).any(|word| word.starts_with('#') || NAMED.contains(&word))
                || ["rgb", "hsl", "oklch", "color-mix"]
                    .iter()
                    .any(|call| value.contains(&format!("{call}(")));
            assert!(
                !literal,
                "{name}: `{property}: {value}` names a colour; give it a role"
            );
            assert!(
                !value.contains("--palette-"),
                "{name}: `{property}: {value}` skips the roles"
            );
        }
    }
}

#[test]
fn every_token_that_is_used_is_there() {
    let sheets = sheets();
    let all: Vec<_> = sheets
        .iter()
        .flat_map(|(_, sheet)| declarations(sheet))
        .collect();
    let known: BTreeSet<_> = all
        .iter()
        .map(|(property, _)| property.as_str())
        .filter(|it| it.starts_with("--"))
        .collect();
    for (property, value) in &all {
        for word in words(value).filter(|word| word.starts_with("--")) {
            assert!(
                known.contains(word),
                "`{property}: {value}` uses what no token defines"
            );
        }
    }
}

#[test]
fn sheets_follow_the_direction_of_the_text() {
    for (name, sheet) in sheets() {
        for (property, value) in declarations(&sheet) {
            let physical = property
                .split('-')
                .any(|part| matches!(part, "left" | "right"))
                || matches!(property.as_str(), "width" | "height" | "top" | "bottom")
                || (property == "text-align" && matches!(value.as_str(), "left" | "right"));
            assert!(!physical, "{name}: `{property}` has a logical counterpart");
        }
    }
}
