//! Whether a form before the chat makes sense, and the question after it.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use saluda_protocol::form::{Choice, Field, Form, Kind};
use saluda_protocol::limits;
use saluda_protocol::rating::RatingQuestion;
use saluda_protocol::studio::Mistake;
use saluda_protocol::trigger::Texts;
use saluda_rules::compile::is_language;

use super::super::mistake;
use super::within;

/// Finds what is wrong with a form. Its texts come without spaces around them.
pub(super) fn form(found: &mut Vec<Mistake>, form: Form) -> Form {
    if form.fields.is_empty() {
        let message = "a form asks for something; take it away if it does not";
        found.push(mistake("form.fields", "empty", message));
    }
    let most = limits::FORM_FIELDS;
    if form.fields.len() > most {
        let message = format!("at most {most} fields, these are {}", form.fields.len());
        found.push(mistake("form.fields", "too_many", message));
        return form;
    }
    let mut seen = BTreeSet::new();
    let mut fields = Vec::new();
    for (place, field) in form.fields.into_iter().enumerate() {
        let path = format!("form.fields[{place}]");
        if !seen.insert(field.id.clone()) {
            found.push(repeated(&path, field.id.as_str()));
        }
        fields.push(checked(found, &path, field));
    }
    Form {
        title: line(found, "form.title", form.title, limits::FIELD_LABEL_CHARS),
        intro: texts(found, "form.intro", form.intro, limits::FORM_INTRO_CHARS),
        fields,
    }
}

/// Finds what is wrong with the question.
pub(super) fn rating(found: &mut Vec<Mistake>, rating: RatingQuestion) -> RatingQuestion {
    let most = limits::FIELD_LABEL_CHARS;
    RatingQuestion {
        question: line(found, "rating.question", rating.question, most),
    }
}

fn checked(found: &mut Vec<Mistake>, path: &str, field: Field) -> Field {
    let label = format!("{path}.label");
    spoken(found, &label, &field.label);
    bounds(found, path, &field);
    days(found, path, &field);
    let options = options(found, path, field.kind, field.options);
    let hint = format!("{path}.hint");
    Field {
        label: line(found, &label, field.label, limits::FIELD_LABEL_CHARS),
        hint: line(found, &hint, field.hint, limits::FIELD_HINT_CHARS),
        options,
        ..field
    }
}

fn bounds(found: &mut Vec<Mistake>, path: &str, field: &Field) {
    let chars = |most: usize| 0..=i64::try_from(most).unwrap_or(i64::MAX);
    let allowed: RangeInclusive<i64> = match field.kind {
        Kind::Text => chars(limits::FIELD_TEXT_CHARS),
        Kind::LongText => chars(limits::FIELD_LONG_TEXT_CHARS),
        Kind::Number => limits::FIELD_NUMBERS,
        kind => {
            for (name, bound) in [("min", field.min), ("max", field.max)] {
                if bound.is_some() {
                    found.push(not_of(path, name, kind));
                }
            }
            return;
        }
    };
    for (name, bound) in [("min", field.min), ("max", field.max)] {
        if let Some(bound) = bound {
            within(found, &format!("{path}.{name}"), bound, allowed.clone());
        }
    }
    if field.min.zip(field.max).is_some_and(|(min, max)| min > max) {
        let message = "the greatest must not be below the least";
        found.push(mistake(format!("{path}.max"), "bounds_crossed", message));
    }
}

fn days(found: &mut Vec<Mistake>, path: &str, field: &Field) {
    if field.kind != Kind::Date {
        for (name, day) in [("earliest", field.earliest), ("latest", field.latest)] {
            if day.is_some() {
                found.push(not_of(path, name, field.kind));
            }
        }
    } else if field
        .earliest
        .zip(field.latest)
        .is_some_and(|(first, last)| first > last)
    {
        let message = "the last day must not be before the first";
        found.push(mistake(format!("{path}.latest"), "bounds_crossed", message));
    }
}

fn options(found: &mut Vec<Mistake>, path: &str, kind: Kind, options: Vec<Choice>) -> Vec<Choice> {
    let place = format!("{path}.options");
    if kind != Kind::Choice {
        if !options.is_empty() {
            found.push(not_of(path, "options", kind));
        }
        return options;
    }
    let (least, most) = limits::FIELD_OPTIONS.into_inner();
    let count = options.len();
    if !limits::FIELD_OPTIONS.contains(&count) {
        let message = format!("a choice has {least} to {most} options, this has {count}");
        let kind = if count < least { "too_few" } else { "too_many" };
        found.push(mistake(place, kind, message));
        return options;
    }
    let mut seen = BTreeSet::new();
    let checked = options.into_iter().enumerate().map(|(at, option)| {
        let path = format!("{place}[{at}]");
        if !seen.insert(option.id.clone()) {
            found.push(repeated(&path, option.id.as_str()));
        }
        let label = format!("{path}.label");
        spoken(found, &label, &option.label);
        Choice {
            label: line(found, &label, option.label, limits::OPTION_LABEL_CHARS),
            ..option
        }
    });
    checked.collect()
}

/// What visitors must be able to read has a language.
fn spoken(found: &mut Vec<Mistake>, path: &str, texts: &Texts) {
    if texts.is_empty() {
        let message = "visitors read this, so write it in one language at least";
        found.push(mistake(path, "empty", message));
    }
}

/// Texts of one line.
fn line(found: &mut Vec<Mistake>, path: &str, given: Texts, most: usize) -> Texts {
    for (language, text) in &given {
        if text.trim().chars().any(char::is_control) {
            let message = "this is one line, without tabs";
            let place = format!("{path}.{language}");
            found.push(mistake(place, "control_character", message));
        }
    }
    texts(found, path, given, most)
}

fn texts(found: &mut Vec<Mistake>, path: &str, given: Texts, most: usize) -> Texts {
    let languages = limits::LANGUAGES;
    if given.len() > languages {
        let message = format!(
            "a text has at most {languages} languages, this has {}",
            given.len()
        );
        found.push(mistake(path, "too_many", message));
        return given;
    }
    let checked = given.into_iter().map(|(language, text)| {
        let place = format!("{path}.{language}");
        let text = text.trim().to_owned();
        let chars = text.chars().count();
        if !is_language(&language) {
            let message =
                format!("`{language}` is no language tag; write one such as `en` or `pt-BR`");
            found.push(mistake(place, "invalid_language", message));
        } else if text.is_empty() {
            let message = "this is empty; write it, or take the language out";
            found.push(mistake(place, "empty", message));
        } else if chars > most {
            let message = format!("at most {most} characters, these are {chars}");
            found.push(mistake(place, "too_long", message));
        }
        (language, text)
    });
    checked.collect()
}

fn repeated(path: &str, id: &str) -> Mistake {
    mistake(
        format!("{path}.id"),
        "repeated",
        format!("`{id}` stands here twice"),
    )
}

fn not_of(path: &str, name: &str, kind: Kind) -> Mistake {
    let message = format!("a field of the kind `{}` has no `{name}`", kind.word());
    mistake(format!("{path}.{name}"), "not_of_kind", message)
}
