//! The form before the chat and the question after it: read from the site's
//! config, and written as the frames that answer them.

use js_sys::{Array, Object};
use saluda_protocol::{
    FieldId, Rating,
    form::{Choice, Field, Form, Kind, PageForm, Value},
    trigger::Texts,
};
use wasm_bindgen::{JsCast as _, JsValue};

use super::node::Node;
use super::write::{json, number, object};

/// Reads the form of a site's config.
#[must_use]
pub fn form(config: JsValue) -> Option<PageForm> {
    let form = Node(config).get("form")?;
    Some(PageForm {
        version: form.text("version")?,
        form: Form {
            title: texts(&form, "title"),
            intro: texts(&form, "intro"),
            fields: form.get("fields")?.list(field)?,
        },
    })
}

/// Reads how a site asks how a conversation was.
#[must_use]
pub fn question(config: JsValue) -> Texts {
    let rating = Node(config).get("rating");
    rating.map_or_else(Texts::new, |rating| texts(&rating, "question"))
}

fn field(field: &Node) -> Option<Field> {
    Some(Field {
        id: field.id("id")?,
        kind: Kind::from_word(&field.text("kind")?)?,
        label: texts(field, "label"),
        hint: texts(field, "hint"),
        required: field.flag("required").unwrap_or_default(),
        options: match field.get("options") {
            Some(options) => options.list(|option| {
                Some(Choice {
                    id: option.id("id")?,
                    label: texts(option, "label"),
                })
            })?,
            None => Vec::new(),
        },
        min: field.whole("min"),
        max: field.whole("max"),
        earliest: field.id("earliest"),
        latest: field.id("latest"),
    })
}

fn texts(node: &Node, key: &str) -> Texts {
    let mut texts = Texts::new();
    let node = node.get(key);
    if let Some(all) = node.as_ref().and_then(|node| node.0.dyn_ref::<Object>()) {
        for entry in Object::entries(all).iter() {
            let entry: Array = entry.unchecked_into();
            if let (Some(language), Some(text)) =
                (entry.get(0).as_string(), entry.get(1).as_string())
            {
                texts.insert(language, text);
            }
        }
    }
    texts
}

/// Writes what was filled in.
#[must_use]
pub fn answers(form: &str, values: &[(FieldId, Value)]) -> String {
    let values = typed(values);
    let answers = object(&[("form", form.into()), ("values", values)]);
    json(&object(&[("answers", answers)]))
}

/// Writes down what stands in the fields, for a page that comes after this one.
#[must_use]
pub fn write_typed(values: &[(FieldId, Value)]) -> String {
    json(&typed(values))
}

fn typed(values: &[(FieldId, Value)]) -> JsValue {
    let members: Vec<_> = values
        .iter()
        .map(|(field, value)| (field.as_str(), write_value(value)))
        .collect();
    object(&members)
}

fn write_value(value: &Value) -> JsValue {
    match value {
        Value::Ticked(ticked) => (*ticked).into(),
        #[expect(clippy::cast_precision_loss, reason = "no answer is beyond 2^53")]
        Value::Number(number) => JsValue::from_f64(*number as f64),
        Value::Text(text) => text.into(),
    }
}

/// What stood in a field when it was written down.
#[must_use]
pub fn typed_before(note: &str, field: &FieldId) -> Option<Value> {
    let value = Node::parse(note)?.get(field.as_str())?;
    match value.0.as_bool() {
        Some(ticked) => Some(Value::Ticked(ticked)),
        None => value.as_text().map(Value::Text),
    }
}

/// Writes how the conversation was.
#[must_use]
pub fn rated(rating: &Rating) -> String {
    let comment = rating.comment.as_deref();
    let rated = object(&[
        ("closed", number(rating.closed)),
        ("score", rating.score.into()),
        ("comment", comment.map_or(JsValue::UNDEFINED, JsValue::from)),
    ]);
    json(&object(&[("rated", rated)]))
}
