//! What is written in several languages, all over the form.

use saluda_protocol::trigger::language;

use crate::form_text::{self, Document};

/// The paths of everything that has a text for each language.
fn wordings(document: &Document) -> Vec<String> {
    let mut all = Vec::new();
    said(document, "greeting", &mut all);
    all.push("greeting.reply.agent.follow_up".to_owned());
    for at in 0..document.len("experiment.variants") {
        said(document, &format!("experiment.variants[{at}]"), &mut all);
    }
    all
}

/// Those of a greeting or a variant of it.
fn said(document: &Document, base: &str, all: &mut Vec<String>) {
    all.push(format!("{base}.text"));
    for at in 0..document.len(&format!("{base}.buttons")) {
        all.push(format!("{base}.buttons[{at}].label"));
        all.push(format!("{base}.buttons[{at}].answer"));
    }
}

/// The languages that something is written in, those of the greeting first.
pub(super) fn languages(document: &Document) -> Vec<String> {
    let mut all = Vec::new();
    for path in wordings(document) {
        for tag in document.names(&path) {
            if !all.contains(&tag) {
                all.push(tag);
            }
        }
    }
    all
}

/// The form without what is written in a language.
pub(super) fn without(text: &str, tag: &str) -> Option<String> {
    let document = Document::of(text);
    let mut left = text.to_owned();
    for path in wordings(&document) {
        let names = document.names(&path);
        if !names.iter().any(|name| name == tag) {
            continue;
        }
        // An answer that is left in no language is none.
        let optional = path.ends_with(".answer") || path.ends_with(".follow_up");
        let gone = if names.len() == 1 && optional {
            path
        } else {
            format!("{path}.{tag}")
        };
        left = form_text::remove(&left, &gone)?;
    }
    Some(left)
}

/// Of these languages, the one that whoever wants another one reads.
pub(super) fn nearest(all: &[String], wanted: &str) -> Option<String> {
    language::choose(all.iter().map(String::as_str), wanted).map(str::to_owned)
}

/// What is read in place of a text that is not written in a language: in which
/// language, and what it says.
pub(super) fn instead(document: &Document, path: &str, tag: &str) -> Option<(String, String)> {
    let mut others = document.names(path);
    others.retain(|other| other != tag);
    let nearest = nearest(&others, tag)?;
    let said = document.string(&format!("{path}.{nearest}"))?;
    Some((nearest, said))
}

/// `pt` of `pt-BR`.
pub(super) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Whether this can name a language, such as `pt-BR`.
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let letters = |part: &str| part.chars().all(|c| c.is_ascii_alphabetic());
    let plain = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    tag.len() <= 35 && (2..=3).contains(&first.len()) && letters(first) && parts.all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = r#"{
      "greeting": {
        "text": { "es": "Hola", "en": "Hi" },
        "buttons": [{ "label": { "en": "Yes", "pt-BR": "Sim" }, "answer": { "pt-BR": "Boa" } }],
        "reply": { "agent": { "follow_up": { "de": "Danke" } } }
      },
      "experiment": { "variants": [{ "text": { "fr": "Salut", "es": "Ey" } }] }
    }"#;

    #[test]
    fn all_languages_are_found_the_greetings_first() {
        let languages = languages(&Document::of(FORM));
        assert_eq!(languages, ["es", "en", "pt-BR", "de", "fr"]);
    }

    #[test]
    fn a_language_is_taken_out_everywhere() {
        let left = without(FORM, "es").unwrap();
        let left = without(&left, "pt-BR").unwrap();
        let left = without(&left, "de").unwrap();
        let document = Document::of(&left);
        assert_eq!(languages(&document), ["en", "fr"]);
        assert_eq!(document.raw("greeting.buttons[0].answer"), None);
        assert_eq!(document.raw("greeting.reply.agent.follow_up"), None);
        assert_eq!(without(&left, "xx").as_deref(), Some(left.as_str()));
    }

    #[test]
    fn who_finds_no_text_reads_another() {
        let document = Document::of(FORM);
        let instead =
            |path, tag| instead(&document, path, tag).map(|(tag, said)| format!("{tag}: {said}"));
        let said = |words: &str| Some(words.to_owned());
        assert_eq!(instead("greeting.text", "es"), said("en: Hi"));
        assert_eq!(
            instead("greeting.buttons[0].label", "pt"),
            said("pt-BR: Sim")
        );
        assert_eq!(instead("greeting.buttons[0].label", "de"), said("en: Yes"));
        assert_eq!(instead("greeting.buttons[1].label", "de"), None);
    }

    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn what_names_a_language_is_what_the_server_takes() {
        for tag in [
            "en",
            "pt-BR",
            "zh-Hant-TW",
            "es-419",
            "",
            "e",
            "engl",
            "pt_BR",
            "pt-",
            "12",
            "é",
        ] {
            let form = serde_json::json!({
                "name": "x", "rule": { "all": [] }, "greeting": { "text": { tag: "Hi" } },
            });
            let theirs = saluda_rules::compile::read(&form.to_string());
            assert_eq!(is_language(tag), theirs.is_ok(), "{tag}");
        }
    }
}
