use proptest::prelude::*;
use regex::RegexBuilder;

use super::*;
use crate::{Row, Words};

fn kind(pattern: &str) -> &'static str {
    match compile(pattern) {
        Ok(_) => "fine",
        Err(complaint) => complaint.kind.as_str(),
    }
}

#[track_caller]
fn check(pattern: &str, fit: &[&str], others: &[&str]) {
    let expression = compile(pattern).unwrap();
    for text in fit {
        assert!(expression.fits(&fold(text)), "{pattern} should fit {text}");
    }
    for text in others {
        assert!(
            !expression.fits(&fold(text)),
            "{pattern} should not fit {text}"
        );
    }
}

#[test]
fn a_part_of_the_text_is_enough() {
    check(
        "cart",
        &["cart", "/cart/2", "shopping-CART"],
        &["", "car t"],
    );
    check("^/cart$", &["/cart", "/CART"], &["/cart/", "a/cart"]);
    check("^$", &[""], &["a", "\n"]);
    check("", &["", "a"], &[]);
}

#[test]
fn case_makes_no_difference() {
    check("CART|Ñandú", &["cart", "ñANDÚ"], &["nandu"]);
    check("straße", &["STRASSE", "Straße", "STRAẞE"], &["strase"]);
    check("ΟΔΟΣ$", &["οδος", "ΟΔΟΣ"], &["οδο"]);
    check("[A-C]x[É]", &["BXé"], &["dxé"]);
}

#[test]
fn classes_know_ascii_only() {
    check(r"^\d+$", &["123"], &["١٢٣", ""]);
    check(r"^\w+$", &["Az_9"], &["é"]);
    check(r"a\sb", &["a b", "a\tb"], &["a\u{a0}b"]);
    check(
        r"\bplan\b",
        &["a plan", "éplan", "plan-b"],
        &["plans", "planb"],
    );
    check(r"^[^\d\s]\D\W\S$", &["ab-d", "éé√é"], &["1b-d", "abcd"]);
}

#[test]
fn repetitions_alternatives_and_groups() {
    check(
        "^/p(/en|/es)?/[0-9]{2,4}$",
        &["/p/12", "/p/ES/1234"],
        &["/p/1", "/p/fr/12"],
    );
    check("a.{3}b", &["a123b", "aéñüb"], &["a12b", "a\n23b"]);
    check("^(?:ab)+$|^(?P<end>z)$", &["abab", "z"], &["aba", "zz"]);
}

#[test]
fn what_is_not_available_is_named() {
    for pattern in [
        "a(?=b)",
        "(?<!a)b",
        r"(a)\1",
        "(?i)a",
        "(?i:a)",
        r"\p{Greek}",
        r"[\pL]",
        r"[a-z&&[^b]]",
        "(a+)+",
        "(a*b)*",
        "((a+)?){2,}",
        "(a+){40}",
        "a**",
        r"\Ba",
        r"\b{start}a",
    ] {
        assert_eq!(kind(pattern), "unsupported_expression", "{pattern}");
    }
    for pattern in ["(", "a)", "[", "*a", r"\", r"\q", "a{2", "[z-a]", "a{4,2}"] {
        assert_eq!(kind(pattern), "invalid_expression", "{pattern}");
    }
}

#[test]
fn what_is_too_large_is_refused_and_quickly() {
    for pattern in [
        "a.{200}b",
        "(((a{100}){100}){100}){100}",
        "(a|b)*a(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)",
        &format!("^{}$", "(x?y?z?w?v?)".repeat(60)),
        &"[a-z]{1,9}@".repeat(40),
        "[^é]{90}ü",
    ] {
        assert_eq!(kind(pattern), "expression_too_large", "{pattern}");
    }
    let deep = "(".repeat(200) + "a" + &")".repeat(200);
    assert_eq!(kind(&deep), "invalid_expression");
}

/// Ten that other engines hang on, if they take them. Each step of ours is one
/// byte, so it is enough that this ends.
#[test]
fn no_pattern_is_slow() {
    let text = "a".repeat(100_000) + "!";
    for pattern in [
        "(a|aa){1,9}$",
        "a*a*a*a*a*a*b",
        "(a|a)*b",
        "a?a?a?a?a?a?a?a?aaaaaaaab",
        "(.*a){0,3}b",
        "^(a|ab|abc|a.)*c$",
        ".*.*.*=.*",
        r"(\w|\d|a)*\bz",
        "(a|b|ab)*c",
        "[a-z]*[a-y]*[a-x]*[a-w]*0",
    ] {
        match compile(pattern) {
            Ok(expression) => assert!(!expression.fits(&text), "{pattern}"),
            Err(complaint) => assert_eq!(
                complaint.kind,
                MistakeKind::UnsupportedExpression,
                "{pattern}"
            ),
        }
    }
}

/// A table as it travels.
fn line(expression: &Expression) -> String {
    let mut row = Row::new();
    row.expression(expression);
    row.line()
}

fn read(line: &str) -> Option<Expression> {
    let mut words = Words::new(line.as_bytes());
    let expression = words.expression();
    expression.filter(|_| words.is_empty() && words.are_sound())
}

#[test]
fn a_table_that_was_cut_is_none() {
    let whole = line(&compile(r"/(en|es)/\d+$").unwrap());
    for end in 0..whole.len() {
        assert_eq!(read(&whole[..end]), None, "{end}");
    }
}

#[test]
fn tables_are_small() {
    for (pattern, most) in [
        ("cart", 60),
        ("^/pricing(/|$)", 120),
        (r"/(en|es|pt)/product-\d+$", 300),
        ("ñ", 40),
        ("", 12),
    ] {
        let line = line(&compile(pattern).unwrap());
        assert!(line.len() <= most, "{pattern}: {} {line}", line.len());
    }
}

fn pattern() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        6 => "[abAñÑσς/ -]",
        1 => Just(".".to_owned()),
        1 => Just(r"\d".to_owned()),
        1 => Just(r"\w".to_owned()),
        1 => Just(r"\S".to_owned()),
        1 => Just(r"\b".to_owned()),
        1 => Just("^".to_owned()),
        1 => Just("$".to_owned()),
        1 => Just("[^aé]".to_owned()),
        1 => Just("[A-cñ]".to_owned()),
    ];
    leaf.prop_recursive(4, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|parts| format!("({})", parts.join("|"))),
            (inner.clone(), "[*+?]").prop_map(|(part, often)| format!("(?:{part}){often}")),
            inner.prop_map(|part| format!("(?:{part}){{0,2}}")),
        ]
    })
}

/// The same words in the dialect of the other engine.
fn theirs(pattern: &str) -> regex::Regex {
    let ascii = pattern
        .replace(r"\d", "[0-9]")
        .replace(r"\w", "[0-9A-Za-z_]")
        .replace(r"\S", r"[^\t\n\v\f\r ]")
        .replace(r"\b", r"(?-u:\b)");
    RegexBuilder::new(&ascii)
        .case_insensitive(true)
        .build()
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn it_agrees_with_another_engine(pattern in pattern(), texts in prop::collection::vec("[abAñÑσς/ 1_é√\n-]{0,12}", 1..12)) {
        let Ok(expression) = compile(&pattern) else { return Ok(()) };
        let theirs = theirs(&pattern);
        for text in texts {
            let text = fold(&text);
            prop_assert_eq!(expression.fits(&text), theirs.is_match(&text), "{} {:?}", pattern, text);
        }
        prop_assert_eq!(read(&line(&expression)), Some(expression));
    }

    #[test]
    fn no_pattern_makes_it_panic(pattern in any::<String>(), text in any::<String>()) {
        if let Ok(expression) = compile(&pattern) {
            let _ = expression.fits(&text);
        }
    }

    #[test]
    fn no_table_makes_it_panic(damage in "[#-~]{0,60}", at in 0usize..200, text in any::<String>()) {
        let whole = line(&compile(r"/(en|es)/\d+$").unwrap());
        let at = at.min(whole.len());
        let end = (at + damage.len()).min(whole.len());
        for damaged in [damage.clone(), format!("{}{damage}{}", &whole[..at], &whole[end..])] {
            if let Some(expression) = read(&damaged) {
                let _ = expression.fits(&text);
            }
        }
    }
}
