//! What there is to do with files: to show how those of the log look, and to send
//! those that the visitor chose.

use std::any::Any;

use saluda_client::socket::Listener;
use saluda_protocol::Body;
use web_sys::Element;

use super::{
    card,
    tray::{self, Tray},
};
use crate::{
    built::{Built, built},
    chat::Chat,
};

/// What is known of them.
#[derive(Default)]
pub(super) struct Kept {
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
        drop(talk);
        for list in core.apart.chosen.take() {
            tray::add(chat, &list);
        }
    }
    tray::step(chat);
    built(())
}
