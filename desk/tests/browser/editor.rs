//! The editor of one trigger.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::window;
use saluda_desk::{Answer, Ask, Expected};
use saluda_protocol::agent::Role;
use saluda_protocol::studio::TriggerStatus;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlTextAreaElement;

use crate::page::{Page, focused, focused_path, press, until};
use crate::server::Server;
use crate::studio::{SETTINGS, answered, detail, listed, mistaken, refused, row};

const HELP: &str = "/desk/triggers/help";

/// What is kept of `help`: its name and its revision.
pub(crate) type Kept = Rc<RefCell<(String, u64)>>;

fn answer_kept(kept: &Kept, ask: &Ask) -> Answer {
    let now = |status| {
        let (name, revision) = &*kept.borrow();
        let mut now = row("help", status);
        now.name.clone_from(name);
        now.revision = *revision;
        answered(200, &detail(now))
    };
    let stale = match ask.expected {
        Expected::Revision(revision) => revision != kept.borrow().1,
        Expected::Any | Expected::Nothing => false,
    };
    match (ask.method, ask.path.rsplit('/').next().unwrap_or_default()) {
        (_, versions) if versions.starts_with("versions") => {
            answered(200, r#"{"versions":[],"next":null}"#)
        }
        ("GET", "settings") => answered(200, SETTINGS),
        ("GET", "help") => now(TriggerStatus::Draft),
        (_, _) if stale => refused(412, "conflict"),
        ("PUT", "help") => {
            let form: serde_json::Value =
                serde_json::from_str(ask.body.as_deref().unwrap_or_default()).unwrap_or_default();
            if form["colour"].is_string() {
                return mistaken(&[("colour", "there is no field `colour`")]);
            }
            let mut kept = kept.borrow_mut();
            form["name"].as_str().unwrap().clone_into(&mut kept.0);
            kept.1 += 1;
            drop(kept);
            now(TriggerStatus::Draft)
        }
        ("POST", "publish") => {
            kept.borrow_mut().1 += 1;
            now(TriggerStatus::Live)
        }
        _ => listed(&[row("help", TriggerStatus::Draft)], None),
    }
}

/// The editor of `help`, and what the server keeps of it.
pub(crate) async fn editor(server: &Server) -> (Page, Kept) {
    editor_as(server, Role::Administrator, |_| None).await
}

/// The same for someone with this role, where some requests are answered in
/// another way.
pub(crate) async fn editor_as(
    server: &Server,
    role: Role,
    otherwise: impl Fn(&Ask) -> Option<Answer> + 'static,
) -> (Page, Kept) {
    let kept: Kept = Rc::new(RefCell::new(("help".to_owned(), 1)));
    let keeps = Rc::clone(&kept);
    server.answer(move |ask| Some(otherwise(ask).unwrap_or_else(|| answer_kept(&keeps, ask))));
    let page = Page::at(server, HELP);
    server.welcome_as(role);
    until("the form is there", || !page.all(".form-text").is_empty()).await;
    until("it is filled", || !form(&page).value().is_empty()).await;
    (page, kept)
}

pub(crate) fn form(page: &Page) -> HtmlTextAreaElement {
    page.all(".form-text").remove(0).unchecked_into()
}

/// Puts other words in the place of some in the form.
fn rewrite(page: &Page, before: &str, after: &str) {
    let text = form(page).value();
    assert!(text.contains(before), "{text}");
    page.type_into(".form-text", &text.replace(before, after));
}

pub(crate) fn selected(page: &Page) -> String {
    let field = form(page);
    let (from, to) = (
        field.selection_start().unwrap().unwrap() as usize,
        field.selection_end().unwrap().unwrap() as usize,
    );
    field.value()[from..to].to_owned()
}

pub(crate) fn said(page: &Page) -> String {
    page.all(".says").remove(0).text_content().unwrap()
}

#[wasm_bindgen_test]
async fn the_sentence_follows_the_form_and_leads_into_it() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    assert_eq!(
        said(&page),
        "Show “Hello” from the site’s sender to every visitor, at any time, once per visitor, \
         and after a dismissal not again this visit."
    );
    rewrite(&page, "\"once\"", "\"visit\"");
    until("it follows", || said(&page).contains("once per visit, and")).await;
    press(&page.find("button", "“Hello”"), "Enter");
    until("the greeting can be written", || {
        focused_path() == "greeting.text"
    })
    .await;
    page.find("button", "once per visit").click();
    until("how often can be chosen", || focused_path() == "frequency").await;

    page.type_into(".form-text", "{\n  \"name\": 1 2");
    until("it stays", || page.root_says("The sentence follows again")).await;
    assert!(said(&page).contains("once per visit"));
    assert!(page.root_says("Line 2, column 13: this is not JSON yet"));
}

#[wasm_bindgen_test]
async fn mistakes_are_named_and_lead_to_their_place() {
    let server = Server::new();
    let (page, kept) = editor(&server).await;
    rewrite(
        &page,
        "\"name\": \"help\"",
        "\"name\": \"Help\", \"colour\": \"red\"",
    );
    page.find("button", "Save draft").click();
    until("it says so", || focused().starts_with("1 mistake")).await;
    page.find("button", "colourthere is no field `colour`")
        .click();
    assert_eq!(selected(&page), "\"red\"");
    assert_eq!(kept.borrow().1, 1, "nothing was changed");

    rewrite(&page, ", \"colour\": \"red\"", "");
    press(&form(&page), "Control+s");
    until("it is saved", || kept.borrow().0 == "Help").await;
    until("no mistake is left", || !page.root_says("1 mistake")).await;
    assert!(form(&page).value().contains("\"Help\""), "as it was typed");
}

#[wasm_bindgen_test]
async fn who_saves_second_sees_both_and_loses_nothing() {
    let server = Server::new();
    let (page, kept) = editor(&server).await;
    rewrite(
        &page,
        "\"help\",\n  \"priority\"",
        "\"Mine\",\n  \"priority\"",
    );
    *kept.borrow_mut() = ("Theirs".to_owned(), 2);
    page.find("button", "Save draft").click();
    until("it says so", || {
        focused().starts_with("Someone else saved this trigger")
    })
    .await;
    assert!(page.says("group", "removed:   \"name\": \"Theirs\","));
    assert!(page.says("group", "added:   \"name\": \"Mine\","));

    page.find("button", "Take theirs").click();
    until("it is theirs", || form(&page).value().contains("Theirs")).await;
    page.find("button", "Bring it back").click();
    until("it is mine again", || form(&page).value().contains("Mine")).await;
    page.find("button", "Save draft").click();
    until("it is saved", || kept.borrow().0 == "Mine").await;
    let put = server.last_asked("PUT").unwrap();
    assert_eq!(put.expected, Expected::Revision(2));
}

#[wasm_bindgen_test]
async fn one_can_go_on_with_ones_own() {
    let server = Server::new();
    let (page, kept) = editor(&server).await;
    rewrite(&page, "\"once\"", "\"always\"");
    *kept.borrow_mut() = ("Theirs".to_owned(), 5);
    page.find("button", "Publish").click();
    until("it says so", || page.has("button", "Go on with mine")).await;
    page.find("button", "Go on with mine").click();
    until("it is settled", || !page.has("button", "Take theirs")).await;
    assert!(form(&page).value().contains("\"always\""));
    page.find("button", "Publish").click();
    until("it is live", || page.has_text(".status", "Live")).await;
    let asked = server.asked();
    assert_eq!(asked.iter().filter(|it| it.starts_with("POST")).count(), 1);
}

#[wasm_bindgen_test]
async fn what_was_typed_survives_a_look_elsewhere() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    rewrite(&page, "\"once\"", "\"visit\"");
    until("it is unsaved", || page.root_says("Unsaved changes")).await;
    page.find("link", "Back to the triggers").click();
    until("the list says so", || {
        page.has_text("[data-trigger]", "help") && page.root_says("Unsaved changes")
    })
    .await;
    until("the focus is where it was", || focused() == "help").await;
    window().history().unwrap().back().unwrap();
    until("it is back", || {
        !page.all(".form-text").is_empty() && form(&page).value().contains("\"visit\"")
    })
    .await;
    assert!(page.root_says("Unsaved changes"));
}

#[wasm_bindgen_test]
async fn a_new_trigger_gets_its_id_from_its_name() {
    let server = Server::new();
    server.answer(|ask| {
        let mut made = row("office-hours", TriggerStatus::Draft);
        made.name = "Office hours".into();
        Some(match (ask.method, ask.path.rsplit('/').next()?) {
            ("PUT" | "GET", "office-hours") => answered(200, &detail(made)),
            (_, path) if path.starts_with("versions") => {
                answered(200, r#"{"versions":[],"next":null}"#)
            }
            _ => listed(&[], None),
        })
    });
    let page = Page::at(&server, "/desk/new-trigger");
    server.welcome();
    until("there is a form", || !page.all(".form-text").is_empty()).await;
    until("it begins with something", || {
        said(&page)
            .starts_with("Show “May I help you?” from the site’s sender to visitors who are on")
    })
    .await;
    rewrite(
        &page,
        "\"name\": \"New trigger\"",
        "\"name\": \"Office hours\"",
    );
    page.find("button", "Save draft").click();
    until("it has an address", || {
        window().location().pathname().unwrap() == "/desk/triggers/office-hours"
    })
    .await;
    let put = server.last_asked("PUT").unwrap();
    assert_eq!(put.expected, Expected::Nothing);
    until("nothing is unsaved", || page.root_says("Saved ")).await;
}

#[wasm_bindgen_test]
async fn a_trigger_that_is_not_there_says_so() {
    let server = Server::new();
    server.answer(|_| Some(refused(404, "not_found")));
    let page = Page::at(&server, HELP);
    server.welcome();
    until("it says so", || {
        page.root_says("This trigger does not exist")
    })
    .await;
    until("there is a way back", || {
        page.has("link", "Back to the triggers")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_link_to_try_it_is_made_opened_and_copied() {
    let server = Server::new();
    let (page, _) = editor(&server).await;
    server.answer(|ask| {
        let wanted = ask.body.clone().unwrap_or_default();
        Some(if wanted.contains("https://evil.example") {
            answered(
                400,
                r#"{"code":"malformed","message":"not one of the origins"}"#,
            )
        } else {
            answered(
                200,
                r#"{"url":"https://shop.example/#saluda-explain=e30","expires_at":1795000000000}"#,
            )
        })
    });
    page.find("button", "Try on my site").click();
    until("it asks for a page", || {
        !page.all("dialog input").is_empty()
    })
    .await;
    page.type_into("dialog input", "https://evil.example/");
    page.find("button", "Make the link").click();
    until("it says why not", || {
        page.says("alert", "not one of the origins")
    })
    .await;
    page.type_into("dialog input", "https://shop.example/");
    page.find("button", "Make the link").click();
    until("it is made", || page.has("link", "Open it")).await;
    let href = page.find("link", "Open it").get_attribute("href");
    assert_eq!(
        href.as_deref(),
        Some("https://shop.example/#saluda-explain=e30")
    );
    until("it can be opened at once", || focused() == "Open it").await;
}
