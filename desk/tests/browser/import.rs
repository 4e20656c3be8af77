//! Files of triggers on their way in: looked at first, then saved as drafts.

use saluda_desk::{Answer, Ask};
use saluda_protocol::agent::Role;
use saluda_protocol::studio::TriggerStatus;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, change, until};
use crate::server::Server;
use crate::studio::{answered, listed, mistaken, row};

/// What one new trigger and one that changes come to.
fn plan(ask: &Ask) -> Answer {
    let saved = !ask.path.ends_with("?dry_run=true");
    let body = json!({
        "saved": saved,
        "triggers": [
            { "id": "help", "name": "Help", "file": "a.json", "change": "changed",
              "difference": [" {", "-  \"en\": \"Questions?\"", "+  \"en\": \"Questions about plans?\""] },
            { "id": "tour", "name": "Tour", "file": "a.json", "from": "chatwoot", "change": "new",
              "notes": ["it was switched off there"] },
            { "id": "old", "name": "Old", "file": "a.json", "change": "same" }
        ],
        "left_out": [{ "file": "a.json", "name": "October promo", "reason": "it greets nobody" }]
    });
    answered(200, &body.to_string())
}

async fn page(server: &Server, import: fn(&Ask) -> Answer) -> Page {
    server.answer(move |ask| {
        Some(match ask.method {
            "POST" => import(ask),
            _ => listed(&[row("help", TriggerStatus::Draft)], None),
        })
    });
    let page = Page::at(server, "/desk/import");
    server.welcome();
    until("the page is there", || {
        page.root_says("Or paste what stands in one")
    })
    .await;
    page
}

fn sent(server: &Server) -> Value {
    let body = server.last_asked("POST").unwrap().body.unwrap();
    serde_json::from_str(&body).unwrap()
}

#[wasm_bindgen_test]
async fn what_would_change_is_shown_before_it_does() {
    let server = Server::new();
    let page = page(&server, plan).await;
    page.find("button", "See what would change").click();
    assert!(server.last_asked("POST").is_none(), "there is nothing yet");
    page.fill("Or paste what stands in one", "[{}]");
    change(&page.field("Whose form they are in"), "chatwoot");
    page.fill("Language of their texts", "pt-BR");
    page.find("button", "See what would change").click();
    until("it is shown", || page.root_says("This would change")).await;
    assert!(
        server
            .last_asked("POST")
            .unwrap()
            .path
            .ends_with("/import?dry_run=true")
    );
    assert_eq!(
        sent(&server),
        json!({ "files": [{ "name": "pasted", "text": "[{}]" }], "from": "chatwoot", "language": "pt-BR" })
    );
    assert!(page.root_says("1 is new · 1 changes · 1 stays as it is"));
    assert!(page.root_says("it was switched off there"));
    assert!(page.root_says("it greets nobody"));
    assert!(page.has_text(
        ".diff-line.added",
        "added:   \"en\": \"Questions about plans?\""
    ));

    page.find("button", "Save 2 triggers as drafts").click();
    until("it is done", || page.root_says("Imported")).await;
    assert!(server.last_asked("POST").unwrap().path.ends_with("/import"));
    assert!(page.has("link", "See the triggers"));
    assert!(page.says("status", "2 triggers saved as drafts"));
}

#[wasm_bindgen_test]
async fn what_is_typed_after_the_look_is_looked_at_again() {
    let server = Server::new();
    let page = page(&server, plan).await;
    page.fill("Or paste what stands in one", "[{}]");
    page.find("button", "See what would change").click();
    until("it is shown", || page.root_says("This would change")).await;
    page.fill("Or paste what stands in one", "[]");
    until("it is void", || !page.root_says("This would change")).await;
    assert!(!page.has("button", "Save 2 triggers as drafts"));
}

#[wasm_bindgen_test]
async fn a_mistake_is_told_with_its_place_and_nothing_is_lost() {
    let server = Server::new();
    let page = page(&server, |_| {
        mistaken(&[("a.json: rule.fact", "there is no such fact")])
    })
    .await;
    page.fill("Or paste what stands in one", "{ \"name\": 1 }");
    page.find("button", "See what would change").click();
    until("it is told", || page.says("alert", "Nothing was imported")).await;
    assert!(page.root_says("a.json: rule.fact"));
    assert_eq!(page.value("Or paste what stands in one"), "{ \"name\": 1 }");
}

#[wasm_bindgen_test]
async fn whoever_may_not_write_is_told() {
    let server = Server::new();
    server.answer(|_| Some(listed(&[], None)));
    let page = Page::at(&server, "/desk/import");
    server.welcome_as(Role::Viewer);
    until("it says so", || page.root_says("ask an administrator")).await;
    assert!(!page.has("button", "See what would change"));
}
