//! Who is signed in: three requests to the server.

use js_sys::Promise;
use leptos::prelude::window;
use saluda_protocol::agent::SignIn;
use saluda_protocol::{ErrorBody, ErrorCode};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::api::{self, Ask};

const SESSION: &str = "/api/session";

/// Why a request about the session did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SessionError {
    /// The server did not answer.
    Unreachable,
    /// It answered, and said no.
    Refused(ErrorBody),
}

/// Whether someone is signed in.
pub(crate) async fn signed_in() -> Result<bool, SessionError> {
    match call("GET", None).await {
        Ok(()) => Ok(true),
        Err(SessionError::Refused(error)) if error.code == ErrorCode::Unauthorized => Ok(false),
        Err(error) => Err(error),
    }
}

/// Signs in.
pub(crate) async fn sign_in(who: &SignIn) -> Result<(), SessionError> {
    let body = serde_json::to_string(who).unwrap_or_default();
    call("POST", Some(&body)).await
}

/// Signs out. A session that ended already is no error.
pub(crate) async fn sign_out() -> Result<(), SessionError> {
    match call("DELETE", None).await {
        Err(SessionError::Refused(error)) if error.code == ErrorCode::Unauthorized => Ok(()),
        other => other,
    }
}

/// Asks for a file; see [`text_of`].
pub(crate) fn ask(address: &str) -> Promise {
    window().fetch_with_str(address)
}

/// The text of a file that was asked for; nothing when it could not be had.
pub(crate) async fn text_of(asked: Promise) -> Option<String> {
    let response: Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}

async fn call(method: &'static str, body: Option<&str>) -> Result<(), SessionError> {
    let ask = Ask {
        body: body.map(str::to_owned),
        ..Ask::to(method, SESSION)
    };
    let answer = api::send(ask).await.ok_or(SessionError::Unreachable)?;
    if answer.is_done() {
        Ok(())
    } else {
        Err(SessionError::Refused(answer.error()))
    }
}
