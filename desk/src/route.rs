//! The address of what is on the screen, so that a reload, the back button and
//! a link sent to a colleague all work.
//!
//! A conversation is a fragment, `/desk#/c/<id>`; triggers have paths of their
//! own, `/desk/triggers`, `/desk/triggers/<id>` and `/desk/triggers/<id>/results`,
//! the list over all sites is `/desk/all-triggers`, and each page of the settings
//! has one, `/desk/settings/<page>`. Anything else is the inbox.
//!
//! Whoever works on several sites has the one that is meant in the query,
//! `?site=<key>`.

use std::cell::RefCell;

use leptos::prelude::*;
use saluda_client::socket::Listener;
use saluda_protocol::{ConversationId, SiteKey, TriggerId};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

const DESK: &str = "/desk";
const TRIGGERS: &str = "/desk/triggers";
/// Behind the id of a trigger.
const RESULTS: &str = "/results";
/// Beside the triggers and not among them: `all` and `new` would be ids.
const ALL_TRIGGERS: &str = "/desk/all-triggers";
const NEW_TRIGGER: &str = "/desk/new-trigger";
const IMPORT: &str = "/desk/import";
const SETTINGS: &str = "/desk/settings";

/// What an address shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The inbox, with a conversation or without.
    Inbox(Option<ConversationId>),
    /// The list of triggers.
    Triggers,
    /// The list over all the sites that one works on.
    AllTriggers,
    /// One of them.
    Trigger(TriggerId),
    /// What one of them achieved.
    Results(TriggerId),
    /// One that is not saved yet.
    NewTrigger,
    /// Files of triggers, on their way in.
    Import,
    /// A page of the settings.
    Settings(Topic),
}

/// What a page of the settings is about, in the order in which a new site needs
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// How pages come by the widget.
    Embed,
    /// When the site is open.
    Hours,
    /// How the widget looks, and who speaks in it.
    Appearance,
    /// What visitors are asked before they write, and after.
    Form,
    /// How its own server says who a visitor is.
    Identity,
    /// Its name, its origins, and how much is allowed.
    Site,
    /// Who did what.
    Audit,
    /// With what tools of one's own call the API.
    Tokens,
}

impl Topic {
    pub(crate) const ALL: [Self; 8] = [
        Self::Embed,
        Self::Hours,
        Self::Appearance,
        Self::Form,
        Self::Identity,
        Self::Site,
        Self::Audit,
        Self::Tokens,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Embed => "embed",
            Self::Hours => "hours",
            Self::Appearance => "appearance",
            Self::Form => "form",
            Self::Identity => "identity",
            Self::Site => "site",
            Self::Audit => "audit",
            Self::Tokens => "tokens",
        }
    }
}

/// The parts of the desk that the rail leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Inbox,
    Triggers,
    Settings,
}

impl Place {
    pub(crate) fn section(&self) -> Section {
        match self {
            Self::Inbox(_) => Section::Inbox,
            Self::Triggers
            | Self::AllTriggers
            | Self::Trigger(_)
            | Self::Results(_)
            | Self::NewTrigger
            | Self::Import => Section::Triggers,
            Self::Settings(_) => Section::Settings,
        }
    }

    /// Whether it is a list of triggers.
    pub(crate) fn is_list(&self) -> bool {
        matches!(self, Self::Triggers | Self::AllTriggers)
    }

    /// The address that shows it.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::Inbox(None) => DESK.to_owned(),
            Self::Inbox(conversation) => format!("{DESK}{}", fragment(*conversation)),
            Self::Triggers => TRIGGERS.to_owned(),
            Self::AllTriggers => ALL_TRIGGERS.to_owned(),
            Self::Trigger(id) => format!("{TRIGGERS}/{id}"),
            Self::Results(id) => format!("{TRIGGERS}/{id}{RESULTS}"),
            Self::NewTrigger => NEW_TRIGGER.to_owned(),
            Self::Import => IMPORT.to_owned(),
            Self::Settings(topic) => format!("{SETTINGS}/{}", topic.word()),
        }
    }

    fn of(path: &str, fragment: &str) -> Self {
        let path = path.trim_end_matches('/');
        if path == TRIGGERS {
            return Self::Triggers;
        }
        if path == ALL_TRIGGERS {
            return Self::AllTriggers;
        }
        if path == NEW_TRIGGER {
            return Self::NewTrigger;
        }
        if path == IMPORT {
            return Self::Import;
        }
        if path == SETTINGS {
            return Self::Settings(Topic::Embed);
        }
        let topic = path
            .strip_prefix(SETTINGS)
            .and_then(|rest| rest.strip_prefix('/'));
        if let Some(word) = topic {
            let known = Topic::ALL.into_iter().find(|topic| topic.word() == word);
            return Self::Settings(known.unwrap_or(Topic::Embed));
        }
        let trigger = path
            .strip_prefix(TRIGGERS)
            .and_then(|rest| rest.strip_prefix('/'));
        let results = trigger.and_then(|rest| rest.strip_suffix(RESULTS)?.parse().ok());
        if let Some(id) = results {
            return Self::Results(id);
        }
        match trigger {
            // What is no id names no trigger: the list is nearest.
            Some(id) => id.parse().map_or(Self::Triggers, Self::Trigger),
            None => Self::Inbox(parse(fragment)),
        }
    }
}

/// The fragment that shows a conversation, or none.
pub(crate) fn fragment(conversation: Option<ConversationId>) -> String {
    conversation.map_or_else(|| "#/".to_owned(), |id| format!("#/c/{id}"))
}

fn parse(fragment: &str) -> Option<ConversationId> {
    fragment.strip_prefix("#/c/")?.parse().ok()
}

/// What the address shows now.
pub(crate) fn current() -> Place {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    Place::of(&path, &location.hash().unwrap_or_default())
}

thread_local! {
    /// The site that addresses name.
    static NAMED: RefCell<Option<SiteKey>> = const { RefCell::new(None) };
}

/// Lets addresses name a site from now on, or none; the one that is shown too.
pub(crate) fn name_site(key: Option<SiteKey>) {
    NAMED.set(key);
    let place = current();
    let behind = NAMED.with_borrow(|named| *named != site());
    if behind
        && place.section() != Section::Inbox
        && let Ok(history) = window().history()
    {
        // Fails only for a document that is gone.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&with_site(&place)));
    }
}

/// The site that the address names.
pub(crate) fn site() -> Option<SiteKey> {
    site_in(&window().location().search().unwrap_or_default())
}

fn site_in(query: &str) -> Option<SiteKey> {
    let fields = query.trim_start_matches('?').split('&');
    fields
        .filter_map(|field| field.strip_prefix("site="))
        .find_map(|key| key.parse().ok())
}

/// The address of a place, on the site that addresses name.
fn with_site(place: &Place) -> String {
    let named = NAMED.with_borrow(Option::clone);
    named.map_or_else(|| place.address(), |key| address_at(place, &key))
}

/// The address of a place on a site, if addresses name any. A conversation has an
/// id of its own in all of them, and one list is that of all of them.
pub(crate) fn address_at(place: &Place, site: &SiteKey) -> String {
    let address = place.address();
    let is_of_one = place.section() != Section::Inbox && *place != Place::AllTriggers;
    if is_of_one && NAMED.with_borrow(Option::is_some) {
        format!("{address}?site={site}")
    } else {
        address
    }
}

/// Goes somewhere; the back button leads back.
pub(crate) fn go(place: &Place) {
    if let (Place::Inbox(conversation), Section::Inbox) = (place, current().section()) {
        // Fails only for a document that is gone.
        let _ = window().location().set_hash(&fragment(*conversation));
    } else {
        push(&with_site(place));
    }
}

/// Goes somewhere on a site, which may be another one than is watched.
pub(crate) fn go_at(place: &Place, site: &SiteKey) {
    push(&address_at(place, site));
}

fn push(address: &str) {
    if let Ok(history) = window().history() {
        // Fails only for a document that is gone.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
        tell();
    }
}

/// Puts another address in the place of this one: the back button passes it
/// over.
pub(crate) fn replace(place: &Place) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&with_site(place)));
        tell();
    }
}

/// A step that a script takes is no event by itself.
fn tell() {
    if let Ok(step) = Event::new("popstate") {
        let _ = window().dispatch_event(&step);
    }
}

/// Follows the address, and the links of the desk, until the owner is disposed
/// of.
pub(crate) fn follow(then: impl Fn(Place) + Clone + 'static) {
    let moved = move |_: Event| then(current());
    StoredValue::new_local([
        Listener::new(&window(), "hashchange", moved.clone()),
        Listener::new(&window(), "popstate", moved),
    ]);
    StoredValue::new_local(Listener::new(&document(), "click", |event: MouseEvent| {
        if let Some((place, site)) = led_to(&event) {
            event.prevent_default();
            match site {
                Some(site) => go_at(&place, &site),
                None => go(&place),
            }
        }
    }));
}

/// Where a click on a link leads, if it stays in this tab and on the desk, and the
/// site that the link names.
fn led_to(event: &MouseEvent) -> Option<(Place, Option<SiteKey>)> {
    let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || elsewhere {
        return None;
    }
    let clicked: Element = event.target()?.dyn_into().ok()?;
    let link = clicked.closest("a[href^='/desk']").ok()??;
    let link: HtmlAnchorElement = link.dyn_into().ok()?;
    let place = Place::of(&link.pathname(), &link.hash());
    Some((place, site_in(&link.search())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Place {
        let (path, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
        Place::of(path, fragment)
    }

    #[test]
    fn an_address_leads_back_to_its_place() {
        let id = ConversationId::from_random([9; 16]);
        for place in [
            Place::Inbox(None),
            Place::Inbox(Some(id)),
            Place::Triggers,
            Place::AllTriggers,
            Place::Trigger("pricing-help".parse().unwrap()),
            Place::Trigger("new".parse().unwrap()),
            Place::Results("new".parse().unwrap()),
            Place::NewTrigger,
            Place::Import,
            Place::Settings(Topic::Embed),
            Place::Settings(Topic::Hours),
            Place::Settings(Topic::Appearance),
            Place::Settings(Topic::Site),
            Place::Settings(Topic::Tokens),
        ] {
            assert_eq!(at(&place.address()), place);
        }
    }

    #[test]
    fn an_address_may_name_a_site() {
        let key = |word: &str| word.parse::<SiteKey>().ok();
        assert_eq!(site_in("?site=shop"), key("shop"));
        assert_eq!(site_in("?from=mail&site=shop"), key("shop"));
        for query in ["", "?", "?site=", "?site=no%20key", "?website=shop"] {
            assert_eq!(site_in(query), None, "{query}");
        }
    }

    #[test]
    fn what_names_nothing_shows_what_is_nearest() {
        for (address, place) in [
            ("/", Place::Inbox(None)),
            ("/desk#/c/not-an-id", Place::Inbox(None)),
            ("/desk/triggers/", Place::Triggers),
            ("/desk/triggers/Not%20an%20id", Place::Triggers),
            ("/desk/triggers/help/result", Place::Triggers),
            ("/desk/triggersome", Place::Inbox(None)),
            ("/desk/settings", Place::Settings(Topic::Embed)),
            ("/desk/settings/colours", Place::Settings(Topic::Embed)),
        ] {
            assert_eq!(at(address), place, "{address}");
        }
    }
}
