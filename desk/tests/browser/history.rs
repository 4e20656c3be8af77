//! Who changed a trigger, in its editor.

use saluda_protocol::studio::{Actor, Happened, History, HistoryEntry, TriggerStatus};
use saluda_protocol::{AgentId, Millis};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, until};
use crate::server::{NOW, Server};
use crate::studio::{answered, detail, listed, refused, row};

fn entry(number: u64, by: Actor, what: Happened) -> HistoryEntry {
    HistoryEntry {
        number,
        trigger: "help".parse().unwrap(),
        at: Millis(NOW.0 - 3_600_000 * 24 * 20),
        by,
        what,
    }
}

/// Who is signed in.
fn me() -> AgentId {
    AgentId::from_random([1; 16])
}

fn nora() -> Actor {
    Actor::Agent {
        id: AgentId::from_random([7; 16]),
        name: "Nora Lima".into(),
    }
}

fn page_of(entries: Vec<HistoryEntry>, next: Option<u64>) -> String {
    serde_json::to_string(&History { entries, next }).unwrap()
}

#[wasm_bindgen_test]
async fn the_latest_change_stands_in_the_head_and_all_of_them_in_a_card() {
    let server = Server::new();
    server.answer(|ask| {
        let path = ask.path.rsplit('/').next().unwrap();
        let published = Happened::Published { version: 2 };
        let by_tool = Actor::Token {
            agent: me(),
            name: "Rui Santos".into(),
            token: "Deploys".into(),
        };
        Some(match path {
            "help" => answered(200, &detail(row("help", TriggerStatus::Live))),
            "history?limit=10" => {
                let entries = vec![
                    entry(9, nora(), published),
                    entry(8, by_tool, Happened::Edited),
                ];
                answered(200, &page_of(entries, Some(8)))
            }
            "history?limit=10&before=8" => {
                let mine = Actor::Agent {
                    id: me(),
                    name: "Rui Santos".into(),
                };
                answered(200, &page_of(vec![entry(1, mine, Happened::Created)], None))
            }
            _ => listed(&[row("help", TriggerStatus::Live)], None),
        })
    });
    let page = Page::at(&server, "/desk/triggers/help");
    server.welcome();
    until("the head says it", || {
        page.root_says("Published as version 2, ") && page.root_says("by Nora Lima")
    })
    .await;
    assert!(page.root_says("Rui Santos, with the token “Deploys”"));
    page.find("button", "Show earlier changes").click();
    until("the rest is there", || {
        page.all(".change").len() == 3 && !page.has("button", "Show earlier changes")
    })
    .await;
    let first = page.all(".change").remove(2).text_content().unwrap();
    assert!(
        first.starts_with("Made") && first.ends_with("· you"),
        "{first}"
    );
}

#[wasm_bindgen_test]
async fn a_history_that_fails_can_be_tried_again() {
    let server = Server::new();
    server.answer(|ask| {
        Some(match ask.path.rsplit('/').next().unwrap() {
            "help" => answered(200, &detail(row("help", TriggerStatus::Live))),
            "history?limit=10" => refused(500, "internal"),
            _ => listed(&[row("help", TriggerStatus::Live)], None),
        })
    });
    let page = Page::at(&server, "/desk/triggers/help");
    server.welcome();
    let card = || page.all("[aria-labelledby=history-title]").remove(0);
    until("it says so", || {
        !page
            .all("[aria-labelledby=history-title] [role=alert]")
            .is_empty()
    })
    .await;
    server.answer(|_| {
        Some(answered(
            200,
            &page_of(vec![entry(1, nora(), Happened::Created)], None),
        ))
    });
    let again = card().query_selector("button").unwrap().unwrap();
    wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(again).click();
    until("it is there", || page.all(".change").len() == 1).await;
}
