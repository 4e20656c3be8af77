//! The rail: the sections there are, how much waits in them (S1.5, S4.8), and
//! who is signed in.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use web_sys::Node;

use crate::icons::{Icon, Logo, Symbol};
use crate::keys;
use crate::names;
use crate::route::{Place, Section, Topic};
use crate::session;
use crate::state::{Desk, Ending, use_desk};
use crate::texts::{text, text_count};

/// More than this is only "many".
const MOST_SHOWN: u64 = 99;

/// The rail.
#[component]
pub(crate) fn Rail() -> impl IntoView {
    let desk = use_desk();
    let unread = Memo::new(move |_| desk.inbox.with(|inbox| inbox.counts().unread));
    let label = move || match unread.get() {
        0 => text("rail.inbox"),
        count => text_count("rail.inbox_unread", count),
    };
    let badge = move || match unread.get() {
        0 => None,
        count if count > MOST_SHOWN => Some(format!("{MOST_SHOWN}+")),
        count => Some(count.to_string()),
    };
    let here =
        move |section| move || (desk.place.with(Place::section) == section).then_some("page");
    view! {
        <nav class="rail" aria-label=text("rail.label")>
            <span class="rail-logo"><Logo/></span>
            <a
                class="rail-button"
                aria-current=here(Section::Inbox)
                aria-label=label
                title=text("rail.inbox")
                href=Place::Inbox(None).address()
            >
                <Icon of=Symbol::Inbox/>
                {move || badge().map(|count| view! { <span class="badge" aria-hidden="true">{count}</span> })}
            </a>
            <a
                class="rail-button"
                aria-current=here(Section::Triggers)
                aria-label=text("triggers.title")
                title=text("triggers.title")
                href=Place::Triggers.address()
            >
                <Icon of=Symbol::Trigger/>
            </a>
            <a
                class="rail-button"
                aria-current=here(Section::Settings)
                aria-label=text("settings.title")
                title=text("settings.title")
                href=Place::Settings(Topic::Embed).address()
            >
                <Icon of=Symbol::Settings/>
            </a>
            <Account/>
        </nav>
    }
}

/// Who is signed in, with the way out.
#[component]
fn Account() -> impl IntoView {
    let desk = use_desk();
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let menu = NodeRef::<Div>::new();
    let name = move || desk.me.with(|me| me.as_ref().map(|me| me.name.clone()));
    let email = move || desk.me.with(|me| me.as_ref().map(|me| me.email.clone()));
    let letters = move || name().map(|name| names::initials_of(&name));

    let close_on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            open.set(false);
            keys::focus(".account-button");
        }
    };
    let close_when_left = move |event: FocusEvent| {
        // Nothing follows when the whole desk is taken away.
        let Some(to) = event
            .related_target()
            .and_then(|to| to.dyn_into::<Node>().ok())
        else {
            return;
        };
        if menu
            .get_untracked()
            .is_some_and(|menu| !menu.contains(Some(&to)))
        {
            open.set(false);
        }
    };
    view! {
        <div class="account" node_ref=menu on:keydown=close_on_escape on:focusout=close_when_left>
            <button
                class="account-button"
                aria-expanded=move || open.get().to_string()
                aria-controls="account-menu"
                aria-label=move || name().unwrap_or_else(|| text("account.label"))
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span class="avatar agent" aria-hidden="true" data-letters=letters></span>
            </button>
            <div class="account-menu" id="account-menu" hidden=move || !open.get()>
                <p class="account-name">{name}</p>
                <p class="account-email">{email}</p>
                <button
                    class="account-action"
                    aria-disabled=move || busy.get().to_string()
                    on:click=move |_| sign_out(desk, busy)
                >
                    <Icon of=Symbol::SignOut/>
                    {text("account.sign_out")}
                </button>
            </div>
            {move || open.get().then(|| view! {
                <div class="account-shade" aria-hidden="true" on:click=move |_| open.set(false)></div>
            })}
        </div>
    }
}

fn sign_out(desk: Desk, busy: RwSignal<bool>) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    spawn_local(async move {
        if session::sign_out().await.is_ok() {
            // The session may have ended by itself meanwhile, and the desk with it.
            desk.end.try_run(Ending::SignedOut);
        } else {
            busy.set(false);
            desk.notice.set(Some(text("error.sign_out")));
        }
    });
}
