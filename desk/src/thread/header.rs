//! Above the log: with whom, whether they are there, and what can be done with
//! the conversation as a whole.

use leptos::prelude::*;
use saluda_protocol::{ConversationId, Status};

use crate::avatar::Avatar;
use crate::icons::{Icon, Symbol};
use crate::names;
use crate::route::{self, Place};
use crate::state::{Desk, Line, use_desk};
use crate::texts::{text, text_with};
use crate::time;

/// Above the log.
#[component]
pub(crate) fn Header(id: ConversationId) -> impl IntoView {
    let desk = use_desk();
    let who = Memo::new(move |_| super::who::who(desk, id));
    let name = move || {
        who.with(|who| {
            who.as_ref()
                .map(|who| names::name_of(&who.contact, who.visitor))
        })
    };
    let status = Memo::new(move |_| {
        desk.threads.with(|threads| {
            let thread = threads.get(id)?;
            let is_there = thread.person.is_some() && !thread.erased;
            is_there.then_some(thread.status)
        })
    });
    let away = Memo::new(move |_| desk.line.get() != Line::Up);
    let turn = move |_| {
        if let Some(status) = status.get_untracked().filter(|_| !away.get_untracked()) {
            desk.set_status(id, other(status));
        }
    };
    view! {
        <header class="thread-head">
            <button
                class="icon-button only-narrow"
                aria-label=text("thread.back")
                on:click=|_| route::go(&Place::Inbox(None))
            >
                <Icon of=Symbol::Back/>
            </button>
            <Avatar who/>
            <div class="thread-who">
                <h1 class="thread-title" tabindex="-1" dir="auto">{name}</h1>
                <p class="thread-where">{move || whereabouts(desk, id)}</p>
            </div>
            <div class="thread-actions">
                {move || status.get().map(|status| view! {
                    <button
                        class="button"
                        aria-disabled=move || away.get().to_string()
                        on:click=turn
                    >
                        {match status {
                            Status::Open => view! { <Icon of=Symbol::Check/> },
                            Status::Closed => view! { <Icon of=Symbol::Reopen/> },
                        }}
                        {match status {
                            Status::Open => text("thread.close"),
                            Status::Closed => text("thread.reopen"),
                        }}
                    </button>
                })}
                <button
                    class="icon-button only-drawer"
                    aria-label=text("person.show")
                    aria-expanded=move || desk.person_shown.get().to_string()
                    aria-controls="person"
                    data-opens="person"
                    on:click=move |_| desk.person_shown.update(|shown| *shown = !*shown)
                >
                    <Icon of=Symbol::Person/>
                </button>
            </div>
        </header>
    }
}

fn other(status: Status) -> Status {
    match status {
        Status::Open => Status::Closed,
        Status::Closed => Status::Open,
    }
}

/// `On the site now · Pricing`, or when the visitor was last seen.
fn whereabouts(desk: Desk, id: ConversationId) -> Option<String> {
    let now = desk.minute.get();
    desk.threads.with(|threads| {
        let person = threads.get(id)?.person.as_ref()?;
        let title = person.place.title.trim();
        Some(if !person.online {
            text_with(
                "thread.last_seen",
                &[("when", &time::long_ago(person.last_seen, now))],
            )
        } else if title.is_empty() {
            text("thread.online")
        } else {
            text_with("thread.online_at", &[("page", title)])
        })
    })
}
