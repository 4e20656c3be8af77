//! Reads the form before the chat, and the question after it, from JSON.

use saluda_protocol::form::{Choice, Field, Form, Kind};
use saluda_protocol::rating::RatingQuestion;
use saluda_protocol::studio::Mistake;
use saluda_protocol::trigger::Texts;
use saluda_protocol::{FieldId, limits};
use serde_json::Value;

use super::super::fields::Fields;
use super::super::mistake;

const TEXTS: &str = "an object of languages and texts, such as `{\"en\": \"Your name\"}`";
const BOUND: &str = "a whole number";
const DAY: &str = "a day, such as `\"2026-12-25\"`";
const FIELD: [&str; 10] = [
    "id", "kind", "label", "hint", "required", "options", "min", "max", "earliest", "latest",
];

/// Reads a form, or what there is instead of one.
pub(super) fn form(found: &mut Vec<Mistake>, value: Value) -> Option<Form> {
    if value.is_null() {
        return None;
    }
    let mut form = Form::default();
    let mut fields = Fields::open(found, "form", value)?;
    texts(&mut fields, "title", &mut form.title);
    texts(&mut fields, "intro", &mut form.intro);
    if let Some(list) = fields.take("fields") {
        form.fields = each(&mut fields, "fields", list, limits::FORM_FIELDS, field);
    }
    fields.close(&["title", "intro", "fields"]);
    Some(form)
}

/// Reads the question, or what there is instead of one.
pub(super) fn rating(found: &mut Vec<Mistake>, value: Value) -> Option<RatingQuestion> {
    if value.is_null() {
        return None;
    }
    let mut rating = RatingQuestion::default();
    let mut fields = Fields::open(found, "rating", value)?;
    texts(&mut fields, "question", &mut rating.question);
    fields.close(&["question"]);
    Some(rating)
}

/// Reads the items of a list. One that makes no sense is complained of.
fn each<T>(
    fields: &mut Fields<'_>,
    name: &str,
    list: Value,
    most: usize,
    read: impl Fn(Fields<'_>) -> Option<T>,
) -> Vec<T> {
    let place = fields.place(name);
    let Value::Array(items) = list else {
        let message = format!("`{name}` must be a list");
        fields.found.push(mistake(place, "wrong_type", message));
        return Vec::new();
    };
    if items.len() > most {
        let message = format!("at most {most}, these are {}", items.len());
        fields.found.push(mistake(place, "too_many", message));
        return Vec::new();
    }
    let one = |(at, item): (usize, Value)| {
        let item = Fields::open(fields.found, &format!("{place}[{at}]"), item)?;
        read(item)
    };
    items.into_iter().enumerate().filter_map(one).collect()
}

fn field(mut fields: Fields<'_>) -> Option<Field> {
    let id = id(&mut fields);
    let kind = kind(&mut fields);
    let (mut label, mut hint) = (Texts::new(), Texts::new());
    fields.put("label", TEXTS, &mut label);
    texts(&mut fields, "hint", &mut hint);
    let mut required = false;
    fields.maybe("required", "`true` or `false`", &mut required);
    let options = match fields.optional("options") {
        Some(list) => each(
            &mut fields,
            "options",
            list,
            *limits::FIELD_OPTIONS.end(),
            choice,
        ),
        None => Vec::new(),
    };
    let (mut min, mut max) = (None, None);
    fields.maybe("min", BOUND, &mut min);
    fields.maybe("max", BOUND, &mut max);
    let (mut earliest, mut latest) = (None, None);
    fields.maybe("earliest", DAY, &mut earliest);
    fields.maybe("latest", DAY, &mut latest);
    fields.close(&FIELD);
    Some(Field {
        id: id?,
        kind: kind?,
        label,
        hint,
        required,
        options,
        min,
        max,
        earliest,
        latest,
    })
}

fn choice(mut fields: Fields<'_>) -> Option<Choice> {
    let id = id(&mut fields);
    let mut label = Texts::new();
    fields.put("label", TEXTS, &mut label);
    fields.close(&["id", "label"]);
    Some(Choice { id: id?, label })
}

fn id(fields: &mut Fields<'_>) -> Option<FieldId> {
    let mut text = String::new();
    fields.put("id", "a text", &mut text);
    let place = fields.place("id");
    if fields.found.last().is_some_and(|one| one.path == place) {
        return None;
    }
    match FieldId::try_from(text) {
        Ok(id) => Some(id),
        Err(why) => {
            fields
                .found
                .push(mistake(place, "invalid_id", why.to_string()));
            None
        }
    }
}

fn kind(fields: &mut Fields<'_>) -> Option<Kind> {
    let words = Kind::ALL.map(|kind| format!("`\"{}\"`", kind.word()));
    let value = fields.take("kind")?;
    let kind = value.as_str().and_then(Kind::from_word);
    if kind.is_none() {
        let message = format!("`kind` must be one of {}", words.join(", "));
        let place = fields.place("kind");
        fields.found.push(mistake(place, "wrong_type", message));
    }
    kind
}

/// Texts that may be left out.
fn texts(fields: &mut Fields<'_>, name: &str, into: &mut Texts) {
    fields.maybe(name, TEXTS, into);
}
