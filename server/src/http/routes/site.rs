//! What the owner of a site chooses, and what follows from it.

use axum::routing::on;
use saluda_protocol::settings::{Embed, HoursPreview, SiteDetail, SiteForm, WantedPreview};

use super::{Method, Route, examples};
use crate::http::guard::Gate;
use crate::http::says::{Gives, Revision, Says, body};
use crate::http::site;
use crate::permission::Verb;

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/settings",
        gate: Gate::Site(Verb::ReadSite),
        handler: |method| on(method, site::settings),
        says: Says {
            name: "get_settings",
            does: "What the owner of a site chose, and how its colours can be read.",
            gives: &[Gives {
                status: 200,
                means: "The settings, under the tag of their revision.",
                body: Some(body::<SiteDetail>(examples::SITE)),
            }],
            revision: Revision::Told,
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Put,
        path: "/api/sites/{key}/settings",
        gate: Gate::Site(Verb::ManageSite),
        handler: |method| on(method, site::choose),
        says: Says {
            name: "save_settings",
            does: "Replaces what the owner of a site chose. Live triggers that need what is gone \
                   are in error from then on, and named in the answer.",
            takes: Some(body::<SiteForm>(examples::SITE_FORM)),
            gives: &[Gives {
                status: 200,
                means: "The settings as they are now.",
                body: Some(body::<SiteDetail>(examples::SITE)),
            }],
            fails: &[400, 413, 422],
            revision: Revision::Expected,
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Post,
        path: "/api/sites/{key}/hours/preview",
        gate: Gate::Site(Verb::ReadSite),
        handler: |method| on(method, site::preview),
        says: Says {
            name: "preview_hours",
            does: "What opening hours mean for two weeks, before anyone chooses them. Nothing is \
                   kept.",
            takes: Some(body::<WantedPreview>(
                r#"{ "hours": { "zone": "UTC", "weekly": { "mon": ["09:00-17:00"] } }, "from": "2026-12-21T08:00" }"#,
            )),
            gives: &[Gives {
                status: 200,
                means: "Whether it is open, when that changes, and every interval.",
                body: Some(body::<HoursPreview>(examples::PREVIEW)),
            }],
            fails: &[400, 413, 422],
            ..Says::NOTHING
        },
    },
    Route {
        method: Method::Get,
        path: "/api/sites/{key}/embed",
        gate: Gate::Site(Verb::ReadSite),
        handler: |method| on(method, site::embed::embed),
        says: Says {
            name: "get_embed",
            does: "What is pasted into the pages of a site, what their content policy has to \
                   allow, and on which origins the widget was seen.",
            gives: &[Gives {
                status: 200,
                means: "The snippet, and each of the site's origins.",
                body: Some(body::<Embed>(examples::EMBED)),
            }],
            ..Says::NOTHING
        },
    },
];
