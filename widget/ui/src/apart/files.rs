//! What there is to do with files: to let the visitor choose some, to show how those
//! of the log look, and to send those that were chosen.

use std::any::Any;

use saluda_client::socket::Listener;
use saluda_protocol::Body;
use web_sys::{Element, Event};

use super::{
    Part, card,
    script::{call, element, get, icon, is, number, on},
    tray::{self, Tray},
};
use crate::{
    built::{Built, built},
    chat::Chat,
};

/// Where an event holds files: one of a field, a drop and a paste.
const HOLDERS: [&str; 3] = ["target", "dataTransfer", "clipboardData"];
/// A paper-clip.
const CLIP: &str = "m19 11-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5L13 4a3 3 0 0 1 4.3 4.3l-7.6 7.6";

/// What is known of them.
#[derive(Default)]
pub(super) struct Kept {
    /// What is heard of files that are chosen, dropped and pasted.
    choosing: Vec<Listener>,
    /// Which elements show one, and what is heard of them.
    cards: Vec<(String, Vec<Listener>)>,
    /// What is heard of the picture that is shown large.
    pub(super) enlarged: Vec<Listener>,
    pub(super) tray: Tray,
}

/// Does something with what is known of files. Nothing that is called meanwhile may
/// do so too.
pub(super) fn with<T>(chat: Chat, act: impl FnOnce(&mut Kept) -> T) -> Option<T> {
    let core = chat.core()?;
    let mut kept = core.apart.kept.borrow_mut();
    let kept = kept.get_or_insert_with(|| Box::new(Kept::default()) as Box<dyn Any>);
    kept.downcast_mut().map(act)
}

/// Does what there is to do.
pub(super) fn take(chat: Chat) -> Built {
    if let Some(core) = chat.core() {
        let talk = core.talk.borrow();
        let conversation = talk.conversation();
        let said = conversation.events().iter();
        let said = said.filter_map(|event| event.what.message());
        let said = said.map(|message| (message.id, &message.body));
        let pending = conversation.pending().iter();
        let pending = pending.map(|pending| (pending.id, &pending.body));
        with(chat, |kept| {
            if kept.choosing.is_empty() {
                kept.choosing = choosing(chat);
            }
            let is_there = |home: &str| chat.element::<Element>(home).is_some();
            kept.cards.retain(|(home, _)| is_there(home));
            for (id, body) in said.chain(pending) {
                let Body::File(file) = body else { continue };
                let home = ["said-", &id.to_string()].concat();
                if is_there(&home) && !kept.cards.iter().any(|(shown, _)| *shown == home) {
                    let listeners = card::show(chat, &home, file);
                    kept.cards.push((home, listeners));
                }
            }
        });
    }
    tray::step(chat);
    built(())
}

/// Lets the visitor choose files, drop them onto the panel and paste them.
fn choosing(chat: Chat) -> Vec<Listener> {
    let (Some(home), Some(panel)) = (
        chat.element::<Element>(Part::Files.home()),
        chat.element::<Element>("panel"),
    ) else {
        return Vec::new();
    };
    let field = [
        ("id", "files"),
        ("type", "file"),
        ("multiple", ""),
        ("hidden", ""),
    ];
    let field = element("input", &field, &[]);
    let name = chat.say("attach");
    let clip = [
        ("type", "button"),
        ("class", "clip"),
        ("aria-label", name.as_str()),
    ];
    let clip = element("button", &clip, &[icon(CLIP)]);
    call(&home, "append", &[field.clone(), clip.clone()]);
    let pick = on(&clip, "click", move |_| {
        if !chat.now(|shown| shown.blocked) {
            call(&field, "click", &[]);
        }
    });
    let kinds = ["change", "dragover", "drop", "paste"];
    let heard = kinds.map(|kind| on(&panel, kind, move |event| took(chat, &event)));
    [pick].into_iter().chain(heard).collect()
}

/// Takes the files of an event. A browser would show what is dropped in place of
/// the page.
fn took(chat: Chat, event: &Event) {
    for holder in HOLDERS {
        let held = get(event, holder);
        let files = get(&held, "files");
        // What is copied in a spreadsheet is text, with a picture of it.
        let is_text = is(&get(&held, "types"), "0", "text/plain");
        let has_files = !is_text && number(&files, "length") > 0.0;
        if has_files || is(event, "type", "dragover") {
            event.prevent_default();
        }
        if has_files && !chat.now(|shown| shown.blocked) {
            tray::add(chat, &files);
        }
    }
}
