//! The handshake by which a request becomes a socket (RFC 6455, section 4.2).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Request, Response as Answer};
use axum::response::{IntoResponse as _, Response};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use saluda_protocol::{ErrorCode, limits};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::create_response;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use crate::refusal::Refusal;
use crate::ws::Socket;

/// The buffer a socket reads into. Most frames are small, and there are many
/// sockets: the default would cost each of them 128 kB.
const READ_BUFFER_BYTES: usize = 4 * 1024;

/// A request that asks for a socket in the way one has to.
pub(super) struct Handshake {
    answer: Answer<()>,
    upgrade: OnUpgrade,
}

impl<S: Sync> FromRequestParts<S> for Handshake {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let senseless =
            |why: &str| Refusal::new(ErrorCode::Malformed, format!("sockets connect here: {why}"));
        let mut request = Request::new(());
        *request.method_mut() = parts.method.clone();
        *request.version_mut() = parts.version;
        request.headers_mut().clone_from(&parts.headers);
        let answer = create_response(&request).map_err(|error| senseless(&error.to_string()))?;
        let upgrade = parts.extensions.remove::<OnUpgrade>();
        let upgrade = upgrade.ok_or_else(|| senseless("this connection cannot become one"))?;
        Ok(Self { answer, upgrade })
    }
}

impl Handshake {
    /// Agrees, and serves the socket once it is there.
    pub(super) fn agree<F>(self, serve: impl FnOnce(Socket) -> F + Send + 'static) -> Response
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let Self { answer, upgrade } = self;
        tokio::spawn(async move {
            // Whoever is gone by now needs no socket.
            let Ok(connection) = upgrade.await else {
                return;
            };
            let connection = TokioIo::new(connection);
            let config = Some(config());
            serve(WebSocketStream::from_raw_socket(connection, Role::Server, config).await).await;
        });
        answer.map(|()| axum::body::Body::empty()).into_response()
    }
}

fn config() -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER_BYTES)
        // What is written goes out at once: it was put together before.
        .write_buffer_size(0)
        .max_message_size(Some(limits::FRAME_BYTES))
        .max_frame_size(Some(limits::FRAME_BYTES))
}
