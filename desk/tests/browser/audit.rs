//! Who did what on a site.

use saluda_protocol::agent::Role;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, until};
use crate::server::Server;
use crate::settings::{form, site};
use crate::studio::{answered, listed, refused};

/// Thirty-one entries, in two parts.
fn page(server: &Server, role: Role) -> Page {
    server.answer(|ask| {
        let entry = |number: u64, what: serde_json::Value| {
            json!({ "number": number, "at": 1_794_000_000_000_u64, "by": "command_line", "what": what })
        };
        Some(match ask.path.rsplit('/').next().unwrap() {
            "settings" => site(&form(), 4),
            "audit?limit=30" => {
                let changed = json!({ "settings_changed": { "fields": ["accent", "retention_days"] } });
                let role = json!({ "role_set": { "agent": "0198c0de-0000-7000-8000-0000000000b1",
                    "name": "Rui", "role": "viewer" } });
                let part = json!({ "entries": [entry(3, changed), entry(2, role)], "next": 2 });
                answered(200, &part.to_string())
            }
            "audit?limit=30&before=2" => {
                let part = json!({ "entries": [entry(1, json!("site_added"))] });
                answered(200, &part.to_string())
            }
            path if path.starts_with("audit") => refused(404, "not_found"),
            _ => listed(&[], None),
        })
    });
    let page = Page::at(server, "/desk/settings/audit");
    server.welcome_as(role);
    page
}

#[wasm_bindgen_test]
async fn administrators_see_who_did_what_and_what_was_before() {
    let server = Server::new();
    let page = page(&server, Role::Administrator);
    until("the latest is there", || {
        page.root_says("Changed: Colour, How long conversations are kept")
    })
    .await;
    assert!(page.root_says("Made Rui a viewer"));
    assert!(!page.root_says("Added the site"));
    page.find("button", "Show earlier changes").click();
    until("the rest is there", || page.root_says("Added the site")).await;
    assert!(page.root_says("Made Rui a viewer"), "what was there stays");
    assert!(!page.has("button", "Show earlier changes"));
}

#[wasm_bindgen_test]
async fn nobody_else_does() {
    let server = Server::new();
    let page = page(&server, Role::Agent);
    until("it is said", || page.root_says("Only administrators")).await;
    assert!(!server.asked().iter().any(|path| path.contains("audit")));
}
