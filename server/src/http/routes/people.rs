//! People's rights, and the log of who did what.

use axum::routing::on;
use saluda_protocol::audit::AuditLog;

use super::{Method, Route, examples};
use crate::http::audit;
use crate::http::guard::Gate;
use crate::http::people::{self, PersonList};
use crate::http::says::{Gives, Query, Says, body, schema};
use crate::permission::Verb;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/people",
        gate: Gate::Site(Verb::ManagePeople),
        handler: |method| on(method, people::find),
        says: Says {
            name: "find_people",
            does: "The visitors whom a word may mean. Anyone can name any address, so several \
                   may have named one.",
            query: &[Query {
                name: "who",
                means: "An id, an e-mail address, or what the owner's server calls them.",
                schema: schema::<String>,
            }],
            gives: &[Gives {
                status: 200,
                means: "All of them.",
                body: Some(body::<PersonList>(examples::PEOPLE)),
            }],
            fails: &[400],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/people/{visitor}",
        gate: Gate::Site(Verb::ManagePeople),
        handler: |method| on(method, people::export),
        says: Says {
            name: "export_person",
            does: "Everything that is kept of a visitor. Files are named in it, and fetched by \
                   their ids. It is noted in the audit log.",
            gives: &[Gives {
                status: 200,
                means: "All of it.",
                body: Some(body::<serde_json::Map<String, serde_json::Value>>(
                    examples::PERSON,
                )),
            }],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Delete,
        path: "/api/sites/{key}/people/{visitor}",
        gate: Gate::Site(Verb::ManagePeople),
        handler: |method| on(method, people::erase),
        says: Says {
            name: "erase_person",
            does: "Erases a visitor with everything that is kept of them. It cannot be undone, \
                   and is noted in the audit log.",
            gives: &[Gives {
                status: 204,
                means: "Nothing of them is left.",
                body: None,
            }],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/audit",
        gate: Gate::Site(Verb::ReadAudit),
        handler: |method| on(method, audit::log),
        says: Says {
            name: "read_audit",
            does: "Who changed settings, roles and secrets, and exported or erased people. What \
                   happened to triggers is in their history.",
            query: &[
                Query {
                    name: "before",
                    means: "The number of the entry before which they are wanted.",
                    schema: schema::<Option<u64>>,
                },
                Query {
                    name: "limit",
                    means: "How many are wanted, at most 100.",
                    schema: schema::<Option<u32>>,
                },
            ],
            gives: &[Gives {
                status: 200,
                means: "The latest first.",
                body: Some(body::<AuditLog>(examples::AUDIT)),
            }],
            fails: &[400],
            ..Says::NOTHING
        },
    },
];
