//! What pages of the site ask and report.

use axum::routing::on;
use saluda_protocol::SiteConfig;
use saluda_protocol::report::Report;

use super::{Method, Route, examples};
use crate::http::guard::Gate;
use crate::http::says::{Gives, Query, Says, body, schema};
use crate::http::{config, events};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/config",
        gate: Gate::Open,
        handler: |method| on(method, config::config),
        says: Says {
            name: "get_config",
            does: "What a page needs to know of its site. `rules` beside these fields is between \
                   the server and its widget, and changes with them.",
            query: &[Query {
                name: "explain",
                means: "The token of a link to the explain panel.",
                schema: schema::<String>,
            }],
            gives: &[
                Gives {
                    status: 200,
                    means: "The config.",
                    body: Some(body::<SiteConfig>(examples::CONFIG)),
                },
                Gives {
                    status: 304,
                    means: "It is as `If-None-Match` says.",
                    body: None,
                },
            ],
            fails: &[403, 404],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/events",
        gate: Gate::Open,
        handler: |method| on(method, events::report),
        says: Says {
            name: "report_events",
            does: "Counts what became of greetings. For pages of the site's origins, under any \
                   content type. An event counts once by its id.",
            takes: Some(body::<Report>(examples::REPORT)),
            gives: &[Gives {
                status: 204,
                means: "What was to be counted is counted.",
                body: None,
            }],
            fails: &[400, 403, 404, 413],
            ..Says::NOTHING
        },
    },
];
