//! What must hold of whatever comes in, word by word: each function takes a text that
//! anyone may have written, and panics when a promise is broken.
//!
//! `tests/laws.rs` asks them of the corpus and of thousands of texts with every test
//! run; `runner` hands them to a fuzzer (`CONTRIBUTING.md` says how).
#![expect(
    clippy::missing_panics_doc,
    reason = "to panic is how a broken promise is told"
)]

use saluda_client::links::{Piece, any_address, may_follow, pieces, spelled_out};
use saluda_protocol::file::clean_name;
use saluda_protocol::report::Report;
use saluda_protocol::{
    AgentFrame, Body, Credentials, EmailAddress, TriggerSpec, VisitorFrame, limits,
};
use serde_json::Value;

/// A promise about a text.
pub type Law = fn(&str);

/// All of them, by the name of their corpus.
pub const LAWS: [(&str, Law); 10] = [
    ("frame", frame),
    ("post", post),
    ("cookie", cookie),
    ("token", saluda::laws::token),
    ("email", email),
    ("link", link),
    ("file_name", file_name),
    ("report", report),
    ("trigger", trigger),
    ("trace", trace),
];

/// A frame that is read says the same when it is written and read again.
pub fn frame(text: &str) {
    if let Ok(frame) = serde_json::from_str::<VisitorFrame>(text) {
        let written = serde_json::to_string(&frame).expect("a frame can be written");
        assert_eq!(
            serde_json::from_str::<VisitorFrame>(&written).ok(),
            Some(frame)
        );
    }
    if let Ok(frame) = serde_json::from_str::<AgentFrame>(text) {
        let written = serde_json::to_string(&frame).expect("a frame can be written");
        assert_eq!(
            serde_json::from_str::<AgentFrame>(&written).ok(),
            Some(frame)
        );
    }
}

/// What is written down of a message is within its limit, holds no control
/// character, and is not changed by being written down again.
pub fn post(text: &str) {
    let limit = limits::VISITOR_TEXT_CHARS;
    if let Ok(body) = Body::text(text, limit) {
        let kept = body.as_text().to_owned();
        assert!(!kept.trim().is_empty() && kept.chars().count() <= limit);
        assert!(
            kept.chars()
                .all(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        );
        assert_eq!(
            Body::text(&kept, limit).expect("it was taken").as_text(),
            kept.trim()
        );
    }
}

/// A cookie names one visitor, and is written in one way.
pub fn cookie(text: &str) {
    if let Some(credentials) = Credentials::from_cookie(text) {
        let written = credentials.to_cookie();
        assert!(
            written
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b";,\"\\".contains(&byte))
        );
        let again = Credentials::from_cookie(&written).expect("it was written by us");
        assert_eq!(
            (again.id, again.secret),
            (credentials.id, credentials.secret)
        );
    }
}

/// An address is one line with one address in it.
pub fn email(text: &str) {
    if let Ok(address) = EmailAddress::parse(text) {
        let kept = address.as_str();
        assert!(kept.len() <= limits::EMAIL_BYTES);
        assert!(
            !kept.contains(|c: char| c.is_control() || c.is_whitespace() || ",;<>".contains(c))
        );
        assert_eq!(EmailAddress::parse(kept).as_ref(), Ok(&address));
    }
}

/// Joined again, the pieces of a text are the text; what can be followed leads to the
/// web, to a mailbox or to a telephone.
pub fn link(text: &str) {
    for address_of in [spelled_out, any_address] {
        let mut joined = String::new();
        for piece in pieces(text, address_of) {
            match piece {
                Piece::Plain(plain) => joined.push_str(plain),
                Piece::Link { address, shown } => {
                    assert!(may_follow(&address), "{address}");
                    joined.push_str(shown);
                }
            }
        }
        assert_eq!(joined, text);
    }
}

/// A file's name is a name in one folder, on one line, on every system.
pub fn file_name(text: &str) {
    let name = clean_name(text);
    assert!(!name.is_empty() && name.chars().count() <= limits::FILE_NAME_CHARS);
    assert!(
        !name.starts_with('.') && !name.ends_with(['.', ' ']),
        "{name}"
    );
    assert!(
        !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']),
        "{name}"
    );
    assert!(!name.contains(char::is_control), "{name}");
    assert_eq!(clean_name(&name), name);
}

/// A report that is read says the same when it is written and read again.
pub fn report(text: &str) {
    if let Ok(report) = serde_json::from_str::<Report>(text) {
        let written = serde_json::to_string(&report).expect("a report can be written");
        assert_eq!(serde_json::from_str::<Report>(&written).ok(), Some(report));
    }
}

/// A trigger that is read says the same when it is written and read again.
pub fn trigger(text: &str) {
    if let Ok(value) = serde_json::from_str::<Value>(text)
        && let Ok(spec) = serde_json::from_value::<TriggerSpec>(value)
    {
        let written = serde_json::to_string(&spec).expect("a trigger can be written");
        assert_eq!(
            serde_json::from_str::<TriggerSpec>(&written).ok(),
            Some(spec)
        );
    }
}

/// A trace is read or refused, whatever stands in it.
pub fn trace(text: &str) {
    let _ = saluda_rules::trace::read(text);
}
