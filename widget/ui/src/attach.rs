//! Where files are chosen, dropped and pasted, and where they stand in the log. What
//! they look like, and how they are sent, is apart.

use js_sys::Reflect;
use saluda_protocol::File;
use wasm_bindgen::JsValue;
use web_sys::Event;

use crate::{apart::Part, built::Built, chat::Chat, controls::link, live::does};

/// Where an event holds files: one of a field, a drop and a paste.
const HOLDERS: [&str; 3] = ["target", "dataTransfer", "clipboardData"];

/// A file in the log: a link with its name, until how it looks is here.
pub(crate) fn card(chat: Chat, file: &File) -> Vec<Built> {
    chat.need(Part::Files);
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
            core.apart.chosen.borrow_mut().push(files);
            chat.need(Part::Files);
        }
    }
}
