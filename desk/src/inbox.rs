//! The inbox pane: which site, which tab, which conversations.

mod item;
pub(crate) mod list;
pub(crate) mod state;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use saluda_protocol::Tab;

use crate::inbox::state::Inbox;
use crate::keys;
use crate::sites::Sites;
use crate::state::use_desk;
use crate::texts::text;
use list::List;

const TABS: [Tab; 3] = [Tab::Open, Tab::Closed, Tab::All];

/// The inbox pane.
#[component]
pub(crate) fn InboxPane() -> impl IntoView {
    let desk = use_desk();
    let nowhere = Memo::new(move |_| {
        desk.sites
            .with(|sites| sites.as_ref().is_some_and(Vec::is_empty))
    });
    view! {
        <section class="inbox" aria-labelledby="inbox-title">
            <header class="inbox-head">
                <h1 class="inbox-title" id="inbox-title">{text("inbox.title")}</h1>
                <Sites/>
            </header>
            {move || if nowhere.get() {
                view! {
                    <div class="empty">
                        <p class="empty-title">{text("inbox.no_site")}</p>
                        <p>{text("inbox.no_site_words")}</p>
                    </div>
                }
                .into_any()
            } else {
                view! { <Tabs/> <List/> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Tabs() -> impl IntoView {
    let desk = use_desk();
    let shown = Memo::new(move |_| desk.inbox.with(Inbox::tab));
    let open = Memo::new(move |_| desk.inbox.with(|inbox| inbox.counts().open));
    let turn = move |event: KeyboardEvent| {
        let at = TABS
            .iter()
            .position(|tab| *tab == shown.get_untracked())
            .unwrap_or_default();
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % TABS.len(),
            "ArrowLeft" => (at + TABS.len() - 1) % TABS.len(),
            "Home" => 0,
            "End" => TABS.len() - 1,
            _ => return,
        };
        event.prevent_default();
        desk.show_tab(TABS[to]);
        keys::focus(&format!("#{}", tab_id(TABS[to])));
    };
    let tab = move |tab: Tab| {
        view! {
            <button
                class="tab"
                role="tab"
                id=tab_id(tab)
                aria-controls="inbox-panel"
                aria-selected=move || (shown.get() == tab).to_string()
                tabindex=move || if shown.get() == tab { "0" } else { "-1" }
                on:click=move |_| desk.show_tab(tab)
            >
                {tab_name(tab)}
                {move || (tab == Tab::Open && open.get() > 0).then(|| view! {
                    " " <span class="tab-count">{open.get()}</span>
                })}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=text("inbox.tabs") on:keydown=turn>
            {TABS.map(tab)}
        </div>
    }
}

/// The id of a tab's button, which names the panel below.
fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Open => "tab-open",
        Tab::Closed => "tab-closed",
        Tab::All => "tab-all",
    }
}

fn tab_name(tab: Tab) -> String {
    match tab {
        Tab::Open => text("inbox.open"),
        Tab::Closed => text("inbox.closed"),
        Tab::All => text("inbox.all"),
    }
}
