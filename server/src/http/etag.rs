//! Answers that need not be sent again.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::secret;

/// The tag of a content: it changes when the content does.
pub(super) fn of(content: &[u8]) -> String {
    format!("\"{}\"", &secret::hash_bytes(content)[..16])
}

/// The answer under its tag, without its content if the browser has that
/// already.
pub(super) fn answer(
    headers: &HeaderMap,
    tag: &str,
    content: impl FnOnce() -> Response,
) -> Response {
    let known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|have| have.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        content()
    };
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
