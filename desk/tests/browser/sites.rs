//! Several sites at one desk.

use leptos::prelude::window;
use saluda_protocol::agent::Membership;
use saluda_protocol::studio::TriggerStatus;
use saluda_protocol::{AgentFrame, SiteId};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, until};
use crate::server::{Server, membership};
use crate::studio::{listed, row};

/// The sites of someone who works on two.
fn two() -> Vec<Membership> {
    vec![
        membership(1, "demo", "Alba Coffee"),
        membership(2, "tea", "Alba Tea"),
    ]
}

/// The site that was watched last.
fn watched(server: &Server) -> Option<SiteId> {
    let sites = server.heard().into_iter().rev();
    let mut sites = sites.filter_map(|frame| match frame {
        AgentFrame::Watch { site, .. } => Some(site),
        _ => None,
    });
    sites.next()
}

fn address() -> String {
    let location = window().location();
    location.pathname().unwrap() + &location.search().unwrap()
}

#[wasm_bindgen_test]
async fn an_address_names_its_site_and_leads_back_to_it() {
    let server = Server::new();
    server.answer(|ask| {
        let id = if ask.path.contains("/tea/") {
            "kettle"
        } else {
            "help"
        };
        Some(listed(&[row(id, TriggerStatus::Live)], None))
    });
    let page = Page::at(&server, "/desk/triggers");
    server.welcome_to(two());
    until("it names the first site", || {
        address() == "/desk/triggers?site=demo"
    })
    .await;
    let chooser = page.all("select.sites").remove(0);
    crate::page::change(&chooser, &SiteId::from_random([2; 16]).to_string());
    until("the other list is there", || page.has("link", "kettle")).await;
    assert_eq!(address(), "/desk/triggers?site=tea");
    window().history().unwrap().back().unwrap();
    until("the first list is there", || page.has("link", "help")).await;
    assert_eq!(address(), "/desk/triggers?site=demo");
    assert_eq!(watched(&server), Some(SiteId::from_random([1; 16])));
}

#[wasm_bindgen_test]
async fn a_link_from_a_colleague_opens_on_its_site() {
    let server = Server::new();
    server.answer(|_| Some(listed(&[row("kettle", TriggerStatus::Live)], None)));
    let _page = Page::at(&server, "/desk/triggers?site=tea");
    server.welcome_to(two());
    until("its triggers were asked for", || {
        server.asked() == ["GET /api/sites/tea/triggers"]
    })
    .await;
    assert_eq!(address(), "/desk/triggers?site=tea");
}
