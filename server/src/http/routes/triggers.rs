//! Triggers as they are read and written.

use axum::routing::on;
use saluda_protocol::studio::{
    History, Seen, TriggerDetail, TriggerList, TriggerResults, TriggerVersions, WantedClone,
};
use saluda_protocol::{Millis, TriggerId, TriggerSpec};

use super::{Method, Route, examples};
use crate::http::guard::Gate;
use crate::http::says::{Body, Gives, Query, Revision, Says, body, schema};
use crate::http::triggers::{self, copies, debug, export, history, results, seen, tried};
use crate::permission::Verb;
use crate::triggers::debug::{Link, Wanted};
use crate::triggers::results::csv::Rows;
use crate::triggers::tried::Tried;

const LIMIT: Query = Query {
    name: "limit",
    means: "Most of one answer.",
    schema: schema::<u32>,
};

const BEFORE: Query = Query {
    name: "before",
    means: "The `next` of the page before.",
    schema: schema::<u64>,
};

const FROM: Query = Query {
    name: "from",
    means: "The first day, such as `2026-11-01`; four weeks up to `to` if it is not said.",
    schema: schema::<String>,
};

const TO: Query = Query {
    name: "to",
    means: "The last day, which is counted too; today if it is not said.",
    schema: schema::<String>,
};

const DETAIL: Body = body::<TriggerDetail>(examples::DETAIL);
const HISTORY: Gives = Gives {
    status: 200,
    means: "Changes, the latest first, at most 100 at once.",
    body: Some(body::<History>(examples::HISTORY)),
};

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, triggers::list),
        says: Says {
            name: "list_triggers",
            does: "The triggers of a site, in the order of their ids.",
            query: &[
                Query {
                    name: "after",
                    means: "The `next` of the page before.",
                    schema: schema::<TriggerId>,
                },
                LIMIT,
            ],
            gives: &[Gives {
                status: 200,
                means: "At most 100 of them.",
                body: Some(body::<TriggerList>(examples::LIST)),
            }],
            fails: &[400],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers/{id}",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, triggers::one),
        says: Says {
            name: "get_trigger",
            does: "One trigger, with its form.",
            gives: &[Gives {
                status: 200,
                means: "The trigger, under the tag of its revision.",
                body: Some(DETAIL),
            }],
            revision: Revision::Told,
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Put,
        path: "/api/sites/{key}/triggers/{id}",
        gate: Gate::Site(Verb::EditTriggers),
        handler: |method| on(method, triggers::save),
        says: Says {
            name: "save_trigger",
            does: "Saves a form as the trigger's draft. What is live stays as it is.",
            takes: Some(body::<TriggerSpec>(examples::TRIGGER)),
            gives: &[
                Gives {
                    status: 200,
                    means: "The trigger with its new draft.",
                    body: Some(DETAIL),
                },
                Gives {
                    status: 201,
                    means: "The trigger, which was not there before.",
                    body: Some(DETAIL),
                },
            ],
            fails: &[400, 413, 422],
            revision: Revision::Expected,
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Delete,
        path: "/api/sites/{key}/triggers/{id}",
        gate: Gate::Site(Verb::DeleteTriggers),
        handler: |method| on(method, triggers::delete),
        says: Says {
            name: "delete_trigger",
            does: "Deletes a trigger with its versions and results. Its history stays.",
            gives: &[Gives {
                status: 204,
                means: "It is gone.",
                body: None,
            }],
            revision: Revision::Expected,
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/triggers/{id}/clone",
        gate: Gate::Site(Verb::EditTriggers),
        handler: |method| on(method, copies::clone),
        says: Says {
            name: "clone_trigger",
            does: "Makes a draft of a trigger, whatever its status. The body may be left out.",
            takes: Some(body::<WantedClone>(
                r#"{ "id": "pricing-help-b", "name": "Pricing help, shorter" }"#,
            )),
            optional: true,
            gives: &[Gives {
                status: 201,
                means: "The copy, whose address is in `Location`.",
                body: Some(DETAIL),
            }],
            revision: Revision::Told,
            fails: &[400, 422],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/starters",
        gate: Gate::Site(Verb::EditTriggers),
        handler: |method| on(method, copies::starters),
        says: Says {
            name: "add_starters",
            does: "Gives a site without triggers three drafts to begin with, and once.",
            gives: &[Gives {
                status: 200,
                means: "The drafts that it was given now.",
                body: Some(body::<TriggerList>(r#"{ "triggers": [], "next": null }"#)),
            }],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers/{id}/versions",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, history::versions),
        says: Says {
            name: "list_versions",
            does: "What was published of a trigger, the latest first.",
            query: &[BEFORE, LIMIT],
            gives: &[Gives {
                status: 200,
                means: "At most 20 of them.",
                body: Some(body::<TriggerVersions>(examples::VERSIONS)),
            }],
            fails: &[400],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers/{id}/history",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, history::of_trigger),
        says: Says {
            name: "get_trigger_history",
            does: "Who changed a trigger, also when it is deleted.",
            query: &[BEFORE, LIMIT],
            gives: &[HISTORY],
            fails: &[400],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/history",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, history::of_site),
        says: Says {
            name: "get_history",
            does: "Who changed the triggers of a site, deletions included.",
            query: &[BEFORE, LIMIT],
            gives: &[HISTORY],
            fails: &[400],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/export",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, export::export),
        says: Says {
            name: "export_triggers",
            does: "All triggers as one file, which `import` takes.",
            gives: &[Gives {
                status: 200,
                means: "A list of forms, each as it is edited.",
                body: None,
            }],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/seen",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, seen::seen),
        says: Says {
            name: "get_seen",
            does: "What the site has seen, for whoever writes a condition.",
            gives: &[Gives {
                status: 200,
                means: "Facts with values they had, and events that triggers ask for.",
                body: Some(body::<Seen>(examples::SEEN)),
            }],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers/{id}/results",
        gate: Gate::Site(Verb::ReadResults),
        handler: |method| on(method, results::results),
        says: Says {
            name: "get_results",
            does: "What a trigger achieved within some days, without what it says.",
            query: &[FROM, TO],
            gives: &[Gives {
                status: 200,
                means: "People, each counted once.",
                body: Some(body::<TriggerResults>(examples::RESULTS)),
            }],
            fails: &[400],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/triggers/{id}/results.csv",
        gate: Gate::Site(Verb::ReadResults),
        handler: |method| on(method, results::table),
        says: Says {
            name: "get_results_table",
            does: "The same as a table for spreadsheets.",
            query: &[
                FROM,
                TO,
                Query {
                    name: "by",
                    means: "What a row is; a day if it is not said.",
                    schema: schema::<Rows>,
                },
            ],
            gives: &[Gives {
                status: 200,
                means: "Comma-separated values, with a line of names first.",
                body: None,
            }],
            fails: &[400],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/try",
        gate: Gate::Site(Verb::ReadTriggers),
        handler: |method| on(method, tried::form),
        says: Says {
            name: "try_trigger",
            does: "Lays out what a form would do beside the live triggers, if it were published \
                   as it is. Nothing is kept. `pack` and `alone` are between the server and the \
                   desk, and change with them.",
            query: &[
                Query {
                    name: "id",
                    means: "Which trigger it is of; as the form says if it is left out.",
                    schema: schema::<TriggerId>,
                },
                Query {
                    name: "at",
                    means: "Around which instant the opening hours are laid out; now if it is \
                            left out.",
                    schema: schema::<Millis>,
                },
            ],
            takes: Some(body::<TriggerSpec>(examples::TRIGGER)),
            gives: &[Gives {
                status: 200,
                means: "What the desk's tester decides by.",
                body: Some(body::<Tried>(examples::TRIED)),
            }],
            fails: &[400, 413, 422],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/debug",
        gate: Gate::Site(Verb::DebugTriggers),
        handler: |method| on(method, debug::debug),
        says: Says {
            name: "make_debug_link",
            does: "Makes a link that opens the explain panel on a page of the site.",
            takes: Some(body::<Wanted>(
                r#"{ "page": "https://shop.example/plans", "for": "1h" }"#,
            )),
            gives: &[Gives {
                status: 200,
                means: "The link, and until when it is good.",
                body: Some(body::<Link>(
                    r#"{ "url": "https://shop.example/plans#saluda-explain=…", "expires_at": 1795284031000 }"#,
                )),
            }],
            fails: &[400],
            ..Says::NOTHING
        },
    },
];
