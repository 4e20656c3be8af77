//! What was published of a trigger, and the way back to it.

use saluda_desk::{Answer, Ask, Expected};
use saluda_protocol::studio::TriggerStatus;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::editor::form;
use crate::page::{Page, focused, until};
use crate::server::Server;
use crate::studio::{answered, detail, listed, refused, row};

/// Two versions of `help`.
const TWO: &str = r#"{ "next": null, "versions": [
  { "version": 2, "published_at": 1795000000000, "published_by": null,
    "spec": { "name": "Second", "rule": { "all": [] } } },
  { "version": 1, "published_at": 1794000000000, "published_by": null,
    "spec": { "name": "First", "rule": { "all": [] } } } ] }"#;

/// `help` under a name, after this many changes.
fn help(name: &str, status: TriggerStatus, revision: u64) -> Answer {
    let mut help = row("help", status);
    name.clone_into(&mut help.name);
    help.version = Some(2);
    help.revision = revision;
    answered(200, &detail(help))
}

/// The editor of `help`, whose second version is in this status. Going back is
/// answered so.
async fn editor(server: &Server, status: TriggerStatus, back: fn(&Ask) -> Answer) -> Page {
    server.answer(move |ask| {
        Some(match (ask.method, ask.path.rsplit('/').next().unwrap()) {
            ("POST", "rollback") => back(ask),
            ("GET", "help") => help("Second", status, 7),
            ("GET", path) if path.starts_with("versions") => answered(200, TWO),
            _ => listed(&[row("help", status)], None),
        })
    });
    let page = Page::at(server, "/desk/triggers/help");
    server.welcome();
    until("the versions are there", || page.all("summary").len() == 2).await;
    page.all("summary").remove(1).click();
    page
}

#[wasm_bindgen_test]
async fn going_back_asks_first_and_says_what_it_does() {
    let server = Server::new();
    let page = editor(&server, TriggerStatus::Live, |_| {
        help("First", TriggerStatus::Live, 8)
    })
    .await;
    // What it says now is nothing to go back to.
    assert_eq!(page.all("[data-goes-back]").len(), 1);
    let typed = form(&page).value() + "\n ";
    page.type_into(".form-text", &typed.replace("Second", "Typed"));
    page.find("button", "Go back to this version").click();
    until("it asks", || focused() == "Cancel").await;
    assert!(page.root_says("Visitors see it at once, as version 3."));
    assert!(page.root_says("What you have typed and not saved is set aside."));
    assert_eq!(server.last_asked("POST"), None);
    page.find("button", "Cancel").click();
    until("the focus is back", || {
        focused() == "Go back to this version"
    })
    .await;

    page.find("button", "Go back to this version").click();
    until("it asks again", || focused() == "Cancel").await;
    page.find("button", "Yes, go back").click();
    until("the form says it", || form(&page).value().contains("First")).await;
    let asked = server.last_asked("POST").unwrap();
    assert_eq!(asked.expected, Expected::Revision(7));
    assert_eq!(asked.body.as_deref(), Some(r#"{"version":1}"#));
    assert!(page.says("status", "What version 1 said is live again"));
    page.find("button", "Bring it back").click();
    until("what was typed is back", || {
        form(&page).value().contains("Typed")
    })
    .await;
}

#[wasm_bindgen_test]
async fn what_is_not_live_goes_back_as_its_draft() {
    let server = Server::new();
    let page = editor(&server, TriggerStatus::Paused, |_| {
        help("First", TriggerStatus::Paused, 8)
    })
    .await;
    page.find("button", "Go back to this version").click();
    until("it asks", || focused() == "Cancel").await;
    assert!(page.root_says("No visitor sees it until you publish it."));
    page.find("button", "Yes, go back").click();
    until("it is told", || {
        page.says("status", "The draft says what version 1 said")
    })
    .await;
}

#[wasm_bindgen_test]
async fn nobody_goes_back_over_what_someone_else_has_changed() {
    let server = Server::new();
    let page = editor(&server, TriggerStatus::Live, |_| refused(412, "conflict")).await;
    server.answer(|ask| {
        Some(match (ask.method, ask.path.rsplit('/').next().unwrap()) {
            ("GET", "help") => help("Changed by Rui", TriggerStatus::Live, 8),
            ("GET", path) if path.starts_with("versions") => answered(200, TWO),
            _ => refused(412, "conflict"),
        })
    });
    page.find("button", "Go back to this version").click();
    until("it asks", || focused() == "Cancel").await;
    page.find("button", "Yes, go back").click();
    until("it says so", || {
        page.root_says("Someone else saved this trigger")
    })
    .await;
    assert!(form(&page).value().contains("Second"), "mine is still here");
}
