//! How the server is.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::ErrorCode;
use serde_json::json;
use subtle::ConstantTimeEq as _;

use super::Peer;
use crate::app::App;
use crate::refusal::Refusal;

/// `GET /health`: answers once the database does.
pub(super) async fn health(State(app): State<Arc<App>>) -> Result<Response, Refusal> {
    app.store.sites(None, 1).await?;
    let health = json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") });
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(health)).into_response())
}

/// `GET /metrics`, in the Prometheus text format.
pub(super) async fn metrics(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if !may_ask(app.settings.metrics_token.as_deref(), peer, &headers) {
        return Err(Refusal::new(ErrorCode::NotFound, "there is nothing here"));
    }
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    Ok((kind, app.metrics.render()).into_response())
}

/// With a token, whoever has it. Without one, this machine, and not through a
/// proxy, behind which everyone is this machine.
fn may_ask(token: Option<&str>, peer: Peer, headers: &HeaderMap) -> bool {
    if let Some(token) = token {
        let given = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
        return given.is_some_and(|given| given.ct_eq(token.as_bytes()).into());
    }
    let proxied = ["forwarded", "x-forwarded-for", "x-real-ip"]
        .iter()
        .any(|name| headers.contains_key(*name));
    peer.0.ip().is_loopback() && !proxied
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;
    use crate::http::testing::get;
    use crate::testing::Scene;

    #[tokio::test]
    async fn health_answers() {
        let answer = get(&Scene::new().await, "/health", &[]).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json()["status"], "ok");
    }

    #[test]
    fn metrics_are_for_the_operator() {
        let local = Peer(([127, 0, 0, 1], 1).into());
        let far = Peer(([203, 0, 113, 9], 1).into());
        let headers = |name: &'static str, value: &'static str| {
            HeaderMap::from_iter([(
                header::HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )])
        };
        let none = HeaderMap::new();
        assert!(may_ask(None, local, &none));
        assert!(!may_ask(None, far, &none));
        assert!(!may_ask(
            None,
            local,
            &headers("x-forwarded-for", "203.0.113.9")
        ));
        let right = headers("authorization", "Bearer secret");
        assert!(may_ask(Some("secret"), far, &right));
        assert!(!may_ask(Some("other"), local, &right));
        assert!(!may_ask(Some("secret"), local, &none));
    }
}
