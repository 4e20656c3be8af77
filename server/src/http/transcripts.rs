//! Transcripts by e-mail, for visitors who ask for one.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{form, pages};
use crate::app::App;
use crate::refusal::Refusal;
use crate::transcript::{self, Sent, Wanted};

/// What was sent.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Answer {
    /// A code or the transcript.
    pub(super) sent: Sent,
}

/// `POST /api/sites/{key}/transcripts`: a visitor wants their conversation sent.
pub(super) async fn send(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let sent = by_visitor(&app, &key, &headers, &body).await;
    let sent = sent.map(|sent| Json(Answer { sent }).into_response());
    pages::for_pages(sent.unwrap_or_else(Refusal::into_response))
}

/// `OPTIONS` of the same: the browser asks whether a page of another origin may.
pub(super) async fn may_send() -> Response {
    pages::may_post("authorization, content-type")
}

async fn by_visitor(
    app: &App,
    key: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Sent, Refusal> {
    let (site, visitor) = pages::visitor(app, key, headers).await?;
    let wanted: Wanted = form::read(body, "send an `email`, and its `code` once it has come")?;
    Ok(transcript::send(app, &site, visitor, &wanted).await?)
}

#[cfg(test)]
mod tests;
