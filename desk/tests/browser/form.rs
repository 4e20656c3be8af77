//! What visitors are asked before they write and after, as its owner chooses it
//! and as agents see what became of it.

use saluda_desk::Answer;
use saluda_protocol::agent::Role;
use saluda_protocol::form::Value as Given;
use saluda_protocol::trigger::Texts;
use saluda_protocol::{AgentUpdate, Author, Event, Number, Rating, What};
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, change, focused, until};
use crate::server::{NOW, Server, conversation, event, said, summary};
use crate::settings::{form, page, page_as, sent, site};
use crate::studio::mistaken;

/// Keeps what is saved.
fn kept(ask: &saluda_desk::Ask) -> Answer {
    let form = serde_json::from_str(ask.body.as_ref().unwrap()).unwrap();
    site(&form, 5)
}

async fn save(page: &Page) {
    until("it can be saved", || page.has("button", "Save")).await;
    page.find("button", "Save").click();
    until("it is told", || page.says("status", "Saved.")).await;
}

fn is_there(page: &Page, selector: &str) -> bool {
    !page.all(selector).is_empty()
}

const ASK: &str = "Ask visitors something before they write";

/// Whether the question at a place has options.
fn chooses(page: &Page, place: usize) -> bool {
    is_there(page, &format!("#set-form-fields-{place}--options-0--label"))
}

#[wasm_bindgen_test]
async fn a_form_is_put_together_and_saved() {
    let server = Server::new();
    let page = page(&server, "form", kept).await;
    page.field(ASK).click();
    until("two questions to begin with", || {
        is_there(&page, "#set-form-fields-1--label")
    })
    .await;
    page.fill("Title", "Before we begin");
    page.fill("Why you ask", "So that the right person answers.");
    change(&page.field("Add a question…"), "choice");
    until("the third one", || {
        is_there(&page, "#set-form-fields-2--label")
    })
    .await;
    until("focus in it", || {
        let active = leptos::prelude::document().active_element();
        active.is_some_and(|it| it.id() == "set-form-fields-2--label")
    })
    .await;
    page.type_into("#set-form-fields-2--label", "Grind");
    page.type_into("#set-form-fields-2--id", "grind");
    page.type_into("#set-form-fields-2--options-0--label", "Whole beans");
    page.type_into("#set-form-fields-2--options-1--label", "Fine");
    page.find("button", "Add an option").click();
    until("a third option", || {
        is_there(&page, "#set-form-fields-2--options-2--label")
    })
    .await;
    page.find("button", "Remove option 3").click();
    until("two again", || {
        !is_there(&page, "#set-form-fields-2--options-2--label")
    })
    .await;
    page.type_into("#set-form-fields-2--hint", "As your machine likes it");

    page.find("button", "Spanish").click();
    until("Spanish is written in", || page.value("Title").is_empty()).await;
    page.type_into("#set-form-fields-2--label", "Molienda");
    page.find("button", "English").click();
    until("English again", || page.value("Title") == "Before we begin").await;

    page.find("button", "Move question 3 up").click();
    until("it is the second", || chooses(&page, 1)).await;
    page.find("button", "Move question 2 down").click();
    until("it is the third again", || chooses(&page, 2)).await;
    page.find("button", "Move question 3 up").click();
    until("it is the second for good", || chooses(&page, 1)).await;
    page.find("button", "Remove question 1").click();
    until("two are left", || {
        !is_there(&page, "#set-form-fields-2--label")
    })
    .await;
    change(&page.all("#set-form-fields-1--kind").remove(0), "number");
    until("it has bounds", || {
        is_there(&page, "#set-form-fields-1--min")
    })
    .await;
    page.type_into("#set-form-fields-1--min", "1");
    page.type_into("#set-form-fields-1--max", "many");
    page.type_into("#set-form-fields-1--max", "");
    let required = page.all(".form-field input[type=checkbox]").remove(1);
    required.click();
    page.field("Ask visitors how it was").click();
    until("its question", || is_there(&page, "#set-rating-question")).await;
    save(&page).await;
    let saved = sent(&server);
    assert_eq!(
        saved["form"],
        json!({
            "title": { "en": "Before we begin" },
            "intro": { "en": "So that the right person answers." },
            "fields": [
                {
                    "id": "grind", "kind": "choice", "label": { "en": "Grind", "es": "Molienda" },
                    "hint": { "en": "As your machine likes it" }, "required": false,
                    "options": [
                        { "id": "option-1", "label": { "en": "Whole beans" } },
                        { "id": "option-2", "label": { "en": "Fine" } }
                    ]
                },
                {
                    "id": "email", "kind": "number", "label": { "en": "Your e-mail address" },
                    "required": true, "min": 1
                }
            ]
        })
    );
    assert_eq!(saved["rating"], json!({ "question": {} }));
    let mut rest = saved;
    rest["form"] = Value::Null;
    rest["rating"] = Value::Null;
    assert_eq!(rest, form(), "nothing else was touched");
    assert!(!page.has("button", "Save"), "nothing is left to save");

    // What is taken away by mistake comes back.
    page.field(ASK).click();
    until("it is gone", || !is_there(&page, ".form-field")).await;
    page.field(ASK).click();
    until("it is back", || page.all(".form-field").len() == 2).await;
    assert!(!page.has("button", "Save"), "as it was saved");
}

#[wasm_bindgen_test]
async fn a_mistake_in_a_form_stands_at_its_question() {
    let server = Server::new();
    let page = page(&server, "form", |_| {
        mistaken(&[
            ("form.fields[1].label.es", "empty"),
            ("form.fields[0].id", "no id"),
        ])
    })
    .await;
    page.field(ASK).click();
    until("it can be saved", || page.has("button", "Save")).await;
    page.find("button", "Save").click();
    until("the mistakes are told", || {
        focused() == "2 things to mend. Nothing was saved."
    })
    .await;
    let wrong = |id: &str| {
        let field = page.all(id).remove(0);
        field.get_attribute("aria-invalid").as_deref() == Some("true")
    };
    assert!(wrong("#set-form-fields-1--label") && wrong("#set-form-fields-0--id"));
    let link = page.all(".settings-mistakes button").remove(0);
    assert!(link.text_content().unwrap().starts_with("Question 2: "));
    link.click();
    let active = leptos::prelude::document().active_element().unwrap();
    assert_eq!(active.id(), "set-form-fields-1--label");
}

#[wasm_bindgen_test]
async fn who_may_only_look_changes_nothing_of_it() {
    let server = Server::new();
    let page = page_as(&server, Role::Agent, "form", |_| {
        unreachable!("nothing is saved")
    });
    until("the page is there", || is_there(&page, ".settings-form")).await;
    assert!(is_there(&page, ".settings-form[disabled]"));
}

fn happened(number: u64, what: What) -> Event {
    Event {
        number: Number(number),
        at: NOW,
        what,
    }
}

#[wasm_bindgen_test]
async fn agents_read_what_was_filled_in_and_how_it_was() {
    let server = Server::new();
    let page = Page::of_desk(&server);
    server.welcome();
    server.list(&[summary(1, 1, "Hello")]);
    page.open(&server, conversation(1)).await;
    let texts = |english: &str, spanish: &str| {
        Texts::from([
            ("en".to_owned(), english.to_owned()),
            ("es".to_owned(), spanish.to_owned()),
        ])
    };
    let answers = vec![
        saluda_protocol::Answer {
            field: "people".parse().unwrap(),
            label: texts("People", "Personas"),
            value: Given::Number(12),
            option: Texts::new(),
        },
        saluda_protocol::Answer {
            field: "grind".parse().unwrap(),
            label: texts("Grind", "Molienda"),
            value: Given::Text("beans".into()),
            option: texts("Whole beans", "En grano"),
        },
        saluda_protocol::Answer {
            field: "terms".parse().unwrap(),
            label: texts("I agree", "Acepto"),
            value: Given::Ticked(true),
            option: Texts::new(),
        },
    ];
    let filled = happened(1, What::Answers(answers.clone()));
    server.opened_with(1, vec![filled, said(2, Author::Visitor, "Hello")], answers);
    until("the line", || {
        page.root_says("Form filled in. People: 12 · Grind: Whole beans · I agree: Yes")
    })
    .await;
    let of = |heading: &str| {
        let part = page.all(".person-part").into_iter();
        let mut part = part.filter(|it| it.text_content().unwrap().starts_with(heading));
        part.next().map(|it| it.text_content().unwrap())
    };
    assert_eq!(
        of("Form").unwrap(),
        "FormPeople12GrindWhole beansI agreeYes"
    );

    let rated = |number, score, comment: Option<&str>| {
        let rating = Rating {
            closed: Number(3),
            score,
            comment: comment.map(str::to_owned),
        };
        event(1, happened(number, What::Rated(rating)))
    };
    let updates: [AgentUpdate; 2] = [rated(3, 2, Some("Slow.")), rated(4, 4, None)];
    for update in updates {
        server.say(update);
    }
    until("the rating", || {
        page.root_says("Rated by the visitor: 🙁 Bad. “Slow.”")
    })
    .await;
    assert!(page.root_says("Rated by the visitor: 🙂 Good"));
}
