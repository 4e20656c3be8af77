//! The road of what is said: to the server and back, and over a reload.

use std::cell::{Cell, RefCell};

use saluda_client::{
    Pending,
    socket::{Listener, Signal, Socket, Timeout},
};
use saluda_protocol::{
    Credentials, MessageId, VisitorFrame, VisitorUpdate, limits, trigger::Asked,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::WebSocket;

use crate::{
    apart::{FormState, Part},
    chat::{Chat, now},
    fields::Fields,
    identity::Identifying,
    link::{Link, Memory},
    place, scroll,
    shown::Connection,
    talk::{Asking, Effect, Talk},
    tools::tools,
    wire::{self, Site},
};

/// A connection may be away for this long before it is worth a word.
const WORTH_A_WORD_MS: u32 = 2_000;

/// Messages that are not known to be on the server.
const PENDING: &str = "pending";
/// How to reach the visitor, while it is not known to be on the server.
const CONTACT: &str = "contact";
/// What a greeting asked for and has not got.
const OWED: &str = "owed";
/// What was filled in, while it is not known to be on the server: the frame.
const FILLED: &str = "answers";
/// That the form was filled in or put off.
const FORM_DONE: &str = "form_done";
/// What is typed into the form.
pub(crate) const FORM: &str = "form";
/// That the visitor does not want to tell an address.
const SKIPPED: &str = "email_skipped";

/// The socket, and what is kept because it may not be there.
#[derive(Default)]
pub(crate) struct Road {
    socket: RefCell<Option<Socket<VisitorFrame, VisitorUpdate>>>,
    lost: RefCell<Option<Timeout>>,
    typing_ends: RefCell<Option<Timeout>>,
    typing_told_at: Cell<u64>,
    visibility: RefCell<Option<Listener>>,
    /// Messages this page answers for; other tabs keep theirs beside them.
    own: RefCell<Vec<MessageId>>,
    /// Whether other tabs were looked for.
    met: Cell<bool>,
    kept: RefCell<Vec<Pending>>,
    kept_contact: RefCell<Option<String>>,
    kept_owed: Cell<Fields>,
    pub(crate) identifying: RefCell<Option<Identifying>>,
    kept_filled: RefCell<Option<String>>,
}

impl Road {
    /// Takes up what an earlier page could not send.
    pub(crate) fn take_up(&self, memory: &Memory, site: &Site) -> Talk {
        let pending = recall_pending(memory);
        self.own.replace(pending.iter().map(|one| one.id).collect());
        self.kept.replace(pending.clone());
        let contact = memory.recall(CONTACT);
        let unsaved = contact.as_deref().and_then(wire::kept_contact);
        self.kept_contact.replace(contact);
        let mut talk = Talk::new(
            site.email,
            pending,
            unsaved.unwrap_or_default(),
            memory.recall(SKIPPED).is_some(),
            site.online,
        );
        let owed = Fields::from_text(&memory.recall(OWED).unwrap_or_default());
        self.kept_owed.set(owed);
        talk.owe(owed);
        let filled = memory.recall(FILLED);
        self.kept_filled.replace(filled.clone());
        talk.ask(Asking {
            fields: site.asked.clone(),
            known: memory.credentials().is_some(),
            done: memory.recall(FORM_DONE).is_some(),
            filled,
            ..Asking::default()
        });
        if site.rates {
            talk.ask_how_it_was();
        }
        talk
    }

    /// Answers for a message.
    pub(crate) fn own(&self, id: MessageId) {
        self.own.borrow_mut().push(id);
    }

    /// Keeps over a reload what is not known to be on the server.
    pub(crate) fn keep_unsent(&self, memory: &Memory, talk: &Talk) {
        let pending = talk.conversation().pending();
        if *self.kept.borrow() != pending {
            self.kept.replace(pending.to_vec());
            let own = self.own.borrow();
            let mut all = recall_pending(memory);
            all.retain(|other| !own.contains(&other.id));
            all.extend_from_slice(pending);
            if all.is_empty() {
                memory.forget(PENDING);
            } else {
                memory.remember(PENDING, &wire::write_pending(&all));
            }
        }
        let owed = talk.owed();
        if self.kept_owed.replace(owed) != owed {
            if owed.count() == 0 {
                memory.forget(OWED);
            } else {
                memory.remember(OWED, &owed.to_text());
            }
        }
        let contact = talk.unsaved().map(wire::write_kept_contact);
        keep(memory, CONTACT, &self.kept_contact, contact);
        keep(memory, FILLED, &self.kept_filled, talk.filled().cloned());
    }

    pub(crate) fn remember_form(memory: &Memory) {
        memory.remember(FORM_DONE, "1");
        memory.forget(FORM);
    }

    pub(crate) fn remember_skipping(memory: &Memory) {
        memory.remember(SKIPPED, "1");
    }

    pub(crate) fn send(&self, frame: &VisitorFrame) {
        self.send_text(&wire::frame(frame));
    }

    fn send_text(&self, frame: &str) {
        if let Some(socket) = &*self.socket.borrow() {
            // What matters is sent again after the next welcome.
            let _ = socket.send_text(frame);
        }
    }
}

/// Keeps a note as it is now, if it is another than the one that is kept.
fn keep(memory: &Memory, key: &str, kept: &RefCell<Option<String>>, note: Option<String>) {
    if *kept.borrow() != note {
        match &note {
            Some(note) => memory.remember(key, note),
            None => memory.forget(key),
        }
        kept.replace(note);
    }
}

fn recall_pending(memory: &Memory) -> Vec<Pending> {
    memory
        .recall(PENDING)
        .and_then(|text| wire::pending(&text))
        .unwrap_or_default()
}

impl Chat {
    /// Shows what is there, and connects if a conversation has begun.
    pub(crate) fn begin(self) {
        let Some(core) = self.core() else { return };
        core.follower.replace(scroll::follow(self));
        core.tools.replace(tools(self));
        self.claim();
        self.draw();
        if core.link.memory().credentials().is_some() || core.talk.borrow().has_unsent() {
            self.connect();
        }
        let document = web_sys::window().and_then(|window| window.document());
        core.road.visibility.replace(document.map(|document| {
            Listener::new(&document, "visibilitychange", move |_: web_sys::Event| {
                // It may be the last that this page hears.
                self.settle();
                self.see();
            })
        }));
    }

    /// Connects, unless that was done already.
    pub(crate) fn connect(self) {
        let Some(core) = self.core() else { return };
        let mut socket = core.road.socket.borrow_mut();
        if socket.is_none() {
            let link = core.link.clone();
            *socket = Some(Socket::connect_reading(
                move || dial(&link),
                wire::update,
                move |signal| self.hear(signal),
            ));
        }
    }

    /// Hangs up, and dials anew if `again`.
    pub(crate) fn redial(self, again: bool) {
        let Some(core) = self.core() else { return };
        if let Some(socket) = &*core.road.socket.borrow() {
            core.talk.borrow_mut().lose();
            socket.redial(again);
        }
    }

    fn hear(self, signal: Signal<VisitorUpdate>) {
        let Some(core) = self.core() else { return };
        match signal {
            Signal::Opened => {
                let memory = core.link.memory();
                let credentials = memory.credentials();
                let credentials = credentials.and_then(|text| Credentials::from_cookie(&text));
                let place = place::place(&core.link);
                let hello = core.talk.borrow().hello(credentials, place);
                core.road.send(&hello);
            }
            Signal::Update(update) => {
                self.hear_identity(&update);
                let effects = core.talk.borrow_mut().hear(update, now());
                if core.talk.borrow().welcomed() {
                    if !core.road.met.replace(true) {
                        core.link.bring("tabs.js");
                    }
                    core.road.lost.take();
                    self.show(|shown| shown.connection = Connection::Fine);
                }
                self.run(effects);
            }
            Signal::Lost => {
                core.talk.borrow_mut().lose();
                let mut lost = core.road.lost.borrow_mut();
                if lost.is_none() {
                    *lost = Some(Timeout::new(WORTH_A_WORD_MS, move || {
                        self.show(|shown| shown.connection = Connection::Lost);
                    }));
                }
            }
            Signal::Rejected(_) => {
                core.talk.borrow_mut().lose();
                core.road.lost.take();
                self.show(|shown| shown.connection = Connection::Rejected);
            }
        }
    }

    /// Does what follows from something, and shows it.
    pub(crate) fn run(self, effects: impl IntoIterator<Item = Effect>) {
        self.carry_out(effects);
        self.refresh();
    }

    /// Does what follows from something.
    pub(crate) fn carry_out(self, effects: impl IntoIterator<Item = Effect>) {
        let Some(core) = self.core() else { return };
        for effect in effects {
            match effect {
                Effect::Send(frame) => core.road.send(&frame),
                Effect::SendText(frame) => core.road.send_text(&frame),
                Effect::FilledIn => {
                    core.form_state.set(FormState::Fine);
                    Road::remember_form(&core.link.memory());
                }
                Effect::FormRefused => core.form_state.set(FormState::Old),
                Effect::Keep(credentials) => core.link.memory().keep(&credentials.to_cookie()),
                Effect::Said { id, by } => self.tell_message(id, by),
                Effect::Before { count, last_at } => core.link.tell_before(count, last_at),
                Effect::Replied(trigger) => core.link.react(&trigger, "replied"),
                Effect::Typing(name) => {
                    self.show(|shown| shown.typing = Some(name));
                    let lasts_ms = u32::try_from(limits::TYPING_LASTS_MS).unwrap_or(u32::MAX);
                    let ends = Timeout::new(lasts_ms, move || {
                        self.show(|shown| shown.typing = None);
                    });
                    core.road.typing_ends.replace(Some(ends));
                }
                Effect::Silence => {
                    self.show(|shown| shown.typing = None);
                    core.road.typing_ends.take();
                }
                Effect::MayAttach => self.need(Part::Files),
                Effect::Renew => core.link.tell("rules", true),
                Effect::Prepended => core.prepended.set(true),
                Effect::EmailRefused => {
                    self.show(|shown| shown.wrong = Some(Asked::Email));
                }
            }
        }
    }

    /// Tells where the visitor is now: on another page than when this one was
    /// loaded. The greeting belongs to the page before.
    pub(crate) fn moved(self) {
        self.ungreet();
        // A router names the page after it has changed the address.
        self.soon(move || {
            let Some(core) = self.core() else { return };
            if core.talk.borrow().welcomed() && !place::is_private() {
                let place = place::place(&core.link);
                core.road.send(&VisitorFrame::Moved(place));
            }
        });
    }

    /// Tells that the visitor is typing, now and then.
    pub(crate) fn tell_typing(self) {
        let Some(core) = self.core() else { return };
        let now = now().0;
        if now.saturating_sub(core.road.typing_told_at.get()) >= limits::TYPING_EVERY_MS {
            core.road.typing_told_at.set(now);
            let effects = core.talk.borrow().typing();
            self.carry_out(effects);
        }
    }
}

/// A socket of this tab, or a share in that of another.
fn dial(link: &Link) -> Result<WebSocket, JsValue> {
    // It is as safe as the page the script came from.
    let origin = link.origin();
    let rest = origin.strip_prefix("http").unwrap_or_default();
    let address = ["ws", rest, "/ws/visitor/", &link.site()].concat();
    match link.dial() {
        Some(dial) => dial
            .call1(&JsValue::NULL, &address.into())
            .map(JsCast::unchecked_into),
        None => WebSocket::new(&address),
    }
}
