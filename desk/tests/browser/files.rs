//! Files of agents and visitors.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Reflect};
use leptos::prelude::window;
use saluda_desk::{Answer, Parcel};
use saluda_protocol::{AgentFrame, Author, Body, File, FileId, Picture, What};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{DataTransfer, Event};

use crate::page::{Page, press, until};
use crate::server::{Server, conversation, said};

/// What the desk gave away to be carried, and what was broken off.
#[derive(Clone, Default)]
struct Carried {
    parcels: Rc<RefCell<Vec<Rc<Parcel>>>>,
    broken_off: Rc<RefCell<usize>>,
}

/// Says so when it is dropped before the server answered.
struct Going(Rc<RefCell<usize>>);

impl Drop for Going {
    fn drop(&mut self) {
        *self.0.borrow_mut() += 1;
    }
}

impl Carried {
    fn by(server: &Server) -> Self {
        let carried = Self::default();
        let taken = carried.clone();
        server.desk().take_courier(Rc::new(move |parcel| {
            taken.parcels.borrow_mut().push(Rc::new(parcel));
            Box::new(Going(Rc::clone(&taken.broken_off)))
        }));
        carried
    }

    fn count(&self) -> usize {
        self.parcels.borrow().len()
    }

    /// What was given away last. Whoever hears of it may give more away.
    fn last(&self) -> Rc<Parcel> {
        Rc::clone(self.parcels.borrow().last().unwrap())
    }

    fn answer(&self, status: u16, body: &str) {
        let body = body.to_owned();
        let answer = Some(Answer { status, body });
        (self.last().done)(answer);
    }
}

fn made(name: &str, kind: &str, bytes: u32) -> web_sys::File {
    let options = js_sys::Object::new();
    Reflect::set(&options, &"type".into(), &kind.into()).unwrap();
    let parts = Array::of1(&js_sys::Uint8Array::new_with_length(bytes));
    let class = Reflect::get(&js_sys::global(), &"File".into()).unwrap();
    let arguments = Array::of3(&parts, &name.into(), &options);
    let file = Reflect::construct(class.unchecked_ref::<js_sys::Function>(), &arguments);
    file.unwrap().unchecked_into()
}

fn transfer(files: &[web_sys::File]) -> DataTransfer {
    let data = DataTransfer::new().unwrap();
    let items = Reflect::get(&data, &"items".into()).unwrap();
    let add: js_sys::Function = Reflect::get(&items, &"add".into())
        .unwrap()
        .unchecked_into();
    for file in files {
        add.call1(&items, file).unwrap();
    }
    data
}

/// An event as the browser makes it, that bubbles and can be prevented.
fn event(class: &str, kind: &str, with: &[(&str, JsValue)]) -> Event {
    let init = js_sys::Object::new();
    let always = [("bubbles", true.into()), ("cancelable", true.into())];
    for (name, value) in with.iter().chain(&always) {
        Reflect::set(&init, &(*name).into(), value).unwrap();
    }
    let class = Reflect::get(&js_sys::global(), &class.into()).unwrap();
    let arguments = Array::of2(&kind.into(), &init);
    let event = Reflect::construct(class.unchecked_ref::<js_sys::Function>(), &arguments);
    event.unwrap().unchecked_into()
}

/// Chooses files with the button.
fn choose(page: &Page, files: &[web_sys::File]) {
    let input = page.field("Attach files");
    let list = Reflect::get(&transfer(files), &"files".into()).unwrap();
    Reflect::set(&input, &"files".into(), &list).unwrap();
    input
        .dispatch_event(&event("Event", "change", &[]))
        .unwrap();
}

fn drop_onto_log(page: &Page, files: &[web_sys::File]) {
    let log = page.all("[role=log]").remove(0);
    for kind in ["dragover", "drop"] {
        let with = [("dataTransfer", transfer(files).into())];
        let event = event("DragEvent", kind, &with);
        assert!(!log.dispatch_event(&event).unwrap(), "{kind} is the desk's");
    }
}

fn paste(page: &Page, files: &[web_sys::File]) -> bool {
    let with = [("clipboardData", transfer(files).into())];
    let event = event("ClipboardEvent", "paste", &with);
    !page.textbox().dispatch_event(&event).unwrap()
}

fn file(name: &str, picture: Option<Picture>) -> File {
    File {
        id: FileId::secret([7; 16]),
        name: name.into(),
        kind: if picture.is_some() {
            "image/png"
        } else {
            "application/pdf"
        }
        .into(),
        bytes: 1_250_000,
        picture,
    }
}

fn posted(server: &Server) -> Vec<Body> {
    let heard = server.heard().into_iter();
    let body = |frame| match frame {
        AgentFrame::Post { body, .. } => Some(body),
        _ => None,
    };
    heard.filter_map(body).collect()
}

async fn open(server: &Server) -> Page {
    let page = Page::of_desk(server);
    server.welcome();
    page.open(server, conversation(1)).await;
    server.opened(1, vec![]);
    until("there is a field", || page.has("textbox", "Your reply")).await;
    page
}

#[wasm_bindgen_test]
async fn files_are_chosen_dropped_and_pasted_and_sent_with_the_answer() {
    let server = Server::new();
    let carried = Carried::by(&server);
    let page = open(&server).await;
    choose(&page, &[made("offer.pdf", "application/pdf", 9)]);
    drop_onto_log(&page, &[made("beans.png", "image/png", 9)]);
    assert!(paste(&page, &[made("screen.png", "image/png", 9)]));
    assert!(!paste(&page, &[]), "text is pasted as ever");
    until("three", || page.all(".uploads li").len() == 3).await;
    assert_eq!(page.all(".uploads img[src^='blob:']").len(), 2);
    page.find("button", "Remove beans.png").click();
    until("two", || page.all(".uploads li").len() == 2).await;
    assert_eq!(carried.count(), 0, "not before the agent says so");

    page.write("Here it is.");
    press(&page.textbox(), "Enter");
    until("the words", || {
        posted(&server) == [Body::Text("Here it is.".into())]
    })
    .await;
    assert_eq!(carried.count(), 1, "one after the other");
    let path = carried.parcels.borrow()[0].path.clone();
    let conversation = conversation(1);
    assert_eq!(
        path,
        format!("/api/sites/demo/conversations/{conversation}/files")
    );
    (carried.last().come)(0.5);
    until("how far it is", || {
        let bar = page.all("progress").into_iter().next();
        bar.is_some_and(|bar| Reflect::get(&bar, &"value".into()).unwrap() == 0.5)
    })
    .await;
    let offer = file("offer.pdf", None);
    carried.answer(201, &serde_json::to_string(&offer).unwrap());
    until("the file", || {
        posted(&server).contains(&Body::File(offer.clone()))
    })
    .await;
    until("the second", || carried.count() == 2).await;
    page.find("button", "Remove screen.png").click();
    until("nothing more", || page.all(".uploads li").is_empty()).await;
    assert_eq!(
        *carried.broken_off.borrow(),
        2,
        "the one that was done, and this"
    );
    assert!(page.says("log", "offer.pdf"));
}

#[wasm_bindgen_test]
async fn what_is_refused_says_why_and_what_failed_is_sent_again() {
    let server = Server::new();
    let carried = Carried::by(&server);
    let page = open(&server).await;
    for (chosen, why) in [
        (
            made("film.mp4", "video/mp4", 20_000_001),
            "larger than 20 MB",
        ),
        (made("setup.exe", "", 9), "Programs"),
        (made("empty.txt", "text/plain", 0), "empty files"),
    ] {
        let name = chosen.name();
        choose(&page, &[chosen]);
        until(why, || page.says("alert", why)).await;
        page.find("button", &format!("Remove {name}")).click();
        until("an empty tray", || page.all(".uploads li").is_empty()).await;
    }
    choose(&page, &[made("offer.pdf", "application/pdf", 9)]);
    page.find("button", "Send").click();
    until("it goes", || carried.count() == 1).await;
    (carried.last().done)(None);
    until("why", || page.says("alert", "Check your connection")).await;
    page.find("button", "Try again").click();
    until("it goes again", || carried.count() == 2).await;
    carried.answer(415, r#"{"code":"file_refused","message":"no"}"#);
    until("why", || page.says("alert", "Programs")).await;
    assert!(!page.has("button", "Try again"));
    assert_eq!(posted(&server), []);
}

/// No server has the pictures of these tests: until this is dropped, nobody hears
/// that they cannot be had.
struct Patience(Closure<dyn Fn(Event)>);

impl Patience {
    fn new() -> Self {
        let stop = Closure::new(|event: Event| event.stop_immediate_propagation());
        let hear: &Closure<dyn Fn(Event)> = &stop;
        window()
            .add_event_listener_with_callback_and_bool("error", hear.as_ref().unchecked_ref(), true)
            .unwrap();
        Self(stop)
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        let hear = self.0.as_ref().unchecked_ref();
        let removed = window().remove_event_listener_with_callback_and_bool("error", hear, true);
        removed.unwrap();
    }
}

#[wasm_bindgen_test]
async fn a_picture_keeps_its_place_and_is_opened_large() {
    let server = Server::new();
    let page = open(&server).await;
    let patience = Patience::new();
    let mut picture = said(1, Author::Visitor, "");
    let mut offer = said(2, Author::Visitor, "");
    let size = Picture {
        width: 1600,
        height: 1200,
    };
    if let (What::Message(picture), What::Message(offer)) = (&mut picture.what, &mut offer.what) {
        picture.body = Body::File(file("beans.png", Some(size)));
        offer.body = Body::File(file("offer.pdf", None));
    }
    server.opened(1, vec![picture, offer]);
    until("the card", || {
        page.says("log", "offer.pdf") && page.says("log", "1.3 MB")
    })
    .await;
    let link = page.all("[role=log] a.file").remove(0);
    let id = FileId::secret([7; 16]);
    assert_eq!(
        link.get_attribute("href").unwrap(),
        format!("/api/files/{id}")
    );
    let shown = page.all("[role=log] img").remove(0);
    assert_eq!(
        shown.get_attribute("src").unwrap(),
        format!("/api/files/{id}?preview")
    );
    let style = shown.get_attribute("style").unwrap();
    assert!(
        style.contains("width: 320px") && style.contains("aspect-ratio: 1600 / 1200"),
        "{style}"
    );
    page.find("button", "Enlarge beans.png").click();
    until("it large", || page.all("dialog[open] img").len() == 1).await;
    let large = page.all("dialog[open] img").remove(0);
    assert_eq!(large.get_attribute("alt").as_deref(), Some("beans.png"));
    let whole = format!("/api/files/{id}");
    assert_eq!(large.get_attribute("src"), Some(whole));
    let dialog = page.all("dialog[open]").remove(0);
    dialog
        .dispatch_event(&event("Event", "cancel", &[]))
        .unwrap();
    until("it put away", || page.all("dialog").is_empty()).await;
    // One that cannot be shown is offered for saving.
    drop(patience);
    shown.dispatch_event(&Event::new("error").unwrap()).unwrap();
    until("a link", || page.all("[role=log] a.file").len() == 2).await;
}
