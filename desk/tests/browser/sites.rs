//! Several sites at one desk.

use leptos::prelude::window;
use saluda_protocol::agent::Membership;
use saluda_protocol::studio::TriggerStatus;
use saluda_protocol::{AgentFrame, SiteId};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, pause, until};
use crate::server::{Server, membership};
use crate::studio::{answered, detail, listed, row};

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
    // The server takes its time.
    pause().await;
    server.welcome_to(two());
    until("its triggers were asked for", || {
        server.asked() == ["GET /api/sites/tea/triggers"]
    })
    .await;
    assert_eq!(address(), "/desk/triggers?site=tea");
}

/// The rows of the list: the names of the triggers and of their sites.
fn shown(page: &Page) -> Vec<String> {
    let rows = page.all("tr[data-row]");
    let words = rows.iter().map(|row| {
        let word = |selector: &str| {
            let cell = row.query_selector(selector).unwrap();
            cell.and_then(|cell| cell.text_content())
                .unwrap_or_default()
        };
        format!("{} at {}", word("[data-trigger]"), word(".trigger-site"))
    });
    words.collect()
}

/// Answers for both sites: each has `help`, and one of its own.
fn answer_for_both(server: &Server) {
    server.answer(|ask| {
        if let Some(path) = ask.path.strip_suffix("/pause") {
            let mut paused = row("help", TriggerStatus::Paused);
            paused.revision = 2;
            assert_eq!(path, "/api/sites/tea/triggers/help");
            return Some(answered(200, &detail(paused)));
        }
        let own = if ask.path.contains("/tea/") {
            "kettle"
        } else {
            "cart"
        };
        let both = [
            row("help", TriggerStatus::Live),
            row(own, TriggerStatus::Draft),
        ];
        Some(listed(&both, None))
    });
}

#[wasm_bindgen_test]
async fn one_list_goes_over_all_sites_and_sorts_by_them() {
    let server = Server::new();
    answer_for_both(&server);
    let page = Page::at(&server, "/desk/triggers");
    server.welcome_to(two());
    until("the first site's are there", || page.has("link", "cart")).await;
    assert!(!page.has("columnheader", "Site"), "they are all of one");
    let chooser = page.all("select.sites").remove(0);
    crate::page::change(&chooser, "all");
    until("all are there", || shown(&page).len() == 4).await;
    assert_eq!(address(), "/desk/all-triggers");
    page.find("button", "Site").click();
    until("they are sorted", || {
        shown(&page)
            == [
                "cart at Alba Coffee",
                "help at Alba Coffee",
                "help at Alba Tea",
                "kettle at Alba Tea",
            ]
    })
    .await;
    page.find("button", "Site").click();
    until("the other way", || {
        shown(&page)
            .first()
            .is_some_and(|it| it == "help at Alba Tea")
    })
    .await;
    assert!(page.has("button", "Live 2"));
    assert!(
        !page.has("link", "New trigger"),
        "nobody says of which site"
    );
    // Back to one of them: it is sorted by what it has.
    let chooser = page.all("select.sites").remove(0);
    crate::page::change(&chooser, &SiteId::from_random([1; 16]).to_string());
    until("it is one site's again", || {
        !page.has("columnheader", "Site") && page.has("link", "cart")
    })
    .await;
    assert_eq!(address(), "/desk/triggers?site=demo");
}

#[wasm_bindgen_test]
async fn what_is_done_in_the_list_of_all_is_done_on_the_triggers_site() {
    let server = Server::new();
    answer_for_both(&server);
    let page = Page::at(&server, "/desk/all-triggers");
    server.welcome_to(two());
    until("all are there", || shown(&page).len() == 4).await;
    let menu = page
        .all("tr[data-site=tea][data-row=help] .trigger-menu button")
        .remove(0);
    menu.click();
    until("the menu is open", || page.has("menuitem", "Pause")).await;
    page.find("menuitem", "Pause").click();
    let state = |site: &str| {
        let cell = format!("tr[data-site={site}][data-row=help] .trigger-state");
        page.all(&cell).remove(0).text_content().unwrap()
    };
    until("it is paused", || state("tea") == "Paused").await;
    assert_eq!(state("demo"), "Live", "the other site has one of this name");
    assert_eq!(watched(&server), Some(SiteId::from_random([1; 16])));

    let link: web_sys::HtmlElement = page
        .all("tr[data-site=tea] [data-trigger=kettle]")
        .remove(0);
    link.click();
    until("it is opened where it is", || {
        address() == "/desk/triggers/kettle?site=tea"
    })
    .await;
    assert_eq!(watched(&server), Some(SiteId::from_random([2; 16])));
    until("the way back is there", || {
        page.has("link", "Back to the triggers")
    })
    .await;
    page.find("link", "Back to the triggers").click();
    until("the list is that of all", || shown(&page).len() == 4).await;
    assert_eq!(address(), "/desk/all-triggers");
}

#[wasm_bindgen_test]
async fn a_site_whose_triggers_cannot_be_had_is_named_beside_those_that_can() {
    let server = Server::new();
    server.answer(|ask| {
        ask.path
            .contains("/tea/")
            .then(|| listed(&[row("kettle", TriggerStatus::Live)], None))
    });
    let page = Page::at(&server, "/desk/all-triggers");
    server.welcome_to(two());
    until("what there is stands there", || {
        shown(&page) == ["kettle at Alba Tea"]
    })
    .await;
    assert!(page.says("alert", "The triggers of Alba Coffee could not be loaded."));
    answer_for_both(&server);
    page.find("button", "Try again").click();
    until("the other's came", || shown(&page).len() == 4).await;
    assert!(!page.says("alert", "could not be loaded"));
}
