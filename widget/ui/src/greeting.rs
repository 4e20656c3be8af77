//! A greeting above the launcher: who says what, and the ways to go on.

use leptos::prelude::*;
use saluda_client::Pending;
use saluda_protocol::{Author, MessageId};
use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::{
    built::{Built, built},
    chat::{Chat, now, random},
    choices::choices,
    controls::cross,
    fields::Fields,
    header::initials,
    lines::Mounted,
    live::{class, does},
    wire,
};

/// A greeting that is on the screen and was not clicked.
pub(crate) struct Greeting {
    pending: Pending,
    wanted: Fields,
    card: Mounted,
}

/// Where greetings appear. It is in the page before them, so that a screen
/// reader hears of what comes into it.
pub(crate) fn greetings() -> impl IntoView {
    view! { <div id="greetings" aria-live="polite"></div> }
}

impl Chat {
    /// Shows a greeting above the launcher. While the panel is open it is the
    /// last message of the log at once.
    pub(crate) fn greet(self, greeting: JsValue) {
        let Some(core) = self.core() else { return };
        let id = MessageId::from_random(random());
        let Some((pending, wanted)) = wire::greeting(greeting, id, now()) else {
            return;
        };
        if self.now(|shown| shown.open) {
            self.offer(pending, wanted);
            return;
        }
        let Some(home) = self.element::<Element>("greetings") else {
            return;
        };
        self.take_greeting();
        let card = core.mount(&home, || card(self, &pending));
        core.greeting.replace(Some(Greeting {
            pending,
            wanted,
            card,
        }));
        self.show(|shown| shown.greeting = true);
        core.link.tell("on_screen", true);
    }

    /// Takes the greeting away: its page has ended.
    pub(crate) fn ungreet(self) {
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
        let home = self.element::<Element>("greetings");
        home.is_some_and(|home| home.contains(focused.as_deref()))
    }

    fn offer(self, pending: Pending, wanted: Fields) {
        let Some(core) = self.core() else { return };
        core.road.own(pending.id);
        core.talk.borrow_mut().offer(pending, wanted);
        self.show(|shown| shown.at_end = true);
        self.refresh();
    }

    fn take_greeting(self) -> Option<(Pending, Fields)> {
        let core = self.core()?;
        let greeting = core.greeting.take()?;
        greeting.card.remove();
        self.show(|shown| shown.greeting = false);
        core.link.tell("on_screen", false);
        Some((greeting.pending, greeting.wanted))
    }
}

fn card(chat: Chat, pending: &Pending) -> Built {
    let author = pending.author(&Author::Visitor);
    let sender = match author {
        Author::Greeting { name, .. } => name.clone(),
        _ => String::new(),
    };
    let name = chat.fill("greeting", &sender);
    let initials = initials(&sender);
    let site = chat.core().map(|core| core.site.name.clone());
    // One line is enough when the site itself greets.
    let site = site.filter(|site| *site != sender).unwrap_or_default();
    let text = pending.body.as_text().to_owned();
    let avatar = class(["avatar online", "avatar"], move || {
        chat.follow(|shown| shown.agents_online)
    });
    built(view! {
        <div class="greeting" role="group" aria-label=name>
            <div class="greeting-scroll">
                <button type="button" class="greeting-said" on:click=does(move || chat.open())>
                    <span class=avatar aria-hidden="true">
                        {initials}
                    </span>
                    <b>{sender}</b>
                    <small>{site}</small>
                    <span class="greeting-text">{text}</span>
                </button>
            </div>
            {cross("tool", chat.say("dismiss"), does(move || chat.dismiss()))}
            {choices(chat, pending.id, author, &pending.body, None)}
        </div>
    })
}
