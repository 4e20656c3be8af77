//! Whether what was chosen for a site makes sense.

mod form;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use saluda_protocol::settings::SiteForm;
use saluda_protocol::site::Ask;
use saluda_protocol::studio::Mistake;
use saluda_protocol::trigger::HoursSpec;
use saluda_protocol::{color, limits};
use saluda_rules::hours::Hours;

use super::{mistake, words};
use crate::settings;

/// The shortest promise, and the shortest wait before an address is asked for.
const SOON_MS: u64 = 1_000;

/// A form without mistakes.
#[derive(Debug)]
pub(crate) struct Checked(SiteForm);

impl Checked {
    pub(super) fn into_form(self) -> SiteForm {
        self.0
    }
}

/// Finds every mistake in what was chosen. Names come without spaces around
/// them, origins as browsers write them.
pub(crate) fn check(form: SiteForm) -> Result<Checked, Vec<Mistake>> {
    let mut found = Vec::new();
    let spans = 0..=limits::SETTING_MS;
    let promise = form.reply_within_ms.unwrap_or(SOON_MS);
    within(
        &mut found,
        "reply_within_ms",
        promise,
        SOON_MS..=*spans.end(),
    );
    if let Ask::Unanswered(wait_ms) = form.email.ask {
        let path = "email.ask.unanswered";
        within(&mut found, path, wait_ms, SOON_MS..=*spans.end());
    }
    let most = 1..=limits::AGENT_TEXT_CHARS_MOST;
    within(&mut found, "agent_text_chars", form.agent_text_chars, most);
    if let Some(days) = form.retention_days {
        within(&mut found, "retention_days", days, limits::RETENTION_DAYS);
    }
    let attention = form.attention;
    let bounds = [
        ("attention.per_visit", attention.per_visit),
        ("attention.per_day", attention.per_day),
    ];
    for (path, bound) in bounds {
        within(&mut found, path, bound.unwrap_or(0), 0..=limits::GREETINGS);
    }
    within(&mut found, "attention.gap_ms", attention.gap_ms, spans);
    let holdout = 0..=limits::HOLDOUT;
    within(&mut found, "attention.holdout", attention.holdout, holdout);
    if !color::is_color(&form.accent) {
        let message = format!("`{}` is no colour; write it as `#0b6e76`", form.accent);
        found.push(mistake("accent", "invalid_color", message));
    }
    hours(&mut found, form.hours.as_ref());
    let form = SiteForm {
        launcher: words::launcher(&mut found, form.launcher),
        notices: form.notices,
        texts: words::texts(&mut found, form.texts),
        name: name(&mut found, "name", &form.name),
        origins: origins(&mut found, &form.origins),
        senders: senders(&mut found, &form.senders),
        form: form.form.map(|it| form::form(&mut found, it)),
        rating: form.rating.map(|it| form::rating(&mut found, it)),
        ..form
    };
    if found.is_empty() {
        Ok(Checked(form))
    } else {
        Err(found)
    }
}

fn within<T: Copy + PartialOrd + std::fmt::Display>(
    found: &mut Vec<Mistake>,
    path: &str,
    number: T,
    allowed: RangeInclusive<T>,
) {
    if !allowed.contains(&number) {
        let (least, most) = allowed.into_inner();
        let message = format!("from {least} to {most}, this is {number}");
        found.push(mistake(path, "out_of_range", message));
    }
}

fn name(found: &mut Vec<Mistake>, path: &str, text: &str) -> String {
    let text = text.trim();
    let most = limits::SITE_NAME_CHARS;
    if text.is_empty() {
        let message = "visitors see this name, so it cannot be empty";
        found.push(mistake(path, "empty", message));
    } else if text.chars().count() > most {
        let message = format!("a name has at most {most} characters");
        found.push(mistake(path, "too_long", message));
    } else if text.chars().any(char::is_control) {
        let message = "a name is one line, without tabs";
        found.push(mistake(path, "control_character", message));
    }
    text.to_owned()
}

fn origins(found: &mut Vec<Mistake>, given: &[String]) -> Vec<String> {
    let most = limits::ORIGINS;
    if given.is_empty() {
        let message = "without an origin no page may show the widget; name one, such as \
                       `https://shop.example`";
        found.push(mistake("origins", "empty", message));
    }
    if given.len() > most {
        let message = format!("at most {most} origins, these are {}", given.len());
        found.push(mistake("origins", "too_many", message));
        return given.to_vec();
    }
    let mut seen = BTreeSet::new();
    for (place, text) in given.iter().enumerate() {
        let path = format!("origins[{place}]");
        match origin(text) {
            Err(message) => found.push(mistake(path, "invalid_origin", message)),
            Ok(origin) if seen.contains(&origin) => {
                let message = format!("`{origin}` stands here twice");
                found.push(mistake(path, "repeated", message));
            }
            Ok(origin) => {
                seen.insert(origin);
            }
        }
    }
    // In the order in which they were given.
    given.iter().filter_map(|text| origin(text).ok()).collect()
}

/// An origin as browsers write it, or why it is none.
pub(crate) fn origin(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text == "*" {
        return Ok(text.to_owned());
    }
    if text.contains('*') {
        return Err(format!(
            "`{text}` stands for no page; name each origin by itself, or write `*` alone for \
             anywhere"
        ));
    }
    let origin = settings::origin(text).map_err(|_| {
        format!("`{text}` is no origin; write it as `https://shop.example`, without a path")
    })?;
    // Browsers leave out the port that goes without saying.
    let usual = [("https://", ":443"), ("http://", ":80")];
    let usual = usual
        .into_iter()
        .find(|(scheme, _)| origin.starts_with(scheme));
    let bare = usual.and_then(|(_, port)| origin.strip_suffix(port));
    Ok(bare.unwrap_or(&origin).to_owned())
}

fn senders(found: &mut Vec<Mistake>, given: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    if given.len() > limits::SENDERS {
        let (most, are) = (limits::SENDERS, given.len());
        let message = format!("at most {most} senders, these are {are}");
        found.push(mistake("senders", "too_many", message));
        return given.clone();
    }
    let each = given.iter().map(|(id, called)| {
        let path = format!("senders.{id}");
        if !is_sender_id(id) {
            let most = limits::SENDER_ID_CHARS;
            let message =
                format!("the id of a sender is 1 to {most} lower-case letters, digits and hyphens");
            found.push(mistake(path.clone(), "invalid_id", message));
        }
        (id.clone(), name(found, &path, called))
    });
    each.collect()
}

/// Whether triggers can name a sender so.
pub(crate) fn is_sender_id(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=limits::SENDER_ID_CHARS).contains(&id.len()) && id.chars().all(plain)
}

fn hours(found: &mut Vec<Mistake>, spec: Option<&HoursSpec>) {
    if let Some(Err(mistakes)) = spec.map(Hours::read) {
        found.extend(mistakes.into_iter().map(|one| in_hours(&one)));
    }
}

/// A mistake in hours, with its place in the whole form.
pub(super) fn in_hours(one: &saluda_rules::compile::Mistake) -> Mistake {
    let path = match one.path.as_str() {
        "" => "hours".to_owned(),
        path => format!("hours.{path}"),
    };
    mistake(path, &one.kind.to_string(), one.message.clone())
}
