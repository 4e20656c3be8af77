//! What the server says to visitors by itself, in mails and on the page of a site,
//! in their language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The sentences of one language, by their names.
pub(crate) struct Texts {
    /// The language's tag.
    pub(crate) tag: &'static str,
    sentences: BTreeMap<String, String>,
}

/// One file for each language, English first.
const FILES: [(&str, &str); 4] = [
    ("en", include_str!("../texts/en.json")),
    ("ar", include_str!("../texts/ar.json")),
    ("es", include_str!("../texts/es.json")),
    ("pt", include_str!("../texts/pt.json")),
];

static LANGUAGES: LazyLock<[Texts; 4]> = LazyLock::new(|| {
    FILES.map(|(tag, text)| Texts {
        tag,
        // A test reads all of them.
        sentences: serde_json::from_str(text).unwrap_or_default(),
    })
});

impl Texts {
    /// Those of the first language that is one of ours, else in English. The
    /// languages are tags, such as `es-MX`.
    pub(crate) fn of<'a>(languages: impl IntoIterator<Item = &'a str>) -> &'static Self {
        let [english, ..] = &*LANGUAGES;
        let ours = |tag: &str| {
            let language = tag.split(['-', '_']).next()?.trim();
            let found = |texts: &&Self| texts.tag.eq_ignore_ascii_case(language);
            LANGUAGES.iter().find(found)
        };
        languages.into_iter().find_map(ours).unwrap_or(english)
    }

    /// Those that a browser asks for: an `Accept-Language`, in the order in which
    /// it stands there, which is that of all browsers.
    pub(crate) fn accepted(header: &str) -> &'static Self {
        Self::of(header.split([',', ';']).map(str::trim))
    }

    /// Whether the language is written from right to left.
    pub(crate) fn is_right_to_left(&self) -> bool {
        self.tag == "ar"
    }

    /// The sentence under `name`, with its gaps filled. What fills a gap may look
    /// like one.
    pub(crate) fn say(&self, name: &str, gaps: &[(&str, &str)]) -> String {
        let mut rest = self.sentences.get(name).map_or("", String::as_str);
        let mut said = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let (gap, after) = after.split_once('}').unwrap_or((after, ""));
            let filled = gaps.iter().find(|(name, _)| *name == gap);
            said.push_str(filled.map_or("", |(_, text)| text));
            rest = after;
        }
        said + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_sentence_with_the_same_gaps() {
        let gaps = |text: &str| {
            let mut gaps: Vec<_> = text
                .split('{')
                .skip(1)
                .map(|rest| rest.split_once('}').unwrap().0.to_owned())
                .collect();
            gaps.sort_unstable();
            gaps
        };
        let [english, ..] = &*LANGUAGES;
        assert!(english.sentences.len() > 5);
        for Texts { tag, sentences } in &*LANGUAGES {
            let names: Vec<_> = sentences.keys().collect();
            assert_eq!(names, english.sentences.keys().collect::<Vec<_>>(), "{tag}");
            for (name, text) in sentences {
                assert_eq!(gaps(text), gaps(&english.sentences[name]), "{tag} {name}");
            }
        }
    }

    #[test]
    fn a_language_that_is_not_ours_is_english() {
        assert_eq!(Texts::of(["ES-mx"]).tag, "es");
        assert_eq!(Texts::of(["xx", "pt_BR", "es"]).tag, "pt");
        assert_eq!(Texts::accepted("de-AT, ar;q=0.8, en;q=0.5").tag, "ar");
        for other in ["", "xx", "-", "q=0.5", "*"] {
            assert_eq!(Texts::accepted(other).tag, "en", "{other}");
        }
    }

    #[test]
    fn what_fills_a_gap_is_not_filled_itself() {
        let text = r#"{"x": "{a} and {b}, {c"}"#;
        let texts = Texts {
            tag: "en",
            sentences: serde_json::from_str(text).unwrap(),
        };
        let said = texts.say("x", &[("a", "{b}"), ("b", "2")]);
        assert_eq!(said, "{b} and 2, ");
    }
}
