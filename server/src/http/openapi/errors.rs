//! What is answered when something was not done.

use std::collections::BTreeSet;

use saluda_protocol::studio::Mistake;
use saluda_protocol::{ErrorBody, ErrorCode};
use schemars::{JsonSchema, SchemaGenerator};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::http::guard::Gate;
use crate::http::routes::{Method, Route};
use crate::http::says::{Revision, schema};

/// What was written has mistakes: all of them at once.
#[derive(Debug, Deserialize, JsonSchema)]
#[expect(
    dead_code,
    reason = "it is what clients read; the server writes it elsewhere"
)]
pub(super) struct Mistaken {
    /// Always `mistakes`.
    code: ErrorCode,
    /// For the person who reads it.
    message: String,
    /// Each of them with its place.
    mistakes: Vec<Mistake>,
}

/// The statuses of an endpoint's errors: its own, its gate's, and that of a
/// revision that is not current.
pub(super) fn statuses(route: &Route) -> BTreeSet<u16> {
    let mut statuses: BTreeSet<u16> = route.says.fails.iter().copied().collect();
    // From one network, only so many come through any gate.
    statuses.insert(429);
    match route.gate {
        Gate::Open => {}
        Gate::Own => statuses.extend([403]),
        Gate::SignedIn if route.method == Method::Get => statuses.extend([401]),
        Gate::SignedIn => statuses.extend([401, 403]),
        Gate::Site(_) => statuses.extend([401, 403, 404]),
    }
    if route.says.revision == Revision::Expected {
        statuses.insert(412);
    }
    statuses
}

pub(super) fn response(status: u16, schemas: &mut SchemaGenerator) -> Value {
    let (means, code, message) = match status {
        400 => (
            "It could not be read.",
            "malformed",
            "this query makes no sense",
        ),
        401 => (
            "Nobody is signed in, or the token is not known.",
            "unauthorized",
            "sign in first",
        ),
        403 => (
            "The role or the token does not allow it (`forbidden`), or it comes from a page that \
             may not ask (`origin_refused`).",
            "forbidden",
            "writing triggers is for administrators and trigger editors of the site",
        ),
        404 => (
            "There is no such thing, or none for whoever asks.",
            "not_found",
            "there is no such trigger",
        ),
        409 => (
            "This cannot be done as things are.",
            "conflict",
            "this cannot be done with a trigger that is a draft",
        ),
        412 => (
            "Someone else has changed it meanwhile. Nothing was changed.",
            "conflict",
            "someone else has changed this trigger meanwhile; load it again",
        ),
        413 => (
            "It is larger than allowed.",
            "too_large",
            "a trigger has at most 64 kB",
        ),
        415 => (
            "It is of a kind that is not taken.",
            "file_refused",
            "programs are not taken; send a link to it instead",
        ),
        429 => (
            "It is too much at once. `Retry-After` says when to try again, if that is known.",
            "too_many",
            "too much at once; try again in 12 s",
        ),
        _ => return mistakes(schemas),
    };
    let example = json!({ "code": code, "message": message });
    let schema = schema::<ErrorBody>(schemas);
    json!({
        "description": means,
        "content": { "application/json": { "schema": schema, "example": example } },
    })
}

fn mistakes(schemas: &mut SchemaGenerator) -> Value {
    json!({
        "description": "What was written has mistakes, or what it depends on is not there. \
            Nothing was changed.",
        "content": { "application/json": {
            "schema": schema::<Mistaken>(schemas),
            "example": {
                "code": "mistakes",
                "message": "the trigger has mistakes; nothing was changed",
                "mistakes": [{
                    "path": "rule.all[2].value",
                    "kind": "wrong_type",
                    "message": "`page.time` is a length of time, such as `30s`",
                }],
            },
        } },
    })
}

/// An error that is not listed, such as one of ours.
pub(super) fn any(schemas: &mut SchemaGenerator) -> Value {
    json!({
        "description": "Something else was wrong.",
        "content": { "application/json": { "schema": schema::<ErrorBody>(schemas) } },
    })
}
