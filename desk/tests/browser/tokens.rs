//! Personal tokens: made, shown once, revoked.

use std::cell::Cell;
use std::rc::Rc;

use saluda_desk::Answer;
use saluda_protocol::agent::Role;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, focused, until};
use crate::server::Server;
use crate::studio::{answered, refused};

const ID: &str = "07070707-0707-4707-8707-070707070707";

fn tokens(there: bool) -> Answer {
    let one = json!({
        "id": ID, "name": "Deploys", "scopes": ["triggers:read", "triggers:write"],
        "created_at": 1_794_000_000_000_u64, "expires_at": null, "used_at": 1_794_500_000_000_u64
    });
    let all: Vec<Value> = there.then_some(one).into_iter().collect();
    answered(200, &json!({ "tokens": all }).to_string())
}

/// The page, where there is a token once it was made and until it is revoked.
fn page(server: &Server, there: bool) -> Page {
    let there = Rc::new(Cell::new(there));
    server.answer(move |ask| {
        Some(match ask.method {
            "POST" => {
                there.set(true);
                answered(
                    201,
                    r#"{ "token": "saluda_secret", "id": "x", "name": "Deploys" }"#,
                )
            }
            "DELETE" => {
                there.set(false);
                answered(204, "")
            }
            _ => tokens(there.get()),
        })
    });
    let page = Page::at(server, "/desk/settings/tokens");
    // Whatever someone's role is, their tokens are theirs.
    server.welcome_as(Role::Viewer);
    page
}

#[wasm_bindgen_test]
async fn a_token_is_made_shown_once_and_listed() {
    let server = Server::new();
    let page = page(&server, false);
    until("there is none", || page.root_says("You have none yet.")).await;
    page.find("button", "Make a token").click();
    until("it needs a name", || page.says("alert", "Give it a name")).await;
    assert!(server.last_asked("POST").is_none());
    page.fill("Name", "Deploys");
    page.field("site:write change these settings").click();
    page.find("button", "Make a token").click();
    until("it is shown", || page.root_says("saluda_secret")).await;
    let body = server.last_asked("POST").unwrap().body.unwrap();
    let wanted: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        wanted,
        json!({ "name": "Deploys", "scopes": ["triggers:read", "site:write"], "for": "90d" })
    );
    until("it is listed", || page.has("button", "Revoke Deploys")).await;
    page.find("button", "I have kept it").click();
    until("it is gone", || !page.root_says("saluda_secret")).await;
}

#[wasm_bindgen_test]
async fn revoking_asks_first() {
    let server = Server::new();
    let page = page(&server, true);
    until("it is listed", || page.has("button", "Revoke Deploys")).await;
    assert!(page.root_says("Good until it is revoked · Last used"));
    page.find("button", "Revoke Deploys").click();
    until("it asks", || focused() == "Cancel").await;
    page.find("button", "Cancel").click();
    until("the focus is back", || focused() == "Revoke Deploys").await;
    assert!(server.last_asked("DELETE").is_none());
    page.find("button", "Revoke Deploys").click();
    until("it asks again", || focused() == "Cancel").await;
    page.find("button", "Revoke it").click();
    until("it is told", || {
        page.says("status", "“Deploys” was revoked")
    })
    .await;
    let asked = server.last_asked("DELETE").unwrap();
    assert_eq!(asked.path, format!("/api/tokens/{ID}"));
    until("it is gone", || page.root_says("You have none yet.")).await;
}

#[wasm_bindgen_test]
async fn what_the_server_refuses_is_said_and_stays() {
    let server = Server::new();
    let page = page(&server, false);
    until("there is none", || page.root_says("You have none yet.")).await;
    server.answer(|_| Some(refused(409, "conflict")));
    page.fill("Name", "Deploys");
    page.find("button", "Make a token").click();
    until("it is said", || {
        page.says("alert", "as many tokens as there may be")
    })
    .await;
    assert_eq!(page.value("Name"), "Deploys");
}
