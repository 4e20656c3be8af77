//! Sends one file, as the browser holds it.

use saluda_client::socket::Listener;
use saluda_protocol::{File, file::is_program_name, limits};
use wasm_bindgen::JsValue;

use super::script::{call, get, make, number, on, window};
use crate::{chat::Chat, wire};

/// Why a file was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failed {
    /// It is larger than allowed.
    TooLarge,
    /// It is a program, or empty.
    Refused,
    /// The visitor has sent as much as they may.
    TooMuch,
    /// The connection, or a fault of ours.
    Other,
}

impl Failed {
    /// The sentence that says so.
    pub(super) fn say(self, chat: Chat) -> String {
        chat.say(match self {
            Self::TooLarge => "attach_large",
            Self::Refused => "attach_refused",
            Self::TooMuch => "attach_much",
            Self::Other => "attach_failed",
        })
    }

    /// What the server means by this status.
    fn of(status: u16) -> Self {
        match status {
            413 => Self::TooLarge,
            415 => Self::Refused,
            429 => Self::TooMuch,
            _ => Self::Other,
        }
    }
}

/// What the server would say of a file, before it is sent.
pub(super) fn look_at(name: &str, bytes: f64) -> Option<Failed> {
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^53")]
    let most = limits::FILE_BYTES as f64;
    if bytes > most {
        Some(Failed::TooLarge)
    } else if bytes == 0.0 || is_program_name(name) {
        Some(Failed::Refused)
    } else {
        None
    }
}

/// A file that is being sent. Dropping it breaks that off.
pub(crate) struct Sending {
    request: JsValue,
    listeners: Vec<Listener>,
}

impl Drop for Sending {
    fn drop(&mut self) {
        // First, so that they do not hear of it.
        self.listeners.clear();
        call(&self.request, "abort", &[]);
    }
}

/// Begins to send a file. `heard` hears how much of it is there, from 0 to 1,
/// `then` what became of it.
pub(super) fn send(
    chat: Chat,
    file: &JsValue,
    heard: impl Fn(f64) + 'static,
    then: impl Fn(Result<File, Failed>) + Clone + 'static,
) -> Option<Sending> {
    let core = chat.core()?;
    let (window, link) = (window(), &core.link);
    let request = make(&window, "XMLHttpRequest", &[]);
    let to = [&link.origin(), "/api/sites/", &link.site(), "/uploads"].concat();
    call(&request, "open", &["POST".into(), to.into()]);
    let name = call(&window, "encodeURIComponent", &[get(file, "name")]);
    let proof = ["Visitor ", &link.memory().credentials().unwrap_or_default()].concat();
    for (header, value) in [
        ("authorization", JsValue::from(proof)),
        ("content-type", "application/octet-stream".into()),
        ("saluda-name", name),
    ] {
        call(&request, "setRequestHeader", &[header.into(), value]);
    }
    let (answered, failed) = (then.clone(), then);
    let asked = request.clone();
    let listeners = vec![
        on(&get(&request, "upload"), "progress", move |event| {
            heard(number(&event, "loaded") / number(&event, "total"));
        }),
        on(&request, "load", move |_| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a status has three digits"
            )]
            let status = number(&asked, "status") as u16;
            let text = get(&asked, "responseText").as_string();
            let sent = text.and_then(|text| wire::file(&wire::Node::parse(&text)?));
            answered(match sent {
                Some(file) if status == 201 => Ok(file),
                _ => Err(Failed::of(status)),
            });
        }),
        on(&request, "error", move |_| failed(Err(Failed::Other))),
    ];
    call(&request, "send", std::slice::from_ref(file));
    Some(Sending { request, listeners })
}
