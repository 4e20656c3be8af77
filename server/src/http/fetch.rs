//! What is in a file that someone sent, for whoever has its id.
//!
//! Nothing in it is ever run at this address: it is offered for saving, and shown
//! only if it is a picture of a kind that holds no script. A preview is such a picture,
//! made here; where there is none, the file itself takes its place.

mod asked;

use std::ops::Range;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::TryStreamExt as _;
use saluda_protocol::{ErrorCode, File, FileId};

use crate::app::App;
use crate::files::kind::{self, HEAD_BYTES};
use crate::files::{Name, Piece, PlaceError, preview};
use crate::refusal::Refusal;
use asked::{What, what};

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// In this browser alone, and not for long: what is erased should be gone.
const FOR_A_DAY: &str = "private, max-age=86400, immutable";

/// `GET /api/files/{file}`
pub(super) async fn fetch(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let missing = || Refusal::new(ErrorCode::NotFound, "there is no such file");
    let id: FileId = id.parse().map_err(|_| missing())?;
    let kept = app.store.file(id).await?.ok_or_else(missing)?.file;
    let mut names = query.iter().flat_map(|query| query.split('&'));
    let wants_preview = names.any(|it| it.split('=').next() == Some("preview"));
    let small = match kept.picture {
        Some(size) if wants_preview && preview::is_wanted(&kept.kind, size) => {
            Found::preview(&app, &kept, &asked).await?
        }
        _ => None,
    };
    let found = match small {
        Some(small) => Some(small),
        None => Found::file(&app, &kept, &asked).await?,
    };
    let Found {
        tag,
        shown,
        mut response,
    } = found.ok_or_else(missing)?;
    let answer = response.headers_mut();
    for (name, value) in [
        // An id never means another content.
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

/// What was found of a file.
struct Found {
    tag: String,
    /// The type of the picture that it is, if it may be shown.
    shown: Option<&'static str>,
    response: Response,
}

impl Found {
    /// Its preview, all of it.
    async fn preview(
        app: &App,
        kept: &File,
        asked: &HeaderMap,
    ) -> Result<Option<Self>, PlaceError> {
        let name = Name::Preview(kept.id);
        let tag = format!("\"{name}\"");
        let Some(mut piece) = app.files.read(name, None).await? else {
            return Ok(None);
        };
        let Some(shown) = kind::picture(&piece.head(HEAD_BYTES).await?) else {
            return Ok(None);
        };
        let is_known = what(asked, &tag, piece.whole) == What::Known;
        let response = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            sent(piece, false)
        };
        Ok(Some(Self {
            tag,
            shown: Some(shown),
            response,
        }))
    }

    /// As much of it as is asked for.
    async fn file(app: &App, kept: &File, asked: &HeaderMap) -> Result<Option<Self>, PlaceError> {
        let tag = format!("\"{}\"", kept.id);
        let found = match what(asked, &tag, kept.bytes) {
            What::Whole => Self::content(app, kept, tag, None).await?,
            What::Part(part) => Self::content(app, kept, tag, Some(part)).await?,
            What::Known => Self::nothing(app, kept, tag, StatusCode::NOT_MODIFIED).await?,
            What::Beyond => {
                Self::nothing(app, kept, tag, StatusCode::RANGE_NOT_SATISFIABLE).await?
            }
        };
        Ok(found.map(|mut found| {
            let ranges = HeaderValue::from_static("bytes");
            let headers = found.response.headers_mut();
            headers.insert(header::ACCEPT_RANGES, ranges);
            found
        }))
    }

    /// What is in it, or in a part of it.
    async fn content(
        app: &App,
        kept: &File,
        tag: String,
        part: Option<Range<u64>>,
    ) -> Result<Option<Self>, PlaceError> {
        let is_part = part.is_some();
        let Some(mut piece) = app.files.read(Name::File(kept.id), part).await? else {
            return Ok(None);
        };
        let shown = match (kept.picture, is_part) {
            (None, _) => None,
            (Some(_), false) => kind::picture(&piece.head(HEAD_BYTES).await?),
            (Some(_), true) => match look(app, kept).await? {
                Some(shown) => shown,
                None => return Ok(None),
            },
        };
        let response = sent(piece, is_part);
        Ok(Some(Self {
            tag,
            shown,
            response,
        }))
    }

    /// Nothing of what is in it, under its rules all the same.
    async fn nothing(
        app: &App,
        kept: &File,
        tag: String,
        status: StatusCode,
    ) -> Result<Option<Self>, PlaceError> {
        let shown = match kept.picture {
            Some(_) => look(app, kept).await?,
            None => Some(None),
        };
        let mut response = status.into_response();
        if status == StatusCode::RANGE_NOT_SATISFIABLE
            && let Ok(all) = HeaderValue::from_str(&format!("bytes */{}", kept.bytes))
        {
            response.headers_mut().insert(header::CONTENT_RANGE, all);
        }
        Ok(shown.map(|shown| Self {
            tag,
            shown,
            response,
        }))
    }
}

/// Looks at a picture again: what lies there counts, not what was once written down.
async fn look(app: &App, kept: &File) -> Result<Option<Option<&'static str>>, PlaceError> {
    let head = 0..kept
        .bytes
        .min(u64::try_from(HEAD_BYTES).unwrap_or(u64::MAX));
    let Some(mut piece) = app.files.read(Name::File(kept.id), Some(head)).await? else {
        return Ok(None);
    };
    Ok(Some(kind::picture(&piece.head(HEAD_BYTES).await?)))
}

/// A piece as it goes out.
fn sent(piece: Piece, is_part: bool) -> Response {
    let Range { start, end } = piece.range;
    let (whole, last) = (piece.whole, end.saturating_sub(1));
    let broke = |error: &std::io::Error| {
        // The connection ends here, and nobody else hears of it.
        let error: &dyn std::error::Error = error;
        tracing::warn!(error, "a file broke off while it was fetched");
    };
    let body = Body::from_stream(piece.bytes.inspect_err(broke));
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(end - start));
    if is_part {
        let range = HeaderValue::from_str(&format!("bytes {start}-{last}/{whole}"));
        if let Ok(range) = range {
            headers.insert(header::CONTENT_RANGE, range);
        }
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    response
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
