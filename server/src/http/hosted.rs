//! The chat on a page of our own: for a link in a mail or on a social page, and for
//! visitors of a page whose content policy refuses the widget.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse as _, Response};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use saluda_protocol::color;
use sha2::{Digest as _, Sha256};

use super::config;
use crate::app::App;
use crate::refusal::Refusal;
use crate::texts::Texts;

/// Its sheet, with the names of the owner's colours.
const STYLE: &str = include_str!("hosted.css");

/// `GET /c/{key}`
pub(super) async fn page(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    asks: HeaderMap,
) -> Result<Response, Refusal> {
    let site = config::find(&app, &key).await?;
    let languages = asks.get(header::ACCEPT_LANGUAGE);
    let languages = languages.and_then(|languages| languages.to_str().ok());
    let texts = Texts::accepted(languages.unwrap_or_default());
    let look = color::look(&site.settings.accent, site.settings.corner);
    let style = STYLE.replace("ACCENT", &look.accent);
    let style = style.replace("DARK", &look.accent_dark);
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy(&style)),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::VARY, "accept-language".to_owned()),
    ];
    let name = site.name.as_str();
    // A key holds nothing that HTML could take for its own.
    let page = format!(
        "<!doctype html><html lang=\"{tag}\" dir=\"{direction}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{name}</title>\
         <meta name=\"theme-color\" content=\"{accent}\">\
         <meta name=\"description\" content=\"{about}\">\
         <meta property=\"og:type\" content=\"website\">\
         <meta property=\"og:title\" content=\"{name}\">\
         <meta property=\"og:description\" content=\"{about}\">\
         <meta name=\"twitter:card\" content=\"summary\">\
         <style>{style}</style>\
         <script async src=\"/widget.js\" data-site=\"{key}\" data-open></script>\
         <main><h1>{name}</h1><p>{text}</p><noscript><p>{script}</p></noscript></main>",
        tag = texts.tag,
        direction = if texts.is_right_to_left() {
            "rtl"
        } else {
            "ltr"
        },
        name = as_text(name),
        accent = look.accent,
        about = as_text(&texts.say("page_about", &[("site", name)])),
        key = site.key,
        text = as_text(&texts.say("page_text", &[])),
        script = as_text(&texts.say("page_script", &[])),
    );
    Ok((headers, Html(page)).into_response())
}

/// What the page may load and run. Of sheets, this one.
fn policy(style: &str) -> String {
    let style = STANDARD.encode(Sha256::digest(style));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'sha256-{style}'; \
         connect-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
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
    use super::*;
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
        assert!(answer.text().contains("<html lang=\"en\" dir=\"ltr\">"));
        assert_eq!(get(&scene, "/c/other", &[]).await.status, 404);

        let arabic = ("accept-language", "ar-EG, en;q=0.5");
        let answer = get(&scene, "/c/shop", &[arabic]).await;
        assert!(answer.text().contains("<html lang=\"ar\" dir=\"rtl\">"));
        assert_eq!(answer.header("vary"), "accept-language");
        let (_, style) = answer.text().split_once("<style>").unwrap();
        let (style, _) = style.split_once("</style>").unwrap();
        assert!(style.contains("#0b6e76"), "{style}");
        let policy = answer.header("content-security-policy");
        let own = STANDARD.encode(Sha256::digest(style));
        assert!(policy.contains(&format!("style-src 'sha256-{own}'")));
    }
}
