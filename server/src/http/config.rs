//! What a page needs to know of its site: the one request of a page view.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::{ErrorCode, SiteConfig, SiteKey};
use saluda_store::Site;

use super::{etag, origin};
use crate::app::App;
use crate::refusal::Refusal;

/// How long a browser may use what it has before it asks whether it changed.
const CACHE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// `GET /api/sites/{key}/config`
pub(super) async fn config(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    headers: HeaderMap,
) -> Response {
    match answer(&app, &key, &headers).await {
        Ok(response) => response,
        Err(error) => {
            // The loader must be able to read why, to tell the site's owner.
            let mut response = error.into_response();
            response.headers_mut().insert(
                header::ACCESS_CONTROL_ALLOW_ORIGIN,
                HeaderValue::from_static("*"),
            );
            response
        }
    }
}

async fn answer(app: &App, key: &str, headers: &HeaderMap) -> Result<Response, Refusal> {
    let site = find(app, key).await?;
    let from = origin::of(headers);
    if let Some(from) = from
        && !origin::may_embed(&site, from)
        && !origin::is_own(app, headers, from)
    {
        return Err(origin::refused(from));
    }
    let body = Bytes::from(serde_json::to_vec(&config_of(app, &site))?);
    let tag = etag::of(&body);
    let mut response = etag::answer(headers, &tag, || {
        ([(header::CONTENT_TYPE, "application/json")], body).into_response()
    });
    let answer = response.headers_mut();
    answer.insert(header::CACHE_CONTROL, CACHE);
    answer.insert(header::VARY, HeaderValue::from_static("origin"));
    if let Some(Ok(from)) = from.map(HeaderValue::from_str) {
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, from);
    }
    Ok(response)
}

/// The site with this key.
pub(super) async fn find(app: &App, key: &str) -> Result<Site, Refusal> {
    let unknown = || {
        Refusal::new(
            ErrorCode::NotFound,
            format!("there is no site `{key}`; check `data-site` in the snippet"),
        )
    };
    let key: SiteKey = key.parse().map_err(|_| unknown())?;
    app.store.site_by_key(&key).await?.ok_or_else(unknown)
}

fn config_of(app: &App, site: &Site) -> SiteConfig {
    SiteConfig {
        name: site.name.clone(),
        look: crate::look::look(&site.settings.accent, site.settings.corner),
        reply_within_ms: site.settings.reply_within_ms,
        email: site.settings.email,
        modules: app.assets.modules(),
    }
}

#[cfg(test)]
mod tests {
    use crate::http::testing::{get, send};
    use crate::testing::Scene;

    const CONFIG: &str = "/api/sites/shop/config";

    #[tokio::test]
    async fn a_page_of_the_site_may_read_and_cache_it() {
        let scene = Scene::new().await;
        let answer = get(&scene, CONFIG, &[("origin", "https://shop.example")]).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("access-control-allow-origin"),
            "https://shop.example"
        );
        assert_eq!(answer.header("vary"), "origin");
        assert_eq!(answer.header("cache-control"), "public, max-age=60");
        assert_eq!(answer.json()["name"], "Alba Coffee");

        let tag = answer.header("etag").to_owned();
        let again = get(&scene, CONFIG, &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, 304);
        assert!(again.body.is_empty());

        let mut site = scene.site.clone();
        site.settings.accent = "#aa0000".into();
        scene.app.store.update_site(site).await.unwrap();
        let changed = get(&scene, CONFIG, &[("if-none-match", &tag)]).await;
        assert_eq!(changed.status, 200);
        assert_eq!(changed.json()["look"]["accent"], "#aa0000");
    }

    #[tokio::test]
    async fn a_foreign_page_is_told_why_it_may_not() {
        let scene = Scene::new().await;
        let answer = get(&scene, CONFIG, &[("origin", "https://evil.example")]).await;
        assert_eq!(answer.status, 403);
        assert_eq!(answer.json()["code"], "origin_refused");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }

    #[tokio::test]
    async fn an_unknown_site_is_named() {
        let scene = Scene::new().await;
        for path in ["/api/sites/other/config", "/api/sites/NO%20KEY/config"] {
            let answer = get(&scene, path, &[]).await;
            assert_eq!(answer.status, 404, "{path}");
            assert_eq!(answer.json()["code"], "not_found");
        }
        let answer = send(&scene, "POST", CONFIG, &[], "").await;
        assert_eq!(answer.status, 404);
    }
}
