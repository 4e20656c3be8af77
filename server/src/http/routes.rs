//! Every endpoint of the API, and what each of them needs.
//!
//! The router is made from this table and from nothing else, so what stands in
//! it is what is answered. A test walks it with every role.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::guard::{Gate, guard};
use super::{config, events, session, tokens, triggers};
use crate::app::App;
use crate::permission::Verb;

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
    handler: fn(MethodFilter) -> MethodRouter<Arc<App>>,
}

/// All of them.
pub(super) static ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: "/api/session",
        gate: Gate::SignedIn,
        handler: |method| on(method, session::who),
    },
    Route {
        method: Method::Post,
        path: "/api/session",
        gate: Gate::Own,
        handler: |method| on(method, session::sign_in),
    },
    Route {
        method: Method::Delete,
        path: "/api/session",
        gate: Gate::SignedIn,
        handler: |method| on(method, session::sign_out),
    },
    Route {
        method: Method::Get,
        path: "/api/tokens",
        gate: Gate::SignedIn,
        handler: |method| on(method, tokens::list),
    },
    Route {
        method: Method::Post,
        path: "/api/tokens",
        gate: Gate::SignedIn,
        handler: |method| on(method, tokens::make),
    },
    Route {
        method: Method::Delete,
        path: "/api/tokens/{id}",
        gate: Gate::SignedIn,
        handler: |method| on(method, tokens::revoke),
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/config",
        gate: Gate::Page,
        handler: |method| on(method, config::config),
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/events",
        gate: Gate::Page,
        handler: |method| on(method, events::report),
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/debug",
        gate: Gate::Site(Verb::DebugTriggers),
        handler: |method| on(method, triggers::debug::debug),
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/starters",
        gate: Gate::Site(Verb::EditTriggers),
        handler: |method| on(method, triggers::copies::starters),
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/order",
        gate: Gate::Site(Verb::PublishTriggers),
        handler: |method| on(method, triggers::copies::order),
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/history",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, triggers::history::of_site),
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, triggers::list),
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers/{id}",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, triggers::one),
    },
    Route {
        method: Method::Put,
        path: "/api/sites/{key}/triggers/{id}",
        gate: Gate::Site(Verb::EditTriggers),
        handler: |method| on(method, triggers::save),
    },
    Route {
        method: Method::Delete,
        path: "/api/sites/{key}/triggers/{id}",
        gate: Gate::Site(Verb::DeleteTriggers),
        handler: |method| on(method, triggers::delete),
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/triggers/{id}/publish",
        gate: Gate::Site(Verb::PublishTriggers),
        handler: |method| on(method, triggers::publish),
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/triggers/{id}/pause",
        gate: Gate::Site(Verb::PublishTriggers),
        handler: |method| on(method, triggers::pause),
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/triggers/{id}/resume",
        gate: Gate::Site(Verb::PublishTriggers),
        handler: |method| on(method, triggers::resume),
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers/{id}/versions",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, triggers::history::versions),
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers/{id}/results",
        gate: Gate::Site(Verb::ReadResults),
        handler: |method| on(method, triggers::history::results),
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/triggers/{id}/rollback",
        gate: Gate::Site(Verb::PublishTriggers),
        handler: |method| on(method, triggers::copies::roll_back),
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/triggers/{id}/clone",
        gate: Gate::Site(Verb::EditTriggers),
        handler: |method| on(method, triggers::copies::clone),
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers/{id}/history",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, triggers::history::of_trigger),
    },
];

/// Adds all of them, each behind its gate.
pub(super) fn add(router: Router<Arc<App>>, app: &Arc<App>) -> Router<Arc<App>> {
    ROUTES.iter().fold(router, |router, route| {
        let gate = from_fn_with_state((Arc::clone(app), route.gate), guard);
        let handler = (route.handler)(route.method.filter());
        router.route(route.path, handler.route_layer(gate))
    })
}
