//! Transcripts by e-mail.

use axum::routing::on;

use super::{Method, Route, examples};
use crate::http::guard::Gate;
use crate::http::says::{Gives, Says, body};
use crate::http::transcripts::{self, Answer};
use crate::transcript::Wanted;

pub(super) const ROUTES: &[Route] = &[Route {
    method: Method::Post,
    path: "/api/sites/{key}/transcripts",
    gate: Gate::Open,
    handler: |method| on(method, transcripts::send).options(transcripts::may_send),
    says: Says {
        name: "send_transcript",
        does: "Sends the visitor's conversation to an e-mail address, or first a code that shows \
               that they read what comes there. For pages of the site's origins, with \
               `Authorization: Visitor` and what stands in the visitor's cookie.",
        takes: Some(body::<Wanted>(examples::TRANSCRIPT)),
        gives: &[Gives {
            status: 200,
            means: "The mail has left.",
            body: Some(body::<Answer>(examples::TRANSCRIPT_SENT)),
        }],
        fails: &[400, 401, 403, 404],
        ..Says::NOTHING
    },
}];
