//! The files that were chosen: each with how it looks and how far it is, until it
//! became a message or was put away.

use saluda_client::socket::Listener;
use saluda_protocol::{Body, File};
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::{
    Part, files,
    script::{self, call, cross, element, get, number, on, put, set, show, window},
    upload::{Failed, Sending, look_at, send},
};
use crate::chat::Chat;

/// How far a file is.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// It was chosen, and waits for the visitor's word.
    Chosen,
    /// It waits for its turn.
    Waiting,
    /// It is on its way.
    Going,
    /// It was not sent.
    Failed(Failed),
}

/// A file that was chosen.
struct Item {
    key: u32,
    file: JsValue,
    /// Where the browser shows it from.
    preview: JsValue,
    stage: Stage,
    /// There while it is on its way.
    sending: Option<Sending>,
    /// What is on the screen of it.
    view: JsValue,
    progress: JsValue,
    wrong: JsValue,
    again: JsValue,
    _listeners: Vec<Listener>,
}

/// All of them.
#[derive(Default)]
pub(super) struct Tray {
    items: Vec<Item>,
    last: u32,
    /// What is around them, while there are some: it, what sends them, and what is
    /// heard of that.
    frame: Option<(JsValue, JsValue, Listener)>,
}

impl Item {
    /// Shows how far it is.
    fn stand(&mut self, chat: Chat, stage: Stage) {
        self.stage = stage;
        let failed = match stage {
            Stage::Failed(why) => Some(why),
            _ => None,
        };
        show(
            &self.progress,
            matches!(stage, Stage::Waiting | Stage::Going),
        );
        show(&self.again, failed == Some(Failed::Other));
        let why = failed.map_or_else(String::new, |why| why.say(chat));
        call(&self.wrong, "replaceChildren", &[why.into()]);
    }
}

/// Adds files to those that were chosen.
pub(super) fn add(chat: Chat, list: &JsValue) {
    let Some(home) = chat.element::<Element>(Part::Files.home()) else {
        return;
    };
    // The list is emptied below.
    let mut chosen = Vec::new();
    loop {
        let file = get(list, &chosen.len().to_string());
        if file.is_undefined() {
            break;
        }
        chosen.push(file);
    }
    // So that the same can be chosen again.
    if let Some(field) = chat.element::<Element>("files") {
        put(&field, "value", &"".into());
    }
    files::with(chat, |kept| {
        let tray = &mut kept.tray;
        let (frame, ..) = tray.frame.get_or_insert_with(|| {
            let frame = frame(chat);
            call(&home, "append", std::slice::from_ref(&frame.0));
            frame
        });
        for file in chosen {
            tray.last = tray.last.wrapping_add(1);
            let item = item(chat, tray.last, file);
            // What sends them stays the last.
            call(
                &get(frame, "lastChild"),
                "before",
                std::slice::from_ref(&item.view),
            );
            tray.items.push(item);
        }
        tray.recount(chat);
    });
    // Enter sends them.
    chat.soon(move || chat.focus("send-files"));
}

fn frame(chat: Chat) -> (JsValue, JsValue, Listener) {
    let attributes = [
        ("type", "button"),
        ("class", "primary"),
        ("id", "send-files"),
    ];
    let button = element("button", &attributes, &[]);
    let heard = on(&button, "click", move |_| send_all(chat));
    let frame = element("div", &[("class", "tray")], std::slice::from_ref(&button));
    (frame, button, heard)
}

fn item(chat: Chat, key: u32, file: JsValue) -> Item {
    let name = get(&file, "name").as_string().unwrap_or_default();
    let bytes = number(&file, "size");
    let kind = get(&file, "type").as_string().unwrap_or_default();
    let preview = if kind.starts_with("image/") {
        call(
            &get(&window(), "URL"),
            "createObjectURL",
            std::slice::from_ref(&file),
        )
    } else {
        JsValue::UNDEFINED
    };
    let core = chat.core();
    let size = core.map(|core| script::size(bytes, core.texts.locale()));
    let image = element("img", &[("alt", "")], &[]);
    match preview.as_string() {
        Some(from) => set(&image, &[("src", &from)]),
        None => show(&image, false),
    }
    let named = [("class", "file-name"), ("dir", "auto")];
    let named = element("bdi", &named, &[name.as_str().into()]);
    let size = element("small", &[], &[size.unwrap_or_default().into()]);
    let remove = cross(&chat.fill("attach_remove", &name));
    let progress = element(
        "progress",
        &[("max", "1"), ("value", "0"), ("aria-label", &name)],
        &[],
    );
    let wrong = element("p", &[("class", "wrong"), ("role", "alert")], &[]);
    let again = [("type", "button"), ("class", "quiet")];
    let again = element("button", &again, &[chat.say("again").into()]);
    let parts = [&image, &named, &size, &remove, &progress, &wrong, &again].map(JsValue::clone);
    let listeners = vec![
        on(&remove, "click", move |_| put_away(chat, key)),
        on(&again, "click", move |_| {
            files::with(chat, |kept| {
                if let Some(item) = kept.tray.item(key) {
                    item.stand(chat, Stage::Waiting);
                }
            });
            go(chat);
        }),
        // A page's policy may forbid it.
        on(&image, "error", |event| show(&get(&event, "target"), false)),
    ];
    let mut item = Item {
        key,
        file,
        preview,
        stage: Stage::Chosen,
        sending: None,
        view: element("div", &[("class", "item")], &parts),
        progress,
        wrong,
        again,
        _listeners: listeners,
    };
    item.stand(
        chat,
        look_at(&name, bytes).map_or(Stage::Chosen, Stage::Failed),
    );
    item
}

impl Tray {
    fn item(&mut self, key: u32) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.key == key)
    }

    /// Shows how many wait for the visitor's word, and nothing when there are none.
    fn recount(&mut self, chat: Chat) {
        let chosen = self.items.iter().filter(|item| item.stage == Stage::Chosen);
        let chosen = chosen.count();
        if let Some((frame, button, _)) = &self.frame {
            show(button, chosen > 0);
            let words = chat.count("attach_send", chosen).into();
            call(button, "replaceChildren", &[words]);
            if self.items.is_empty() {
                call(frame, "remove", &[]);
                self.frame = None;
            }
        }
    }
}

/// The visitor sends what they chose.
fn send_all(chat: Chat) {
    files::with(chat, |kept| {
        for item in &mut kept.tray.items {
            if item.stage == Stage::Chosen {
                item.stand(chat, Stage::Waiting);
            }
        }
        kept.tray.recount(chat);
    });
    chat.focus_soon();
    go(chat);
}

/// Sends what waits, once the server may take it.
fn go(chat: Chat) {
    let Some(core) = chat.core() else { return };
    core.link.memory().consent("written");
    chat.connect();
    let effect = core.talk.borrow_mut().attach();
    chat.run(effect);
    step(chat);
}

/// Sends the next file, one at a time and in their order, if the server may take it.
pub(super) fn step(chat: Chat) {
    let may = chat
        .core()
        .is_some_and(|core| core.talk.borrow().may_attach());
    if !may {
        return;
    }
    files::with(chat, |kept| {
        let items = &mut kept.tray.items;
        let is_busy = items.iter().any(|item| item.stage == Stage::Going);
        let next = items.iter_mut().find(|item| item.stage == Stage::Waiting);
        if let (false, Some(item)) = (is_busy, next) {
            item.stand(chat, Stage::Going);
            let (key, bar) = (item.key, item.progress.clone());
            // A number of the browser's: writing one here is much code.
            let come = move |share: f64| put(&bar, "value", &share.into());
            item.sending = send(chat, &item.file, come, move |sent| done(chat, key, sent));
        }
    });
}

/// A file was sent, or was not.
fn done(chat: Chat, key: u32, sent: Result<File, Failed>) {
    match sent {
        Ok(file) => {
            put_away(chat, key);
            chat.post(Body::File(file));
        }
        Err(why) => {
            files::with(chat, |kept| {
                if let Some(item) = kept.tray.item(key) {
                    item.sending = None;
                    item.stand(chat, Stage::Failed(why));
                }
            });
            step(chat);
        }
    }
}

/// Takes a file out, whether it was sent or not.
fn put_away(chat: Chat, key: u32) {
    files::with(chat, |kept| {
        let tray = &mut kept.tray;
        if let Some(at) = tray.items.iter().position(|item| item.key == key) {
            let item = tray.items.remove(at);
            call(&item.view, "remove", &[]);
            let url = get(&window(), "URL");
            call(&url, "revokeObjectURL", std::slice::from_ref(&item.preview));
        }
        tray.recount(chat);
    });
    let core = chat.core();
    if core.is_some_and(|core| core.link.root().active_element().is_none()) {
        chat.focus_soon();
    }
    step(chat);
}
