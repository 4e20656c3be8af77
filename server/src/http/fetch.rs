//! What is in a file that someone sent, for whoever has its id.
//!
//! Nothing in it is ever run at this address: it is offered for saving, and shown
//! only if it is a picture of a kind that holds no script.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::{ErrorCode, File, FileId};
use tokio::io::AsyncReadExt as _;
use tower_http::services::ServeFile;

use super::etag;
use crate::app::App;
use crate::files::kind::{self, HEAD_BYTES};
use crate::refusal::Refusal;

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// In this browser alone, and not for long: what is erased should be gone.
const FOR_A_DAY: &str = "private, max-age=86400, immutable";

/// `GET /api/files/{file}`
pub(super) async fn fetch(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let missing = || Refusal::new(ErrorCode::NotFound, "there is no such file");
    let id: FileId = id.parse().map_err(|_| missing())?;
    let kept = app.store.file(id).await?.ok_or_else(missing)?.file;
    let path = app.files.of(id);
    let mut head = Vec::new();
    let opened = tokio::fs::File::open(&path).await.map_err(|_| missing())?;
    let most = u64::try_from(HEAD_BYTES).unwrap_or(u64::MAX);
    let read = opened.take(most).read_to_end(&mut head).await;
    read.map_err(|_| missing())?;
    // Looked at again: what is on the disk counts, not what was once written down.
    let shown = kept.picture.and_then(|_| kind::picture(&head));

    let tag = format!("\"{id}\"");
    let asked = request.headers().clone();
    let known = etag::answer(&asked, &tag, || StatusCode::OK.into_response());
    let mut response = if known.status() == StatusCode::NOT_MODIFIED {
        known
    } else {
        let served = ServeFile::new(&path).try_call(request).await;
        served.map_err(|_| missing())?.map(Body::new)
    };
    let answer = response.headers_mut();
    // An id never means another content.
    answer.remove(header::LAST_MODIFIED);
    for (name, value) in [
        (header::ETAG, tag.as_str()),
        (
            header::CONTENT_TYPE,
            shown.unwrap_or_else(|| saved_as(&kept)),
        ),
        (
            header::CONTENT_DISPOSITION,
            &disposition(&kept.name, shown.is_some()),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'",
        ),
        (header::CACHE_CONTROL, FOR_A_DAY),
        (header::REFERRER_POLICY, "no-referrer"),
        // Pages of sites show it.
        (RESOURCE_POLICY, "cross-origin"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.insert(name, value);
        }
    }
    Ok(response)
}

/// The type of what is not shown.
fn saved_as(file: &File) -> &str {
    if file.kind.starts_with("image/") {
        // Once taken for a picture, and none that is shown.
        "application/octet-stream"
    } else {
        &file.kind
    }
}

/// Under which name it is saved: in ASCII for the oldest, and as it is.
fn disposition(name: &str, is_shown: bool) -> String {
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' | '\\' | '%' => '_',
            ' '..='~' => c,
            _ => '_',
        })
        .collect();
    let exact = name.bytes().fold(String::new(), |exact, byte| {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        exact
            + &if is_plain {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
    });
    let way = if is_shown { "inline" } else { "attachment" };
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_in_a_header_whatever_it_is() {
        assert_eq!(
            disposition("offer.pdf", false),
            "attachment; filename=\"offer.pdf\"; filename*=UTF-8''offer.pdf"
        );
        assert_eq!(
            disposition("caf\u{e9} \"1\"\r\n%41.png", true),
            "inline; filename=\"caf_ _1____41.png\"; \
             filename*=UTF-8''caf%C3%A9%20%221%22%0D%0A%2541.png"
        );
    }
}
