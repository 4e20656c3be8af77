//! A website of someone else: a small shop whose pages hold the snippet and
//! nothing more that knows of Saluda.
//!
//! The shop exists to be a stranger. It has ordinary pages, a single-page app,
//! a page with a strict content policy and a page with hostile styles, because
//! those are the places where a widget breaks. It depends on no other part.

mod page;
mod policy;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// What the shop knows about its chat, and where its pages are.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Origin of the chat server, such as `http://localhost:4180`.
    pub chat: String,
    /// Key of the site on that server.
    pub site: String,
    /// Folder with the pages.
    pub folder: PathBuf,
}

impl Settings {
    /// The shop's own pages, with this chat in them.
    #[must_use]
    pub fn new(chat: &str, site: &str) -> Self {
        // Without the slash at the end that people copy from an address bar.
        let chat = chat.trim_end_matches('/').to_owned();
        Self {
            chat,
            site: site.to_owned(),
            folder: folder(),
        }
    }
}

/// The folder with the shop's pages.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("site")
}

/// Serves the shop until the listener fails.
///
/// Pages are read anew for every request, so an edit shows on reload.
///
/// # Errors
///
/// When the listener can accept no more connections.
pub async fn serve(listener: TcpListener, settings: Settings) -> std::io::Result<()> {
    axum::serve(listener, router(settings)).await
}

fn router(settings: Settings) -> Router {
    Router::new()
        .fallback(answer)
        .with_state(Arc::new(settings))
}

async fn answer(State(shop): State<Arc<Settings>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = match page::find(&path) {
        page::Found::Page(file) => send_page(&shop, &file, StatusCode::OK).await,
        page::Found::File => send_file(&shop, request).await,
    };
    if path == policy::STRICT_PAGE
        && let Ok(value) = HeaderValue::from_str(&policy::strict(&shop.chat))
    {
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, value);
    }
    let fresh = HeaderValue::from_static("no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, fresh);
    response
}

async fn send_page(shop: &Settings, file: &str, status: StatusCode) -> Response {
    match tokio::task::spawn_blocking({
        let path = shop.folder.join(file);
        move || std::fs::read_to_string(path)
    })
    .await
    {
        Ok(Ok(text)) => {
            let text = page::fill(&text, &shop.chat, &shop.site);
            (
                status,
                [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
                text,
            )
                .into_response()
        }
        _ if status == StatusCode::OK => {
            Box::pin(send_page(shop, "404.html", StatusCode::NOT_FOUND)).await
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn send_file(shop: &Settings, request: Request) -> Response {
    // What cannot be read is as good as not there.
    match ServeDir::new(&shop.folder).try_call(request).await {
        Ok(response) if response.status() != StatusCode::NOT_FOUND => response.map(Body::new),
        _ => send_page(shop, "404.html", StatusCode::NOT_FOUND).await,
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;

    /// The whole answer, headers and all, as a browser would receive it.
    async fn get(path: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = tokio::spawn(serve(
            listener,
            Settings::new("http://localhost:4180/", "demo"),
        ));
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: shop\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        server.abort();
        answer
    }

    const SNIPPET: &str = r#"<script async crossorigin src="http://localhost:4180/widget.js" data-site="demo"></script>"#;

    #[tokio::test]
    async fn every_kind_of_page_holds_the_snippet() {
        for path in [
            "/",
            "/plans.html",
            "/coffee/huila.html",
            "/app/",
            "/app/cart",
            "/strict.html",
            "/hostile.html",
        ] {
            let answer = get(path).await;
            assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
            assert!(answer.contains(SNIPPET), "{path}: {answer}");
            assert!(!answer.contains("{{"), "{path} is not completed");
        }
    }

    #[tokio::test]
    async fn only_the_strict_page_has_a_policy() {
        let strict = get("/strict.html").await;
        assert!(
            strict.contains("content-security-policy: default-src 'self'"),
            "{strict}"
        );
        assert!(!get("/").await.contains("content-security-policy"));
    }

    #[tokio::test]
    async fn files_have_their_type_and_other_paths_a_page() {
        let style = get("/style.css").await;
        assert!(style.contains("content-type: text/css"), "{style}");
        assert!(get("/nothing.css").await.starts_with("HTTP/1.1 404"));
        assert!(get("/nothing.html").await.starts_with("HTTP/1.1 404"));
        assert!(!get("/../Cargo.toml").await.contains("[package]"));
    }
}
