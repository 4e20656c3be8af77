//! What an owner says in their own words: on the launcher, and in the place of
//! the widget's sentences.

use std::collections::BTreeMap;

use saluda_protocol::site::{LAUNCHER_LABEL_CHARS, Launcher, LauncherStyle, WORDS, Words};
use saluda_protocol::studio::Mistake;
use saluda_rules::compile::is_language;

use super::mistake;

/// Most languages in which an owner can say something.
const LANGUAGES: usize = 50;

/// Checks what stands on the launcher.
pub(super) fn launcher(found: &mut Vec<Mistake>, given: Launcher) -> Launcher {
    let path = "launcher.label";
    languages(found, path, given.label.keys());
    if given.style == LauncherStyle::Label && given.label.is_empty() {
        let message = "a launcher with words needs some, such as `{ \"en\": \"Ask us\" }`";
        found.push(mistake(path, "empty", message));
    }
    let label = given.label.into_iter().map(|(language, text)| {
        let path = format!("{path}.{language}");
        let text = line(found, &path, &text, LAUNCHER_LABEL_CHARS);
        (language, text)
    });
    Launcher {
        label: label.collect(),
        style: given.style,
    }
}

/// Checks what is said otherwise.
pub(super) fn texts(
    found: &mut Vec<Mistake>,
    given: BTreeMap<String, Words>,
) -> BTreeMap<String, Words> {
    languages(found, "texts", given.keys());
    let mut checked = BTreeMap::new();
    for (language, words) in given {
        let mut said = Words::new();
        for (name, text) in words {
            let path = format!("texts.{language}.{name}");
            if let Some((_, most)) = WORDS.iter().find(|(known, _)| *known == name) {
                let text = line(found, &path, &text, *most);
                said.insert(name, text);
            } else {
                let known = WORDS.map(|(known, _)| known).join("`, `");
                let message = format!("`{name}` cannot be said otherwise, only `{known}`");
                found.push(mistake(path, "unknown_field", message));
            }
        }
        if !said.is_empty() {
            checked.insert(language, said);
        }
    }
    checked
}

fn languages<'l>(
    found: &mut Vec<Mistake>,
    path: &str,
    given: impl ExactSizeIterator<Item = &'l String>,
) {
    let are = given.len();
    if are > LANGUAGES {
        let message = format!("at most {LANGUAGES} languages, these are {are}");
        found.push(mistake(path, "too_many", message));
    }
    for language in given.filter(|language| !is_language(language)) {
        let message =
            format!("`{language}` is no language; write its tag, such as `en` or `pt-BR`");
        let path = format!("{path}.{language}");
        found.push(mistake(path, "invalid_language", message));
    }
}

/// One line, without spaces around it.
fn line(found: &mut Vec<Mistake>, path: &str, text: &str, most: usize) -> String {
    let text = text.trim();
    if text.is_empty() {
        let message = "this says nothing; leave it out, and the widget's own words stand there";
        found.push(mistake(path, "empty", message));
    } else if text.chars().count() > most {
        let message = format!("at most {most} characters fit here");
        found.push(mistake(path, "too_long", message));
    } else if text.chars().any(char::is_control) {
        let message = "this is one line, without tabs";
        found.push(mistake(path, "control_character", message));
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_english(text: &str) -> BTreeMap<String, String> {
        BTreeMap::from([("en".to_owned(), text.to_owned())])
    }

    fn kinds(found: &[Mistake]) -> Vec<(&str, &str)> {
        let places = found.iter();
        places.map(|one| (&*one.path, &*one.kind)).collect()
    }

    #[test]
    fn a_launcher_with_words_has_some() {
        let mut found = Vec::new();
        let style = LauncherStyle::Label;
        let label = in_english(" Ask us ");
        let good = launcher(&mut found, Launcher { style, label });
        assert_eq!(good.label["en"], "Ask us");
        assert_eq!(found, []);
        let label = BTreeMap::new();
        launcher(&mut found, Launcher { style, label });
        let label = in_english("Ask us whatever you want");
        launcher(&mut found, Launcher { style, label });
        let label = in_english("Ask us whatever you want!");
        launcher(&mut found, Launcher { style, label });
        assert_eq!(
            kinds(&found),
            [
                ("launcher.label", "empty"),
                ("launcher.label.en", "too_long")
            ]
        );
    }

    #[test]
    fn only_known_words_are_said_otherwise() {
        let mut found = Vec::new();
        let said = |name: &str, text: &str| {
            let words = Words::from([(name.to_owned(), text.to_owned())]);
            BTreeMap::from([("pt-BR".to_owned(), words)])
        };
        let good = texts(&mut found, said("welcome_title", "Olá! "));
        assert_eq!(good["pt-BR"]["welcome_title"], "Olá!");
        assert_eq!(found, []);
        texts(&mut found, said("title", "Olá!"));
        texts(&mut found, said("away", ""));
        texts(&mut found, said("placeholder", "Escreva\naqui"));
        let nowhere = BTreeMap::from([("portuguese!".to_owned(), Words::new())]);
        assert!(texts(&mut found, nowhere).is_empty());
        assert_eq!(
            kinds(&found),
            [
                ("texts.pt-BR.title", "unknown_field"),
                ("texts.pt-BR.away", "empty"),
                ("texts.pt-BR.placeholder", "control_character"),
                ("texts.portuguese!", "invalid_language"),
            ]
        );
    }
}
