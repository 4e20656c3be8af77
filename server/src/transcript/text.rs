//! What stands in the mails.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use saluda_protocol::{Author, Body, Event, Millis, What};
use saluda_store::Site;

use crate::texts::Texts;
use crate::triggers::results;

/// Subject and text of the mail that brings a code. Whoever asked for it has
/// written none of it.
pub(super) fn code(texts: &Texts, site: &Site, code: &str) -> (String, String) {
    let gaps = [("site", site.name.as_str()), ("code", code)];
    (
        texts.say("code_subject", &gaps),
        texts.say("code_text", &gaps) + "\n",
    )
}

/// Subject and text of the mail that brings what was said.
pub(super) fn transcript(
    texts: &Texts,
    site: &Site,
    events: &[Event],
    now: Millis,
) -> (String, String) {
    let zone = results::zone(site);
    let at = time(now, &zone);
    let gaps = [("site", site.name.as_str()), ("at", at.as_str())];
    let mut text = texts.say("title", &gaps) + "\n";
    for event in events {
        let What::Message(message) = &event.what else {
            continue;
        };
        let name = match &message.author {
            Author::Agent { name, .. } | Author::Greeting { name, .. } => name.clone(),
            _ => texts.say("you", &[]),
        };
        let said = said(texts, &message.body);
        // Written into a text: it cannot fail.
        let _ = write!(text, "\n{name}, {}\n{said}\n", time(event.at, &zone));
    }
    (texts.say("subject", &gaps), text)
}

/// A message in plain words, moved in, so that no line of it looks like ours.
fn said(texts: &Texts, body: &Body) -> String {
    let mut lines = match body {
        Body::File(file) => texts.say("file", &[("name", &file.name)]),
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
