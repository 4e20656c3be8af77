//! What this browser remembers of its visitor: who they are, their visit, and
//! small notes such as messages that are not sent yet.
//!
//! **Invariant:** nothing is stored before consent allows it, and no failure of
//! the browser's storage reaches the caller. What cannot be stored is held here
//! until the page ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use saluda_protocol::Millis;
use saluda_rules::Stay as Visit;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{cookie, storage, stored};

const VISIT: &str = "visit";
/// Messages that are not known to be on the server; `ui` writes them.
const PENDING: &str = "pending";

/// Whether the browser may be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Consent {
    Given,
    /// Until the page says so, or the visitor writes.
    Awaited,
    /// Until the page says otherwise.
    Denied,
}

/// The page's memory. Clones are the same memory.
#[wasm_bindgen]
#[derive(Clone)]
pub struct Memory(Rc<Held>);

struct Held {
    consent: Cell<Consent>,
    credentials: RefCell<Option<String>>,
    // Few, so they are looked through: a map costs more bytes than it saves.
    notes: RefCell<Vec<(String, String)>>,
    visit: Cell<Visit>,
}

impl Memory {
    /// Takes up what the browser remembers. `consent` is `granted`, `required`
    /// or `denied`, as the loader says it.
    #[must_use]
    pub fn open(consent: &str, now: Millis) -> Self {
        let memory = Self(Rc::new(Held {
            consent: Cell::new(Consent::Awaited),
            credentials: RefCell::default(),
            notes: RefCell::default(),
            visit: Cell::new(Visit::resume(None, now)),
        }));
        // A cookie that is there already was allowed when it was written.
        let known = consent == "required" && cookie::read().is_some();
        memory.consent_at(if known { "granted" } else { consent }, now);
        memory
    }

    /// Counts a page of the visit.
    pub fn see_page(&self, now: Millis) {
        self.put_visit(Visit::resume(Some(self.latest_visit()), now).see_page(now));
    }

    /// The visit goes on.
    pub fn stay(&self, now: Millis) {
        self.put_visit(self.latest_visit().stay(now));
    }

    /// The page is looked at again, perhaps so late that it is another visit.
    pub fn come_back(&self, now: Millis) {
        self.put_visit(Visit::resume(Some(self.latest_visit()), now));
    }

    /// Whether a conversation began in this browser, on the server or at least
    /// here.
    #[must_use]
    pub fn has_conversation(&self) -> bool {
        self.credentials().is_some() || self.recall(PENDING).is_some()
    }

    fn consent_at(&self, word: &str, now: Millis) {
        let held = &self.0;
        match word {
            "denied" => {
                held.consent.set(Consent::Denied);
                cookie::erase();
                storage::erase();
            }
            // Asking for consent again takes nothing back.
            "required" => {}
            // Writing is a request to be answered, unless it was refused that
            // this is remembered.
            "written" if held.consent.get() == Consent::Denied => {}
            _ if held.consent.get() == Consent::Given => {}
            _ => {
                held.consent.set(Consent::Given);
                self.store_what_was_held(now);
            }
        }
    }

    fn store_what_was_held(&self, now: Millis) {
        if let Some(credentials) = self.credentials() {
            cookie::write(&credentials);
        }
        for (key, value) in self.0.notes.take() {
            self.remember(&key, &value);
        }
        let held = self.0.visit.get();
        let visit = match stored_visit() {
            Some(stored) => {
                let resumed = Visit::resume(Some(stored), now);
                Visit {
                    pages: resumed.pages.saturating_add(held.pages),
                    ..resumed
                }
            }
            None => held,
        };
        self.put_visit(visit);
    }

    fn allowed(&self) -> bool {
        self.0.consent.get() == Consent::Given
    }

    /// Another tab may have gone further.
    fn latest_visit(&self) -> Visit {
        self.allowed()
            .then(stored_visit)
            .flatten()
            .unwrap_or(self.0.visit.get())
    }

    fn put_visit(&self, visit: Visit) {
        self.0.visit.set(visit);
        if self.allowed() {
            storage::set(VISIT, &stored::to_text(visit));
        }
    }
}

/// What `link.memory` offers to the other parts in the page.
#[wasm_bindgen]
impl Memory {
    /// Who the visitor is, as the cookie writes it.
    #[must_use]
    pub fn credentials(&self) -> Option<String> {
        // Another tab may have begun the conversation meanwhile.
        self.allowed()
            .then(cookie::read)
            .flatten()
            .or_else(|| self.0.credentials.borrow().clone())
    }

    /// Keeps who the visitor is.
    pub fn keep(&self, credentials: String) {
        if self.allowed() {
            cookie::write(&credentials);
        }
        self.0.credentials.replace(Some(credentials));
    }

    /// A note kept under `key`, if there is one.
    #[must_use]
    pub fn recall(&self, key: &str) -> Option<String> {
        let notes = self.0.notes.borrow();
        match notes.iter().find(|(name, _)| name == key) {
            Some((_, value)) => Some(value.clone()),
            None if self.allowed() => storage::get(key),
            None => None,
        }
    }

    /// Keeps a note, over pages and visits where that is possible.
    pub fn remember(&self, key: &str, value: &str) {
        let mut notes = self.0.notes.borrow_mut();
        notes.retain(|(name, _)| name != key);
        if !(self.allowed() && storage::set(key, value)) {
            notes.push((key.to_owned(), value.to_owned()));
        }
    }

    /// Forgets a note.
    pub fn forget(&self, key: &str) {
        self.0.notes.borrow_mut().retain(|(name, _)| name != key);
        if self.allowed() {
            storage::remove(key);
        }
    }

    /// The visit as JSON: `number`, `began_at`, `active_at`, `pages`.
    #[must_use]
    pub fn visit(&self) -> String {
        stored::to_json(self.latest_visit())
    }

    /// Takes the page's word on what may be stored, `granted` or `denied`, or
    /// that the visitor has `written`.
    pub fn consent(&self, word: &str) {
        self.consent_at(word, crate::clock::now());
    }
}

fn stored_visit() -> Option<Visit> {
    stored::from_text(&storage::get(VISIT)?)
}
