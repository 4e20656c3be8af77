//! The parts of the chat that opening it does not need. Where the widget is
//! shipped, their code and their sheets are a module of their own, loaded when
//! the first of them is needed.

mod capture;
mod card;
mod emoji;
mod entry;
mod files;
mod form;
mod greeting;
mod menu;
mod popover;
mod rating;
mod renew;
mod script;
mod tray;
mod upload;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::{
    built::{Built, built},
    chat::{Chat, Core},
    lines::Mounted,
    remote::dress,
};

pub(crate) use form::{FIRST as FORM_START, FormState};

/// The sheets of these parts, joined.
const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/apart.css"));

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The questions for a name, an e-mail address and a telephone number.
    Capture,
    /// The emoji beside the composer.
    Emoji,
    /// What is to be sent, and what files of the conversation look like. It is not
    /// there once: each time it is asked for, it does what there is to do.
    Files,
    /// The form before the chat.
    Form,
    /// The greeting above the launcher.
    Greeting,
    /// What else the visitor can do, in the head.
    Menu,
    /// The question how the conversation was.
    Rating,
}

impl Part {
    /// The id of the element that it is mounted into.
    pub(crate) fn home(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Emoji | Self::Files | Self::Menu => "tray",
            Self::Form => "form",
            Self::Greeting => "greetings",
            Self::Rating => "rating",
        }
    }

    /// The id of the button that opens it.
    pub(crate) fn opener(self) -> &'static str {
        match self {
            Self::Emoji => "emoji-open",
            _ => "menu-open",
        }
    }
}

/// The code could not be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        // The loader has told the console why.
        Self
    }
}

/// The code that is apart, and how it is loaded.
#[cfg(feature = "split")]
#[expect(
    clippy::unnecessary_wraps,
    reason = "whoever calls it calls it through what loads it, which may fail"
)]
mod loaded {
    use super::{Built, Chat, Missing, Part, view_of};

    #[wasm_split_helpers::wasm_split(more, fallible, preload(fetch))]
    pub(super) fn view(part: Part, chat: Chat) -> Result<Built, Missing> {
        Ok(view_of(part, chat))
    }
}

/// The same where all of it is here.
#[cfg(not(feature = "split"))]
mod loaded {
    use std::future::{Ready, ready};

    use super::{Built, Chat, Missing, Part, view_of};

    pub(super) fn fetch() -> Ready<Result<(), Missing>> {
        ready(Ok(()))
    }

    pub(super) fn view(part: Part, chat: Chat) -> Ready<Result<Built, Missing>> {
        ready(Ok(view_of(part, chat)))
    }
}

fn view_of(part: Part, chat: Chat) -> Built {
    if let Some(core) = chat.core()
        && !core.apart.dressed.replace(true)
    {
        // A part without its sheet is still of use.
        let _ = dress(&core.link.root(), STYLE);
    }
    match part {
        Part::Capture => built(capture::capture(chat)),
        Part::Emoji => emoji::emoji(chat),
        Part::Files => files::take(chat),
        Part::Form => form::form(chat),
        Part::Menu => menu::menu(chat),
        Part::Rating => rating::rating(chat),
        Part::Greeting => greeting::greeting(chat).unwrap_or_else(|| built(())),
    }
}

/// How far the code is, and which parts are in the page.
#[derive(Default)]
pub(crate) struct Apart {
    /// Those that are to come, in the order in which they were asked for.
    asked: RefCell<Vec<Part>>,
    coming: Cell<bool>,
    dressed: Cell<bool>,
    mounted: RefCell<Vec<(Part, Mounted)>>,
    /// What is known of files, by the code that is apart alone.
    kept: RefCell<Option<Box<dyn Any>>>,
    /// Files that the visitor chose, as lists of the browser's.
    pub(crate) chosen: RefCell<Vec<JsValue>>,
}

impl Core {
    fn has(&self, part: Part) -> bool {
        let mounted = self.apart.mounted.borrow();
        mounted.iter().any(|(it, _)| *it == part)
    }
}

impl Chat {
    /// Brings a part into the page, as soon as its code is here. Asking again
    /// is harmless.
    pub(crate) fn need(self, part: Part) {
        let Some(core) = self.core() else { return };
        if core.has(part) {
            return;
        }
        let mut asked = core.apart.asked.borrow_mut();
        if !asked.contains(&part) {
            asked.push(part);
        }
        drop(asked);
        self.fetch_apart();
    }

    /// Brings a part into the page, or takes it off.
    pub(crate) fn flip(self, part: Part) {
        if self.core().is_some_and(|core| core.has(part)) {
            self.leave(part);
        } else {
            self.need(part);
        }
    }

    /// Takes a part off the page, or asks for it no more.
    pub(crate) fn leave(self, part: Part) {
        let Some(core) = self.core() else { return };
        core.apart.asked.borrow_mut().retain(|it| *it != part);
        let mut mounted = core.apart.mounted.borrow_mut();
        let at = mounted.iter().position(|(it, _)| *it == part);
        let gone = at.map(|at| mounted.swap_remove(at).1);
        drop(mounted);
        if let Some(gone) = gone {
            gone.remove();
        }
    }

    /// Asks for the code that is apart, again if it did not come.
    pub(crate) fn fetch_apart(self) {
        let Some(core) = self.core() else { return };
        if core.apart.coming.replace(true) {
            return;
        }
        spawn_local(async move {
            let loaded = loaded::fetch().await;
            let Some(core) = self.core() else { return };
            core.apart.coming.set(false);
            self.show(|shown| shown.missing = loaded.is_err());
            if loaded.is_ok() {
                let asked = core.apart.asked.take();
                for part in asked {
                    self.mount_part(&core, part);
                }
            }
        });
    }

    fn mount_part(self, core: &Core, part: Part) {
        let Some(home) = self.element::<Element>(part.home()) else {
            return;
        };
        let mut context = Context::from_waker(Waker::noop());
        // It is here: nothing has to be waited for.
        let view = || match pin!(loaded::view(part, self)).poll(&mut context) {
            Poll::Ready(Ok(view)) => view,
            Poll::Ready(Err(Missing)) | Poll::Pending => built(()),
        };
        let mounted = core.mount(&home, view);
        if part != Part::Files {
            core.apart.mounted.borrow_mut().push((part, mounted));
        }
        match part {
            Part::Greeting => self.greeted(),
            Part::Capture if self.now(|shown| shown.open && shown.blocked) => self.focus_soon(),
            _ => {}
        }
    }
}
