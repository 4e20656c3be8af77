//! What there is to do with files: to show how those of the log look, and to send
//! those that the visitor chose.

use std::any::Any;

use saluda_client::socket::Listener;
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
    let mut kept = core.apart.files.kept.borrow_mut();
    let kept = kept.get_or_insert_with(|| Box::new(Kept::default()) as Box<dyn Any>);
    kept.downcast_mut().map(act)
}

/// Does what there is to do.
pub(super) fn take(chat: Chat) -> Built {
    if let Some(core) = chat.core() {
        let shown = core.apart.files.shown.take();
        with(chat, |kept| {
            let is_there = |home: &str| chat.element::<Element>(home).is_some();
            kept.cards.retain(|(home, _)| is_there(home));
            for (home, file) in shown {
                let listeners = card::show(chat, &home, &file);
                kept.cards.push((home, listeners));
            }
        });
        for list in core.apart.files.chosen.take() {
            tray::add(chat, &list);
        }
        tray::step(chat);
    }
    built(())
}
