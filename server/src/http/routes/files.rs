//! Files that visitors and agents send each other.

use axum::routing::on;
use saluda_protocol::File;

use super::{Method, Route, examples};
use crate::http::guard::Gate;
use crate::http::says::{Gives, Query, Says, body, schema};
use crate::http::{fetch, uploads};
use crate::permission::Verb;

const NAME: Query = Query {
    name: "Saluda-Name",
    means: "What the file is called, in UTF-8 and percent-encoded.",
    schema: schema::<String>,
};

const PREVIEW: Query = Query {
    name: "preview",
    means: "Whatever it says, asks for the small picture that was made of a large one, whole; \
            without one, the file itself is answered.",
    schema: schema::<String>,
};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/uploads",
        gate: Gate::Open,
        handler: |method| on(method, uploads::of_visitor).options(uploads::may_send),
        says: Says {
            name: "send_file",
            does: "Takes a file of a visitor, of at most 20 MB. For pages of the site's origins, \
                   with `Authorization: Visitor` and what stands in the visitor's cookie. The \
                   visitor makes a message of it over their socket.",
            headers: &[NAME],
            takes_bytes: true,
            gives: &[Gives {
                status: 201,
                means: "What was found out of it.",
                body: Some(body::<File>(examples::FILE)),
            }],
            fails: &[400, 401, 403, 404, 413, 415],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/conversations/{conversation}/files",
        gate: Gate::Site(Verb::AnswerVisitors),
        handler: |method| on(method, uploads::of_agent),
        says: Says {
            name: "send_agents_file",
            does: "Takes a file of an agent for a conversation, of at most 20 MB. They make a \
                   message of it at the desk.",
            headers: &[NAME],
            takes_bytes: true,
            gives: &[Gives {
                status: 201,
                means: "What was found out of it.",
                body: Some(body::<File>(examples::FILE)),
            }],
            fails: &[400, 413, 415],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/files/{file}",
        gate: Gate::Open,
        handler: |method| on(method, fetch::fetch),
        says: Says {
            name: "fetch_file",
            does: "What is in a file, for whoever has its id, whole or in ranges. It is for \
                   saving; pictures of four kinds are for showing.",
            query: &[PREVIEW],
            gives: &[
                Gives {
                    status: 200,
                    means: "The bytes of the file.",
                    body: None,
                },
                Gives {
                    status: 206,
                    means: "Those of the range that was asked for.",
                    body: None,
                },
                Gives {
                    status: 304,
                    means: "It is as `If-None-Match` says.",
                    body: None,
                },
            ],
            fails: &[404],
            ..Says::NOTHING
        },
    },
];
