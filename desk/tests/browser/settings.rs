//! What the owner of a site chose, and how its pages come by the widget.

use std::cell::Cell;
use std::rc::Rc;

use saluda_desk::{Answer, Ask, Expected};
use saluda_protocol::agent::Role;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, change, focused, press, until};
use crate::server::Server;
use crate::studio::{answered, listed, mistaken, refused};

/// What the owner chose.
pub(crate) fn form() -> Value {
    json!({
        "name": "Alba Coffee", "origins": ["https://alba.example"], "accent": "#0b6e76",
        "corner": "end",
        "launcher": { "style": "icon", "label": {} },
        "notices": { "badge": true, "title": true, "sound": true }, "texts": {}, "reply_within_ms": 3_600_000,
        "email": { "ask": { "unanswered": 60_000 }, "required": false },
        "agent_text_chars": 512, "retention_days": 730,
        "attention": { "per_visit": 3, "per_day": 6, "gap_ms": 30_000, "holdout": 0 },
        "hours": null, "senders": { "lucia": "Lucía" }, "form": null, "rating": null
    })
}

/// The settings of the site with this form, after so many changes.
pub(crate) fn site(form: &Value, revision: u64) -> Answer {
    let body = json!({
        "key": "demo", "revision": revision, "settings": form,
        "look": {}, "contrast": {}, "warnings": [], "stopped": []
    });
    answered(200, &body.to_string())
}

/// How pages come by the widget; one of them has it if it was seen.
fn embed(seen: bool) -> Answer {
    let body = json!({
        "server": "https://chat.example",
        "snippet": "<script async crossorigin src=\"https://chat.example/widget.js\" data-site=\"demo\"></script>",
        "policy": [
            { "directive": "script-src", "sources": ["https://chat.example"], "why": "The loader." },
            { "directive": "img-src", "sources": [], "why": "Nothing." }
        ],
        "connected": [{
            "origin": "https://alba.example",
            "first_at": seen.then_some(1_794_999_600_000_u64),
            "last_at": seen.then_some(1_794_999_600_000_u64)
        }],
        "warnings": []
    });
    answered(200, &body.to_string())
}

/// The page of the settings at an address, for someone with this role. Saving is
/// answered so.
pub(crate) fn page_as(
    server: &Server,
    role: Role,
    name: &str,
    save: impl Fn(&Ask) -> Answer + 'static,
) -> Page {
    server.answer(move |ask| {
        Some(match (ask.method, ask.path.rsplit('/').next().unwrap()) {
            ("GET", "settings") => site(&form(), 4),
            ("GET", "embed") => embed(false),
            ("PUT", _) => save(ask),
            _ => listed(&[], None),
        })
    });
    let page = Page::at(server, &format!("/desk/settings/{name}"));
    server.welcome_as(role);
    page
}

pub(crate) async fn page(
    server: &Server,
    name: &str,
    save: impl Fn(&Ask) -> Answer + 'static,
) -> Page {
    let page = page_as(server, Role::Administrator, name, save);
    until("the page is there", || {
        !page.all(".settings-form").is_empty()
    })
    .await;
    page
}

/// What was sent to be kept.
pub(crate) fn sent(server: &Server) -> Value {
    let ask = server.last_asked("PUT").unwrap();
    serde_json::from_str(&ask.body.unwrap()).unwrap()
}

#[wasm_bindgen_test]
async fn what_is_typed_is_saved_whole_and_against_its_revision() {
    let server = Server::new();
    let page = page(&server, "site", |ask| {
        let form = serde_json::from_str(ask.body.as_ref().unwrap()).unwrap();
        site(&form, 5)
    })
    .await;
    assert!(!page.has("button", "Save"), "nothing is to be saved yet");
    page.fill("Name", "Alba Roasters");
    page.fill("Longest answer", "800");
    until("it can be saved", || page.has("button", "Save")).await;
    page.find("button", "Save").click();
    until("it is told", || page.says("status", "Saved.")).await;
    let ask = server.last_asked("PUT").unwrap();
    assert_eq!(ask.expected, Expected::Revision(4));
    let mut wanted = form();
    wanted["name"] = "Alba Roasters".into();
    wanted["agent_text_chars"] = 800.into();
    assert_eq!(sent(&server), wanted);
    assert!(!page.has("button", "Save"), "nothing is left to save");
    // The name stands wherever the site does.
    until("the site is called so", || {
        page.has_text(".studio-head .site", "Alba Roasters")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_mistake_stands_at_its_field_and_what_was_typed_stays() {
    let server = Server::new();
    let page = page(&server, "site", |_| {
        mistaken(&[
            ("origins[0]", "no origin"),
            ("hours.weekly.mon[0]", "no window"),
        ])
    })
    .await;
    page.fill("Origin 1", "alba");
    until("it can be saved", || page.has("button", "Save")).await;
    page.find("button", "Save").click();
    until("the mistakes are told", || {
        focused() == "2 things to mend. Nothing was saved."
    })
    .await;
    let origin = page.field("Origin 1");
    assert_eq!(
        origin.get_attribute("aria-invalid").as_deref(),
        Some("true")
    );
    let told = page.all("#wrong-origins-0-");
    assert_eq!(told[0].text_content().as_deref(), Some("no origin"));
    assert_eq!(page.value("Origin 1"), "alba");
    // What is wrong on another page is reached from here.
    let way = page.all(".settings-mistakes a");
    assert_eq!(
        way[0].get_attribute("href").as_deref(),
        Some("/desk/settings/hours")
    );
    page.find("button", "Where your pages live: no origin")
        .click();
    until("the field has the focus", || focused() == "Origin 1").await;
    page.fill("Origin 1", "https://alba.example");
    until("it is mended", || {
        page.field("Origin 1")
            .get_attribute("aria-invalid")
            .is_none()
    })
    .await;
}

#[wasm_bindgen_test]
async fn two_who_change_different_things_lose_nothing_and_decide_nothing() {
    let server = Server::new();
    let page = page(&server, "site", |_| refused(412, "conflict")).await;
    page.fill("Name", "Alba Roasters");
    server.answer(|ask| {
        let mut theirs = form();
        theirs["accent"] = "#aa0000".into();
        Some(match ask.method {
            "PUT" if ask.expected == Expected::Revision(5) => site(
                &serde_json::from_str(ask.body.as_ref().unwrap()).unwrap(),
                6,
            ),
            "PUT" => refused(412, "conflict"),
            _ => site(&theirs, 5),
        })
    });
    until("it can be saved", || page.has("button", "Save")).await;
    page.find("button", "Save").click();
    until("it is told", || {
        page.says("alert", "Someone else saved other settings meanwhile")
    })
    .await;
    assert_eq!(page.value("Name"), "Alba Roasters");
    page.find("button", "Save").click();
    until("it is saved", || page.says("status", "Saved.")).await;
    assert_eq!(sent(&server)["accent"], "#aa0000");
    assert_eq!(sent(&server)["name"], "Alba Roasters");
}

#[wasm_bindgen_test]
async fn two_who_change_the_same_are_asked() {
    let server = Server::new();
    let page = page(&server, "site", |_| refused(412, "conflict")).await;
    page.fill("Name", "Mine");
    page.fill("Longest answer", "800");
    server.answer(|ask| {
        let mut theirs = form();
        theirs["name"] = "Theirs".into();
        Some(match ask.method {
            "PUT" => refused(412, "conflict"),
            _ => site(&theirs, 5),
        })
    });
    until("it can be saved", || page.has("button", "Save")).await;
    page.find("button", "Save").click();
    until("it asks", || {
        focused() == "Someone else changed the same meanwhile"
    })
    .await;
    assert!(page.root_says("\"name\": \"Theirs\""));
    let before = server.asked().len();
    page.find("button", "Save").click();
    assert_eq!(
        server.asked().len(),
        before,
        "what is there is decided first"
    );
    page.find("button", "Take theirs").click();
    until("it is theirs", || page.value("Name") == "Theirs").await;
    assert_eq!(page.value("Longest answer"), "800", "and the rest is mine");
}

#[wasm_bindgen_test]
async fn a_look_elsewhere_loses_nothing() {
    let server = Server::new();
    let page = page(&server, "site", |_| refused(500, "internal")).await;
    page.fill("Name", "Typed");
    page.all(".settings-nav a[href$=appearance]")
        .remove(0)
        .click();
    until("the other page is there", || page.root_says("Senders")).await;
    until("its title has the focus", || focused() == "Appearance").await;
    assert!(page.has("button", "Save"), "it is still not saved");
    page.all(".settings-nav a[href$=site]").remove(0).click();
    until("it is still there", || {
        page.all("#set-name").len() == 1 && page.value("Name") == "Typed"
    })
    .await;
    page.find("button", "Discard").click();
    until("it is as it was", || page.value("Name") == "Alba Coffee").await;
    assert!(!page.has("button", "Save"));
}

#[wasm_bindgen_test]
async fn whoever_may_only_look_changes_nothing() {
    let server = Server::new();
    let page = page_as(&server, Role::Agent, "site", |_| refused(403, "forbidden"));
    until("it says so", || page.root_says("ask an administrator")).await;
    let fields = page.all("fieldset.settings-form:disabled #set-name");
    assert_eq!(fields.len(), 1, "the name is there to be read");
}

#[wasm_bindgen_test]
async fn settings_that_cannot_be_had_are_asked_for_again() {
    let server = Server::new();
    let page = Page::at(&server, "/desk/settings/site");
    server.welcome();
    until("it says so", || {
        page.says("alert", "The settings could not be loaded")
    })
    .await;
    server.answer(|_| Some(site(&form(), 1)));
    page.find("button", "Try again").click();
    until("they are there", || page.all("#set-name").len() == 1).await;
}

#[wasm_bindgen_test]
async fn the_light_turns_green_when_a_page_has_the_widget() {
    let server = Server::new();
    let page = page_as(&server, Role::Administrator, "embed", |_| {
        refused(500, "internal")
    });
    until("it waits", || {
        page.says("status", "Waiting for the first page")
    })
    .await;
    assert!(page.root_says("data-site=\"demo\"></script>"));
    assert!(page.root_says("script-src https://chat.example"));
    assert!(!page.root_says("img-src"), "what needs nothing is no line");
    change_checked(&page, "My pages ask for consent first");
    until("the snippet says so", || {
        page.root_says("data-consent=\"required\"")
    })
    .await;
    server.answer(|_| Some(embed(true)));
    // Whoever comes back to the desk sees it at once.
    let focus = web_sys::Event::new("focus").unwrap();
    leptos::prelude::window().dispatch_event(&focus).unwrap();
    until("it is green", || {
        page.says("status", "Connected: the widget is on your site")
    })
    .await;
    assert!(page.root_says("Seen just now"));
}

#[wasm_bindgen_test]
async fn a_colour_says_how_it_reads_before_it_is_saved() {
    let server = Server::new();
    let page = page(&server, "appearance", |_| refused(500, "internal")).await;
    until("it can be read", || {
        page.root_says("On a white page: 5.98 to 1. It can be read.")
    })
    .await;
    page.fill("Colour, as #rrggbb", "#ffe600");
    until("it cannot", || {
        page.root_says("Too bright for a white page: 1.26 to 1")
    })
    .await;
    let launchers = page.all(".look-launcher");
    let ground = launchers[0]
        .style()
        .get_property_value("background-color")
        .unwrap();
    assert_ne!(ground, "rgb(255, 230, 0)", "pages get another");
    page.fill("Colour, as #rrggbb", "#ffe6");
    until("it is none yet", || page.root_says("Write it as #0b6e76.")).await;
    assert_eq!(page.value("Colour, as #rrggbb"), "#ffe6");
}

#[wasm_bindgen_test]
async fn the_launcher_says_what_the_owner_says_in_each_language() {
    let server = Server::new();
    let page = page(&server, "appearance", |ask| {
        let form = serde_json::from_str(ask.body.as_ref().unwrap()).unwrap();
        site(&form, 5)
    })
    .await;
    assert!(!page.root_says("On the launcher"), "it has no words yet");
    page.field("A button with words").click();
    until("it wants words", || page.root_says("On the launcher")).await;
    page.fill("On the launcher", "Ask us");
    until("it is drawn so", || {
        page.has_text(".look-launcher", "Ask us")
    })
    .await;
    page.find("button", "Spanish").click();
    until("in Spanish it has none", || {
        page.value("On the launcher").is_empty()
    })
    .await;
    page.fill("Above an empty chat", "Hola desde Oporto");
    page.fill("While nobody is at the desk", "Tostamos.");
    page.fill("While nobody is at the desk", "");
    page.field("Play a short sound").click();
    page.find("button", "Save").click();
    until("it is told", || page.says("status", "Saved.")).await;
    let mut wanted = form();
    wanted["notices"]["sound"] = json!(false);
    wanted["launcher"] = json!({ "style": "label", "label": { "en": "Ask us" } });
    wanted["texts"] = json!({ "es": { "welcome_title": "Hola desde Oporto" } });
    assert_eq!(sent(&server), wanted);
    page.fill("Above an empty chat", "");
    page.field("None: the page has its own").click();
    until("it is said how it opens", || {
        page.root_says("Saluda('open')")
    })
    .await;
    assert!(!page.root_says("On the launcher"));
}

#[wasm_bindgen_test]
async fn a_sender_is_added_and_one_that_is_taken_out_stops_triggers() {
    let server = Server::new();
    let page = page(&server, "appearance", |ask| {
        let form: Value = serde_json::from_str(ask.body.as_ref().unwrap()).unwrap();
        let body = json!({
            "revision": 5, "settings": form, "warnings": [],
            "stopped": [{ "id": "help", "name": "Help", "reason": "there is no sender `lucia`" }]
        });
        answered(200, &body.to_string())
    })
    .await;
    page.fill("New sender", "Rui Sá");
    press(&page.field("New sender"), "Enter");
    until("it is there", || page.all("#set-senders-rui-sa").len() == 1).await;
    page.find("button", "Remove Lucía").click();
    until("she is gone", || page.all("#set-senders-lucia").is_empty()).await;
    page.find("button", "Save").click();
    until("what stopped is named", || {
        page.root_says("These triggers have stopped")
    })
    .await;
    assert_eq!(sent(&server)["senders"], json!({ "rui-sa": "Rui Sá" }));
    let way = page.all(".settings-outcome a");
    assert_eq!(
        way[0].get_attribute("href").as_deref(),
        Some("/desk/triggers/help")
    );
}

#[wasm_bindgen_test]
async fn spans_and_bounds_are_kept_in_their_units() {
    let server = Server::new();
    let page = page(&server, "site", |ask| {
        site(
            &serde_json::from_str(ask.body.as_ref().unwrap()).unwrap(),
            5,
        )
    })
    .await;
    assert_eq!(page.value("After"), "1");
    change(&page.field("After: unit"), "3600000");
    page.fill("After", "2");
    change_checked(&page, "At most so many in a day");
    page.fill("Least time between two greetings", "");
    until("it can be saved", || page.has("button", "Save")).await;
    page.find("button", "Save").click();
    until("it is saved", || page.says("status", "Saved.")).await;
    let sent = sent(&server);
    assert_eq!(sent["email"]["ask"], json!({ "unanswered": 7_200_000 }));
    assert_eq!(sent["attention"]["per_day"], Value::Null);
    // What is no number goes as it was typed: the server says what is wrong.
    assert_eq!(sent["attention"]["gap_ms"], "");
}

#[wasm_bindgen_test]
async fn saving_twice_saves_once() {
    let server = Server::new();
    let asked = Rc::new(Cell::new(0));
    let counted = Rc::clone(&asked);
    let page = page(&server, "site", move |ask| {
        counted.set(counted.get() + 1);
        site(
            &serde_json::from_str(ask.body.as_ref().unwrap()).unwrap(),
            5,
        )
    })
    .await;
    page.fill("Name", "Alba Roasters");
    until("it can be saved", || page.has("button", "Save")).await;
    server.hold(true);
    let save = page.find("button", "Save");
    save.click();
    until("it is on its way", || page.has("button", "Saving…")).await;
    save.click();
    press(&page.field("Name"), "Control+s");
    server.hold(false);
    until("it is saved", || page.says("status", "Saved.")).await;
    assert_eq!(asked.get(), 1);
}

/// Ticks the box that is called so, or takes the tick away.
fn change_checked(page: &Page, name: &str) {
    page.field(name).click();
}
