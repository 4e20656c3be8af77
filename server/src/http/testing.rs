//! Requests in tests, through the real router.

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use saluda_protocol::Credentials;
use saluda_protocol::visitor::Place;
use tower::ServiceExt as _;

use super::{Peer, router};
use crate::chat::arrive;
use crate::testing::Scene;

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// A header, or nothing.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// A visitor who said that they would send something, and how they prove it.
pub(super) async fn visitor(scene: &Scene) -> Credentials {
    let (visitor, credentials) =
        arrive::someone_new(&scene.app, scene.site.id, Place::default()).unwrap();
    scene.app.store.add_visitor(visitor).await.unwrap();
    credentials
}

/// The header by which they prove it.
pub(super) fn proof(of: &Credentials) -> String {
    format!("Visitor {}", of.to_cookie())
}

pub(super) async fn get(scene: &Scene, path: &str, headers: &[(&str, &str)]) -> Answer {
    send(scene, "GET", path, headers, "").await
}

pub(super) async fn send(
    scene: &Scene,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let body = Body::from(body.to_owned());
    send_body(scene, method, path, headers, body).await
}

pub(super) async fn send_body(
    scene: &Scene,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Body,
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", "desk.test")
        .extension(Peer(([127, 0, 0, 1], 1).into()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body).unwrap();
    let response = router(scene.app.clone()).oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: head.status.as_u16(),
        headers: head.headers,
        body: body.to_vec(),
    }
}
