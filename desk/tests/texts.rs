//! Every language says everything, and nothing the desk never says.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Sentences = BTreeMap<String, String>;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn sentences(language: &str) -> Sentences {
    let path = folder("texts").join(format!("{language}.json"));
    let text = fs::read_to_string(&path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn sources(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            let source = fs::read_to_string(&path).unwrap();
            found.push_str(source.split("#[cfg(test)]").next().unwrap());
        }
    }
}

/// The keys the source asks for: those of plain sentences, and those of
/// sentences that depend on a number.
fn asked() -> (BTreeSet<String>, BTreeSet<String>) {
    let mut source = String::new();
    sources(&folder("src"), &mut source);
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
fn every_language_has_the_same_sentences() {
    let english = sentences("en");
    for language in ["es", "pt"] {
        let other = sentences(language);
        let keys = |all: &Sentences| all.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&english), keys(&other), "{language}");
        for (key, sentence) in &english {
            assert_eq!(values(sentence), values(&other[key]), "{language}: {key}");
            assert!(!other[key].trim().is_empty(), "{language}: {key}");
        }
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
