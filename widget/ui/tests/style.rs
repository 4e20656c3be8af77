//! What the sheets promise, read as text.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;

/// The sheets beside the components: name and text without comments.
fn sheets() -> Vec<(String, String)> {
    let mut sheets = Vec::new();
    let entries = ["src", "src/apart"].map(|folder| fs::read_dir(folder).unwrap());
    for entry in entries.into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "css") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text
                .split("/*")
                .map(|part| part.split_once("*/").map_or(part, |(_, code)| code))
                .collect();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            sheets.push((name, code));
        }
    }
    assert!(sheets.len() > 5);
    sheets
}

/// Declarations as (property, value), of whatever rule.
fn declarations(code: &str) -> Vec<(&str, &str)> {
    code.split(['{', '}', ';'])
        .filter_map(|part| part.trim().split_once(": "))
        .collect()
}

#[test]
fn colours_are_literal_only_in_the_palette() {
    for (name, code) in sheets() {
        for (property, value) in declarations(&code) {
            let in_palette = name == "tokens.css" && property.starts_with("--palette-");
            let literal = ["#", "rgb(", "hsl(", "oklch(", "white", "black"]
                .iter()
                .any(|mark| value.contains(mark) && !value.contains("var(--palette"));
            assert!(in_palette || !literal, "{name}: {property}: {value}");
            let palette = value.contains("var(--palette");
            assert!(
                !palette || name == "tokens.css",
                "{name}: {property} uses the palette instead of a role"
            );
        }
    }
}

#[test]
fn nothing_depends_on_the_side_or_on_the_pages_root_size() {
    for (name, code) in sheets() {
        for (property, value) in declarations(&code) {
            let sided = ["left", "right"]
                .iter()
                .any(|side| property.ends_with(side) || value == *side);
            assert!(!sided, "{name}: {property}: {value}");
            assert!(!value.contains("rem"), "{name}: {property}: {value}");
        }
    }
}

#[test]
fn every_role_that_is_used_is_defined() {
    let sheets = sheets();
    let (_, tokens) = sheets
        .iter()
        .find(|(name, _)| name == "tokens.css")
        .unwrap();
    for (name, code) in &sheets {
        for used in code.split("var(").skip(1) {
            let role = used.split([')', ',']).next().unwrap();
            let defined = role.starts_with("--owner-") || tokens.contains(&format!("{role}:"));
            assert!(defined, "{name}: {role}");
        }
    }
}

#[test]
fn nothing_moves_for_those_who_asked_for_that() {
    for (name, code) in sheets() {
        let moves = |property: &&str| ["animation", "transition"].contains(property);
        let (moving, still) = code
            .split_once("@media (prefers-reduced-motion: reduce)")
            .unwrap_or((&code, ""));
        for (property, _) in declarations(moving)
            .into_iter()
            .filter(|(property, _)| moves(property))
        {
            let stops = declarations(still).contains(&(property, "none"));
            assert!(stops, "{name}: {property}");
        }
    }
}
