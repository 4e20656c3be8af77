//! Where files are chosen, and where they stand in the log. What they look like,
//! and how they are sent, is apart.

use std::any::Any;
use std::cell::RefCell;

use js_sys::Reflect;
use leptos::prelude::*;
use saluda_protocol::File;
use wasm_bindgen::JsValue;
use web_sys::Event;

use crate::{
    apart::Part,
    built::{Built, Parts, built},
    chat::Chat,
    controls::link,
    icons,
    live::{does, holds},
};

/// Where an event holds files: one of a field, a drop and a paste.
const HOLDERS: [&str; 3] = ["target", "dataTransfer", "clipboardData"];

/// What waits for the code that is apart, and what that keeps.
#[derive(Default)]
pub(crate) struct Files {
    /// Those that the visitor chose, as lists of the browser's.
    pub(crate) chosen: RefCell<Vec<JsValue>>,
    /// Those of the log, and the elements that they are to be shown in.
    pub(crate) shown: RefCell<Vec<(String, File)>>,
    /// What the code that is apart knows of them.
    pub(crate) kept: RefCell<Option<Box<dyn Any>>>,
}

/// A file in the log, in the element with this id: a link with its name, until how
/// it looks is here.
pub(crate) fn card(chat: Chat, home: &str, file: &File) -> Vec<Built> {
    let Some(core) = chat.core() else {
        return Vec::new();
    };
    let waiting = (home.to_owned(), file.clone());
    core.apart.files.shown.borrow_mut().push(waiting);
    if chat.now(|shown| shown.open) {
        chat.need(Part::Files);
    }
    let name = file.name.clone();
    vec![link("", address(chat, file), name, does(|| ()))]
}

/// Where a file is.
pub(crate) fn address(chat: Chat, file: &File) -> String {
    let origin = chat.core().map(|core| core.link.origin());
    [
        &origin.unwrap_or_default(),
        "/api/files/",
        &file.id.to_string(),
    ]
    .concat()
}

/// The field that lets the visitor choose. It lies over its icon and is not seen.
pub(crate) fn clip(chat: Chat) -> Built {
    built(view! {
        <span class="tool clip">
            {Parts(vec![icons::clip()])}
            <input
                type="file"
                multiple
                id="files"
                aria-label=chat.say("attach")
                disabled=holds(move || chat.follow(|shown| shown.blocked))
                on:change=move |event| took(chat, &event)
            />
        </span>
    })
}

/// Takes the files of an event. A browser would show what is dropped in place of
/// the page.
pub(crate) fn took(chat: Chat, event: &Event) {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    for holder in HOLDERS {
        let held = get(event, holder);
        let files = get(&held, "files");
        // What is copied in a spreadsheet is text, with a picture of it.
        let is_text = get(&get(&held, "types"), "0") == "text/plain";
        let has_files = !is_text && get(&files, "0").is_truthy();
        if has_files || event.type_() == "dragover" {
            event.prevent_default();
        }
        if has_files
            && !chat.now(|shown| shown.blocked)
            && let Some(core) = chat.core()
        {
            core.apart.files.chosen.borrow_mut().push(files);
            chat.need(Part::Files);
        }
    }
}
