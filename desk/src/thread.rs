//! The conversation pane.

mod header;
mod log;
mod message;
mod row;
pub(crate) mod state;

use leptos::prelude::*;
use saluda_protocol::ConversationId;

use crate::avatar::Who;
use crate::composer::Composer;
use crate::icons::{Icon, Symbol};
use crate::refusal;
use crate::route::{self, Place};
use crate::state::{Desk, use_desk};
use crate::texts::text;
use header::Header;
use log::Log;

/// The conversation pane, or what stands in its place.
#[component]
pub(crate) fn ThreadPane(open: Memo<Option<ConversationId>>) -> impl IntoView {
    let desk = use_desk();
    let refused = Memo::new(move |_| {
        desk.threads
            .with(|threads| threads.current().and_then(|thread| thread.refused.clone()))
    });
    view! {
        <section class="thread" aria-label=text("thread.label")>
            {move || match (open.get(), refused.get()) {
                (None, _) => view! { <Nothing/> }.into_any(),
                (Some(_), Some(error)) => view! {
                    <div class="blank" role="alert">
                        <p class="blank-title">{text("thread.refused")}</p>
                        <p>{refusal::sentence(&error)}</p>
                        <button class="button" on:click=|_| route::go(&Place::Inbox(None))>
                            {text("thread.back")}
                        </button>
                    </div>
                }
                .into_any(),
                // A view of its own for each conversation: where it was
                // scrolled to and what is typed belong to one of them.
                (Some(id), None) => view! { <Header id/> <Log id/> <Composer id/> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <div class="blank">
            <span class="blank-sign"><Icon of=Symbol::Talk/></span>
            <p class="blank-title">{text("thread.none")}</p>
            <p class="blank-keys">
                <kbd>"J"</kbd> " " <kbd>"K"</kbd> " " {text("thread.keys_walk")} " · "
                <kbd>"Enter"</kbd> " " {text("thread.keys_open")} " · "
                <kbd>"Esc"</kbd> " " {text("thread.keys_back")}
            </p>
        </div>
    }
}

/// With whom a conversation is, from the best that is known.
pub(crate) fn who(desk: Desk, id: ConversationId) -> Option<Who> {
    let person = desk.threads.with(|threads| {
        threads.get(id)?.person.as_ref().map(|person| Who {
            visitor: person.visitor,
            contact: person.contact.clone(),
            online: person.online,
        })
    });
    person.or_else(|| desk.inbox.with(|inbox| inbox.summary(id).map(Who::from)))
}
