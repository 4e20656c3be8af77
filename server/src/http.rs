//! HTTP: one file, one resource. What comes in is parsed here and nowhere
//! deeper; what goes wrong stops at [`refusal`](crate::refusal).

mod audit;
mod config;
mod encoding;
mod etag;
mod events;
mod fetch;
mod files;
mod form;
mod guard;
mod handshake;
mod hosted;
mod loader;
#[cfg(test)]
mod matrix;
mod metrics;
mod mistaken;
mod openapi;
mod origin;
mod packed;
mod pages;
mod people;
mod routes;
mod says;
mod secrets;
mod session;
mod site;
#[cfg(test)]
mod testing;
mod tokens;
mod transcripts;
mod triggers;
mod upgrade;
mod uploads;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use saluda_protocol::{ErrorCode, limits};
use tower_http::timeout::RequestBodyTimeoutLayer;

use crate::app::App;
use crate::refusal::Refusal;

pub(crate) use config::Configs;

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// How long the body of a request may pause.
const BODY_PAUSE: Duration = Duration::from_secs(15);

/// Everything the server answers.
pub(crate) fn router(app: Arc<App>) -> Router {
    let router = Router::new()
        .route("/", get(files::front))
        .route("/widget.js", get(loader::loader))
        .route("/assets/{file}", get(files::asset))
        .route("/c/{key}", get(hosted::page))
        .route("/desk", get(files::desk))
        .route("/desk/preview", get(files::preview))
        .route("/desk/{*rest}", get(files::desk))
        .route("/health", get(metrics::health))
        .route("/metrics", get(metrics::metrics))
        .route("/ws/visitor/{key}", get(upgrade::visitor))
        .route("/ws/agent", get(upgrade::agent));
    routes::add(router, &app)
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_so)
        .layer(DefaultBodyLimit::max(limits::FRAME_BYTES))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(from_fn(no_sniffing))
        .with_state(app)
}

async fn nothing_here() -> Response {
    Refusal::new(ErrorCode::NotFound, "there is nothing here").into_response()
}

/// There is something, and it is asked in another way.
async fn not_so() -> Response {
    let refusal = Refusal::new(ErrorCode::NotFound, "this is not asked in this way");
    let mut response = refusal.into_response();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

/// A browser must take the type we say, whatever the content looks like.
async fn no_sniffing(request: axum::extract::Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}
