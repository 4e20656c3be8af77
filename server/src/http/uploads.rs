//! Files that come: those of visitors, from pages of the site, and those of agents,
//! from the desk.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use saluda_protocol::studio::Actor;
use saluda_protocol::{ConversationId, ErrorCode, File};

use super::guard::Asked;
use super::{Peer, pages};
use crate::app::App;
use crate::chat::ChatError;
use crate::chat::attach::{self, Sender};
use crate::door::Limit;
use crate::refusal::Refusal;

/// What a file is called, in UTF-8 and percent-encoded.
const NAME: HeaderName = HeaderName::from_static("saluda-name");

/// `POST /api/sites/{key}/uploads`: a visitor sends a file.
pub(super) async fn of_visitor(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let sent = by_visitor(&app, peer, &key, &headers, body).await;
    pages::for_pages(sent.map_or_else(Refusal::into_response, made))
}

/// `OPTIONS` of the same: the browser asks whether a page of another origin may.
pub(super) async fn may_send() -> Response {
    pages::may_post("authorization, content-type, saluda-name")
}

async fn by_visitor(
    app: &App,
    peer: Peer,
    key: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<File, Refusal> {
    let network = app.door.network(peer, headers);
    app.door.pass_network(Limit::Uploads, network, app.now())?;
    let (_, visitor) = pages::visitor(app, key, headers).await?;
    let sender = Sender::Visitor(visitor);
    send(app, sender, headers, body).await
}

/// `POST /api/sites/{key}/conversations/{conversation}/files`: an agent sends one.
pub(super) async fn of_agent(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    Path((_, conversation)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let id: ConversationId = conversation.parse().map_err(|_| ChatError::NotFound)?;
    let found = app.store.conversation(id).await?;
    let found = found.filter(|found| found.site == asked.site.id);
    let visitor = found.ok_or(ChatError::NotFound)?.visitor;
    let (Actor::Agent { id: agent, .. } | Actor::Token { agent, .. }) = asked.by else {
        return Err(ChatError::NotFound.into());
    };
    let sender = Sender::Agent { agent, visitor };
    send(&app, sender, &headers, body).await.map(made)
}

async fn send(app: &App, sender: Sender, headers: &HeaderMap, body: Body) -> Result<File, Refusal> {
    let name = name(headers).ok_or_else(|| {
        let message = "say in `Saluda-Name` what the file is called, percent-encoded";
        Refusal::new(ErrorCode::Malformed, message)
    })?;
    let bytes = headers.get(header::CONTENT_LENGTH);
    let bytes = bytes.and_then(|bytes| bytes.to_str().ok()?.parse().ok());
    Ok(attach::send(app, sender, &name, bytes, body).await?)
}

fn made(file: File) -> Response {
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    (StatusCode::CREATED, fresh, Json(file)).into_response()
}

fn name(headers: &HeaderMap) -> Option<String> {
    let mut rest = headers.get(NAME)?.as_bytes();
    let mut name = Vec::with_capacity(rest.len());
    while let [first, then @ ..] = rest {
        rest = then;
        if *first != b'%' {
            name.push(*first);
            continue;
        }
        let [high, low, then @ ..] = rest else {
            return None;
        };
        let digit = |digit: u8| char::from(digit).to_digit(16);
        let byte = digit(*high)? * 16 + digit(*low)?;
        name.push(u8::try_from(byte).ok()?);
        rest = then;
    }
    String::from_utf8(name).ok()
}

#[cfg(test)]
mod tests;
