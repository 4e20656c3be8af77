//! Reads what comes from the server, from the loader and from the browser's
//! memory.

use saluda_client::{Greeting, Pending};
use saluda_protocol::{
    Author, Body, Contact, Credentials, EmailAddress, ErrorBody, ErrorCode, Event, File, Mark,
    Marks, Message, MessageId, Millis, Number, Picture, Rating, Slice, VisitorUpdate, What,
    message::Action,
    site::{Ask, Corner, EmailCapture, Look, Notices},
    visitor::Greeted,
};
use wasm_bindgen::JsValue;

use super::{CODES, node::Node};
use crate::fields::Fields;

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
    /// When it is open in the next days; always, if nothing was said.
    pub(crate) open: Option<Vec<[Millis; 2]>>,
    /// Whether an agent was at the desk when the config was made.
    pub(crate) online: bool,
    /// The fields of its form.
    pub(crate) asked: Vec<String>,
    /// Whether it asks how a conversation was.
    pub(crate) rates: bool,
    /// See `SiteConfig`.
    pub(crate) notices: Notices,
}

impl Site {
    /// When it opens next, if it is closed at this instant.
    pub(crate) fn opens_after(&self, now: Millis) -> Option<Millis> {
        let [opens_at, _] = self
            .open
            .as_ref()?
            .iter()
            .find(|[_, closes_at]| *closes_at > now)?;
        (*opens_at > now).then_some(*opens_at)
    }
}

/// Reads a site's config.
pub(crate) fn site(config: JsValue) -> Option<Site> {
    let site = Node(config);
    let look = site.get("look")?;
    let email = site.get("email")?;
    let (ask, patience) = email.get("ask")?.variant()?;
    let notices = site.get("notices");
    let has = |what| notices.as_ref().and_then(|all| all.flag(what)) != Some(false);
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
        open: site.get("open").and_then(|open| {
            open.list(|span| {
                let [opens_at, closes_at] = <[_; 2]>::try_from(span.list(Node::as_number)?).ok()?;
                Some([Millis(opens_at), Millis(closes_at)])
            })
        }),
        online: site
            .get("rules")
            .and_then(|rules| rules.flag("online"))
            .unwrap_or_default(),
        rates: site.get("rating").is_some(),
        notices: Notices {
            badge: has("badge"),
            title: has("title"),
            sound: has("sound"),
        },
        asked: fields(site.0),
    })
}

/// The fields of the form of a site's config.
pub(crate) fn fields(config: JsValue) -> Vec<String> {
    let fields = Node(config).get("form").and_then(|form| form.get("fields"));
    let ids = fields.and_then(|fields| fields.list(|field| field.text("id")));
    ids.unwrap_or_default()
}

/// Reads a greeting that the other module has decided to show: what the log
/// will hold under this id, and what it asks for.
pub(crate) fn greeting(greeting: JsValue, id: MessageId, at: Millis) -> Option<(Pending, Fields)> {
    let shown = Node(greeting);
    let asks = shown.texts("ask")?;
    let asks = |field: &str| asks.iter().any(|asked| asked == field);
    let fields = Fields {
        name: asks("name"),
        email: asks("email"),
        phone: asks("phone"),
    };
    let text = shown.text("text")?;
    let buttons = shown.get("buttons")?;
    let replies = buttons.list(|button| button.text("label"))?;
    // Those that lead somewhere; buttons of both kinds are never mixed (S0.12).
    let actions = buttons.list(|button| {
        let call = button
            .text("phone")
            .map(|number| ["tel:", &number].concat());
        Some(Action {
            label: button.text("label")?,
            href: button.text("url").or(call)?,
        })
    });
    let body = match actions {
        _ if replies.is_empty() => Body::Text(text),
        Some(actions) => Body::Actions { text, actions },
        None => Body::QuickReplies { text, replies },
    };
    let pending = Pending {
        id,
        body,
        at,
        refused: None,
        greeting: Some(Box::new(Greeting {
            author: Author::Greeting {
                trigger: shown.id("trigger")?,
                name: shown.get("sender")?.text("name")?,
            },
            greeted: greeted(&shown, id)?,
        })),
    };
    Some((pending, fields))
}

fn greeted(greeted: &Node, id: MessageId) -> Option<Greeted> {
    Some(Greeted {
        id,
        trigger: greeted.id("trigger")?,
        version: u32::try_from(greeted.number("version")?).ok()?,
        variant: greeted.text("variant"),
        language: greeted.text("language")?,
        values: greeted.texts("values")?,
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
            answered: match update.get("answered") {
                Some(answered) => answered.ids()?,
                None => Vec::new(),
            },
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
        "rules_changed" => VisitorUpdate::RulesChanged,
        "slice" => VisitorUpdate::Slice(slice(&update)?),
        "contact" => VisitorUpdate::Contact(contact(&update)?),
        "answered" => VisitorUpdate::Answered(update.ids()?),
        "attach" => VisitorUpdate::Attach,
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
            greeting: match pending.get("greeting") {
                Some(greeting) => Some(Box::new(Greeting {
                    author: author(greeting.get("author")?)?,
                    greeted: greeted(&greeting.get("greeted")?, pending.id("id")?)?,
                })),
                None => None,
            },
        })
    })
}

/// Reads how to reach the visitor, kept because it could not be sent.
pub(crate) fn kept_contact(text: &str) -> Option<Contact> {
    contact(&Node::parse(text)?)
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
            // That it was filled in is enough here: the visitor knows with what.
            "answers" => What::Answers(Vec::new()),
            "rated" => What::Rated(Rating {
                closed: Number(what.number("closed")?),
                score: u8::try_from(what.number("score")?).ok()?,
                comment: what.text("comment"),
            }),
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
        "greeting" => Author::Greeting {
            trigger: author.id("trigger")?,
            name: author.text("name")?,
        },
        _ => return None,
    })
}

fn body(body: Node) -> Option<Body> {
    let (name, body) = body.variant()?;
    Some(match name.as_str() {
        "text" => Body::Text(body.as_text()?),
        "quick_replies" => Body::QuickReplies {
            text: body.text("text")?,
            replies: body.texts("replies")?,
        },
        "actions" => Body::Actions {
            text: body.text("text")?,
            actions: body.get("actions")?.list(|action| {
                Some(Action {
                    label: action.text("label")?,
                    href: action.text("href")?,
                })
            })?,
        },
        "tap" => Body::Tap {
            message: body.id("message")?,
            button: u8::try_from(body.number("button")?).ok()?,
            label: body.text("label")?,
        },
        "file" => Body::File(file(&body)?),
        _ => return None,
    })
}

/// Reads what is known of a file.
pub(crate) fn file(file: &Node) -> Option<File> {
    Some(File {
        id: file.id("id")?,
        name: file.text("name")?,
        kind: file.text("type")?,
        bytes: file.number("bytes")?,
        picture: file.get("picture").and_then(|picture| {
            let length = |of| picture.number(of).and_then(|it| u32::try_from(it).ok());
            Some(Picture {
                width: length("width")?,
                height: length("height")?,
            })
        }),
    })
}

fn contact(contact: &Node) -> Option<Contact> {
    Some(Contact {
        email: match contact.text("email") {
            Some(email) => Some(EmailAddress::parse(&email).ok()?),
            None => None,
        },
        name: contact.text("name"),
        phone: contact.text("phone"),
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
        retry_ms: None,
    })
}
