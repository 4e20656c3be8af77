//! Where a request becomes a socket. Whoever may not have one is told before
//! the upgrade.

use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Extension, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::{ErrorCode, limits};

use super::{Peer, config, origin, session};
use crate::app::App;
use crate::door::{Limit, Network, TooMany};
use crate::refusal::Refusal;
use crate::ws;

/// The buffer a socket reads into. Most frames are small, and there are many
/// sockets: the default would cost each of them 128 kB.
const READ_BUFFER_BYTES: usize = 4 * 1024;

/// `GET /ws/visitor/{key}`: a page of the site connects.
pub(super) async fn visitor(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Path(key): Path<String>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    let network = pass(&app, peer, &headers)?;
    let site = config::find(&app, &key).await?;
    // Browsers always say where a socket comes from.
    let from = origin::of(&headers)
        .ok_or_else(|| Refusal::new(ErrorCode::OriginRefused, "a socket must say its origin"))?;
    if !site.may_be_on(from) && !origin::is_own(&app, &headers, from) {
        return Err(origin::refused(from));
    }
    Ok(prepare(upgrade)
        .on_upgrade(move |socket| ws::visitor::serve(app, site, network, socket))
        .into_response())
}

/// `GET /ws/agent`: a desk connects. The cookie says whose, and a foreign page
/// that carries it along is refused.
pub(super) async fn agent(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    pass(&app, peer, &headers)?;
    origin::require_own(&app, &headers)?;
    let signed_in = session::signed_in(&app, &headers).await;
    match signed_in {
        Ok((agent, token_hash)) => Ok(prepare(upgrade)
            .on_upgrade(move |socket| ws::agent::serve(app, agent, token_hash, socket))
            .into_response()),
        // A browser hides the status of a refused upgrade from its page. A
        // close code says that signing in helps and trying again does not.
        Err(Refusal(error)) if error.code == ErrorCode::Unauthorized => {
            Ok(prepare(upgrade).on_upgrade(ws::refuse).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Counts a socket against what its network may begin.
fn pass(app: &App, peer: Peer, headers: &HeaderMap) -> Result<Option<Network>, TooMany> {
    let network = app.door.network(peer, headers);
    app.door.pass_network(Limit::Sockets, network, app.now())?;
    Ok(network)
}

fn prepare(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .max_message_size(limits::FRAME_BYTES)
        .max_frame_size(limits::FRAME_BYTES)
}
