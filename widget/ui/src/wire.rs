//! The wire form, read and written through the browser's own `JSON`.
//!
//! Every name here stands in `saluda-protocol` too, where it is derived. Doing it
//! by hand is worth that: what is derived is as large as all our views. A test in
//! the browser holds the two equal.

use std::str::FromStr;

use js_sys::{Array, JSON, Object, Reflect};
use saluda_client::Pending;
use saluda_protocol::{
    Author, Body, Contact, Credentials, EmailAddress, ErrorBody, ErrorCode, Event, Mark, Marks,
    Message, Millis, Number, Slice, VisitorFrame, VisitorUpdate, What,
    site::{Ask, Corner, EmailCapture, Look},
};
use wasm_bindgen::{JsCast as _, JsValue};

/// What the widget needs of a site's config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    /// See `SiteConfig`.
    pub(crate) name: String,
    /// See `SiteConfig`.
    pub(crate) look: Look,
    /// See `SiteConfig`.
    pub(crate) reply_within_ms: Option<u64>,
    /// See `SiteConfig`.
    pub(crate) email: EmailCapture,
}

/// Reads a site's config.
pub(crate) fn site(config: JsValue) -> Option<Site> {
    let site = Node(config);
    let look = site.get("look")?;
    let email = site.get("email")?;
    let (ask, patience) = email.get("ask")?.variant()?;
    Some(Site {
        name: site.text("name")?,
        look: Look {
            accent: look.text("accent")?,
            on_accent: look.text("on_accent")?,
            accent_dark: look.text("accent_dark")?,
            on_accent_dark: look.text("on_accent_dark")?,
            corner: match look.text("corner")?.as_str() {
                "start" => Corner::Start,
                _ => Corner::End,
            },
        },
        reply_within_ms: site.number("reply_within_ms"),
        email: EmailCapture {
            ask: match ask.as_str() {
                "before" => Ask::Before,
                "unanswered" => Ask::Unanswered(patience.as_number()?),
                _ => Ask::Never,
            },
            required: email.flag("required")?,
        },
    })
}

/// Reads an update. One that this client cannot read is from a newer server.
#[must_use]
pub fn update(text: &str) -> Option<VisitorUpdate> {
    let (name, update) = Node::parse(text)?.variant()?;
    Some(match name.as_str() {
        "welcome" => VisitorUpdate::Welcome {
            credentials: match update.get("credentials") {
                Some(credentials) => Some(Credentials {
                    id: credentials.id("id")?,
                    secret: credentials.text("secret")?,
                }),
                None => None,
            },
            epoch: update.text("epoch")?,
            now: Millis(update.number("now")?),
            slice: slice(&update.get("slice")?)?,
            marks: marks(&update.get("marks")?)?,
            contact: contact(&update.get("contact")?)?,
            agents_online: update.flag("agents_online")?,
        },
        "event" => VisitorUpdate::Event(event(&update)?),
        "ack" => VisitorUpdate::Ack {
            id: update.id("id")?,
            number: Number(update.number("number")?),
            at: Millis(update.number("at")?),
        },
        "refused" => VisitorUpdate::Refused {
            id: update.id("id"),
            error: error(&update.get("error")?)?,
        },
        "marks" => VisitorUpdate::Marks(marks(&update)?),
        "typing" => VisitorUpdate::Typing {
            name: update.text("name")?,
        },
        "agents_online" => VisitorUpdate::AgentsOnline(update.0.as_bool()?),
        "slice" => VisitorUpdate::Slice(slice(&update)?),
        "contact" => VisitorUpdate::Contact(contact(&update)?),
        "ping" => VisitorUpdate::Ping,
        _ => return None,
    })
}

/// Reads messages that were kept because they could not be sent.
#[must_use]
pub fn pending(text: &str) -> Option<Vec<Pending>> {
    Node::parse(text)?.list(|pending| {
        Some(Pending {
            id: pending.id("id")?,
            body: body(pending.get("body")?)?,
            at: Millis(pending.number("at")?),
            refused: pending.get("refused").and_then(|refused| error(&refused)),
        })
    })
}

fn slice(slice: &Node) -> Option<Slice> {
    Some(Slice {
        events: slice.get("events")?.list(event)?,
        reset: slice.flag("reset")?,
        older: slice.flag("older")?,
    })
}

fn event(event: &Node) -> Option<Event> {
    let (name, what) = event.get("what")?.variant()?;
    Some(Event {
        number: Number(event.number("number")?),
        at: Millis(event.number("at")?),
        what: match name.as_str() {
            "message" => What::Message(Message {
                id: what.id("id")?,
                author: author(what.get("author")?)?,
                body: body(what.get("body")?)?,
            }),
            "contact" => What::Contact(contact(&what)?),
            "closed" => What::Closed(author(what)?),
            "reopened" => What::Reopened(author(what)?),
            _ => return None,
        },
    })
}

fn author(author: Node) -> Option<Author> {
    let (name, author) = author.variant()?;
    Some(match name.as_str() {
        "visitor" => Author::Visitor,
        "agent" => Author::Agent {
            id: author.id("id")?,
            name: author.text("name")?,
        },
        _ => return None,
    })
}

fn body(body: Node) -> Option<Body> {
    let (name, body) = body.variant()?;
    match name.as_str() {
        "text" => Some(Body::Text(body.as_text()?)),
        _ => None,
    }
}

fn contact(contact: &Node) -> Option<Contact> {
    Some(Contact {
        email: match contact.text("email") {
            Some(email) => Some(EmailAddress::parse(&email).ok()?),
            None => None,
        },
        name: contact.text("name"),
    })
}

fn marks(marks: &Node) -> Option<Marks> {
    let mark = |mark: Node| {
        Some(Mark {
            delivered: Number(mark.number("delivered")?),
            read: Number(mark.number("read")?),
        })
    };
    Some(Marks {
        visitor: mark(marks.get("visitor")?)?,
        agent: mark(marks.get("agent")?)?,
    })
}

fn error(error: &Node) -> Option<ErrorBody> {
    Some(ErrorBody {
        code: {
            let word = error.text("code")?;
            let known = CODES.iter().find(|(known, _)| *known == word);
            known.map_or(ErrorCode::Unknown, |(_, code)| *code)
        },
        message: error.text("message")?,
    })
}

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
            let place = object(&[
                ("url", place.url.as_str().into()),
                ("title", place.title.as_str().into()),
                ("referrer", place.referrer.as_str().into()),
                ("language", place.language.as_str().into()),
                ("timezone", place.timezone.as_str().into()),
                ("visits", place.visits.into()),
            ]);
            let hello = object(&[
                ("wire", (*wire).into()),
                ("credentials", credentials.unwrap_or(JsValue::NULL)),
                ("resume", resume.unwrap_or(JsValue::NULL)),
                ("place", place),
            ]);
            object(&[("hello", hello)])
        }
        VisitorFrame::Post { id, body } => {
            let post = object(&[("id", text(id)), ("body", write_body(body))]);
            object(&[("post", post)])
        }
        VisitorFrame::Contact(contact) => {
            let typed =
                |text: &Option<String>| text.as_deref().map_or(JsValue::NULL, JsValue::from);
            let contact = object(&[
                ("email", typed(&contact.email)),
                ("name", typed(&contact.name)),
            ]);
            object(&[("contact", contact)])
        }
        VisitorFrame::Delivered(up_to) => object(&[("delivered", number(*up_to))]),
        VisitorFrame::Read(up_to) => object(&[("read", number(*up_to))]),
        VisitorFrame::Older(before) => object(&[("older", number(*before))]),
        VisitorFrame::Missed(after) => object(&[("missed", number(*after))]),
        VisitorFrame::Typing => "typing".into(),
        _ => "pong".into(),
    };
    json(&value)
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
                        ("code", error_code(error.code).into()),
                        ("message", error.message.as_str().into()),
                    ])
                });
            object(&[
                ("id", text(&pending.id)),
                ("body", write_body(&pending.body)),
                ("at", number(Number(pending.at.0))),
                ("refused", refused),
            ])
        })
        .collect();
    json(&list)
}

fn write_body(body: &Body) -> JsValue {
    object(&[("text", body.as_text().into())])
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in members {
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.into()
}

fn text(id: &impl ToString) -> JsValue {
    id.to_string().into()
}

fn number(number: Number) -> JsValue {
    #[expect(clippy::cast_precision_loss, reason = "numbers of ours are below 2^53")]
    JsValue::from_f64(number.0 as f64)
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).map(String::from).unwrap_or_default()
}

/// The codes that this side can do something about.
const CODES: [(&str, ErrorCode); 6] = [
    ("text_empty", ErrorCode::TextEmpty),
    ("text_too_long", ErrorCode::TextTooLong),
    ("too_large", ErrorCode::TooLarge),
    ("email_invalid", ErrorCode::EmailInvalid),
    ("too_many", ErrorCode::TooMany),
    ("internal", ErrorCode::Internal),
];

fn error_code(code: ErrorCode) -> &'static str {
    CODES
        .iter()
        .find(|(_, known)| *known == code)
        .map_or("unknown", |(word, _)| word)
}

/// A value as the browser read it.
struct Node(JsValue);

impl Node {
    fn parse(text: &str) -> Option<Self> {
        JSON::parse(text).ok().map(Self)
    }

    /// A member that is there and not null.
    fn get(&self, key: &str) -> Option<Self> {
        Reflect::get(&self.0, &JsValue::from_str(key))
            .ok()
            .filter(|value| !value.is_undefined() && !value.is_null())
            .map(Self)
    }

    /// The name of a variant and what it holds; one that holds nothing is only
    /// a name.
    fn variant(self) -> Option<(String, Self)> {
        if let Some(name) = self.0.as_string() {
            return Some((name, self));
        }
        let name = Object::keys(self.0.dyn_ref::<Object>()?)
            .get(0)
            .as_string()?;
        let held = self.get(&name)?;
        Some((name, held))
    }

    fn as_text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn as_number(&self) -> Option<u64> {
        let number = self.0.as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast of a number that is out of range stops at the end of it"
        )]
        (number >= 0.0).then_some(number as u64)
    }

    fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_text()
    }

    fn number(&self, key: &str) -> Option<u64> {
        self.get(key)?.as_number()
    }

    fn flag(&self, key: &str) -> Option<bool> {
        self.get(key)?.0.as_bool()
    }

    fn id<I: FromStr>(&self, key: &str) -> Option<I> {
        self.text(key)?.parse().ok()
    }

    fn list<T>(&self, read: impl Fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        let list: &Array = self.0.dyn_ref()?;
        list.iter().map(|item| read(&Self(item))).collect()
    }
}
