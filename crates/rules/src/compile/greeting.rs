//! Reads what a trigger shows.

use saluda_protocol::limits::{BUTTON_LABEL_GRAPHEMES, BUTTONS, GREETING_CHARS};
use saluda_protocol::trigger::{AgentReply, Asked, Button, Greeting, Reply, Texts};

use super::json::Node;
use super::mistake::{Complaint, MistakeKind};
use super::reader::{Path, Reader, short};
use super::texts::{self, Wording};

/// Most characters of an address that a button opens.
const URL_CHARS: usize = 2_000;

/// Most characters of a sender's name.
const SENDER_CHARS: usize = 60;

const ASKED: [(&str, Asked); 3] = [
    ("name", Asked::Name),
    ("email", Asked::Email),
    ("phone", Asked::Phone),
];

/// Reads a greeting.
pub(super) fn read(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Greeting> {
    let fields = reader.open(path, node, &["sender", "text", "buttons", "reply"])?;
    let sender = match fields.get("sender") {
        Some(node) => reader.words(&path.field("sender"), node, SENDER_CHARS),
        None => Some("default".to_owned()),
    };
    let text = text(reader, path, fields.get("text"));
    let buttons = match fields.get("buttons") {
        Some(node) => buttons(reader, &path.field("buttons"), node),
        None => Some(Vec::new()),
    };
    let reply = match fields.get("reply") {
        Some(node) => reply(reader, &path.field("reply"), node),
        None => Some(Reply::default()),
    };
    Some(Greeting {
        sender: sender?,
        text: text?,
        buttons: buttons?,
        reply: reply?,
    })
}

/// Reads what a greeting or a variant of it says.
pub(super) fn text(reader: &mut Reader, path: &Path<'_>, node: Option<&Node>) -> Option<Texts> {
    match node {
        Some(node) => texts::read(
            reader,
            &path.field("text"),
            node,
            Wording::WithGaps(GREETING_CHARS),
        ),
        None => reader.missing(path, "text", "what to say, such as `{ \"en\": \"Hello\" }`"),
    }
}

/// Reads the buttons of a greeting or of a variant of it.
pub(super) fn buttons(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Vec<Button>> {
    let items = reader.list(path, node, BUTTONS)?;
    let all: Vec<Option<Button>> = items
        .iter()
        .enumerate()
        .map(|(index, node)| button(reader, &path.item(index), node))
        .collect();
    let all: Vec<Button> = all.into_iter().collect::<Option<_>>()?;
    let leads = |button: &Button| button.url.is_some() || button.phone.is_some();
    if all.iter().any(leads) && !all.iter().all(leads) {
        let message = "quick replies and calls to action (`url`, `phone`) do not stand under one \
                       text; keep one kind";
        return reader.refuse(path, MistakeKind::MixedButtons, message);
    }
    Some(all)
}

fn button(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Button> {
    let fields = reader.open(path, node, &["label", "answer", "url", "phone"])?;
    let label = match fields.get("label") {
        Some(node) => texts::read(
            reader,
            &path.field("label"),
            node,
            Wording::Label(BUTTON_LABEL_GRAPHEMES),
        ),
        None => reader.missing(
            path,
            "label",
            "what stands on it, such as `{ \"en\": \"Yes\" }`",
        ),
    };
    let answer = fields.optional("answer", |node| {
        let wording = Wording::Plain(GREETING_CHARS);
        texts::read(reader, &path.field("answer"), node, wording)
    });
    let url = fields.optional("url", |node| {
        let place = path.field("url");
        let text = reader.text(&place, node)?;
        reader.accept(&place, url(text))
    });
    let phone = fields.optional("phone", |node| {
        let place = path.field("phone");
        let text = reader.text(&place, node)?;
        reader.accept(&place, phone(text))
    });
    let has = |name| fields.given(name).is_some();
    if has("url") && has("phone") {
        let message = "a button opens an address or calls a number, not both";
        reader.refuse::<()>(path, MistakeKind::AmbiguousButton, message);
    }
    if has("answer") && (has("url") || has("phone")) {
        let message = "a call to action is no reply, so nothing is answered; leave `answer` out";
        let place = path.field("answer");
        reader.refuse::<()>(&place, MistakeKind::AnswerOnAction, message);
    }
    Some(Button {
        label: label?,
        answer: answer.ok()?,
        url: url.ok()?,
        phone: phone.ok()?,
    })
}

fn url(text: &str) -> Result<String, Complaint> {
    let wrong = |reason: &str| {
        Err(Complaint::new(
            MistakeKind::InvalidUrl,
            format!("a button cannot open `{}`: {reason}", short(text)),
        ))
    };
    let Some(rest) = text.strip_prefix("https://") else {
        return wrong("an address begins with `https://`");
    };
    let chars = text.chars().count();
    if chars > URL_CHARS {
        return wrong(&format!(
            "it has {chars} characters, and at most {URL_CHARS} are allowed"
        ));
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return wrong("an address has no spaces and no backslashes");
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, "443"));
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.is_empty() || name.starts_with('.') || !name.chars().all(fits) {
        return wrong("after `https://` comes a host such as `shop.example`");
    }
    if port.parse::<u16>().is_err() {
        return wrong("after the `:` comes the number of a port");
    }
    Ok(text.to_owned())
}

fn phone(text: &str) -> Result<String, Complaint> {
    let digits = text.strip_prefix('+').unwrap_or_default();
    let fits = (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    if fits {
        Ok(text.to_owned())
    } else {
        Err(Complaint::new(
            MistakeKind::InvalidPhone,
            format!(
                "a button cannot call `{}`; write `+`, the country and the number, 7 to 15 \
                 digits without spaces: `+351210000000`",
                short(text)
            ),
        ))
    }
}

fn reply(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Reply> {
    let fields = reader.open(path, node, &["agent"])?;
    match fields.get("agent") {
        Some(node) => agent(reader, &path.field("agent"), node).map(Reply::Agent),
        None => reader.missing(
            path,
            "agent",
            "how the visitor gets to an agent, such as `{}`",
        ),
    }
}

fn agent(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<AgentReply> {
    let fields = reader.open(path, node, &["ask", "follow_up"])?;
    let asked = match fields.get("ask") {
        Some(node) => ask(reader, &path.field("ask"), node),
        None => Some(Vec::new()),
    };
    let follow_up = fields.optional("follow_up", |node| {
        let wording = Wording::Plain(GREETING_CHARS);
        texts::read(reader, &path.field("follow_up"), node, wording)
    });
    Some(AgentReply {
        ask: asked?,
        follow_up: follow_up.ok()?,
    })
}

fn ask(reader: &mut Reader, path: &Path<'_>, node: &Node) -> Option<Vec<Asked>> {
    let items = reader.list(path, node, ASKED.len())?;
    let mut asked: Vec<Asked> = Vec::new();
    for (index, node) in items.iter().enumerate() {
        let place = path.item(index);
        let Some(one) = reader.word(&place, node, &ASKED) else {
            continue;
        };
        if asked.contains(&one) {
            let message = "this is asked for already; take it out";
            reader.refuse::<()>(&place, MistakeKind::Repeated, message);
        }
        asked.push(one);
    }
    Some(asked)
}
