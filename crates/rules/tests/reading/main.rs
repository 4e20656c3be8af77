//! Laws of reading triggers, whatever is read.
#![cfg(feature = "compile")]

mod any;
mod schema;

use proptest::prelude::*;
use saluda_protocol::TriggerSpec;
use saluda_rules::compile::{self, Context};
use serde_json::Value;

/// What must be true of a text that was let through.
fn check(text: &str, spec: &TriggerSpec) {
    let context = Context {
        version: 1,
        zone: Some("Europe/Madrid"),
    };
    compile::compile(spec, &context).expect("what is read compiles");
    let again = serde_json::to_string(spec).unwrap();
    assert_eq!(compile::read(&again).as_ref(), Ok(spec), "{again}");
    for text in [text, &again] {
        let value: Value = serde_json::from_str(text).unwrap();
        if let Err(reason) = schema::validate(&value) {
            panic!("{text} does not fit the schema: {reason}");
        }
        // The form as other programs read it is the same.
        assert_eq!(&serde_json::from_value::<TriggerSpec>(value).unwrap(), spec);
    }
}

#[test]
fn the_example_of_the_form_is_fine() {
    for text in any::FINE {
        let spec = compile::read(text).unwrap();
        check(text, &spec);
    }
}

/// What a deserializer takes and `read` refuses must not panic either.
fn compile_anything(text: &str) {
    if let Ok(spec) = serde_json::from_str::<TriggerSpec>(text) {
        let _ = compile::compile(&spec, &Context::default());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        prop_assert!(compile::read(&text).is_err());
    }

    #[test]
    fn any_json_is_read_or_refused(value in any::json()) {
        let text = value.to_string();
        match compile::read(&text) {
            Ok(spec) => check(&text, &spec),
            Err(mistakes) => prop_assert!(!mistakes.is_empty()),
        }
        compile_anything(&text);
    }

    #[test]
    fn any_rule_is_read_or_refused(rule in any::rule()) {
        let text = format!(r#"{{ "name": "A", "rule": {rule}, "greeting": {{ "text": {{ "en": "Hi" }} }} }}"#);
        match compile::read(&text) {
            Ok(spec) => check(&text, &spec),
            Err(mistakes) => prop_assert!(!mistakes.is_empty()),
        }
        compile_anything(&text);
    }

    #[test]
    fn a_trigger_with_any_damage_is_read_or_refused(
        which in 0..any::FINE.len(),
        damages in prop::collection::vec((any::<prop::sample::Index>(), any::json()), 1..3),
    ) {
        let mut value: Value = serde_json::from_str(any::FINE[which]).unwrap();
        for (at, other) in damages {
            any::replace(&mut value, at, other);
        }
        let text = value.to_string();
        match compile::read(&text) {
            Ok(spec) => check(&text, &spec),
            Err(mistakes) => prop_assert!(!mistakes.is_empty()),
        }
        compile_anything(&text);
    }

    #[test]
    fn a_file_with_any_damage_is_read_or_refused(
        which in 0..any::FINE.len(),
        at in any::<prop::sample::Index>(),
        length in 0usize..8,
        other in "[\\[\\]{}\",:a-z0-9é\\\\ -]{0,6}",
    ) {
        let text = any::FINE[which];
        let mut chars: Vec<char> = text.chars().collect();
        let start = at.index(chars.len());
        let end = (start + length).min(chars.len());
        chars.splice(start..end, other.chars());
        let text: String = chars.into_iter().collect();
        if let Ok(spec) = compile::read(&text) {
            check(&text, &spec);
        }
    }
}
