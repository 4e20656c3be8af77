//! Files that people get wrong, and what they are told.
//!
//! A case is a title after `===`, what was written, and after `---` every mistake
//! that is named: its path (`.` for the whole file), its kind and its sentence.
//! What was written is a whole file, or a few fields; then the rest is a trigger
//! that is fine. `<<a*600>>` stands for six hundred letters.
#![cfg(feature = "compile")]

use std::collections::BTreeSet;

use saluda_rules::compile::{self, Mistake, MistakeKind};
use saluda_rules::hours::Hours;

struct Case {
    title: String,
    written: String,
    expected: String,
}

fn cases(file: &str) -> Vec<Case> {
    file.split("=== ")
        .skip(1)
        .map(|case| {
            let (title, rest) = case.split_once('\n').expect("a title");
            let (written, expected) = rest.split_once("---\n").expect("`---` after the text");
            Case {
                title: title.to_owned(),
                written: expand(written.trim_end()),
                expected: expected.trim_end().to_owned(),
            }
        })
        .collect()
}

/// Writes out `<<a*600>>`.
fn expand(text: &str) -> String {
    let mut parts = text.split("<<");
    let mut all = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (short, rest) = part.split_once(">>").expect("`>>`");
        let (text, count) = short.rsplit_once('*').expect("`*`");
        all += &text.repeat(count.parse().expect("a number"));
        all += rest;
    }
    all
}

/// The file: a few fields are completed.
fn completed(written: &str) -> String {
    if !written.starts_with('"') {
        return written.to_owned();
    }
    let base = [
        ("name", r#""A trigger""#),
        ("rule", r#"{ "all": [] }"#),
        ("greeting", r#"{ "text": { "en": "Hello" } }"#),
    ];
    let missing = base.iter().filter_map(|(name, value)| {
        let name = format!("\"{name}\":");
        let has = written.lines().any(|line| line.starts_with(&name));
        (!has).then(|| format!(", {name} {value}"))
    });
    format!("{{ {written}{} }}", missing.collect::<String>())
}

fn told(mistakes: &[Mistake]) -> String {
    let lines = mistakes.iter().map(|mistake| {
        let Mistake {
            path,
            kind,
            message,
        } = mistake;
        let path = if path.is_empty() { "." } else { path };
        format!("{path} | {kind} | {message}\n")
    });
    lines.collect::<String>().trim_end().to_owned()
}

/// Runs the cases of a file. Returns the kinds of mistakes that were found.
fn run(file: &str, read: impl Fn(&str) -> Vec<Mistake>) -> (usize, BTreeSet<MistakeKind>) {
    let cases = cases(file);
    let mut kinds = BTreeSet::new();
    for case in &cases {
        let mistakes = read(&completed(&case.written));
        assert_eq!(told(&mistakes), case.expected, "{}", case.title);
        kinds.extend(mistakes.iter().map(|mistake| mistake.kind));
    }
    (cases.len(), kinds)
}

fn mistakes_of(file: &str) -> Vec<Mistake> {
    compile::read(file).err().unwrap_or_default()
}

const TRIGGERS: [&str; 4] = [
    include_str!("malformed/files.txt"),
    include_str!("malformed/rules.txt"),
    include_str!("malformed/greetings.txt"),
    include_str!("malformed/rest.txt"),
];
const LISTS: &str = include_str!("malformed/lists.txt");
const HOURS: &str = include_str!("malformed/hours.txt");

#[test]
fn every_mistake_is_named_with_its_place() {
    let mut all = 0;
    let mut kinds = BTreeSet::new();
    let mut note = |(count, found): (usize, BTreeSet<MistakeKind>)| {
        all += count;
        kinds.extend(found);
    };
    for file in TRIGGERS {
        note(run(file, mistakes_of));
    }
    note(run(LISTS, |file| {
        compile::read_all(file).err().unwrap_or_default()
    }));
    note(run(HOURS, |file| {
        Hours::parse(file).err().unwrap_or_default()
    }));
    assert!(all >= 130, "{all} cases");
    let huge = [large_file(), many_mistakes()];
    kinds.extend(
        huge.iter()
            .flat_map(|file| mistakes_of(file))
            .map(|mistake| mistake.kind),
    );
    let unused: Vec<_> = MistakeKind::ALL
        .iter()
        .filter(|kind| !kinds.contains(kind))
        .collect();
    assert!(unused.is_empty(), "no case for {unused:?}");
}

fn large_file() -> String {
    " ".repeat(2 * 1024 * 1024)
}

fn many_mistakes() -> String {
    let fields: String = ", \"field\": 1".repeat(30_000);
    format!(
        r#"{{ "name": "A", "rule": {{ "all": [] }}, "greeting": {{ "text": {{ "en": "Hi" }} }}{fields} }}"#
    )
}

#[test]
fn of_many_mistakes_the_first_hundred_are_listed() {
    let mistakes = mistakes_of(&many_mistakes());
    assert_eq!(mistakes.len(), 101);
    // Each of them is unknown, and together they are one field too often.
    assert_eq!(mistakes[100].message, "there are 29901 mistakes more");
}

#[test]
fn no_file_is_too_deep_or_too_long_to_be_refused() {
    for (open, close) in [
        ("[", "]"),
        (r#"{"not":"#, "}"),
        (r#"{"all":["#, "]}"),
        ("[", ""),
    ] {
        let nested = open.repeat(100_000) + &close.repeat(100_000);
        for file in [
            nested.clone(),
            format!(r#"{{ "name": "A", "rule": {nested}, "greeting": 1 }}"#),
        ] {
            assert!(!mistakes_of(&file).is_empty());
        }
    }
    let gaps = "{{x".repeat(300_000);
    let file = format!(r#"{{ "greeting": {{ "text": {{ "en": "{gaps}" }} }} }}"#);
    assert_eq!(mistakes_of(&file).len(), 3);
    let file = format!(
        r#"{{ "rule": {{ "all": [{}] }} }}"#,
        "1,".repeat(400_000) + "1"
    );
    assert_eq!(mistakes_of(&file).len(), 3);
}

#[test]
fn a_trigger_that_is_fine_has_no_mistakes() {
    assert_eq!(mistakes_of(&completed("\"priority\": 1")), []);
}
