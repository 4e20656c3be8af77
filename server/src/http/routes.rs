//! Every endpoint of the API: what it needs, and what it says of itself.
//!
//! The router and the OpenAPI document are made from these tables and from
//! nothing else, so what stands in them is what is answered. A test walks them
//! with every role and every kind of token.

mod desk;
mod examples;
mod files;
mod imports;
mod pages;
mod people;
mod publication;
mod secrets;
mod site;
mod transcripts;
mod triggers;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter};

use super::guard::{Gate, guard};
use super::says::Says;
use crate::app::App;

/// How an endpoint is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
    Put,
    Delete,
}

impl Method {
    fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Put => MethodFilter::PUT,
            Self::Delete => MethodFilter::DELETE,
        }
    }
}

/// An endpoint.
pub(super) struct Route {
    pub(super) method: Method,
    /// Where it is; what stands in braces is filled in.
    pub(super) path: &'static str,
    /// What it needs before it is reached.
    pub(super) gate: Gate,
    pub(super) says: Says,
    handler: fn(MethodFilter) -> MethodRouter<Arc<App>>,
}

/// How long an endpoint may take for an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long one may take that a file is sent to, over whatever line.
const PATIENCE_WITH_FILES: Duration = Duration::from_mins(10);

impl Route {
    /// How long it may take for an answer, its request included.
    pub(super) fn patience(&self) -> Duration {
        if self.says.takes_bytes {
            PATIENCE_WITH_FILES
        } else {
            PATIENCE
        }
    }
}

/// All of them.
pub(super) fn routes() -> impl Iterator<Item = &'static Route> {
    [
        desk::ROUTES,
        pages::ROUTES,
        files::ROUTES,
        site::ROUTES,
        secrets::ROUTES,
        people::ROUTES,
        triggers::ROUTES,
        publication::ROUTES,
        imports::ROUTES,
        transcripts::ROUTES,
    ]
    .into_iter()
    .flatten()
}

/// Adds all of them, each behind its gate.
pub(super) fn add(router: Router<Arc<App>>, app: &Arc<App>) -> Router<Arc<App>> {
    routes().fold(router, |router, route| {
        let gate = from_fn_with_state((Arc::clone(app), route), guard);
        let handler = (route.handler)(route.method.filter());
        router.route(route.path, handler.route_layer(gate))
    })
}
