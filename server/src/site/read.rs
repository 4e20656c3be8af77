//! Reads what was chosen for a site from JSON, and names every mistake in it: a
//! wrong type in one field hides no wrong value in another.

mod form;
#[cfg(test)]
mod tests;

use saluda_protocol::settings::{FIELDS, SiteForm};
use saluda_protocol::studio::Mistake;
use saluda_protocol::trigger::HoursSpec;
use saluda_rules::hours::Hours;
use serde_json::Value;

use super::check::{Checked, check, in_hours};
use super::fields::Fields;
use super::mistake;

const SPAN: &str = "a whole number of milliseconds";
const BOUND: &str = "a whole number, or `null` for any number";

/// Reads a form. `kept` is what the site has: it stands in for what cannot be
/// read, so that the rest is checked too.
pub(crate) fn read(text: &str, kept: SiteForm) -> Result<Checked, Vec<Mistake>> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        vec![mistake(
            "",
            "invalid_json",
            format!("this is no JSON: {error}"),
        )]
    })?;
    let mut found = Vec::new();
    let mut form = kept;
    if let Some(fields) = Fields::open(&mut found, "", value) {
        whole(fields, &mut form);
    }
    let refused: Vec<String> = found.iter().map(|one| one.path.clone()).collect();
    match check(form) {
        Ok(checked) if found.is_empty() => Ok(checked),
        Ok(_) => Err(found),
        Err(more) => {
            // What stands in for a field is not what its author wrote.
            let fresh = |one: &Mistake| !refused.iter().any(|path| is_within(&one.path, path));
            found.extend(more.into_iter().filter(fresh));
            Err(found)
        }
    }
}

fn is_within(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer)
        .is_some_and(|rest| outer.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']))
}

fn whole(mut top: Fields<'_>, form: &mut SiteForm) {
    top.put("name", "a text", &mut form.name);
    let origins = "a list of texts, such as `[\"https://shop.example\"]`";
    top.put("origins", origins, &mut form.origins);
    top.put(
        "accent",
        "a colour, such as `\"#0b6e76\"`",
        &mut form.accent,
    );
    top.put("corner", "`\"start\"` or `\"end\"`", &mut form.corner);
    let what = "an object of languages and what is said in them, such as \
                `{\"en\": {\"welcome_title\": \"Hello\"}}`";
    top.put("texts", what, &mut form.texts);
    let promise = format!("{SPAN}, or `null`");
    top.put("reply_within_ms", &promise, &mut form.reply_within_ms);
    let what = "a whole number";
    top.put("agent_text_chars", what, &mut form.agent_text_chars);
    let what = "a whole number of days, or `null` for ever";
    top.put("retention_days", what, &mut form.retention_days);
    let what = "an object of ids and names, such as `{\"lucia\": \"Lucía\"}`";
    top.put("senders", what, &mut form.senders);
    if let Some(hours) = top.take("hours") {
        match hours_of(hours) {
            Ok(hours) => form.hours = hours,
            Err(mistakes) => top.found.extend(mistakes),
        }
    }
    if let Some(mut launcher) = top.inner("launcher") {
        let style = "`\"icon\"`, `\"label\"` or `\"hidden\"`";
        launcher.put("style", style, &mut form.launcher.style);
        let label = "an object of languages and texts, such as `{\"en\": \"Ask us\"}`";
        launcher.put("label", label, &mut form.launcher.label);
        launcher.close(&["style", "label"]);
    }
    if let Some(mut notices) = top.inner("notices") {
        let what = "`true` or `false`";
        notices.put("badge", what, &mut form.notices.badge);
        notices.put("title", what, &mut form.notices.title);
        notices.put("sound", what, &mut form.notices.sound);
        notices.close(&["badge", "title", "sound"]);
    }
    if let Some(value) = top.take("form") {
        form.form = form::form(top.found, value);
    }
    if let Some(value) = top.take("rating") {
        form.rating = form::rating(top.found, value);
    }
    if let Some(mut email) = top.inner("email") {
        let ask = "`\"never\"`, `\"before\"`, or `{\"unanswered\": 60000}`";
        email.put("ask", ask, &mut form.email.ask);
        email.put("required", "`true` or `false`", &mut form.email.required);
        email.close(&["ask", "required"]);
    }
    if let Some(mut attention) = top.inner("attention") {
        attention.put("per_visit", BOUND, &mut form.attention.per_visit);
        attention.put("per_day", BOUND, &mut form.attention.per_day);
        attention.put("gap_ms", SPAN, &mut form.attention.gap_ms);
        attention.put("holdout", "a whole number", &mut form.attention.holdout);
        attention.close(&["per_visit", "per_day", "gap_ms", "holdout"]);
    }
    top.close(&FIELDS);
}

fn hours_of(value: Value) -> Result<Option<HoursSpec>, Vec<Mistake>> {
    if value.is_null() {
        return Ok(None);
    }
    if let Err(mistakes) = Hours::parse(&value.to_string()) {
        return Err(mistakes.iter().map(in_hours).collect());
    }
    let read = serde_json::from_value(value);
    read.map(Some)
        .map_err(|error| vec![mistake("hours", "wrong_type", error.to_string())])
}
