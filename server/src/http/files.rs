//! The built widget and desk, as files.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use saluda_protocol::ErrorCode;

use super::{encoding, etag};
use crate::app::App;
use crate::refusal::Refusal;

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const TIMING: HeaderName = HeaderName::from_static("timing-allow-origin");

/// A name that holds the content's hash never means anything else.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The loader has no hash in its name: a page pastes it once.
const SHORTLY: &str = "public, max-age=300";
/// Pages of our own are asked for anew, and seldom sent again.
const ASK_FIRST: &str = "no-cache";

/// What the desk may load and run: nothing from anywhere else, nothing inline.
const DESK_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; frame-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the frame may load in which the desk previews a greeting. It is of no
/// origin: it cannot look at the desk, its cookie or its storage, and opens
/// nothing. Forms are told to scripts, and sent nowhere.
const PREVIEW_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
     sandbox allow-scripts allow-forms";

/// What is shown when nothing was built.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
     <title>Saluda</title><p>The desk is not built yet. Run <code>cargo xtask build</code>, \
     then reload this page.";

/// `GET /`
pub(super) async fn front() -> Redirect {
    Redirect::temporary("/desk")
}

/// The loader without anything of a site.
pub(super) fn loader(app: &App, headers: &HeaderMap) -> Response {
    file(app, "widget.js", SHORTLY, headers)
}

/// `GET /assets/{file}`
pub(super) async fn asset(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    file(&app, &format!("assets/{name}"), FOR_EVER, &headers)
}

/// `GET /desk`, and everything under it: the desk finds its own way.
pub(super) async fn desk(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    page(&app, "desk/index.html", DESK_POLICY, &headers)
}

/// `GET /desk/preview`
pub(super) async fn preview(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    page(&app, "desk/preview.html", PREVIEW_POLICY, &headers)
}

/// A page of our own, under its policy.
fn page(app: &App, path: &str, policy: &'static str, headers: &HeaderMap) -> Response {
    let mut response = file(app, path, ASK_FIRST, headers);
    if response.status() == StatusCode::NOT_FOUND {
        let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
        response = (StatusCode::NOT_FOUND, html, NOT_BUILT).into_response();
    }
    let answer = response.headers_mut();
    answer.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    answer.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    response
}

/// A built file, in the smallest form the browser takes.
fn file(app: &App, path: &str, cache: &'static str, headers: &HeaderMap) -> Response {
    let found = compressed(app, path, headers)
        .or_else(|| app.assets.read(path).map(|content| (content, None)));
    let Some((content, encoding)) = found else {
        return Refusal::new(ErrorCode::NotFound, "there is no such file").into_response();
    };
    let tag = etag::of(&content);
    let mut response = etag::answer(headers, &tag, || match content {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes).into_response(),
        Cow::Owned(bytes) => Bytes::from(bytes).into_response(),
    });
    let answer = response.headers_mut();
    let fixed = [
        (header::CONTENT_TYPE, kind(path)),
        (header::CACHE_CONTROL, cache),
        (header::VARY, "accept-encoding"),
    ];
    for (name, value) in fixed {
        answer.insert(name, HeaderValue::from_static(value));
    }
    share(answer);
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// A page of any site may load it, and may measure how long it took.
pub(super) fn share(answer: &mut HeaderMap) {
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (RESOURCE_POLICY, "cross-origin"),
        (TIMING, "*"),
    ] {
        answer.insert(name, HeaderValue::from_static(value));
    }
}

type Compressed = (Cow<'static, [u8]>, Option<&'static str>);

fn compressed(app: &App, path: &str, headers: &HeaderMap) -> Option<Compressed> {
    [(encoding::BROTLI, "br"), (encoding::GZIP, "gz")]
        .into_iter()
        .filter(|(encoding, _)| encoding::accepts(headers, encoding))
        .find_map(|(encoding, extension)| {
            let content = app.assets.read(&format!("{path}.{extension}"))?;
            Some((content, Some(encoding)))
        })
}

pub(super) fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::testing::get;
    use crate::testing::Scene;

    async fn built() -> Scene {
        let scene = Scene::new().await;
        let folder = scene.assets();
        std::fs::create_dir_all(folder.join("assets")).unwrap();
        std::fs::write(folder.join("widget.js"), "loader").unwrap();
        std::fs::write(folder.join("assets/ui.1.wasm"), "plain").unwrap();
        std::fs::write(folder.join("assets/ui.1.wasm.br"), "small").unwrap();
        scene
    }

    #[tokio::test]
    async fn a_hashed_file_is_small_and_stays_for_ever() {
        let scene = built().await;
        let ask = [("accept-encoding", "gzip, deflate, br")];
        let answer = get(&scene, "/assets/ui.1.wasm", &ask).await;
        assert_eq!(answer.body, b"small");
        assert_eq!(answer.header("content-encoding"), "br");
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("cache-control"), FOR_EVER);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let plain = get(
            &scene,
            "/assets/ui.1.wasm",
            &[("accept-encoding", "br;q=0")],
        )
        .await;
        assert_eq!(plain.body, b"plain");
        assert_eq!(plain.header("content-encoding"), "");
    }

    #[tokio::test]
    async fn the_loader_is_asked_for_again_and_seldom_sent() {
        let scene = built().await;
        let answer = get(&scene, "/widget.js", &[]).await;
        assert_eq!(answer.header("cache-control"), SHORTLY);
        let tag = answer.header("etag").to_owned();
        let again = get(&scene, "/widget.js", &[("if-none-match", &tag)]).await;
        assert_eq!(again.status, 304);
    }

    #[tokio::test]
    async fn the_preview_is_of_no_origin_and_framed_by_the_desk_alone() {
        let scene = built().await;
        std::fs::create_dir_all(scene.assets().join("desk")).unwrap();
        std::fs::write(scene.assets().join("desk/preview.html"), "preview").unwrap();
        std::fs::write(scene.assets().join("desk/index.html"), "desk").unwrap();
        let answer = get(&scene, "/desk/preview", &[]).await;
        assert_eq!(answer.body, b"preview");
        let policy = answer.header("content-security-policy");
        let sandbox = policy.split("; ").find(|it| it.starts_with("sandbox"));
        assert_eq!(sandbox, Some("sandbox allow-scripts allow-forms"));
        assert!(policy.contains("frame-ancestors 'self'"));
        let desk = get(&scene, "/desk/preview/more", &[]).await;
        assert_eq!(desk.body, b"desk");
        let policy = desk.header("content-security-policy");
        assert!(policy.contains("frame-src 'self'"));
    }

    #[tokio::test]
    async fn a_desk_that_is_not_built_says_what_to_run() {
        let scene = Scene::new().await;
        for path in ["/desk", "/desk/anything/else"] {
            let answer = get(&scene, path, &[]).await;
            assert_eq!(answer.status, 404);
            assert!(answer.text().contains("cargo xtask build"));
            assert!(
                answer
                    .header("content-security-policy")
                    .contains("frame-ancestors 'none'")
            );
        }
        let answer = get(&scene, "/assets/..%2f..%2fsecret", &[]).await;
        assert_eq!(answer.status, 404);
    }
}
