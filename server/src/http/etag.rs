//! Tags of what is answered: so that it need not be sent again, and so that
//! nobody writes over what someone else has changed.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use saluda_store::Expected;

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

/// The tag of a revision.
pub(super) fn of_revision(revision: u64) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{revision}\"")).ok()
}

/// What must be there for a request to be done. None when that is no revision of
/// ours, and so none that is current.
pub(super) fn expected(headers: &HeaderMap) -> Option<Expected> {
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value == "*")
    {
        return Some(Expected::Nothing);
    }
    let Some(tag) = headers.get(header::IF_MATCH) else {
        return Some(Expected::Any);
    };
    let tag = tag.to_str().ok()?.strip_prefix('"')?.strip_suffix('"')?;
    tag.parse().ok().map(Expected::Revision)
}
