//! A greeting above the launcher: how it comes, and what becomes of it. What it
//! looks like is a part that is loaded when the first one comes.

use leptos::prelude::*;
use saluda_client::Pending;
use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::{apart::Part, chat::Chat, fields::Fields};

/// A greeting that was not clicked.
pub(crate) struct Greeting {
    pub(crate) pending: Pending,
    pub(crate) wanted: Fields,
}

/// Where greetings appear. It is in the page before them, so that a screen
/// reader hears of what comes into it.
pub(crate) fn greetings() -> impl IntoView {
    view! { <div id=Part::Greeting.home() aria-live="polite"></div> }
}

impl Chat {
    /// Shows a greeting above the launcher, once what shows it is here. While the
    /// panel is open it is the last message of the log instead.
    pub(crate) fn greet(self, greeting: JsValue) {
        let Some(core) = self.core() else { return };
        self.take_greeting();
        core.coming.replace(Some(greeting));
        self.need(Part::Greeting);
    }

    /// What came of a greeting whose code has come.
    pub(crate) fn greeted(self) {
        let Some(core) = self.core() else { return };
        if core.greeting.borrow().is_none() {
            self.leave(Part::Greeting);
            return;
        }
        self.show(|shown| shown.greeting = true);
        core.link.tell("on_screen", true);
    }

    /// Takes the greeting away: its page has ended.
    pub(crate) fn ungreet(self) {
        if let Some(core) = self.core() {
            core.coming.take();
        }
        self.take_greeting();
    }

    /// Takes the greeting away because the visitor does not want it.
    pub(crate) fn dismiss(self) {
        let Some(core) = self.core() else { return };
        let had_focus = self.is_greeting_focused();
        let Some((pending, _)) = self.take_greeting() else {
            return;
        };
        if had_focus {
            self.focus("launcher");
        }
        if let Some(greeting) = &pending.greeting {
            core.link.react(&greeting.greeted.trigger, "dismissed");
        }
    }

    /// Moves the greeting from above the launcher into the log.
    pub(crate) fn read_greeting(self) {
        let Some(core) = self.core() else { return };
        let Some((pending, wanted)) = self.take_greeting() else {
            return;
        };
        if let Some(greeting) = &pending.greeting {
            core.link.react(&greeting.greeted.trigger, "opened");
        }
        self.offer(pending, wanted);
    }

    /// Whether the focus is in the greeting.
    pub(crate) fn is_greeting_focused(self) -> bool {
        let focused = self
            .core()
            .and_then(|core| core.link.root().active_element());
        let home = self.element::<Element>(Part::Greeting.home());
        home.is_some_and(|home| home.contains(focused.as_deref()))
    }

    /// Makes a greeting the last message of the log.
    pub(crate) fn offer(self, pending: Pending, wanted: Fields) {
        let Some(core) = self.core() else { return };
        core.road.own(pending.id);
        core.talk.borrow_mut().offer(pending, wanted);
        self.show(|shown| shown.at_end = true);
        self.refresh();
    }

    fn take_greeting(self) -> Option<(Pending, Fields)> {
        let core = self.core()?;
        let greeting = core.greeting.take()?;
        self.leave(Part::Greeting);
        self.show(|shown| shown.greeting = false);
        core.link.tell("on_screen", false);
        Some((greeting.pending, greeting.wanted))
    }
}
