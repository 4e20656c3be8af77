//! Where files stand in the log. What they look like, and how they are sent, is
//! apart.

use std::any::Any;
use std::cell::RefCell;

use saluda_protocol::File;

use crate::{apart::Part, built::Built, chat::Chat, controls::link, live::does};

/// What waits for the code that is apart, and what that keeps.
#[derive(Default)]
pub(crate) struct Files {
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
