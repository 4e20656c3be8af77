//! The laws of what comes in hold for the corpus, for texts near it, and for any text.

use std::path::Path;

use proptest::prelude::*;
use proptest::sample::select;
use saluda_fuzz::{LAWS, Law};

/// The texts of a corpus, in the order of their names.
fn corpus(name: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(name);
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let read = |file| String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned();
    files.into_iter().map(read).collect()
}

#[test]
fn the_corpus_breaks_no_law() {
    for (name, law) in LAWS {
        let texts = corpus(name);
        assert!(texts.len() > 3, "{name} has hardly any text");
        for text in &texts {
            law(text);
        }
    }
}

/// A text of the corpus in which something is another, gone, or there twice.
fn near(texts: Vec<String>) -> impl Strategy<Value = String> {
    let piece = prop_oneof!["\\PC{0,8}", "[\\x00-\\x20\"\\\\{}\\[\\]:,.@/<>-]{0,6}"];
    (
        select(texts),
        any::<prop::sample::Index>(),
        0..12usize,
        piece,
        any::<bool>(),
    )
        .prop_map(|(text, at, len, piece, twice)| {
            let chars: Vec<char> = text.chars().collect();
            let begin = at.index(chars.len() + 1);
            let end = (begin + len).min(chars.len());
            let [head, cut, tail] = [&chars[..begin], &chars[begin..end], &chars[end..]]
                .map(|part| part.iter().collect::<String>());
            let cut = if twice { cut.repeat(2) } else { String::new() };
            [head, cut, piece, tail].concat()
        })
}

fn holds(law: Law, texts: Vec<String>) {
    let config = ProptestConfig {
        cases: 3_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let any = prop_oneof![4 => near(texts), 1 => any::<String>()];
    proptest!(config, |(text in any)| law(&text));
}

#[test]
fn whatever_comes_in_breaks_no_law() {
    for (name, law) in LAWS {
        holds(law, corpus(name));
    }
}
