//! The list of triggers.

use leptos::prelude::document;
use saluda_protocol::agent::Role;
use saluda_protocol::studio::TriggerStatus;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, focused, pause, press, until};
use crate::server::Server;
use crate::studio::{self, answered, listed, refused, row};

/// The names of the triggers that are shown, in their order.
fn shown(page: &Page) -> Vec<String> {
    let rows = page.all("[data-trigger]");
    rows.iter().filter_map(|row| row.text_content()).collect()
}

async fn list_of(server: &Server) -> Page {
    let page = Page::at(server, "/desk/triggers");
    server.welcome();
    until("the list is there", || !shown(&page).is_empty()).await;
    page
}

#[wasm_bindgen_test]
async fn a_list_is_on_its_way_then_there_however_long() {
    let server = Server::new();
    server.answer(|ask| {
        let first = (0..100).map(|n| row(&format!("t{n:03}"), TriggerStatus::Draft));
        Some(if ask.path.ends_with("?after=t099") {
            listed(&[row("t100", TriggerStatus::Live)], None)
        } else {
            listed(&first.collect::<Vec<_>>(), Some("t099"))
        })
    });
    server.hold(true);
    let page = Page::at(&server, "/desk/triggers");
    server.welcome();
    until("it is on its way", || {
        page.says("status", "Loading triggers…")
    })
    .await;
    let rows = page.names("row").len();
    assert!(rows > 3, "rows in their shape: {rows}");
    server.hold(false);
    until("both pages are there", || shown(&page).len() == 101).await;
    assert!(document().title().starts_with("Triggers · Alba Coffee"));
    until("the title has the focus", || focused() == "Triggers").await;
}

#[wasm_bindgen_test]
async fn a_list_that_fails_can_be_tried_again_and_may_be_empty() {
    let server = Server::new();
    let page = Page::at(&server, "/desk/triggers");
    server.welcome();
    until("it says so", || {
        page.says("alert", "The server does not answer")
    })
    .await;
    server.answer(|_| Some(listed(&[], None)));
    page.find("button", "Try again").click();
    until("there are none", || page.root_says("No triggers yet")).await;
}

#[wasm_bindgen_test]
async fn a_site_without_triggers_begins_with_drafts_and_never_looks_empty() {
    let server = Server::new();
    server.answer(|ask| {
        Some(match ask.method {
            "POST" => listed(&[row("help", TriggerStatus::Draft)], None),
            _ => listed(&[], None),
        })
    });
    server.hold(true);
    let page = Page::at(&server, "/desk/triggers");
    server.welcome();
    until("the list was asked for", || server.asked().len() == 1).await;
    // What the page says from one step to the next.
    let mut looked_empty = false;
    server.hold(false);
    until("the draft is there", || {
        looked_empty |= page.root_says("No triggers yet");
        shown(&page) == ["help"]
    })
    .await;
    assert!(!looked_empty);
    assert!(page.says("status", "These drafts are a beginning."));
    assert_eq!(
        server.asked(),
        [
            "GET /api/sites/demo/triggers",
            "POST /api/sites/demo/starters"
        ]
    );
}

#[wasm_bindgen_test]
async fn a_site_that_had_its_drafts_stays_without_triggers() {
    let server = Server::new();
    server.answer(|_| Some(listed(&[], None)));
    let page = Page::at(&server, "/desk/triggers");
    server.welcome();
    until("there are none", || page.root_says("No triggers yet")).await;
    assert!(page.has("link", "New trigger"));
    assert!(!page.says("status", "These drafts are a beginning."));
    // Neither does a lost connection ask again.
    let starters = || {
        let asked = server.asked();
        asked.iter().filter(|it| it.ends_with("/starters")).count()
    };
    assert_eq!(starters(), 1);
    let before = server.asked().len();
    server.lose();
    pause().await;
    server.welcome();
    until("the list was asked for again", || {
        server.asked().len() > before
    })
    .await;
    pause().await;
    assert_eq!(starters(), 1);
}

#[wasm_bindgen_test]
async fn who_looks_on_makes_no_drafts() {
    let server = Server::new();
    server.answer(|_| Some(listed(&[], None)));
    let page = Page::at(&server, "/desk/triggers");
    server.welcome_as(Role::Viewer);
    until("there are none", || page.root_says("No triggers yet")).await;
    assert_eq!(server.asked(), ["GET /api/sites/demo/triggers"]);
}

#[wasm_bindgen_test]
async fn agents_are_told_for_whom_triggers_are() {
    let server = Server::new();
    server.answer(|_| Some(refused(403, "forbidden")));
    let page = Page::at(&server, "/desk/triggers");
    server.welcome();
    until("it says so", || {
        page.root_says("Triggers are for administrators")
    })
    .await;
}

#[wasm_bindgen_test]
async fn who_may_not_write_triggers_looks_on() {
    let server = Server::new();
    server.answer(|_| Some(listed(&[row("help", TriggerStatus::Live)], None)));
    let page = Page::at(&server, "/desk/triggers");
    server.welcome_as(Role::Viewer);
    until("the list is there", || !shown(&page).is_empty()).await;
    assert!(page.root_says("You may look at the triggers of this site."));
    assert!(!page.has("button", "Actions for help"));
    assert!(!page.has("link", "New trigger"));
    server.welcome_as(Role::TriggerEditor);
    until("it can be worked with", || {
        page.has("button", "Actions for help")
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_list_is_sorted_filtered_and_searched() {
    let server = Server::new();
    server.answer(|_| {
        let mut rows = [
            row("cart", TriggerStatus::Live),
            row("away", TriggerStatus::Draft),
            row("help", TriggerStatus::Error),
        ];
        rows[0].people.sent = 5;
        rows[2].people.sent = 9;
        rows[2].reason = Some("the trigger `tour` is gone".into());
        Some(listed(&rows, None))
    });
    let page = list_of(&server).await;
    assert!(page.root_says("the trigger `tour` is gone"));
    let headings = || {
        let headings = page.all("th[aria-sort]");
        headings
            .iter()
            .filter(|it| it.get_attribute("aria-sort").as_deref() != Some("none"))
            .map(|it| it.text_content().unwrap() + " " + &it.get_attribute("aria-sort").unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(headings(), ["Updated descending"]);
    page.find("button", "Sent").click();
    until("it is sorted", || shown(&page) == ["help", "cart", "away"]).await;
    assert_eq!(headings(), ["Sent descending"]);
    page.find("button", "Sent").click();
    until("the other way", || shown(&page) == ["away", "cart", "help"]).await;
    assert_eq!(headings(), ["Sent ascending"]);

    page.find("button", "Live 1").click();
    until("only live ones", || shown(&page) == ["cart"]).await;
    page.type_into("input[type=search]", "HEL");
    until("nothing fits", || page.says("status", "No trigger fits")).await;
    page.find("button", "Show all").click();
    until("all of them", || shown(&page).len() == 3).await;
}

#[wasm_bindgen_test]
async fn what_was_shown_too_early_is_taken_back() {
    let server = Server::new();
    server.answer(|_| Some(listed(&[row("help", TriggerStatus::Live)], None)));
    let page = list_of(&server).await;
    let menu = page.find("button", "Actions for help");
    menu.click();
    until("the menu is open", || focused() == "Edit").await;
    press(&page.find("menuitem", "Edit"), "ArrowDown");
    assert_eq!(focused(), "Pause");
    server.hold(true);
    server.answer(|ask| {
        Some(if ask.method == "POST" {
            refused(412, "conflict")
        } else {
            let mut now = row("help", TriggerStatus::Live);
            now.name = "Changed by Rui".into();
            listed(&[now], None)
        })
    });
    page.find("menuitem", "Pause").click();
    until("it is shown at once", || page.has_text(".status", "Paused")).await;
    assert_eq!(focused(), "Actions for help");
    server.hold(false);
    until("it says so", || {
        page.says("alert", "Someone else has changed “help”")
    })
    .await;
    until("it is as it is now", || shown(&page) == ["Changed by Rui"]).await;
    assert!(page.has_text(".status", "Live"));
    let asked = server.asked();
    assert!(asked.contains(&"POST /api/sites/demo/triggers/help/pause".into()));
}

#[wasm_bindgen_test]
async fn deleting_asks_says_what_is_lost_and_leads_to_the_next() {
    let server = Server::new();
    server.answer(|ask| {
        let mut rows = [
            row("cart", TriggerStatus::Paused),
            row("help", TriggerStatus::Live),
        ];
        rows[0].version = Some(3);
        rows[0].people.sent = 1;
        Some(match ask.method {
            "DELETE" => answered(204, ""),
            _ if ask.path.contains("/versions") => answered(200, studio::NEEDS_CART),
            _ => listed(&rows, None),
        })
    });
    let page = list_of(&server).await;
    page.find("button", "Actions for cart").click();
    until("the menu is open", || focused() == "Edit").await;
    page.find("menuitem", "Delete…").click();
    until("it asks", || focused() == "Cancel").await;
    until("it says what is lost", || {
        [
            "all 3 published versions",
            "from 1 person",
            "Live triggers that need it stop: help",
        ]
        .iter()
        .all(|loss| page.root_says(loss))
    })
    .await;
    page.find("button", "Cancel").click();
    until("nothing is asked", || page.all("dialog").is_empty()).await;
    until("the focus is back", || focused() == "cart").await;

    page.find("button", "Actions for cart").click();
    until("the menu is open", || focused() == "Edit").await;
    page.find("menuitem", "Delete…").click();
    until("it asks", || focused() == "Cancel").await;
    server.answer(|ask| {
        Some(match ask.method {
            "DELETE" => answered(204, ""),
            _ => listed(&[row("help", TriggerStatus::Live)], None),
        })
    });
    page.find("button", "Delete for good").click();
    until("it is gone", || shown(&page) == ["help"]).await;
    until("the next has the focus", || focused() == "help").await;
    let asked = server.last_asked("DELETE").unwrap();
    assert_eq!(asked.expected, saluda_desk::Expected::Revision(1));
}

#[wasm_bindgen_test]
async fn a_clone_is_a_draft_with_a_name_of_its_own() {
    let server = Server::new();
    server.answer(|ask| {
        Some(if ask.method == "POST" {
            let mut copy = row("help-copy-2", TriggerStatus::Draft);
            copy.name = "help (copy)".into();
            answered(201, &studio::detail(copy))
        } else {
            listed(&[row("help", TriggerStatus::Live)], None)
        })
    });
    let page = list_of(&server).await;
    page.find("button", "Actions for help").click();
    until("the menu is open", || focused() == "Edit").await;
    page.find("menuitem", "Clone").click();
    until("it is there", || {
        shown(&page).contains(&"help (copy)".into())
    })
    .await;
    until("it has the focus", || focused() == "help (copy)").await;
    let asked = server.last_asked("POST").unwrap();
    assert_eq!(asked.path, "/api/sites/demo/triggers/help/clone");
    assert_eq!(asked.body.as_deref(), Some(r#"{"name":"help (copy)"}"#));
}
