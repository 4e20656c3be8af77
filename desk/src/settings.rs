//! What the owner of a site chooses: a page for each thing they would look for,
//! one form behind those of the site, and its saving in one place.

mod appearance;
mod audit;
mod bar;
mod conflict;
mod embed;
mod field;
mod form;
mod hours;
mod identity;
mod input;
mod loading;
mod merge;
mod remote;
mod revoke;
mod saving;
mod senders;
mod shown_once;
mod site;
mod span;
pub(crate) mod state;
mod tokens;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use saluda_protocol::SiteKey;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::blank::{Blank, Failed};
use crate::icons::Symbol;
use crate::keys;
use crate::route::{Place, Topic};
use crate::sites::Sites;
use crate::state::{Desk, Line, use_desk};
use crate::texts::text;
use appearance::AppearancePage;
use audit::AuditPage;
use bar::Bar;
use conflict::Conflict;
use embed::EmbedPage;
use form::FormPage;
use hours::HoursPage;
use identity::IdentityPage;
use loading::Loading;
use site::SitePage;
use state::Stage;
use tokens::TokensPage;

/// The pane of the settings.
#[component]
pub(crate) fn SettingsPane() -> impl IntoView {
    let desk = use_desk();
    follow_site(desk);
    let topic = Memo::new(move |before: Option<&Topic>| match desk.place.get() {
        Place::Settings(topic) => topic,
        // On the way elsewhere, it stays as it was.
        _ => before.copied().unwrap_or(Topic::Embed),
    });
    Effect::new(move |_| {
        topic.track();
        request_animation_frame(|| {
            keys::focus(".settings-title");
            reveal_link();
        });
    });
    let save = move |event: KeyboardEvent| {
        let command = event.ctrl_key() || event.meta_key();
        if command && event.key().eq_ignore_ascii_case("s") {
            event.prevent_default();
            desk.save_settings();
        }
    };
    view! {
        <main class="studio settings" on:keydown=save>
            <header class="studio-head">
                <h1 class="studio-title" tabindex="-1">{text("settings.title")}</h1>
                <Sites/>
            </header>
            <div class="settings-panes">
                <nav class="settings-nav" aria-label=text("settings.nav")>
                    {Topic::ALL.map(|of| view! {
                        <a
                            class="settings-link"
                            href=Place::Settings(of).address()
                            aria-current=move || (topic.get() == of).then_some("page")
                        >
                            {name_of(of)}
                        </a>
                    })}
                </nav>
                <div class="settings-main">
                    {move || match topic.get() {
                        Topic::Tokens => view! { <TokensPage/> }.into_any(),
                        topic => view! { <OfSite topic/> }.into_any(),
                    }}
                </div>
            </div>
            <p class="unseen" role="status">{move || desk.settings.told.get()}</p>
        </main>
    }
}

/// A page about the site, or what stands in its place.
#[component]
fn OfSite(topic: Topic) -> impl IntoView {
    let desk = use_desk();
    let nowhere = Memo::new(move |_| {
        let sites = desk.sites.get();
        sites.is_some_and(|sites| sites.is_empty())
    });
    // A page is drawn anew for another site: what it remembers is of one.
    let site = Memo::new(move |_| desk.settings.site.get());
    let stage = Memo::new(move |_| desk.settings.stage.get());
    let below = move || {
        if nowhere.get() {
            return view! {
                <Blank
                    sign=Symbol::Settings
                    title=text("inbox.no_site")
                    words=text("inbox.no_site_words")
                />
            }
            .into_any();
        }
        site.track();
        match stage.get() {
            Stage::Loading => view! { <Loading/> }.into_any(),
            Stage::Failed(trouble) => view! {
                <Failed title=text("settings.failed") words=trouble.sentence() again=Callback::new(move |()| {
                    desk.settings.stage.set(Stage::Loading);
                    desk.load_settings();
                })/>
            }
            .into_any(),
            Stage::Loaded => view! {
                {move || (!desk.may_administer()).then(|| view! {
                    <p class="settings-note">{text("settings.read_only")}</p>
                })}
                <Conflict/>
                {match topic {
                    Topic::Embed => view! { <EmbedPage/> }.into_any(),
                    Topic::Hours => view! { <HoursPage/> }.into_any(),
                    Topic::Appearance => view! { <AppearancePage/> }.into_any(),
                    Topic::Form => view! { <FormPage/> }.into_any(),
                    Topic::Audit => view! { <AuditPage/> }.into_any(),
                    Topic::Identity => view! { <IdentityPage/> }.into_any(),
                    Topic::Site | Topic::Tokens => view! { <SitePage/> }.into_any(),
                }}
                <Bar topic/>
            }
            .into_any(),
        }
    };
    view! {
        <h2 class="settings-title" tabindex="-1">{name_of(topic)}</h2>
        {below}
    }
}

/// Where the names of the pages scroll, the one that is open is in sight.
fn reveal_link() {
    let link = document().query_selector(".settings-link[aria-current]");
    if let Some(link) = link.ok().flatten() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Center);
        link.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// What a page is called.
fn name_of(topic: Topic) -> String {
    match topic {
        Topic::Embed => text("settings.embed"),
        Topic::Hours => text("settings.hours"),
        Topic::Appearance => text("settings.appearance"),
        Topic::Form => text("settings.form"),
        Topic::Identity => text("settings.identity"),
        Topic::Audit => text("settings.audit"),
        Topic::Site => text("settings.site"),
        Topic::Tokens => text("settings.tokens"),
    }
}

/// The page on which a field of the form stands.
fn page_of(path: &str) -> Topic {
    let field = path.split(['.', '[']).next().unwrap_or_default();
    match field {
        "hours" => Topic::Hours,
        "accent" | "corner" | "reply_within_ms" | "senders" => Topic::Appearance,
        "form" | "rating" => Topic::Form,
        _ => Topic::Site,
    }
}

/// Loads the settings of the site that is watched, and again when the line is
/// back.
fn follow_site(desk: Desk) {
    let site: Memo<Option<SiteKey>> = Memo::new(move |_| Some(desk.membership()?.key));
    let up = Memo::new(move |_| desk.line.get() == Line::Up);
    Effect::new(move |_| {
        if site.get().is_some() && up.get() {
            desk.load_settings();
        }
    });
}
