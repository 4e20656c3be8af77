//! The conversation pane.

mod file;
mod header;
mod log;
mod message;
mod row;
pub(crate) mod state;
pub(crate) mod who;

use leptos::ev::DragEvent;
use leptos::prelude::*;
use saluda_protocol::ConversationId;

use crate::composer::Composer;
use crate::composer::tray::files_of;
use crate::icons::{Icon, Symbol};
use crate::refusal;
use crate::route::{self, Place};
use crate::state::use_desk;
use crate::texts::text;
use header::Header;
use log::Log;
use state::Threads;

/// The conversation pane, or what stands in its place.
#[component]
pub(crate) fn ThreadPane(open: Memo<Option<ConversationId>>) -> impl IntoView {
    let desk = use_desk();
    let refused = Memo::new(move |_| {
        desk.threads
            .with(|threads| threads.current().and_then(|thread| thread.refused.clone()))
    });
    let erased = Memo::new(move |_| {
        let is_erased = |threads: &Threads| threads.current().is_some_and(|thread| thread.erased);
        desk.threads.with(is_erased)
    });
    // A browser would show what is dropped in place of the desk.
    let hover = move |event: DragEvent| {
        if open.get_untracked().is_some() {
            event.prevent_default();
        }
    };
    let dropped = move |event: DragEvent| {
        let list = event.data_transfer().and_then(|data| data.files());
        let files = list.map(|list| files_of(&list)).unwrap_or_default();
        if let (Some(id), false) = (open.get_untracked(), files.is_empty()) {
            event.prevent_default();
            if !erased.get_untracked() {
                desk.attach(id, files);
            }
        }
    };
    view! {
        <section
            class="thread"
            aria-label=text("thread.label")
            on:dragover=hover
            on:drop=dropped
        >
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
                (Some(id), None) => view! {
                    <Header id/>
                    <Log id/>
                    {move || (!erased.get()).then(|| view! { <Composer id/> })}
                }
                .into_any(),
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
