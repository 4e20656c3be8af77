//! Reads a visit from a file, as far as the tester has a place for it.

use super::event;
use super::visit::{Step, Visit};
use crate::form_text;

/// The first visit of a file. What a test expects is left out, and so is what it
/// says of the site: the site is the one that is here. `instant` reads an instant
/// that is written as people write it.
pub(super) fn open(text: &str, instant: impl Fn(&str) -> Option<u64>) -> Option<Visit> {
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"));
    let begins = |line: &str| {
        ["trace", "test"]
            .iter()
            .any(|mark| form_text::value(line, mark).is_some())
    };
    let head = lines.next().filter(|line| begins(line))?;
    let mut visit = read_head(head, instant)?;
    for line in lines.take_while(|line| !begins(line)) {
        let before = visit.lasts_ms();
        let at_ms = form_text::value(line, "at").map_or(Some(before), since)?;
        let event = form_text::value(line, "event").unwrap_or_default();
        // A line of what is expected is none of the visit.
        if form_text::value(line, "expect").is_none() || !event.is_empty() {
            visit.add(Step {
                at_ms,
                event: event.to_owned(),
            });
        }
    }
    Some(visit)
}

fn read_head(head: &str, instant: impl Fn(&str) -> Option<u64>) -> Option<Visit> {
    let words = |path: &str, otherwise: &str| {
        form_text::words(head, path).unwrap_or_else(|| otherwise.to_owned())
    };
    let flag = |path: &str| form_text::value(head, path) == Some("true");
    let attributes = form_text::value(head, "visitor.attributes").unwrap_or("{}");
    let attributes = form_text::fields(attributes).into_iter();
    let attributes = attributes.map(|(name, value)| format!("{name}={}", event::plain(value)));
    let tags = form_text::value(head, "visitor.tags").unwrap_or("[]");
    let tags = form_text::list(tags).into_iter();
    let offset = form_text::value(head, "visitor.clock.offset_minutes");
    Some(Visit {
        at_ms: match form_text::value(head, "at") {
            // As a trace begins that does not say when.
            None => 1_772_445_600_000,
            Some(at) => at
                .parse()
                .ok()
                .or_else(|| instant(&form_text::words(at, "")?))?,
        },
        language: words("visitor.language", "en-GB"),
        timezone: words("visitor.timezone", "UTC"),
        offset_minutes: offset.map_or(Some(0), |offset| offset.parse().ok())?,
        device: words("visitor.device", "desktop"),
        number: 1,
        known: flag("visitor.known"),
        conversation: flag("visitor.conversation"),
        online: flag("site.online"),
        attributes: attributes.collect::<Vec<_>>().join("\n"),
        tags: tags
            .filter_map(|tag| form_text::words(tag, ""))
            .collect::<Vec<_>>()
            .join(", "),
        memory: form_text::value(head, "memory").map(str::to_owned),
        steps: Vec::new(),
    })
}

/// A time since the start: milliseconds, or as `30s`.
fn since(written: &str) -> Option<u64> {
    written.parse().ok().or_else(|| {
        let span: saluda_protocol::Span = form_text::words(written, "")?.parse().ok()?;
        Some(span.0)
    })
}

#[cfg(test)]
mod tests {
    use super::super::visit::tests::visit;
    use super::super::visit::{Site, Test};
    use super::*;

    fn read(text: &str) -> Option<Visit> {
        open(text, |text| (text == "2026-03-02T10:00:00Z").then_some(7))
    }

    #[test]
    fn what_was_saved_is_opened_again() {
        let mut saved = visit();
        saved.attributes = "plan=trial\nseats=12".to_owned();
        let opened = read(&saved.trace()).unwrap();
        assert!(opened.memory.is_some(), "which visit it is stands there");
        let same = Visit {
            number: 1,
            memory: opened.memory.clone(),
            ..saved.clone()
        };
        assert_eq!(opened, same);
        assert_eq!(opened.trace(), saved.trace());

        let test = saved.test(&Test {
            name: "x",
            trigger: "help",
            site: Site {
                attention: "{}",
                hours: "null",
            },
            at_ms: 5_000,
            done: Vec::new(),
            because: Some("rule"),
        });
        assert_eq!(read(&test), Some(same));
    }

    #[test]
    fn a_file_that_people_wrote_is_opened() {
        let visit = read(
            "// Two visits.\n{\"trace\":1,\"at\":\"2026-03-02T10:00:00Z\"}\n\
             {\"at\":\"4s\",\"event\":\"active\"}\n{\"event\":{\"scroll\":10}}\n{\"test\":\"b\"}\n{\"at\":1}",
        )
        .unwrap();
        assert_eq!((visit.at_ms, visit.steps.len()), (7, 2));
        assert_eq!(visit.steps[1].at_ms, 4_000);
        for nothing in ["", "{\"at\":0}", "hello", "{\"trace\":1,\"at\":\"soon\"}"] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }
}
