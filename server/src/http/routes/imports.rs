//! Triggers that come in files.

use axum::extract::DefaultBodyLimit;
use axum::routing::on;
use saluda_protocol::studio::{ImportPlan, WantedImport};

use super::{Method, Route, examples};
use crate::http::guard::Gate;
use crate::http::says::{Gives, Query, Says, body, schema};
use crate::http::triggers::import;
use crate::permission::Verb;

pub(super) const ROUTES: &[Route] = &[Route {
    method: Method::Post,
    path: "/api/sites/{key}/import",
    gate: Gate::Site(Verb::EditTriggers),
    handler: |method| on(method, import::import).layer(DefaultBodyLimit::max(import::BYTES)),
    says: Says {
        name: "import_triggers",
        does: "Saves triggers of files as drafts: Saluda's own, campaigns of Chatwoot, triggers \
               of Zendesk Chat. Says of each what changes, and what is otherwise than it was.",
        query: &[Query {
            name: "dry_run",
            means: "With `true`, only says what would change.",
            schema: schema::<bool>,
        }],
        takes: Some(body::<WantedImport>(examples::WANTED_IMPORT)),
        gives: &[Gives {
            status: 200,
            means: "What was changed, or would be.",
            body: Some(body::<ImportPlan>(examples::IMPORT)),
        }],
        fails: &[400, 412, 413, 422],
        ..Says::NOTHING
    },
}];
