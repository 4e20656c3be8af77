//! *Try a visit* and the preview, with the server and the engine played.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::window;
use saluda_desk::Answer;
use saluda_protocol::studio::TriggerStatus;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlIFrameElement, MessageEvent};

use crate::editor::form;
use crate::page::{Page, change, until};
use crate::server::Server;
use crate::studio::{answered, detail, mistaken, row};

const CONFIG: &str = r##"{"name":"Alba","look":{"accent":"#0b6e76","on_accent":"#ffffff",
    "accent_dark":"#37b3bc","on_accent_dark":"#06282b","corner":"end"},"reply_within_ms":null,
    "email":{"ask":"never","required":false},"modules":{},"rules":{}}"##;
const TRIED: &str = r#"{"id":"help","hours":null,"attention":{"per_visit":3},"online":true,
    "others":[{"id":"cart","name":"Cart rescue"}],"pack":[1],"alone":[2]}"#;

/// What the engine was asked, and what it answers.
#[derive(Clone, Default)]
struct Engine {
    asked: Rc<RefCell<Vec<serde_json::Value>>>,
    answer: Rc<RefCell<String>>,
}

impl Engine {
    fn of(server: &Server) -> Self {
        let engine = Self::default();
        let played = engine.clone();
        server.desk().take_tester(Rc::new(move |question| {
            let question: serde_json::Value =
                serde_json::from_str(&format!("{{{question}}}")).unwrap();
            played.asked.borrow_mut().push(question);
            let answer = played.answer.borrow().clone();
            Box::pin(async move { (!answer.is_empty()).then_some(answer) })
        }));
        engine
    }

    /// Answers so from now on, about a rule of one condition that looked at a
    /// time on the page.
    fn says(&self, verdict: &str, earliest: Option<u64>) {
        *self.answer.borrow_mut() = serde_json::json!({ "number": 1, "went": {
            "began_at": 0, "now": 18_000, "done": [], "verdict": verdict, "gate": null,
            "other": "cart", "variant": null, "earliest": earliest,
            "gates": [{ "gate": "visible", "open": true, "until": null },
                      { "gate": "panel", "open": false, "until": null }],
            "parts": [{ "holds": false, "closest": true, "until": null, "kind": "one",
                        "found": "span", "number": 18_000 }],
        } })
        .to_string();
    }

    fn last(&self) -> Option<serde_json::Value> {
        self.asked.borrow().last().cloned()
    }
}

fn answers(server: &Server, tried: impl Fn(&str) -> Answer + 'static) {
    server.answer(move |ask| {
        let path = ask.path.rsplit('/').next().unwrap_or_default();
        Some(match (ask.method, path) {
            ("POST", path) if path.starts_with("try?") => {
                tried(ask.body.as_deref().unwrap_or_default())
            }
            ("GET", "config") => answered(200, CONFIG),
            ("GET", "settings") => answered(200, r#"{"settings":{"senders":{}}}"#),
            (_, path) if path.starts_with("versions") => {
                answered(200, r#"{"versions":[],"next":null}"#)
            }
            _ => answered(200, &detail(row("help", TriggerStatus::Draft))),
        })
    });
}

const FORM: &str = r#"{ "name": "Help", "greeting": { "text": { "en": "Hello", "es": "Hola" } },
    "rule": { "fact": "page.time", "op": "gte", "value": "30s" } }"#;

async fn editor(server: &Server) -> Page {
    let page = Page::at(server, "/desk/triggers/help");
    server.welcome();
    until("the form is there", || {
        !page.all(".form-text").is_empty() && !form(&page).value().is_empty()
    })
    .await;
    page.type_into(".form-text", FORM);
    page
}

#[wasm_bindgen_test]
async fn a_visit_is_tried_as_it_is_typed_and_says_why() {
    let server = Server::new();
    let engine = Engine::of(&server);
    engine.says("rule", Some(30_000));
    answers(&server, |_| answered(200, TRIED));
    let page = editor(&server).await;
    assert!(!server.asked().iter().any(|it| it.contains("/try")));
    page.find("button", "Try a visit").click();
    until("it says so", || {
        page.says(
            "status",
            "Not yet. Shows in 12 s if nothing happens but time.",
        )
    })
    .await;
    assert!(page.root_says("who have looked at the page for at least 30 seconds"));
    assert!(page.root_says("closest step"));
    assert!(page.root_says("18 s"));
    assert!(page.root_says("The chat is open"));
    assert!(page.root_says("1 more is fine"));

    let tried = server.last_asked("POST").unwrap();
    assert!(tried.path.contains("id=help") && tried.path.contains("at="));
    assert_eq!(tried.body.as_deref(), Some(FORM));
    let question = engine.last().unwrap();
    assert_eq!(question["pack"], serde_json::json!([1]));
    assert_eq!(question["at"], 20_000);

    // The other triggers can be left out, and another instant looked at.
    let others = page.all(".tester-check input").pop().unwrap();
    others.click();
    until("it is alone", || {
        engine.last().unwrap()["pack"] == serde_json::json!([2])
    })
    .await;
    page.find("button", "Go to 0:30, when it shows").click();
    until("it is later", || engine.last().unwrap()["at"] == 30_000).await;

    engine.says("priority", None);
    page.type_into(".tester-url", "https://shop.example/cart");
    until("another goes first", || {
        page.says("status", "Does not show: “Cart rescue” goes first.")
    })
    .await;
    let visit = engine.last().unwrap()["visit"].as_str().unwrap().to_owned();
    assert!(visit.contains("https://shop.example/cart"), "{visit}");
}

#[wasm_bindgen_test]
async fn what_happens_is_added_moved_and_taken_away() {
    let server = Server::new();
    let engine = Engine::of(&server);
    engine.says("rule", None);
    answers(&server, |_| answered(200, TRIED));
    let page = editor(&server).await;
    page.find("button", "Try a visit").click();
    until("there is a page", || page.all(".visit-step").len() == 1).await;
    change(&page.all(".visit-steps-add")[0], "track");
    until("there is an event", || page.all(".visit-step").len() == 2).await;
    let lines = || {
        let visit = engine.last().unwrap()["visit"].as_str().unwrap().to_owned();
        visit.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    change(&page.all(".visit-step-value")[1], "compared, plan=pro");
    let tracked = r#""event":{"track":{"name":"compared","properties":[["plan","pro"]]}}}"#;
    until("it is written", || {
        lines().last() == Some(&format!("{{\"at\":20000,{tracked}"))
    })
    .await;
    change(&page.all(".visit-step-time")[1], "4.5");
    until("it is moved", || {
        lines().last() == Some(&format!("{{\"at\":4500,{tracked}"))
    })
    .await;
    page.find("button", "Remove: Event tracked").click();
    until("it is gone", || lines().len() == 1).await;
}

#[wasm_bindgen_test]
async fn mistakes_and_what_cannot_be_had_are_said() {
    let server = Server::new();
    let engine = Engine::of(&server);
    answers(&server, |body| {
        if body.contains("30s") {
            mistaken(&[("greeting.sender", "the site has no sender `lucia`")])
        } else {
            answered(200, TRIED)
        }
    });
    let page = editor(&server).await;
    page.find("button", "Try a visit").click();
    until("it is named", || {
        page.root_says("The form has 1 mistake, so it would decide nothing:")
            && page.has("button", "greeting.senderthe site has no sender `lucia`")
    })
    .await;
    page.type_into(".form-text", &FORM.replace("30s", "40s"));
    until("there is no engine", || {
        page.says("alert", "The engine could not be loaded.")
    })
    .await;
    engine.says("shows", None);
    page.all(".tester-trouble .button").remove(0).click();
    until("it is there", || page.says("status", "Shows now.")).await;
    page.type_into(".form-text", "{ \"name\"");
    until("it waits", || {
        page.root_says("It follows again once the form can be read.")
    })
    .await;
}

/// The frame says something to the desk, or someone else does.
fn speak(from: &JsValue, text: &str) {
    let init = Object::new();
    for (name, value) in [("data", JsValue::from(text)), ("source", from.clone())] {
        Reflect::set(&init, &name.into(), &value).unwrap();
    }
    let class = Reflect::get(&window(), &"MessageEvent".into()).unwrap();
    let arguments = Array::of2(&"message".into(), &init);
    let event = Reflect::construct(class.unchecked_ref::<Function>(), &arguments).unwrap();
    let event: MessageEvent = event.unchecked_into();
    window().dispatch_event(&event).unwrap();
}

#[wasm_bindgen_test]
async fn the_preview_follows_what_is_typed_and_believes_its_frame_alone() {
    let server = Server::new();
    answers(&server, |_| answered(200, TRIED));
    // A load is heard on its way down to the frame: it does not bubble.
    let loads = Rc::new(Cell::new(0));
    let counted = Rc::clone(&loads);
    let loaded = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        let target = event.target().unwrap();
        if target.dyn_ref::<HtmlIFrameElement>().is_some() {
            counted.set(counted.get() + 1);
        }
    });
    let body = window().document().unwrap().body().unwrap();
    body.add_event_listener_with_callback_and_bool("load", loaded.as_ref().unchecked_ref(), true)
        .unwrap();
    let page = editor(&server).await;
    // One that is still on its way to its address would get there after all.
    until("the frame is where it leads", || loads.get() == 1).await;
    let frame = || -> HtmlIFrameElement { page.all(".preview-frame").remove(0).unchecked_into() };
    assert_eq!(
        frame().get_attribute("sandbox").as_deref(),
        Some("allow-scripts allow-forms")
    );
    // A frame of ours, to hear what is said into it.
    frame()
        .set_attribute("sandbox", "allow-scripts allow-same-origin")
        .unwrap();
    frame().set_src("about:blank");
    let heard = Rc::new(RefCell::new(Vec::<serde_json::Value>::new()));
    let ears = Rc::clone(&heard);
    until("it can be listened to", || {
        frame()
            .content_window()
            .is_some_and(|it| it.location().href().is_ok_and(|it| it == "about:blank"))
    })
    .await;
    let inner = frame().content_window().unwrap();
    let listener =
        saluda_client::socket::Listener::new(&inner, "message", move |event: MessageEvent| {
            let said = event.data().as_string().unwrap_or_default();
            ears.borrow_mut().push(serde_json::from_str(&said).unwrap());
        });
    let last = || heard.borrow().last().cloned().unwrap_or_default();
    speak(&window(), r#"{"is":"failed"}"#);
    speak(&inner, r#"{"is":"ready"}"#);
    until("it was told", || {
        last()["greeting"]["text"]["en"] == "Hello"
    })
    .await;
    assert_eq!(last()["language"], "en");
    assert!(!page.root_says("The preview could not be loaded"));

    speak(&inner, r#"{"is":"drawn","room":230,"long":true}"#);
    until("it is long", || {
        page.root_says("The text is longer than the bubble")
    })
    .await;
    page.find("button", "ES, Spanish").click();
    page.find("button", "Dark").click();
    until("it is Spanish and dark", || {
        last()["language"] == "es" && last()["dark"] == true
    })
    .await;
    page.type_into(".form-text", &FORM.replace("Hola", "Buenas"));
    until("it follows", || {
        last()["greeting"]["text"]["es"] == "Buenas"
    })
    .await;
    page.type_into(
        ".form-text",
        &FORM.replace("Hola", "").replace("Hello", " "),
    );
    until("nothing is said", || {
        page.root_says("The greeting says nothing yet.")
    })
    .await;
    drop(listener);
    body.remove_event_listener_with_callback_and_bool(
        "load",
        loaded.as_ref().unchecked_ref(),
        true,
    )
    .unwrap();
}
