//! The chat as the views see it: signals to show, and what the visitor can do.
//!
//! What is known and what follows from it is decided by [`Talk`]; how it gets
//! to the server and back is in [`road`](crate::road).

mod acts;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use saluda_client::socket::{Listener, Timeout};
use saluda_protocol::{Contact, MessageId, Millis};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

use crate::{
    Link,
    apart::{Apart, FORM_START, FormState},
    built::Built,
    greeting::Greeting,
    lines::{Lines, Mounted},
    road::Road,
    scroll::Follower,
    shown::Shown,
    talk::{Talk, Voice},
    texts::Texts,
    told::Told,
    wire::Site,
};

/// The chat. Copies are the same chat.
///
/// Few signals on purpose: each kind of signal costs bytes, and what follows one
/// only touches the page where its own value differs.
#[derive(Clone, Copy)]
pub(crate) struct Chat {
    pub(crate) shown: RwSignal<Shown>,
    core: StoredValue<Rc<Core>, LocalStorage>,
}

/// What lives as long as the chat and is not shown.
pub(crate) struct Core {
    pub(crate) link: Link,
    pub(crate) site: Site,
    pub(crate) texts: Texts,
    pub(crate) lines: Lines,
    pub(crate) talk: RefCell<Talk>,
    pub(crate) road: Road,
    /// A greeting that is to be shown, as it was handed over.
    pub(crate) coming: RefCell<Option<JsValue>>,
    /// The greeting above the launcher.
    pub(crate) greeting: RefCell<Option<Greeting>>,
    /// Set while what is known is not on the screen.
    pub(crate) stale: Cell<bool>,
    pub(crate) told: RefCell<Told>,
    pub(crate) question: RefCell<Option<Timeout>>,
    /// Set when what was loaded stands before what is on the screen.
    pub(crate) prepended: Cell<bool>,
    /// Where the log stood when it was last heard of.
    pub(crate) scroll_top: Cell<i32>,
    pub(crate) follower: RefCell<Option<Follower>>,
    pub(crate) apart: Apart,
    pub(crate) form_state: Cell<FormState>,
    pub(crate) tools: RefCell<Option<Vec<Listener>>>,
}

impl Core {
    /// Mounts a view that is there until it is dropped.
    pub(crate) fn mount(&self, home: &Element, view: impl FnOnce() -> Built) -> Mounted {
        self.lines.mount(home, view)
    }
}

impl Chat {
    /// A chat with what an earlier page left behind.
    pub(crate) fn new(link: Link, site: Site, texts: Texts) -> Self {
        let road = Road::default();
        let talk = road.take_up(&link.memory(), &site);
        Self {
            shown: RwSignal::new(Shown::new()),
            core: StoredValue::new_local(Rc::new(Core {
                link,
                site,
                texts,
                lines: Lines::new(),
                talk: RefCell::new(talk),
                road,
                coming: RefCell::default(),
                greeting: RefCell::default(),
                stale: Cell::new(true),
                told: RefCell::default(),
                question: RefCell::default(),
                prepended: Cell::new(false),
                scroll_top: Cell::new(0),
                follower: RefCell::default(),
                apart: Apart::default(),
                form_state: Cell::default(),
                tools: RefCell::default(),
            })),
        }
    }

    /// What is not shown, unless the chat was taken away meanwhile.
    pub(crate) fn core(self) -> Option<Rc<Core>> {
        self.core.try_get_value()
    }

    /// Changes what is shown, if that makes a difference.
    pub(crate) fn show(self, change: impl FnOnce(&mut Shown)) {
        if let Some(before) = self.shown.try_get_untracked() {
            let mut after = before.clone();
            change(&mut after);
            self.replace(&before, after);
        }
    }

    fn replace(self, before: &Shown, after: Shown) {
        if after != *before {
            self.shown.set(after);
        }
    }

    /// Something that is shown, for a view that follows it.
    pub(crate) fn follow<T>(self, read: impl FnOnce(&Shown) -> T) -> T {
        self.shown.with(read)
    }

    /// Something that is shown now.
    pub(crate) fn now<T>(self, read: impl FnOnce(&Shown) -> T) -> T {
        self.shown.with_untracked(read)
    }

    /// The sentence under `key`.
    pub(crate) fn say(self, key: &str) -> String {
        self.core()
            .map(|core| core.texts.say(key))
            .unwrap_or_default()
    }

    /// The sentence under `key`, with a value in its slot.
    pub(crate) fn fill(self, key: &str, value: &str) -> String {
        self.core()
            .map(|core| core.texts.fill(key, value))
            .unwrap_or_default()
    }

    /// The sentence for this many.
    pub(crate) fn count(self, key: &str, number: usize) -> String {
        self.core()
            .map(|core| core.texts.count(key, number))
            .unwrap_or_default()
    }

    /// The time of day.
    pub(crate) fn hour(self, at: Millis) -> String {
        self.core()
            .map(|core| core.texts.hour(at))
            .unwrap_or_default()
    }

    /// The day, as it is called today.
    pub(crate) fn day(self, at: Millis) -> String {
        let today = self.follow(|shown| shown.today);
        self.core()
            .map(|core| core.texts.day(at, today))
            .unwrap_or_default()
    }

    /// What a visitor told of themselves.
    pub(crate) fn contact(self, contact: &Contact) -> String {
        self.core()
            .map(|core| core.texts.contact(contact))
            .unwrap_or_default()
    }

    /// An element of ours.
    pub(crate) fn element<E: JsCast>(self, id: &str) -> Option<E> {
        let root = self.core()?.link.root();
        root.get_element_by_id(id)?.dyn_into().ok()
    }

    /// Focuses an element of ours.
    pub(crate) fn focus(self, id: &str) {
        if let Some(element) = self.element::<HtmlElement>(id) {
            let _ = element.focus();
        }
    }

    /// Opens the panel.
    pub(crate) fn open(self) {
        let Some(core) = self.core() else { return };
        if self.now(|shown| shown.open) {
            return;
        }
        self.show(|shown| shown.open = true);
        core.link.tell("panel", true);
        self.read_greeting();
        self.refresh();
        self.focus_soon();
        core.link.emit("open", &[]);
    }

    /// Closes the panel.
    pub(crate) fn close(self) {
        let Some(core) = self.core() else { return };
        if !self.now(|shown| shown.open) {
            return;
        }
        let had_focus = core.link.root().active_element().is_some();
        self.show(|shown| shown.open = false);
        if had_focus {
            // On a phone it comes back only now that the panel is gone.
            self.soon(move || self.focus("launcher"));
        }
        core.link.tell("panel", false);
        core.link.emit("close", &[]);
    }

    /// Opens the panel or closes it.
    pub(crate) fn toggle(self) {
        let open = self.core().is_some() && self.now(|shown| shown.open);
        if open { self.close() } else { self.open() }
    }

    /// Removes the plain launcher, and keeps the focus where it was.
    pub(crate) fn take_over(self, plain: &HtmlElement) {
        let Some(core) = self.core() else { return };
        let focused = core.link.root().active_element();
        let had_focus = focused.is_some_and(|element| element == **plain);
        plain.remove();
        if had_focus && !self.now(|shown| shown.open) {
            self.focus("launcher");
        }
    }

    /// Puts the focus where the visitor goes on.
    pub(crate) fn focus_soon(self) {
        self.soon(move || {
            let (form, blocked) = self.now(|shown| (shown.form, shown.blocked));
            self.focus(match (form, blocked) {
                (true, _) => FORM_START,
                (_, true) => "email",
                _ => "composer",
            });
        });
    }

    /// Does something after the screen has followed the signals.
    pub(crate) fn soon(self, then: impl FnOnce() + 'static) {
        request_animation_frame(move || {
            if self.core().is_some() {
                then();
            }
        });
    }

    /// What is on the screen was seen, if it is on the screen.
    pub(crate) fn see(self) {
        let Some(core) = self.core() else { return };
        if is_visible() && self.now(|shown| shown.open && shown.at_end) {
            let effects = core.talk.borrow_mut().see();
            self.carry_out(effects);
            self.show_unread();
        }
    }

    /// Loads what was said before, if there is more.
    pub(crate) fn load_older(self) {
        let Some(core) = self.core() else { return };
        let effects = core.talk.borrow_mut().load_older();
        if !effects.is_empty() {
            self.run(effects);
        }
    }

    /// Tells the page that there is a message, not what it says.
    pub(crate) fn tell_message(self, id: MessageId, by: Voice) {
        let Some(core) = self.core() else { return };
        if by != Voice::Greeting {
            core.link.tell("message", by == Voice::Agent);
        }
        let from = match by {
            Voice::Visitor => "visitor",
            Voice::Agent | Voice::Greeting => "agent",
        };
        let id = JsValue::from_str(&id.to_string());
        let detail = [("id", id), ("from", JsValue::from_str(from))];
        core.link.emit("message", &detail);
    }
}

/// Whether anyone can see the page.
pub(crate) fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document
        .is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// The clock of this browser.
pub(crate) fn now() -> Millis {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970 are whole, positive and below 2^53"
    )]
    let now = js_sys::Date::now() as u64;
    Millis(now)
}

/// Good randomness, on pages without TLS too.
pub(crate) fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}
