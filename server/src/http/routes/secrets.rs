//! What a site's owner signs identities with.

use axum::routing::on;
use saluda_protocol::identity::{MadeSecret, SecretList};

use super::{Method, Route, examples};
use crate::http::guard::Gate;
use crate::http::says::{Gives, Says, body};
use crate::http::secrets;
use crate::permission::Verb;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/secrets",
        gate: Gate::Site(Verb::ManageSecrets),
        handler: |method| on(method, secrets::list),
        says: Says {
            name: "list_secrets",
            does: "Which secrets the owner of the site signs identities with, the latest first. \
                   At the desk only, as the others.",
            gives: &[Gives {
                status: 200,
                means: "All of them, without what makes them secret.",
                body: Some(body::<SecretList>(examples::SECRETS)),
            }],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/secrets",
        gate: Gate::Site(Verb::ManageSecrets),
        handler: |method| on(method, secrets::make),
        says: Says {
            name: "make_secret",
            does: "Makes a secret to sign identities with. A site has at most two, so that one \
                   can take the place of the other.",
            gives: &[Gives {
                status: 201,
                means: "The secret, which is shown in no other answer.",
                body: Some(body::<MadeSecret>(examples::MADE_SECRET)),
            }],
            fails: &[409],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Delete,
        path: "/api/sites/{key}/secrets/{secret}",
        gate: Gate::Site(Verb::ManageSecrets),
        handler: |method| on(method, secrets::revoke),
        says: Says {
            name: "revoke_secret",
            does: "Revokes a secret. Visitors who were identified with it stay who they are.",
            gives: &[Gives {
                status: 204,
                means: "What is signed with it identifies nobody any more.",
                body: None,
            }],
            ..Says::NOTHING
        },
    },
];
