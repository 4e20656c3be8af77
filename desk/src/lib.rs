//! Where agents work: inbox, conversation, person, triggers, settings.
//!
//! What the desk knows is one value ([`Desk`]), filled by the link to the
//! server and read by the views; a view never talks to the server itself.
#![deny(clippy::unwrap_used, clippy::expect_used)]
#![expect(
    unreachable_pub,
    reason = "the component macro writes `pub` also where a component is private"
)]
#![expect(
    clippy::large_types_passed_by_value,
    reason = "the desk is a row of handles that every view keeps a copy of"
)]

mod actor;
mod answers;
mod apart;
mod api;
mod app;
mod attention;
mod avatar;
mod banner;
mod blank;
mod broken;
mod bubble;
mod code;
mod composer;
mod copy;
mod courier;
mod diff;
mod fact_words;
mod facts;
mod form_text;
mod icons;
mod inbox;
mod intl;
mod keys;
mod link;
mod memory;
mod names;
mod person;
mod rail;
mod refusal;
mod route;
mod sentence;
mod session;
mod settings;
mod shell;
mod sign_in;
mod sites;
mod state;
mod texts;
mod thread;
mod time;
mod triggers;
mod uploads;
mod verbs;

pub use api::{Answer, Ask, Awaited, Errand, Expected};
pub use app::{App, Stage};
pub use courier::{Courier, Parcel};
pub use shell::Panes;
pub use sign_in::SignIn;
pub use state::{Desk, Ending, Road};
pub use triggers::tester::Tester;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::session::SessionError;

/// Where the page keeps a place for the desk, with words for the time until it
/// is there.
const PLACE: &str = "desk";

/// Starts the desk in the page that carries it; in any other, does nothing.
#[wasm_bindgen(start)]
pub fn start() {
    let place = document()
        .get_element_by_id(PLACE)
        .and_then(|it| it.dyn_into().ok());
    if let Some(place) = place {
        broken::watch();
        spawn_local(begin(place));
    }
}

async fn begin(place: HtmlElement) {
    // Both are on their way before either is waited for.
    let tags = window().navigator().languages();
    let tags: Vec<String> = tags.iter().filter_map(|tag| tag.as_string()).collect();
    let (language, locale) = texts::choose(tags.iter().map(String::as_str));
    let sentences = texts::address_of(language).map(|address| session::ask(&address));
    let stage = match session::signed_in().await {
        Ok(true) => Stage::Desk,
        Ok(false) => Stage::SignIn(None),
        Err(SessionError::Unreachable | SessionError::Refused(_)) => Stage::Unreachable,
    };
    let sentences = match sentences {
        Some(sentences) => session::text_of(sentences).await,
        None => None,
    };
    let spoken = if language == "en" || sentences.is_some() {
        (language, &*locale)
    } else {
        ("en", "en")
    };
    texts::install(spoken.1, sentences.as_deref());
    if let Some(page) = document().document_element() {
        // Refused only for a name that is no attribute.
        let _ = page.set_attribute("lang", spoken.0);
    }
    place.set_text_content(None);
    leptos::mount::mount_to(place, move || view! { <App stage/> }).forget();
}
