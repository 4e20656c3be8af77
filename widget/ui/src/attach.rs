//! Where files stand in the log. What they look like, and how they are sent, is
//! apart.

use saluda_protocol::File;

use crate::{apart::Part, built::Built, chat::Chat, controls::link, live::does};

/// A file in the log: a link with its name, until how it looks is here.
pub(crate) fn card(chat: Chat, file: &File) -> Vec<Built> {
    if chat.now(|shown| shown.open) {
        chat.need(Part::Files);
    }
    vec![link(
        "",
        address(chat, file),
        file.name.clone(),
        does(|| ()),
    )]
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
