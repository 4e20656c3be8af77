//! Where a request becomes a socket. Whoever may not have one is told before
//! the upgrade.

use std::sync::Arc;

use axum::extract::{Extension, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use saluda_protocol::ErrorCode;

use super::handshake::Handshake;
use super::{Peer, config, origin, session};
use crate::app::App;
use crate::door::{Limit, Network, TooMany};
use crate::refusal::Refusal;
use crate::ws;

/// `GET /ws/visitor/{key}`: a page of the site connects.
pub(super) async fn visitor(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Path(key): Path<String>,
    headers: HeaderMap,
    handshake: Handshake,
) -> Result<Response, Refusal> {
    let network = pass(&app, peer, &headers)?;
    let site = config::find(&app, &key).await?;
    // Browsers always say where a socket comes from.
    let from = origin::of(&headers)
        .ok_or_else(|| Refusal::new(ErrorCode::OriginRefused, "a socket must say its origin"))?;
    if !site.may_be_on(from) && !origin::is_own(&app, &headers, from) {
        return Err(origin::refused(from));
    }
    Ok(handshake.agree(move |socket| ws::visitor::serve(app, site, network, socket)))
}

/// `GET /ws/agent`: a desk connects. The cookie says whose, and a foreign page
/// that carries it along is refused.
pub(super) async fn agent(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    handshake: Handshake,
) -> Result<Response, Refusal> {
    pass(&app, peer, &headers)?;
    origin::require_own(&app, &headers)?;
    let signed_in = session::signed_in(&app, &headers).await;
    match signed_in {
        Ok((agent, token_hash)) => {
            Ok(handshake.agree(move |socket| ws::agent::serve(app, agent, token_hash, socket)))
        }
        // A browser hides the status of a refused upgrade from its page. A
        // close code says that signing in helps and trying again does not.
        Err(Refusal(error)) if error.code == ErrorCode::Unauthorized => {
            Ok(handshake.agree(ws::refuse))
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
