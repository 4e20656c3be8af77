//! What a visitor filled in, in words.

use saluda_protocol::form::Value;
use saluda_protocol::trigger::language::text_in;
use saluda_protocol::{Answer, Rating};

use crate::texts::{locale, text, text_with};

/// The question, in the agent's language if it was asked in it.
pub(crate) fn question(answer: &Answer) -> String {
    let label = text_in(&answer.label, &locale());
    label.unwrap_or(answer.field.as_str()).to_owned()
}

/// The answer.
pub(crate) fn words(answer: &Answer) -> String {
    match &answer.value {
        Value::Ticked(true) => text("answers.yes"),
        Value::Ticked(false) => text("answers.no"),
        Value::Number(number) => number.to_string(),
        Value::Text(written) => {
            let chosen = text_in(&answer.option, &locale());
            chosen.unwrap_or(written).to_owned()
        }
    }
}

/// A form that was filled in, on one line.
pub(crate) fn line(answers: &[Answer]) -> String {
    let each = answers.iter().map(|answer| {
        let words = words(answer);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{}: {words}", question(answer))
    });
    let answers = each.collect::<Vec<_>>().join(" · ");
    text_with("line.answers", &[("answers", &answers)])
}

/// How a visitor found the conversation.
pub(crate) fn rated(rating: &Rating) -> String {
    let score = match rating.score {
        1 => text("answers.score_1"),
        2 => text("answers.score_2"),
        3 => text("answers.score_3"),
        4 => text("answers.score_4"),
        _ => text("answers.score_5"),
    };
    match &rating.comment {
        Some(comment) => text_with(
            "line.rated_words",
            &[("score", &score), ("comment", comment)],
        ),
        None => text_with("line.rated", &[("score", &score)]),
    }
}
