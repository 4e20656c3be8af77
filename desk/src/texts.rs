//! The desk's sentences, in the agent's language.
//!
//! English is part of the module, so that there is always something to say;
//! other languages are fetched and laid over it. The language is chosen once,
//! before anything is drawn.

use std::cell::RefCell;
use std::collections::BTreeMap;

use leptos::prelude::document;

use crate::intl;

const ENGLISH: &str = include_str!("../texts/en.json");

/// Languages the desk speaks.
const LANGUAGES: [&str; 3] = ["en", "es", "pt"];

type Sentences = BTreeMap<String, String>;

struct Texts {
    locale: String,
    chosen: Sentences,
    english: Sentences,
}

thread_local! {
    static TEXTS: RefCell<Texts> = RefCell::new(Texts {
        locale: "en".to_owned(),
        chosen: Sentences::new(),
        english: serde_json::from_str(ENGLISH).unwrap_or_default(),
    });
}

/// Which of a person's languages the desk speaks: the language, and the tag
/// they gave, which says more about dates.
pub(crate) fn choose<'a>(tags: impl IntoIterator<Item = &'a str>) -> (&'static str, String) {
    for tag in tags {
        let primary = tag
            .split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if let Some(language) = LANGUAGES.into_iter().find(|language| *language == primary) {
            return (language, tag.to_owned());
        }
    }
    ("en", "en".to_owned())
}

/// Where the page says a language's sentences are. English is here already.
pub(crate) fn address_of(language: &str) -> Option<String> {
    let named = document().query_selector("meta[name=desk-texts]").ok()??;
    named.get_attribute(&format!("data-{language}"))
}

/// Speaks from now on as `json` says; what it lacks stays English.
pub(crate) fn install(locale: &str, json: Option<&str>) {
    TEXTS.with_borrow_mut(|texts| {
        locale.clone_into(&mut texts.locale);
        texts.chosen = json
            .and_then(|json| serde_json::from_str(json).ok())
            .unwrap_or_default();
    });
    intl::forget();
}

/// The tag for dates and names.
pub(crate) fn locale() -> String {
    TEXTS.with_borrow(|texts| texts.locale.clone())
}

/// A sentence.
pub(crate) fn text(key: &str) -> String {
    find(key).unwrap_or_else(|| key.to_owned())
}

/// A sentence with values in it.
pub(crate) fn text_with(key: &str, values: &[(&str, &str)]) -> String {
    fill(&text(key), values)
}

/// A sentence that only the other languages have, because in English the server
/// says it better.
pub(crate) fn translated(key: &str) -> Option<String> {
    TEXTS.with_borrow(|texts| texts.chosen.get(key).cloned())
}

/// A sentence that depends on a number, which it calls `count`.
pub(crate) fn text_count(key: &str, count: u64) -> String {
    text_count_as(key, count, &count.to_string())
}

/// The same, where the number is shown in another way, or among others.
pub(crate) fn text_count_as(key: &str, count: u64, shown: &str) -> String {
    let sentence = find(&format!("{key}.{}", category(count)))
        .or_else(|| find(&format!("{key}.other")))
        .unwrap_or_else(|| key.to_owned());
    fill(&sentence, &[("count", shown)])
}

/// The plural category of a number.
#[cfg(target_arch = "wasm32")]
fn category(count: u64) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "plurals of numbers past 2^53 do not differ"
    )]
    let count = count as f64;
    intl::plural(&locale(), count).unwrap_or_default()
}

/// Without a browser there are only tests, and they speak English.
#[cfg(not(target_arch = "wasm32"))]
fn category(count: u64) -> String {
    if count == 1 { "one" } else { "other" }.to_owned()
}

/// Words as they begin a heading.
pub(crate) fn capitalised(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(rest).collect()
    })
}

fn find(key: &str) -> Option<String> {
    TEXTS.with_borrow(|texts| {
        texts
            .chosen
            .get(key)
            .or_else(|| texts.english.get(key))
            .cloned()
    })
}

/// Puts values in place of `{names}`. What a value holds is never read again,
/// so a visitor called `{count}` stays one.
fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_read_again() {
        let values = [("name", "{count}"), ("count", "3")];
        assert_eq!(
            fill("{name} wrote {count} times", &values),
            "{count} wrote 3 times"
        );
        assert_eq!(
            fill("{unknown} and { alone", &values),
            "{unknown} and { alone"
        );
    }

    #[test]
    fn the_first_language_the_desk_speaks_is_chosen() {
        assert_eq!(choose(["ca", "es-MX", "en"]), ("es", "es-MX".to_owned()));
        assert_eq!(choose(["pt"]), ("pt", "pt".to_owned()));
        assert_eq!(choose(["ja"]), ("en", "en".to_owned()));
    }

    #[test]
    fn a_sentence_nobody_wrote_shows_its_key() {
        assert_eq!(text("no.such.sentence"), "no.such.sentence");
    }
}
