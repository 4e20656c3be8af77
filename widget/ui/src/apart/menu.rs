//! What else the visitor can do.

use leptos::prelude::*;

use super::{Part, popover::popover};
use crate::{
    built::{Built, Parts, built},
    chat::Chat,
    live::{does, yes_or_no},
};

/// Set while the visitor wants no sound. `widget/tabs/notice.js` reads it.
const MUTED: &str = "muted";

/// The menu.
pub(super) fn menu(chat: Chat) -> Built {
    let mut items = vec![transcript(chat)];
    if chat.core().is_some_and(|core| core.site.notices.sound) {
        items.push(sound(chat));
    }
    popover(chat, Part::Menu, "menu", chat.say("more"), 1, Parts(items))
}

/// Has the conversation sent by e-mail: a script of its own asks where to.
fn transcript(chat: Chat) -> Built {
    let ask = does(move || {
        chat.leave(Part::Menu);
        if let Some(core) = chat.core() {
            core.link.bring("transcript.js");
        }
    });
    built(view! {
        <button type="button" role="menuitem" class="menu-item" tabindex="-1" on:click=ask>
            {chat.say("transcript")}
        </button>
    })
}

/// Turns the sound off and on.
fn sound(chat: Chat) -> Built {
    let memory = chat.core().map(|core| core.link.memory());
    let muted = memory.is_some_and(|memory| memory.recall(MUTED).is_some());
    let muted = RwSignal::new(muted);
    let mute = does(move || {
        let Some(core) = chat.core() else { return };
        if muted.get_untracked() {
            core.link.memory().forget(MUTED);
        } else {
            core.link.memory().remember(MUTED, "1");
        }
        muted.update(|muted| *muted = !*muted);
    });
    built(view! {
        <button
            type="button"
            role="menuitemcheckbox"
            class="menu-item"
            tabindex="-1"
            aria-checked=yes_or_no(move || !muted.get())
            on:click=mute
        >
            {chat.say("sound")}
        </button>
    })
}
