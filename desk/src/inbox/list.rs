//! The list of conversations: it grows at its end, moves what changes, and is
//! one stop for the Tab key.

use leptos::html::Div;
use leptos::prelude::*;
use saluda_protocol::{ConversationId, Tab};

use super::item::Item;
use super::tab_id;
use crate::inbox::state::Inbox;
use crate::keys::{self, Step};
use crate::state::{Desk, use_desk};
use crate::texts::text;
use crate::thread::state::Threads;

/// More is loaded when less than this is left to scroll.
const AHEAD_PX: i32 = 480;
/// Rows drawn while there is nothing to show yet.
const SKELETON_ROWS: usize = 6;

/// The list, or what stands in its place.
#[component]
pub(crate) fn List() -> impl IntoView {
    let desk = use_desk();
    let shown = Memo::new(move |_| desk.inbox.with(Inbox::shown));
    let tab = Memo::new(move |_| desk.inbox.with(Inbox::tab));
    let open = Memo::new(move |_| desk.threads.with(Threads::open_id));
    let last_focused = RwSignal::new(None::<ConversationId>);
    // The Tab key stops where the agent was, else at the open conversation,
    // else at the first.
    let stop = Memo::new(move |_| {
        shown.with(|shown| {
            let shown = shown.as_ref()?;
            let here = |id: &ConversationId| shown.contains(id);
            let kept = last_focused
                .get()
                .filter(here)
                .or_else(|| open.get().filter(here));
            kept.or_else(|| shown.first().copied())
        })
    });
    let more = Memo::new(move |_| desk.inbox.with(|inbox| inbox.next().is_some()));
    let nothing = Memo::new(move |_| shown.with(|shown| shown.as_ref().is_some_and(Vec::is_empty)));
    let loading = Memo::new(move |_| shown.with(Option::is_none));

    let panel = NodeRef::<Div>::new();
    let load_ahead = move || {
        // It may be gone by the time a frame is drawn.
        if let Some(panel) = panel.try_get_untracked().flatten() {
            let left = panel.scroll_height() - panel.scroll_top() - panel.client_height();
            if left < AHEAD_PX {
                desk.show_more();
            }
        }
    };
    // A tab whose first page does not fill the pane has nothing to scroll.
    Effect::new(move |_| {
        shown.track();
        if more.get() && !desk.listing.get() {
            request_animation_frame(load_ahead);
        }
    });

    view! {
        <div
            class="panel"
            id="inbox-panel"
            role="tabpanel"
            aria-labelledby=move || tab_id(tab.get())
            aria-busy=move || loading.get().to_string()
            node_ref=panel
            on:scroll=move |_| load_ahead()
        >
            {move || loading.get().then(|| view! {
                <p class="unseen" role="status">{text("inbox.loading")}</p>
                <Skeleton rows=SKELETON_ROWS/>
            })}
            {move || nothing.get().then(|| view! { <Empty tab=tab.get()/> })}
            <ul class="items" role="list" aria-label=text("inbox.list")>
                <For each=move || shown.get().unwrap_or_default() key=|id| *id let:id>
                    <Item id stop last_focused/>
                </For>
            </ul>
            {move || (more.get() && !loading.get()).then(|| view! { <Skeleton rows=2/> })}
        </div>
    }
}

/// Goes a step through the list that is shown.
pub(crate) fn walk(desk: Desk, step: Step) {
    let shown = desk.inbox.with_untracked(Inbox::shown).unwrap_or_default();
    let from = document()
        .active_element()
        .and_then(|element| element.get_attribute("data-conversation"))
        .and_then(|id| id.parse().ok())
        .or_else(|| desk.threads.with_untracked(Threads::open_id));
    if let Some(to) = keys::step(&shown, from, step) {
        keys::focus(&format!("[data-conversation='{to}']"));
    }
}

#[component]
fn Skeleton(rows: usize) -> impl IntoView {
    let row = || {
        view! {
            <div class="skeleton-item">
                <span class="skeleton round"></span>
                <span class="skeleton line"></span>
                <span class="skeleton line long"></span>
            </div>
        }
    };
    view! { <div class="skeletons" aria-hidden="true">{(0..rows).map(|_| row()).collect_view()}</div> }
}

#[component]
fn Empty(tab: Tab) -> impl IntoView {
    let (title, words) = match tab {
        Tab::Open => (text("inbox.empty_open"), text("inbox.empty_open_words")),
        Tab::Closed => (text("inbox.empty_closed"), text("inbox.empty_closed_words")),
        Tab::All => (text("inbox.empty_all"), text("inbox.empty_open_words")),
    };
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            <p>{words}</p>
        </div>
    }
}
