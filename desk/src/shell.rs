//! The desk as a whole: what runs as long as it is there, and its panes.

use leptos::prelude::*;
use saluda_protocol::ConversationId;

use crate::apart::Apart;
use crate::attention;
use crate::banner::Banner;
use crate::inbox::InboxPane;
use crate::keys;
use crate::link;
use crate::person::PersonPane;
use crate::rail::Rail;
use crate::route::{self, Place, Section};
use crate::state::{Desk, Ending};
use crate::texts::{text, text_with};
use crate::thread::ThreadPane;
use crate::thread::state::Threads;

/// The desk, connected.
#[component]
pub(crate) fn Shell(end: Callback<Ending>) -> impl IntoView {
    let desk = Desk::new(move |ending| end.run(ending));
    link::connect(desk);
    view! { <Panes desk/> }
}

/// The desk, apart from where its news comes from.
#[component]
pub fn Panes(
    /// What it shows.
    desk: Desk,
) -> impl IntoView {
    provide_context(desk);
    desk.turn_to(route::current());
    route::follow(move |place| desk.turn_to(place));
    attention::follow(desk);
    keys::follow(desk);
    follow_title(desk);
    follow_site(desk);
    follow_focus(desk);

    let open = Memo::new(move |_| desk.threads.with(Threads::open_id));
    let section = Memo::new(move |_| desk.place.with(Place::section));
    let pane = move || match (desk.place.get(), desk.person_shown.get()) {
        (Place::Inbox(None) | Place::Triggers | Place::AllTriggers | Place::Settings(_), _) => {
            "list"
        }
        (Place::Inbox(Some(_)), false) => "thread",
        (Place::Inbox(Some(_)), true) => "person",
        (Place::Trigger(_) | Place::Results(_) | Place::NewTrigger | Place::Import, _) => "editor",
    };
    view! {
        <div class="desk" data-pane=pane>
            <Rail/>
            <Banner/>
            {move || match section.get() {
                Section::Inbox => view! {
                    <main class="talk">
                        <InboxPane/>
                        <ThreadPane open/>
                    </main>
                    <PersonPane open/>
                }
                .into_any(),
                section => view! { <Apart section/> }.into_any(),
            }}
        </div>
    }
}

/// Addresses name the site that is watched, where there are several.
fn follow_site(desk: Desk) {
    // Until it is known which one that is, the address may say it.
    let named = Memo::new(move |_| {
        let several = desk
            .sites
            .with(|sites| sites.as_ref().is_some_and(|it| it.len() > 1));
        let watched = desk.membership()?.key;
        Some(several.then_some(watched))
    });
    Effect::new(move |_| {
        if let Some(named) = named.get() {
            route::name_site(named);
        }
    });
}

/// The tab's title says how many wait, as the rail does.
fn follow_title(desk: Desk) {
    let unread = Memo::new(move |_| desk.inbox.with(|inbox| inbox.counts().unread));
    let site = Memo::new(move |_| desk.membership().map(|membership| membership.name));
    Effect::new(move |_| {
        let title = match site.get() {
            Some(site) => text_with("page.title", &[("site", &site)]),
            None => text("page.untitled"),
        };
        let title = match desk.place.with(Place::section) {
            Section::Inbox => title,
            Section::Triggers => format!("{} · {title}", text("triggers.title")),
            Section::Settings => format!("{} · {title}", text("settings.title")),
        };
        document().set_title(&match unread.get() {
            0 => title,
            count => format!("({count}) {title}"),
        });
    });
}

/// The focus goes where the eyes go: into a conversation that was opened, and
/// back to its place in the list.
fn follow_focus(desk: Desk) {
    let open = Memo::new(move |_| desk.threads.with(Threads::open_id));
    Effect::new(move |before: Option<Option<ConversationId>>| {
        let now = open.get();
        let Some(before) = before else { return now };
        // Elsewhere, whoever shows something sees to the focus.
        let at_inbox = desk.place.with_untracked(Place::section) == Section::Inbox;
        if before != now && at_inbox {
            request_animation_frame(move || match now {
                Some(_) if attention::is_narrow() || attention::is_touched() => {
                    keys::focus(".thread-title");
                }
                Some(_) => {
                    keys::focus(".composer-input");
                }
                None => {
                    let place = before
                        .is_some_and(|id| keys::focus(&format!("[data-conversation='{id}']")));
                    if !place {
                        keys::focus(".items [tabindex='0']");
                    }
                }
            });
        }
        now
    });
}
