//! The secrets with which a site's own server says who a visitor is.

use std::cell::Cell;
use std::rc::Rc;

use saluda_protocol::agent::Role;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, focused, until};
use crate::server::Server;
use crate::settings::{form, site};
use crate::studio::{answered, listed, refused};

const ID: &str = "07070707-0707-4707-8707-070707070707";
const REVOKE: &str = "Revoke Secret of";

/// The page, where there is a secret once it was made and until it is revoked.
fn page(server: &Server, role: Role, there: bool) -> Page {
    let there = Rc::new(Cell::new(there));
    server.answer(move |ask| {
        let secrets = ask.path.contains("/secrets");
        Some(match (ask.method, ask.path.rsplit('/').next().unwrap()) {
            ("GET", "settings") => site(&form(), 4),
            ("POST", "secrets") => {
                there.set(true);
                let made = json!({ "secret": "saluda_identity_x", "id": ID, "created_at": 1 });
                answered(201, &made.to_string())
            }
            ("DELETE", _) if secrets => {
                there.set(false);
                answered(204, "")
            }
            ("GET", "secrets") => {
                let one = json!({ "id": ID, "created_at": 1_794_000_000_000_u64 });
                let all: Vec<Value> = there.get().then_some(one).into_iter().collect();
                answered(200, &json!({ "secrets": all }).to_string())
            }
            _ => listed(&[], None),
        })
    });
    let page = Page::at(server, "/desk/settings/identity");
    server.welcome_as(role);
    page
}

/// The button that revokes the secret, once it is there.
async fn revoker(page: &Page) -> String {
    let found = || page.all("[data-revokes]").first().cloned();
    until("it is listed", || found().is_some()).await;
    let label = found().unwrap().get_attribute("aria-label").unwrap();
    assert!(label.starts_with(REVOKE), "{label}");
    label
}

#[wasm_bindgen_test]
async fn a_secret_is_made_shown_once_and_listed() {
    let server = Server::new();
    let page = page(&server, Role::Administrator, false);
    until("there is none", || page.root_says("nobody can be verified")).await;
    page.find("button", "Make a secret").click();
    until("it is shown", || page.root_says("saluda_identity_x")).await;
    let asked = server.last_asked("POST").unwrap();
    assert_eq!(asked.path, "/api/sites/demo/secrets");
    revoker(&page).await;
    page.find("button", "I have kept it").click();
    until("it is gone", || !page.root_says("saluda_identity_x")).await;
    until("the focus is on the list", || focused() == "Secrets").await;
}

#[wasm_bindgen_test]
async fn revoking_a_secret_asks_first() {
    let server = Server::new();
    let page = page(&server, Role::Administrator, true);
    let label = revoker(&page).await;
    page.find("button", &label).click();
    until("it asks", || focused() == "Cancel").await;
    page.find("button", "Cancel").click();
    until("the focus is back", || focused() == label).await;
    assert!(server.last_asked("DELETE").is_none());
    page.find("button", &label).click();
    until("it asks again", || focused() == "Cancel").await;
    page.find("button", "Revoke it").click();
    until("it is gone", || page.root_says("nobody can be verified")).await;
    let asked = server.last_asked("DELETE").unwrap();
    assert_eq!(asked.path, format!("/api/sites/demo/secrets/{ID}"));
}

#[wasm_bindgen_test]
async fn a_third_secret_is_refused_with_what_to_do() {
    let server = Server::new();
    let page = page(&server, Role::Administrator, true);
    revoker(&page).await;
    server.answer(|_| Some(refused(409, "conflict")));
    page.find("button", "Make a secret").click();
    until("it is said", || {
        page.says("alert", "There are two already.")
    })
    .await;
}

#[wasm_bindgen_test]
async fn who_does_not_administer_sees_how_it_goes_and_no_secret() {
    let server = Server::new();
    let page = page(&server, Role::TriggerEditor, true);
    until("it is there", || page.root_says("A token for each page")).await;
    assert!(page.all("[data-revokes]").is_empty());
    assert!(!page.has("button", "Make a secret"));
    assert!(!server.asked().iter().any(|path| path.contains("secrets")));
}
