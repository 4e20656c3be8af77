//! A trigger as a sentence: *Show “…” from … to visitors who …*.
//!
//! The sentence is data: parts that stand for something in the form carry its
//! path, so that whoever shows them can lead there. The words are those of the
//! agent's language; nothing here knows a page.

mod condition;
mod part;
mod rule;
mod value;

use saluda_protocol::TriggerSpec;
use saluda_protocol::trigger::{
    AfterDismiss, Condition, Frequency, Limits, OpeningHours, Rule, Schedule, language,
};

pub(crate) use part::{Part, Parts};

use crate::texts::{locale, text, text_count, text_with};
use part::{chosen, plain, weave};

/// Most characters of a greeting's text in the sentence.
const GREETING_CHARS: usize = 48;

/// What a trigger does, in words. `name` is asked what a sender is called.
pub(crate) fn of(spec: &TriggerSpec, name: &dyn Fn(&str) -> Option<String>) -> Parts {
    let audience = match &spec.rule {
        Rule::All { all } if all.is_empty() => chosen("rule", text("sentence.everyone")),
        Rule::Any { any } if any.is_empty() => chosen("rule", text("sentence.nobody")),
        rule => weave(
            &text("sentence.visitors"),
            &[("rule", rule::clause(rule, "rule"))],
        ),
    };
    let mut parts = weave(
        &text("sentence.whole"),
        &[
            ("greeting", chosen("greeting.text", greeting(spec))),
            ("sender", chosen("greeting.sender", sender(spec, name))),
            ("audience", audience),
            ("schedule", schedule(&spec.schedule)),
            ("frequency", frequency(spec.frequency, spec.limits)),
            (
                "dismiss",
                chosen("after_dismiss", dismiss(spec.after_dismiss)),
            ),
        ],
    );
    if spec.with_open_conversation {
        parts.extend(plain(" "));
        parts.extend(chosen(
            "with_open_conversation",
            text("sentence.in_conversation"),
        ));
    }
    let holdout = spec.experiment.as_ref().map_or(0, |it| it.holdout);
    if holdout > 0 {
        parts.extend(plain(" "));
        let count = holdout.to_string();
        let words = text_with("sentence.holdout", &[("count", &count)]);
        parts.extend(chosen("experiment.holdout", words));
    }
    parts
}

/// One condition, as what follows `visitors`.
pub(crate) fn of_condition(condition: &Condition) -> String {
    condition::words(condition)
}

/// A rule, as what follows `visitors`.
pub(crate) fn of_rule(rule: &Rule) -> String {
    said(rule::clause(rule, ""))
}

/// The greeting's text in the language nearest to the agent's, as far as there
/// is room.
fn greeting(spec: &TriggerSpec) -> String {
    let texts = &spec.greeting.text;
    let nearest = language::choose(texts.keys().map(String::as_str), &locale());
    let said = nearest.and_then(|tag| texts.get(tag));
    let said = said.map_or("", |said| said.trim());
    if said.chars().count() <= GREETING_CHARS {
        return value::quoted(said);
    }
    let kept: String = said.chars().take(GREETING_CHARS).collect();
    // Not in the middle of a word, where there are words.
    let kept = kept
        .rsplit_once(' ')
        .map_or(kept.as_str(), |(kept, _)| kept);
    value::quoted(&format!("{}…", kept.trim_end()))
}

fn sender(spec: &TriggerSpec, name: &dyn Fn(&str) -> Option<String>) -> String {
    match spec.greeting.sender.as_str() {
        "default" => text("sentence.default_sender"),
        sender => name(sender).unwrap_or_else(|| value::quoted(sender)),
    }
}

/// When and how often it may show, in a line.
pub(crate) fn when(spec: &TriggerSpec) -> String {
    let parts = schedule(&spec.schedule)
        .into_iter()
        .chain(plain(", "))
        .chain(frequency(spec.frequency, spec.limits));
    said(parts)
}

/// Parts as they read, without where they lead.
fn said(parts: impl IntoIterator<Item = Part>) -> String {
    let words = parts.into_iter().map(|part| match part {
        Part::Plain(words) | Part::Chosen { words, .. } => words,
    });
    words.collect()
}

fn schedule(schedule: &Schedule) -> Parts {
    let hours = match schedule.hours {
        OpeningHours::Any => text("sentence.hours_any"),
        OpeningHours::During => text("sentence.hours_during"),
        OpeningHours::Outside => text("sentence.hours_outside"),
    };
    let mut parts = chosen("schedule.hours", hours);
    let wall = |time: &str| time.replace('T', " ");
    if let Some(from) = &schedule.from {
        let words = text_with("sentence.from", &[("time", &wall(from))]);
        parts.extend(plain(", "));
        parts.extend(chosen("schedule.from", words));
    }
    if let Some(until) = &schedule.until {
        let words = text_with("sentence.until", &[("time", &wall(until))]);
        parts.extend(plain(", "));
        parts.extend(chosen("schedule.until", words));
    }
    parts
}

fn frequency(frequency: Frequency, limits: Limits) -> Parts {
    let often = match frequency {
        Frequency::Once => text("sentence.once"),
        Frequency::Visit => text("sentence.visit"),
        Frequency::Always => text("sentence.always"),
    };
    let mut parts = chosen("frequency", often);
    if let Some(times) = limits.times {
        parts.extend(plain(", "));
        parts.extend(chosen(
            "limits.times",
            text_count("sentence.times", times.into()),
        ));
    }
    if let Some(gap) = limits.gap {
        let words = text_with("sentence.gap", &[("span", &value::span(gap))]);
        parts.extend(plain(", "));
        parts.extend(chosen("limits.gap", words));
    }
    parts
}

fn dismiss(after: AfterDismiss) -> String {
    match after {
        AfterDismiss::None => text("sentence.dismiss_none"),
        AfterDismiss::Visit => text("sentence.dismiss_visit"),
        AfterDismiss::Forever => text("sentence.dismiss_forever"),
        AfterDismiss::For(span) => {
            text_with("sentence.dismiss_for", &[("span", &value::span(span))])
        }
    }
}

#[cfg(test)]
mod tests;
