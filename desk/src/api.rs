//! Requests to the server, apart from what they are about.

use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::window;
use saluda_protocol::{ErrorBody, ErrorCode};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestCredentials, RequestInit, Response};

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// `GET`, `PUT`, …
    pub method: &'static str,
    /// Where, from `/api` on.
    pub path: String,
    /// What must be there for it to be done.
    pub expected: Expected,
    /// What to send, as JSON.
    pub body: Option<String>,
}

/// What must be there for a request to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Whatever is there.
    Any,
    /// Exactly this revision.
    Revision(u64),
    /// Nothing: it is made, and replaces none.
    Nothing,
}

/// What the server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// 200, 404, …
    pub status: u16,
    /// What it says.
    pub body: String,
}

/// An answer on its way; none when the server could not be reached.
pub type Awaited = Pin<Box<dyn Future<Output = Option<Answer>>>>;

/// Carries requests to the server.
pub type Errand = Rc<dyn Fn(Ask) -> Awaited>;

impl Ask {
    /// Asks for what is there.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::to("GET", path)
    }

    /// Any request.
    pub(crate) fn to(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            expected: Expected::Any,
            body: None,
        }
    }
}

impl Answer {
    /// Whether it was done.
    pub(crate) fn is_done(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Why it was not done. What comes from anything between us and the server
    /// has no reason in it.
    pub(crate) fn error(&self) -> ErrorBody {
        serde_json::from_str(&self.body).unwrap_or_else(|_| ErrorBody {
            code: match self.status {
                401 => ErrorCode::Unauthorized,
                403 => ErrorCode::Forbidden,
                404 => ErrorCode::NotFound,
                413 => ErrorCode::TooLarge,
                429 => ErrorCode::TooMany,
                _ => ErrorCode::Internal,
            },
            message: String::new(),
            retry_ms: None,
        })
    }
}

/// Sends a request with the agent's session.
pub(crate) async fn send(ask: Ask) -> Option<Answer> {
    fetch(&ask).await.ok()
}

async fn fetch(ask: &Ask) -> Result<Answer, JsValue> {
    let init = RequestInit::new();
    init.set_method(ask.method);
    init.set_credentials(RequestCredentials::SameOrigin);
    if let Some(body) = &ask.body {
        init.set_body(&body.into());
    }
    let request = Request::new_with_str_and_init(&ask.path, &init)?;
    let headers = request.headers();
    if ask.body.is_some() {
        headers.set("Content-Type", "application/json")?;
    }
    match ask.expected {
        Expected::Any => {}
        Expected::Revision(revision) => headers.set("If-Match", &format!("\"{revision}\""))?,
        Expected::Nothing => headers.set("If-None-Match", "*")?,
    }
    let response: Response = JsFuture::from(window().fetch_with_request(&request))
        .await?
        .dyn_into()?;
    let body = JsFuture::from(response.text()?).await?;
    Ok(Answer {
        status: response.status(),
        body: body.as_string().unwrap_or_default(),
    })
}
