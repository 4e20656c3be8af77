//! The gate before each endpoint of the API: who asks, for which site, and
//! whether they may. An endpoint cannot forget to ask, because the table of
//! routes says what it needs and this stands before it.

use std::sync::Arc;

use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::studio::Actor;
use saluda_protocol::{ErrorCode, SiteKey};
use saluda_store::{Agent, Site, Token};
use tokio::time::timeout;

use super::routes::Route;
use super::{Peer, origin, session};
use crate::app::App;
use crate::bus::{Notice, Topic};
use crate::door::Limit;
use crate::permission::{self, Verb};
use crate::refusal::Refusal;
use crate::token;

/// What an endpoint needs before it is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// Nothing: it is for everyone, or for pages, and the endpoint itself looks
    /// where they come from.
    Open,
    /// Pages of this server, before anyone is signed in.
    Own,
    /// An agent at the desk.
    SignedIn,
    /// An agent of the site in the path, whose role allows this.
    Site(Verb),
}

/// An agent at the desk, and the hash of their session's token.
#[derive(Clone)]
pub(super) struct SignedIn {
    pub(super) agent: Agent,
    pub(super) token_hash: String,
}

/// An agent who may do what they ask for, and the site they ask it of.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) by: Actor,
    pub(super) site: Site,
}

/// Who asks.
struct Caller {
    agent: Agent,
    /// The token they ask with; none at the desk.
    token: Option<Token>,
}

/// Lets a request through to its endpoint, or refuses it.
pub(super) async fn guard(
    State((app, route)): State<(Arc<App>, &'static Route)>,
    path: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    let gate = route.gate;
    match admit(&app, gate, &path, &mut request).await {
        Ok(()) => {
            let asked = request.extensions().get::<Asked>();
            let site = asked.map(|asked| asked.site.id);
            let Ok(response) = timeout(route.patience(), next.run(request)).await else {
                return took_too_long().into_response();
            };
            if let (Some(site), Gate::Site(verb)) = (site, gate)
                && permission::reaches_pages(verb)
                && response.status().is_success()
            {
                app.bus.publish(Topic::Pages(site), Notice::RulesChanged);
            }
            response
        }
        Err(refusal) => {
            let mut response = refusal.into_response();
            if response.status() == StatusCode::UNAUTHORIZED && matches!(gate, Gate::Site(_)) {
                let scheme = HeaderValue::from_static("Bearer");
                response
                    .headers_mut()
                    .insert(header::WWW_AUTHENTICATE, scheme);
            }
            response
        }
    }
}

/// What whoever waited is told. What they asked for may be done all the same.
fn took_too_long() -> Refusal {
    metrics::counter!("saluda_timeouts_total").increment(1);
    Refusal::new(
        ErrorCode::Internal,
        "this took too long; try again in a moment",
    )
}

async fn admit(
    app: &App,
    gate: Gate,
    path: &RawPathParams,
    request: &mut Request,
) -> Result<(), Refusal> {
    let peer = request.extensions().get::<Peer>().copied();
    let network = peer.and_then(|peer| app.door.network(peer, request.headers()));
    app.door.pass_network(Limit::Requests, network, app.now())?;
    match gate {
        Gate::Open => {}
        Gate::Own => from_desk(app, request)?,
        Gate::SignedIn => {
            from_desk(app, request)?;
            let signed_in = at_desk(app, request.headers()).await?;
            request.extensions_mut().insert(signed_in);
        }
        Gate::Site(verb) => {
            let caller = if let Some(token) = bearer(request.headers())? {
                // A browser adds no such header by itself, so no foreign page
                // can make it send one.
                with_token(app, &token).await?
            } else {
                from_desk(app, request)?;
                let SignedIn { agent, .. } = at_desk(app, request.headers()).await?;
                Caller { agent, token: None }
            };
            let key = path.iter().find(|(name, _)| *name == "key");
            let key = key.map_or("", |(_, key)| key);
            let asked = asked(app, caller, key, verb).await?;
            request.extensions_mut().insert(asked);
        }
    }
    Ok(())
}

/// Refuses what a foreign page changes with an agent's cookie.
fn from_desk(app: &App, request: &Request) -> Result<(), Refusal> {
    match *request.method() {
        Method::GET | Method::HEAD => Ok(()),
        _ => origin::require_own(app, request.headers()),
    }
}

/// Whoever is signed in at the desk. A token beside the cookie is refused: it is
/// for other endpoints, and must not seem to work here.
async fn at_desk(app: &App, headers: &HeaderMap) -> Result<SignedIn, Refusal> {
    if bearer(headers)?.is_some() {
        let message = "this is done at the desk, with no token";
        return Err(Refusal::new(ErrorCode::Unauthorized, message));
    }
    let (agent, token_hash) = session::signed_in(app, headers).await?;
    Ok(SignedIn { agent, token_hash })
}

/// The token of a request, if it carries one of ours. Anything else in that
/// header is for a proxy before us.
fn bearer(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let mut tokens = headers
        .get_all(header::AUTHORIZATION)
        .iter()
        .filter_map(|value| {
            let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
            let token = token.trim();
            let is_ours = scheme.eq_ignore_ascii_case("bearer") && token.starts_with(token::MARK);
            is_ours.then(|| token.to_owned())
        });
    match (tokens.next(), tokens.next()) {
        (token, None) => Ok(token),
        (_, Some(_)) => Err(unknown_token()),
    }
}

fn unknown_token() -> Refusal {
    Refusal::new(ErrorCode::Unauthorized, "this token is not known here")
}

async fn with_token(app: &App, text: &str) -> Result<Caller, Refusal> {
    let found = token::recognise(&*app.store, text, app.now()).await?;
    let (token, agent) = found.ok_or_else(unknown_token)?;
    Ok(Caller {
        agent,
        token: Some(token),
    })
}

async fn asked(app: &App, caller: Caller, key: &str, verb: Verb) -> Result<Asked, Refusal> {
    let Caller { agent, token } = caller;
    // Who does not work there is told what everyone is told of a site that does
    // not exist.
    let unknown = || Refusal::new(ErrorCode::NotFound, format!("there is no site `{key}`"));
    let key: SiteKey = key.parse().map_err(|_| unknown())?;
    let site = app.store.site_by_key(&key).await?.ok_or_else(unknown)?;
    let membership = app.store.membership(agent.id, site.id).await?;
    let (site, role) = membership.ok_or_else(unknown)?;
    // Both: a token never allows more than its agent's role does now.
    permission::require(role, verb)?;
    let by = match token {
        None => Actor::Agent {
            id: agent.id,
            name: agent.name,
        },
        Some(token) => {
            permission::require_scope(&token.scopes, verb)?;
            Actor::Token {
                agent: agent.id,
                name: agent.name,
                token: token.name,
            }
        }
    };
    Ok(Asked { by, site })
}
