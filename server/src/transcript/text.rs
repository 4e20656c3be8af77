//! What stands in the mails.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use saluda_protocol::{Author, Body, Event, Millis, What};
use saluda_store::Site;

use crate::triggers::results;

/// The sentences of one language, by their names.
type Words = BTreeMap<String, String>;

/// One file for each language, English first.
const FILES: [(&str, &str); 4] = [
    ("en", include_str!("../../texts/en.json")),
    ("ar", include_str!("../../texts/ar.json")),
    ("es", include_str!("../../texts/es.json")),
    ("pt", include_str!("../../texts/pt.json")),
];

static LANGUAGES: LazyLock<Vec<(&str, Words)>> = LazyLock::new(|| {
    let read = |text| serde_json::from_str(text).unwrap_or_default();
    FILES.map(|(tag, text)| (tag, read(text))).into()
});

/// The sentences of a language, in English if it is not one of ours.
pub(super) fn words(locale: Option<&str>) -> &'static Words {
    static NONE: Words = Words::new();
    let asked = locale.unwrap_or_default().to_ascii_lowercase();
    let language = asked.split(['-', '_']).next();
    let found = LANGUAGES.iter().find(|(tag, _)| Some(*tag) == language);
    let found = found.or_else(|| LANGUAGES.first());
    found.map_or(&NONE, |(_, words)| words)
}

fn say(words: &Words, name: &str, gaps: &[(&str, &str)]) -> String {
    let mut rest = words.get(name).map_or("", String::as_str);
    let mut said = String::new();
    // What fills a gap may look like one.
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let (gap, after) = after.split_once('}').unwrap_or((after, ""));
        let filled = gaps.iter().find(|(name, _)| *name == gap);
        said.push_str(filled.map_or("", |(_, text)| text));
        rest = after;
    }
    said + rest
}

/// Subject and text of the mail that brings a code. Whoever asked for it has
/// written none of it.
pub(super) fn code(words: &Words, site: &Site, code: &str) -> (String, String) {
    let gaps = [("site", site.name.as_str()), ("code", code)];
    (
        say(words, "code_subject", &gaps),
        say(words, "code_text", &gaps) + "\n",
    )
}

/// Subject and text of the mail that brings what was said.
pub(super) fn transcript(
    words: &Words,
    site: &Site,
    events: &[Event],
    now: Millis,
) -> (String, String) {
    let zone = results::zone(site);
    let at = time(now, &zone);
    let gaps = [("site", site.name.as_str()), ("at", at.as_str())];
    let mut text = say(words, "title", &gaps) + "\n";
    for event in events {
        let What::Message(message) = &event.what else {
            continue;
        };
        let name = match &message.author {
            Author::Agent { name, .. } | Author::Greeting { name, .. } => name.clone(),
            _ => say(words, "you", &[]),
        };
        let said = said(words, &message.body);
        // Written into a text: it cannot fail.
        let _ = write!(text, "\n{name}, {}\n{said}\n", time(event.at, &zone));
    }
    (say(words, "subject", &gaps), text)
}

/// A message in plain words, moved in, so that no line of it looks like ours.
fn said(words: &Words, body: &Body) -> String {
    let mut lines = match body {
        Body::File(file) => say(words, "file", &[("name", &file.name)]),
        other => other.as_text().to_owned(),
    };
    if let Body::Actions { actions, .. } = body {
        for action in actions {
            let _ = write!(lines, "\n{}: {}", action.label, action.href);
        }
    }
    let lines = lines.lines().map(|line| format!("    {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// `2026-11-28 01:10 CET`, in the zone of the site.
fn time(at: Millis, zone: &TimeZone) -> String {
    let at = i64::try_from(at.0).ok();
    let at = at.and_then(|at| Timestamp::from_millisecond(at).ok());
    let at = at.map(|at| at.to_zoned(zone.clone()));
    at.map_or_else(String::new, |at| {
        at.strftime("%Y-%m-%d %H:%M %Z").to_string()
    })
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
        let (_, english) = &LANGUAGES[0];
        assert!(english.len() > 5);
        for (tag, words) in &*LANGUAGES {
            let names: Vec<_> = words.keys().collect();
            assert_eq!(names, english.keys().collect::<Vec<_>>(), "{tag}");
            for (name, text) in words {
                assert_eq!(gaps(text), gaps(&english[name]), "{tag} {name}");
            }
        }
    }

    #[test]
    fn a_language_that_is_not_ours_is_english() {
        assert_eq!(words(Some("ES-mx"))["you"], "Tú");
        for other in [None, Some(""), Some("xx"), Some("-")] {
            assert_eq!(words(other)["you"], "You");
        }
    }

    #[test]
    fn what_fills_a_gap_is_not_filled_itself() {
        let words = Words::from([("x".to_owned(), "{a} and {b}, {c".to_owned())]);
        assert_eq!(say(&words, "x", &[("a", "{b}"), ("b", "2")]), "{b} and 2, ");
    }
}
