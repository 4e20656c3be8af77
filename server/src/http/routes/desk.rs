//! Who is at the desk, and what they let in besides themselves.

use axum::routing::on;
use saluda_protocol::agent::{Me, SignIn};
use saluda_protocol::token::{MadeToken, TokenList, WantedToken};

use super::{Method, Route, examples};
use crate::http::guard::Gate;
use crate::http::says::{Gives, Says, body};
use crate::http::{openapi, session, tokens};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: "/api/openapi.json",
        gate: Gate::Open,
        handler: |method| on(method, openapi::document),
        says: Says {
            name: "describe_api",
            does: "This document.",
            gives: &[Gives {
                status: 200,
                means: "The document, in OpenAPI 3.1.",
                body: Some(body::<serde_json::Map<String, serde_json::Value>>(
                    r#"{ "openapi": "3.1.0" }"#,
                )),
            }],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/session",
        gate: Gate::SignedIn,
        handler: |method| on(method, session::who),
        says: Says {
            name: "get_session",
            does: "Who is signed in.",
            gives: &[Gives {
                status: 200,
                means: "The agent.",
                body: Some(body::<Me>(examples::ME)),
            }],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/session",
        gate: Gate::Own,
        handler: |method| on(method, session::sign_in),
        says: Says {
            name: "sign_in",
            does: "Signs in at the desk. The session is in the cookie that is set.",
            takes: Some(body::<SignIn>(
                r#"{ "email": "lucia@alba.example", "password": "correct horse" }"#,
            )),
            gives: &[Gives {
                status: 200,
                means: "The agent.",
                body: Some(body::<Me>(examples::ME)),
            }],
            fails: &[400, 401],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Delete,
        path: "/api/session",
        gate: Gate::SignedIn,
        handler: |method| on(method, session::sign_out),
        says: Says {
            name: "sign_out",
            does: "Signs out, here and on the sockets of this session.",
            gives: &[Gives {
                status: 204,
                means: "Nobody is signed in with this cookie any more.",
                body: None,
            }],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/tokens",
        gate: Gate::SignedIn,
        handler: |method| on(method, tokens::list),
        says: Says {
            name: "list_tokens",
            does: "The tokens of whoever is signed in, the latest first.",
            gives: &[Gives {
                status: 200,
                means: "All of them.",
                body: Some(body::<TokenList>(examples::TOKENS)),
            }],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/tokens",
        gate: Gate::SignedIn,
        handler: |method| on(method, tokens::make),
        says: Says {
            name: "make_token",
            does: "Makes a token. An agent has at most 20.",
            takes: Some(body::<WantedToken>(
                r#"{ "name": "Deploys", "scopes": ["triggers:read", "triggers:write"], "for": "90d" }"#,
            )),
            gives: &[Gives {
                status: 201,
                means: "The token, which is shown in no other answer.",
                body: Some(body::<MadeToken>(examples::MADE_TOKEN)),
            }],
            fails: &[400, 409],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Delete,
        path: "/api/tokens/{token}",
        gate: Gate::SignedIn,
        handler: |method| on(method, tokens::revoke),
        says: Says {
            name: "revoke_token",
            does: "Revokes a token.",
            gives: &[Gives {
                status: 204,
                means: "It is good for nothing any more.",
                body: None,
            }],
            fails: &[404],
            ..Says::NOTHING
        },
    },
];
