//! What pages of a site ask for on behalf of their visitor, who says who they are
//! in a header: no cookie has a part in it.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::{Credentials, ErrorCode, VisitorId};
use saluda_store::Site;

use super::{config, origin};
use crate::app::App;
use crate::chat::arrive;
use crate::refusal::Refusal;

/// The site with this key and the visitor who asks, from a page that may carry it.
pub(super) async fn visitor(
    app: &App,
    key: &str,
    headers: &HeaderMap,
) -> Result<(Site, VisitorId), Refusal> {
    let site = config::find(app, key).await?;
    origin::check(app, &site, headers)?;
    let nobody = || {
        let message = "this visitor is not known here; connect again, and write or `attach` first";
        Refusal::new(ErrorCode::Unauthorized, message)
    };
    let credentials = credentials(headers).ok_or_else(nobody)?;
    let found = arrive::recognise(app, site.id, &credentials).await?;
    let visitor = found.ok_or_else(nobody)?.id;
    Ok((site, visitor))
}

/// Answers the browser that asks whether a page of another origin may post, with
/// these headers.
pub(super) fn may_post(with: &'static str) -> Response {
    let mut response = for_pages(StatusCode::NO_CONTENT.into_response());
    let answer = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, with),
        (header::ACCESS_CONTROL_MAX_AGE, "7200"),
    ] {
        answer.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Lets pages read an answer. It says nothing to those that the request itself was
/// refused for.
pub(super) fn for_pages(mut response: Response) -> Response {
    response.headers_mut().insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    response
}

/// Who a visitor is, as `Authorization: Visitor ID.SECRET` says.
fn credentials(headers: &HeaderMap) -> Option<Credentials> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    let is_ours = scheme.eq_ignore_ascii_case("visitor");
    is_ours.then(|| Credentials::from_cookie(credentials.trim()))?
}
