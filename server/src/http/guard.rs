//! The gate before each endpoint of the API: who asks, for which site, and
//! whether they may. An endpoint cannot forget to ask, because the table of
//! routes says what it needs and this stands before it.

use std::sync::Arc;

use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use saluda_protocol::studio::Actor;
use saluda_protocol::{ErrorCode, SiteKey};
use saluda_store::{Agent, Site};

use super::{origin, session};
use crate::app::App;
use crate::permission::{self, Verb};
use crate::refusal::Refusal;

/// What an endpoint needs before it is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// Pages of the site; the endpoint itself looks where they come from.
    Page,
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

/// Lets a request through to its endpoint, or refuses it.
pub(super) async fn guard(
    State((app, gate)): State<(Arc<App>, Gate)>,
    path: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    let from_desk = |request: &Request| match *request.method() {
        Method::GET | Method::HEAD => Ok(()),
        _ => origin::require_own(&app, request.headers()),
    };
    let admitted = match gate {
        Gate::Page => Ok(()),
        Gate::Own => from_desk(&request),
        Gate::SignedIn => match from_desk(&request) {
            Ok(()) => signed_in(&app, request.headers()).await.map(|signed_in| {
                request.extensions_mut().insert(signed_in);
            }),
            Err(refusal) => Err(refusal),
        },
        Gate::Site(verb) => match from_desk(&request) {
            Ok(()) => {
                let key = path.iter().find(|(name, _)| *name == "key");
                let key = key.map_or("", |(_, key)| key);
                let asked = asked(&app, request.headers(), key, verb).await;
                asked.map(|asked| {
                    request.extensions_mut().insert(asked);
                })
            }
            Err(refusal) => Err(refusal),
        },
    };
    match admitted {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

async fn signed_in(app: &App, headers: &HeaderMap) -> Result<SignedIn, Refusal> {
    let (agent, token_hash) = session::signed_in(app, headers).await?;
    Ok(SignedIn { agent, token_hash })
}

async fn asked(app: &App, headers: &HeaderMap, key: &str, verb: Verb) -> Result<Asked, Refusal> {
    let agent = signed_in(app, headers).await?.agent;
    // Who does not work there is told what everyone is told of a site that does
    // not exist.
    let unknown = || Refusal::new(ErrorCode::NotFound, format!("there is no site `{key}`"));
    let key: SiteKey = key.parse().map_err(|_| unknown())?;
    let site = app.store.site_by_key(&key).await?.ok_or_else(unknown)?;
    let membership = app.store.membership(agent.id, site.id).await?;
    let (site, role) = membership.ok_or_else(unknown)?;
    permission::require(role, verb)?;
    let by = Actor::Agent {
        id: agent.id,
        name: agent.name,
    };
    Ok(Asked { by, site })
}
