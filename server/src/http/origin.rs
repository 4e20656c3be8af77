//! Where a request comes from.

use axum::http::{HeaderMap, header};
use saluda_protocol::ErrorCode;
use saluda_store::Site;

use crate::app::App;
use crate::refusal::Refusal;

/// The page's origin, as its browser says.
pub(super) fn of(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ORIGIN)?.to_str().ok()
}

/// Whether an origin is this server's own.
pub(super) fn is_own(app: &App, headers: &HeaderMap, origin: &str) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let authority = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    app.settings.public_url.as_deref() == Some(origin) || (authority.is_some() && authority == host)
}

/// The origin of a page that may carry the site's widget, or is our own. None
/// when it does not say where it comes from.
pub(super) fn check<'h>(
    app: &App,
    site: &Site,
    headers: &'h HeaderMap,
) -> Result<Option<&'h str>, Refusal> {
    match of(headers) {
        Some(from) if !site.may_be_on(from) && !is_own(app, headers, from) => Err(refused(from)),
        from => Ok(from),
    }
}

/// What a page is told that may not carry the widget.
pub(super) fn refused(origin: &str) -> Refusal {
    Refusal::new(
        ErrorCode::OriginRefused,
        format!(
            "pages of `{origin}` may not show this site's widget; \
             add it to the site's origins with `saluda site`"
        ),
    )
}

/// Refuses a request that a foreign page made with the agent's cookie. A
/// request that changes something must say that it comes from this server.
pub(super) fn require_own(app: &App, headers: &HeaderMap) -> Result<(), Refusal> {
    match of(headers) {
        Some(origin) if is_own(app, headers, origin) => Ok(()),
        _ => Err(Refusal::new(
            ErrorCode::OriginRefused,
            "this request must come from the desk itself",
        )),
    }
}

#[cfg(test)]
mod tests {
    use saluda_protocol::{Millis, SiteId};
    use saluda_store::SiteSettings;

    use super::*;

    #[test]
    fn an_origin_that_looks_alike_is_refused() {
        let site = Site {
            id: SiteId::from_random([1; 16]),
            key: "shop".parse().unwrap(),
            name: "Shop".into(),
            origins: vec!["https://good.example".into()],
            settings: SiteSettings::default(),
            created_at: Millis(1),
            trigger_changes: 0,
            revision: 1,
        };
        assert!(site.may_be_on("https://good.example"));
        for foreign in [
            "null",
            "",
            "http://good.example",
            "https://good.example:8443",
            "https://good.example.evil.com",
            "https://evil-good.example",
            "https://GOOD.example",
            "https://good.example/",
        ] {
            assert!(!site.may_be_on(foreign), "{foreign}");
        }
    }
}
