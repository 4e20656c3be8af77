//! What the owner of a site chooses.

pub(super) mod embed;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use saluda_protocol::settings::{SiteDetail, StoppedTrigger};
use saluda_protocol::studio::Mistake;
use saluda_protocol::{ErrorCode, TriggerId, color};
use saluda_store::Site;

use super::guard::Asked;
use super::triggers::answer::json;
use super::{etag, mistaken};
use crate::app::App;
use crate::look;
use crate::refusal::Refusal;
use crate::site::{self, NotKept};

/// Why a request was not done.
pub(super) enum No {
    /// For one reason.
    Refused(Refusal),
    /// Someone else has changed it.
    Stale,
    /// What was written has mistakes.
    Mistakes(Vec<Mistake>),
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<NotKept> for No {
    fn from(why: NotKept) -> Self {
        match why {
            NotKept::Stale => Self::Stale,
            NotKept::Gone => Refusal::new(ErrorCode::NotFound, why.to_string()).into(),
            NotKept::Store(error) => Refusal::from(error).into(),
        }
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(refusal) => refusal.into_response(),
            Self::Stale => {
                let refusal = Refusal::new(ErrorCode::Conflict, NotKept::Stale.to_string());
                let mut response = refusal.into_response();
                *response.status_mut() = StatusCode::PRECONDITION_FAILED;
                response
            }
            Self::Mistakes(mistakes) => {
                mistaken::answer("the form has mistakes; nothing was changed", mistakes)
            }
        }
    }
}

/// `GET /api/sites/{key}/settings`
pub(super) async fn settings(Extension(asked): Extension<Asked>) -> Result<Response, No> {
    detail(&asked.site, Vec::new(), &[])
}

/// `PUT /api/sites/{key}/settings`
pub(super) async fn choose(
    State(app): State<Arc<App>>,
    Extension(asked): Extension<Asked>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, No> {
    let expected = etag::expected(&headers).ok_or(No::Stale)?;
    let body = body.map_err(too_large)?;
    let Asked { by, site } = asked;
    let checked = site::read(text(&body)?, site::form(&site)).map_err(No::Mistakes)?;
    let kept = site::keep(&*app.store, &site, checked, expected, &by, app.now()).await?;
    detail(&kept.site, kept.stopped, &kept.moved)
}

/// `POST /api/sites/{key}/hours/preview`
pub(super) async fn preview(
    State(app): State<Arc<App>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, No> {
    let body = body.map_err(too_large)?;
    let seen = site::preview(text(&body)?, app.now()).map_err(No::Mistakes)?;
    Ok(json(&seen)?)
}

fn too_large(_: BytesRejection) -> Refusal {
    Refusal::new(ErrorCode::TooLarge, "settings have at most 64 kB")
}

fn text(body: &[u8]) -> Result<&str, Refusal> {
    std::str::from_utf8(body).map_err(|_| Refusal::new(ErrorCode::Malformed, "this is no text"))
}

/// A site with what follows from its owner's choices, under the tag of its
/// revision.
fn detail(site: &Site, stopped: Vec<StoppedTrigger>, moved: &[TriggerId]) -> Result<Response, No> {
    let settings = site::form(site);
    let (contrast, mut warnings) = look::contrast(&settings.accent);
    warnings.extend(site::moved(moved));
    let mut response = json(&SiteDetail {
        key: site.key.clone(),
        revision: site.revision,
        look: color::look(&settings.accent, settings.corner),
        contrast,
        warnings,
        stopped,
        settings,
    })?;
    if let Some(tag) = etag::of_revision(site.revision) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}
