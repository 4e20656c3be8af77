//! Values in words.

use saluda_protocol::Span;
use saluda_protocol::trigger::Value;

use crate::texts::{text, text_count, text_with};

/// A text between quotation marks.
pub(super) fn quoted(words: &str) -> String {
    text_with("sentence.quoted", &[("words", words)])
}

/// `30 seconds`.
pub(super) fn span(Span(length_ms): Span) -> String {
    let seconds = length_ms / 1_000;
    let fits = |unit: u64| seconds > 0 && seconds.is_multiple_of(unit);
    if fits(86_400) {
        text_count("unit.days", seconds / 86_400)
    } else if fits(3_600) {
        text_count("unit.hours", seconds / 3_600)
    } else if fits(60) {
        text_count("unit.minutes", seconds / 60)
    } else {
        text_count("unit.seconds", seconds)
    }
}

/// A length of time as it is written, in words; as it is if it is none.
pub(super) fn written_span(value: &Value) -> String {
    match value {
        Value::Text(written) => written.parse().map_or_else(|_| written.clone(), span),
        other => plainly(other),
    }
}

/// A value: texts between quotation marks, several of them joined by *or*.
pub(super) fn quotedly(value: &Value) -> String {
    one_or_several(value, &|value| match value {
        Value::Text(words) => quoted(words),
        other => plainly(other),
    })
}

/// A value as it is.
pub(super) fn plainly(value: &Value) -> String {
    one_or_several(value, &|value| match value {
        Value::Flag(true) => text("value.yes"),
        Value::Flag(false) => text("value.no"),
        Value::Number(number) => number.to_string(),
        Value::Text(words) => words.clone(),
        Value::List(_) => String::new(),
    })
}

/// Each of the values in words, joined by *or*.
pub(super) fn one_or_several(value: &Value, word: &dyn Fn(&Value) -> String) -> String {
    let Value::List(several) = value else {
        return word(value);
    };
    let mut all: Vec<String> = several.iter().map(word).collect();
    let last = all.pop().unwrap_or_default();
    if all.is_empty() {
        return last;
    }
    format!("{} {} {last}", all.join(", "), text("sentence.or"))
}

/// The last number of a value, by which a plural is chosen.
pub(super) fn count_of(value: &Value) -> u64 {
    match value {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count; whatever else it is takes the plural of zero"
        )]
        Value::Number(number) => *number as u64,
        Value::List(several) => several.last().map_or(0, count_of),
        _ => 0,
    }
}
