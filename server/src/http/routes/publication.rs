//! What visitors see of triggers.

use axum::routing::on;
use saluda_protocol::studio::{TriggerDetail, TriggerOrder, WantedOrder, WantedRollback};

use super::{Method, Route, examples};
use crate::http::guard::Gate;
use crate::http::says::{Body, Gives, Revision, Says, body};
use crate::http::triggers::{self, copies};
use crate::permission::Verb;

const DETAIL: Body = body::<TriggerDetail>(examples::DETAIL);

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/triggers/{id}/publish",
        gate: Gate::Site(Verb::PublishTriggers),
        handler: |method| on(method, triggers::publish),
        says: Says {
            name: "publish_trigger",
            does: "Publishes the draft as the next version, if everything it depends on is \
                   there. Without changes since the last one, that one is live again.",
            gives: &[Gives {
                status: 200,
                means: "The trigger, live.",
                body: Some(DETAIL),
            }],
            fails: &[409, 422],
            revision: Revision::Expected,
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/triggers/{id}/pause",
        gate: Gate::Site(Verb::PublishTriggers),
        handler: |method| on(method, triggers::pause),
        says: Says {
            name: "pause_trigger",
            does: "Takes a live trigger off the pages.",
            gives: &[Gives {
                status: 200,
                means: "The trigger, paused.",
                body: Some(DETAIL),
            }],
            fails: &[409],
            revision: Revision::Expected,
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/triggers/{id}/resume",
        gate: Gate::Site(Verb::PublishTriggers),
        handler: |method| on(method, triggers::resume),
        says: Says {
            name: "resume_trigger",
            does: "Brings a paused trigger back, if everything it depends on is there.",
            gives: &[Gives {
                status: 200,
                means: "The trigger, live.",
                body: Some(DETAIL),
            }],
            fails: &[409, 422],
            revision: Revision::Expected,
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/triggers/{id}/rollback",
        gate: Gate::Site(Verb::PublishTriggers),
        handler: |method| on(method, copies::roll_back),
        says: Says {
            name: "roll_back_trigger",
            does: "Lets a trigger say again what it said in a version: at once and as its next \
                   version if it is live, as its draft if it is not.",
            takes: Some(body::<WantedRollback>(r#"{ "version": 2 }"#)),
            gives: &[Gives {
                status: 200,
                means: "The trigger.",
                body: Some(DETAIL),
            }],
            fails: &[400, 422],
            revision: Revision::Expected,
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/order",
        gate: Gate::Site(Verb::PublishTriggers),
        handler: |method| on(method, copies::order),
        says: Says {
            name: "order_triggers",
            does: "Lets triggers go first in this order, all of them or none. Refused when the \
                   revision of one of them is another by now.",
            takes: Some(body::<WantedOrder>(examples::WANTED_ORDER)),
            gives: &[Gives {
                status: 200,
                means: "The triggers in this order, with their priorities.",
                body: Some(body::<TriggerOrder>(examples::ORDER)),
            }],
            fails: &[400, 412, 413],
            ..Says::NOTHING
        },
    },
];
