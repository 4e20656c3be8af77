//! The chat on a page of our own: for a link in a mail or on a social page, and for
//! visitors of a page whose content policy refuses the widget.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse as _, Response};

use super::config;
use crate::app::App;
use crate::refusal::Refusal;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     connect-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `GET /c/{key}`
pub(super) async fn page(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
) -> Result<Response, Refusal> {
    let site = config::find(&app, &key).await?;
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    // A key holds nothing that HTML could take for its own.
    let page = format!(
        "<!doctype html><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{name}</title>\
         <meta name=\"description\" content=\"Write to {name}.\">\
         <meta property=\"og:type\" content=\"website\">\
         <meta property=\"og:title\" content=\"{name}\">\
         <meta property=\"og:description\" content=\"Write to {name}.\">\
         <meta name=\"twitter:card\" content=\"summary\">\
         <script async src=\"/widget.js\" data-site=\"{key}\" data-open></script>\
         <noscript>The chat needs JavaScript.</noscript>",
        name = as_text(&site.name),
        key = site.key,
    );
    Ok((headers, Html(page)).into_response())
}

/// A text as HTML writes it.
fn as_text(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use crate::http::testing::get;
    use crate::testing::Scene;

    #[tokio::test]
    async fn a_site_has_a_page_of_its_own() {
        let scene = Scene::new().await;
        let mut site = scene.site.clone();
        site.name = "Tea & <script>".into();
        scene.app.store.update_site(site).await.unwrap();
        let answer = get(&scene, "/c/shop", &[]).await;
        assert_eq!(answer.status, 200);
        assert!(
            answer
                .text()
                .contains("<title>Tea &amp; &lt;script&gt;</title>")
        );
        // What a link to it shows where it is shared.
        for shared in [
            "property=\"og:title\" content=\"Tea &amp; &lt;script&gt;\"",
            "name=\"description\" content=\"Write to Tea &amp; &lt;script&gt;.\"",
        ] {
            assert!(answer.text().contains(shared), "{shared}");
        }
        assert!(answer.text().contains("data-site=\"shop\" data-open"));
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        assert_eq!(get(&scene, "/c/other", &[]).await.status, 404);
    }
}
