//! What is chosen in a card of fields, in a line.

use super::wording;
use crate::form_text::Document;
use crate::texts::{text, text_count, text_with};

/// What the greeting has.
pub(super) fn greeting(document: &Document) -> String {
    let languages = wording::languages(document).len();
    let mut parts = vec![text_count("summary.languages", count(languages))];
    let buttons = document.len("greeting.buttons");
    if buttons > 0 {
        parts.push(text_count("summary.buttons", count(buttons)));
    }
    if document.len("greeting.reply.agent.ask") > 0 {
        parts.push(text("summary.asks"));
    }
    parts.join(" · ")
}

/// What is to come of it.
pub(super) fn outcome(document: &Document) -> String {
    let mut parts = Vec::new();
    let tags = document.strings("tags");
    if !tags.is_empty() {
        parts.push(text_with("summary.tags", &[("tags", &tags.join(", "))]));
    }
    if let Some(event) = document.string("goal.event") {
        parts.push(text_with("summary.goal", &[("event", &event)]));
    }
    let variants = document.len("experiment.variants");
    if variants > 0 {
        parts.push(text_count("summary.variants", count(variants)));
    }
    if let Some(held) = document.raw("experiment.holdout").filter(|it| *it != "0") {
        parts.push(text_with("summary.holdout", &[("count", held)]));
    }
    if parts.is_empty() {
        return text("summary.nothing");
    }
    parts.join(" · ")
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_says_in_a_line_what_is_chosen_in_it() {
        let document = Document::of(
            r#"{ "greeting": { "text": { "en": "Hi", "es": "Hola" }, "buttons": [{ "label": {} }],
                 "reply": { "agent": { "ask": ["email"] } } },
                 "tags": ["a", "b"], "goal": { "event": "signup", "within": "7d" },
                 "experiment": { "seed": "x", "holdout": 10, "variants": [] } }"#,
        );
        assert_eq!(
            greeting(&document),
            "2 languages · 1 button · asks who it is"
        );
        assert_eq!(
            outcome(&document),
            "Tagged a, b · goal “signup” · 10% see none"
        );
        let nothing = outcome(&Document::of("{ \"tags\": [], \"goal\": null }"));
        assert_eq!(nothing, "No tags, no goal, nothing compared");
    }
}
