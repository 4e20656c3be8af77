//! Writes what goes to the server and into the browser's memory.

use js_sys::{Array, JSON, Object, Reflect};
use saluda_client::Pending;
use saluda_protocol::{
    Author, Body, Contact, EmailAddress, ErrorCode, Number, VisitorFrame,
    message::Action,
    visitor::{Greeted, Place},
};
use wasm_bindgen::JsValue;

use super::CODES;

/// Writes a frame.
#[must_use]
pub fn frame(frame: &VisitorFrame) -> String {
    let value = match frame {
        VisitorFrame::Hello {
            wire,
            credentials,
            resume,
            place,
        } => {
            let credentials = credentials.as_ref().map(|credentials| {
                object(&[
                    ("id", text(&credentials.id)),
                    ("secret", credentials.secret.as_str().into()),
                ])
            });
            let resume = resume.as_ref().map(|cursor| {
                object(&[
                    ("epoch", cursor.epoch.as_str().into()),
                    ("last", number(cursor.last)),
                ])
            });
            let hello = object(&[
                ("wire", (*wire).into()),
                ("credentials", credentials.unwrap_or(JsValue::NULL)),
                ("resume", resume.unwrap_or(JsValue::NULL)),
                ("place", write_place(place)),
            ]);
            object(&[("hello", hello)])
        }
        VisitorFrame::Post { id, body } => {
            let post = object(&[("id", text(id)), ("body", write_body(body))]);
            object(&[("post", post)])
        }
        VisitorFrame::Greeted(greeted) => object(&[("greeted", write_greeted(greeted))]),
        VisitorFrame::Contact(claim) => {
            let contact = write_contact(
                claim.email.as_deref(),
                claim.name.as_deref(),
                claim.phone.as_deref(),
            );
            object(&[("contact", contact)])
        }
        VisitorFrame::Identify { token } => {
            let identify = object(&[("token", token.into())]);
            object(&[("identify", identify)])
        }
        VisitorFrame::Delivered(up_to) => object(&[("delivered", number(*up_to))]),
        VisitorFrame::Read(up_to) => object(&[("read", number(*up_to))]),
        VisitorFrame::Older(before) => object(&[("older", number(*before))]),
        VisitorFrame::Missed(after) => object(&[("missed", number(*after))]),
        VisitorFrame::Moved(place) => object(&[("moved", write_place(place))]),
        VisitorFrame::Typing => "typing".into(),
        VisitorFrame::Attach => "attach".into(),
        _ => "pong".into(),
    };
    json(&value)
}

fn write_place(place: &Place) -> JsValue {
    object(&[
        ("url", place.url.as_str().into()),
        ("title", place.title.as_str().into()),
        ("referrer", place.referrer.as_str().into()),
        ("language", place.language.as_str().into()),
        ("timezone", place.timezone.as_str().into()),
        ("visits", place.visits.into()),
    ])
}

/// Writes messages down that could not be sent.
#[must_use]
pub fn write_pending(pending: &[Pending]) -> String {
    let list: Array = pending
        .iter()
        .map(|pending| {
            let refused = pending
                .refused
                .as_ref()
                .map_or(JsValue::UNDEFINED, |error| {
                    object(&[
                        ("code", code(error.code).into()),
                        ("message", error.message.as_str().into()),
                    ])
                });
            let greeting = pending
                .greeting
                .as_ref()
                .map_or(JsValue::UNDEFINED, |greeting| {
                    object(&[
                        ("author", write_author(&greeting.author)),
                        ("greeted", write_greeted(&greeting.greeted)),
                    ])
                });
            object(&[
                ("id", text(&pending.id)),
                ("body", write_body(&pending.body)),
                ("at", number(Number(pending.at.0))),
                ("refused", refused),
                ("greeting", greeting),
            ])
        })
        .collect();
    json(&list)
}

/// Writes down how to reach the visitor, because it could not be sent.
pub(crate) fn write_kept_contact(contact: &Contact) -> String {
    json(&write_contact(
        contact.email.as_ref().map(EmailAddress::as_str),
        contact.name.as_deref(),
        contact.phone.as_deref(),
    ))
}

fn write_contact(email: Option<&str>, name: Option<&str>, phone: Option<&str>) -> JsValue {
    let [email, name, phone] =
        [email, name, phone].map(|typed| typed.map_or(JsValue::NULL, JsValue::from));
    object(&[("email", email), ("name", name), ("phone", phone)])
}

/// Only greetings are kept with their author: the rest the visitor wrote.
fn write_author(author: &Author) -> JsValue {
    match author {
        Author::Greeting { trigger, name } => {
            let greeting = object(&[
                ("trigger", trigger.as_str().into()),
                ("name", name.as_str().into()),
            ]);
            object(&[("greeting", greeting)])
        }
        _ => "visitor".into(),
    }
}

fn write_greeted(greeted: &Greeted) -> JsValue {
    let variant = greeted.variant.as_deref();
    object(&[
        ("id", text(&greeted.id)),
        ("trigger", greeted.trigger.as_str().into()),
        ("version", greeted.version.into()),
        ("variant", variant.map_or(JsValue::NULL, JsValue::from)),
        ("language", greeted.language.as_str().into()),
        ("values", texts(&greeted.values)),
    ])
}

fn write_body(body: &Body) -> JsValue {
    match body {
        Body::QuickReplies { text, replies } => {
            let body = object(&[("text", text.into()), ("replies", texts(replies))]);
            object(&[("quick_replies", body)])
        }
        Body::Actions { text, actions } => {
            let actions: Array = actions
                .iter()
                .map(|Action { label, href }| {
                    object(&[("label", label.into()), ("href", href.into())])
                })
                .collect();
            let body = object(&[("text", text.into()), ("actions", actions.into())]);
            object(&[("actions", body)])
        }
        Body::Tap {
            message,
            button,
            label,
        } => {
            let body = object(&[
                ("message", text(message)),
                ("button", (*button).into()),
                ("label", label.into()),
            ]);
            object(&[("tap", body)])
        }
        Body::File(file) => {
            let picture = file.picture.map_or(JsValue::UNDEFINED, |picture| {
                object(&[
                    ("width", picture.width.into()),
                    ("height", picture.height.into()),
                ])
            });
            let body = object(&[
                ("id", text(&file.id)),
                ("name", file.name.as_str().into()),
                ("type", file.kind.as_str().into()),
                ("bytes", number(Number(file.bytes))),
                ("picture", picture),
            ]);
            object(&[("file", body)])
        }
        _ => object(&[("text", body.as_text().into())]),
    }
}

fn texts(list: &[String]) -> JsValue {
    list.iter().map(JsValue::from).collect::<Array>().into()
}

pub(super) fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in members {
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.into()
}

fn text(id: &impl ToString) -> JsValue {
    id.to_string().into()
}

pub(super) fn number(number: Number) -> JsValue {
    #[expect(clippy::cast_precision_loss, reason = "numbers of ours are below 2^53")]
    JsValue::from_f64(number.0 as f64)
}

pub(super) fn json(value: &JsValue) -> String {
    JSON::stringify(value).map(String::from).unwrap_or_default()
}

/// The word for a code.
pub(crate) fn code(code: ErrorCode) -> &'static str {
    CODES
        .iter()
        .find(|(_, known)| *known == code)
        .map_or("unknown", |(word, _)| word)
}
