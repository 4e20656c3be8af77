//! Every language says everything, and nothing the desk never says.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use saluda_rules::compile::MistakeKind;
use saluda_rules::lint::WarningKind;

type Sentences = BTreeMap<String, String>;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn sentences(language: &str) -> Sentences {
    let path = folder("texts").join(format!("{language}.json"));
    let text = fs::read_to_string(&path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text of every file of source.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
}

/// Kinds of mistakes that the server finds and the rules know nothing of.
const OF_THE_SERVER: [&str; 9] = [
    "bounds_crossed",
    "invalid_color",
    "invalid_origin",
    "not_of_kind",
    "other_id",
    "taken",
    "too_few",
    "unknown_sender",
    "unknown_trigger",
];

/// The keys of what the server says in English, which the other languages say
/// in their own words.
fn told() -> BTreeSet<String> {
    let mistakes = MistakeKind::ALL.iter().map(|kind| kind.as_str());
    let mistakes = mistakes.chain(OF_THE_SERVER);
    let warnings = WarningKind::ALL.iter().map(|kind| kind.as_str());
    let mistakes = mistakes.map(|kind| format!("mistake.{kind}"));
    mistakes
        .chain(warnings.map(|kind| format!("warning.{kind}")))
        .collect()
}

/// The keys the source asks for: those of plain sentences, and those of
/// sentences that depend on a number.
fn asked() -> (BTreeSet<String>, BTreeSet<String>) {
    let mut files = Vec::new();
    sources(&folder("src"), &mut files);
    let without_tests = files
        .iter()
        .filter_map(|file| file.split("#[cfg(test)]").next());
    let source: String = without_tests.collect();
    let after = |call: &str| {
        let keys = source.split(call).skip(1);
        keys.filter_map(|rest| {
            let (key, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
            Some(key.to_owned())
        })
        .collect::<BTreeSet<_>>()
    };
    let plain = after("text(").into_iter().chain(after("text_with("));
    let counted = after("text_count(").into_iter();
    let counted = counted.chain(after("text_count_as("));
    (plain.collect(), counted.collect())
}

/// The names of the values in a sentence.
fn values(sentence: &str) -> BTreeSet<&str> {
    let after_braces = sentence.split('{').skip(1);
    after_braces
        .filter_map(|rest| Some(rest.split_once('}')?.0))
        .collect()
}

#[test]
fn every_language_has_the_same_sentences_and_says_what_the_server_does() {
    let english = sentences("en");
    let mut keys: BTreeSet<_> = english.keys().cloned().collect();
    keys.extend(told());
    for language in ["es", "pt"] {
        let other = sentences(language);
        assert_eq!(keys, other.keys().cloned().collect(), "{language}");
        for (key, sentence) in &english {
            assert_eq!(values(sentence), values(&other[key]), "{language}: {key}");
        }
        for (key, sentence) in &other {
            assert!(!sentence.trim().is_empty(), "{language}: {key}");
        }
    }
}

#[test]
fn every_kind_of_the_server_is_one_that_it_finds() {
    let mut files = Vec::new();
    sources(&folder("../server/src"), &mut files);
    for kind in OF_THE_SERVER {
        let written = format!("\"{kind}\"");
        assert!(files.iter().any(|file| file.contains(&written)), "{kind}");
    }
}

#[test]
fn every_sentence_is_there_and_is_used() {
    let (plain, counted) = asked();
    assert!(plain.len() > 50, "the source was read: {}", plain.len());
    let mut used = plain;
    for key in counted {
        used.extend(["one", "other"].map(|category| format!("{key}.{category}")));
    }
    let written: BTreeSet<_> = sentences("en").into_keys().collect();
    assert_eq!(used, written);
}
