//! How the widget looks, and what it promises.

mod color;
mod launcher;
mod notices;
mod preview;
mod words;

use leptos::prelude::*;

use super::input::Tick;
use super::senders::Senders;
use super::span::Span;
use crate::state::use_desk;
use crate::texts::text;
use color::Accent;
use launcher::Launcher;
use notices::Notices;
use preview::Preview;
use words::OwnWords;

/// How soon agents answer, where nothing was promised before: an hour.
const USUAL: &str = "3600000";

/// The page.
#[component]
pub(super) fn AppearancePage() -> impl IntoView {
    let desk = use_desk();
    view! {
        <fieldset class="settings-form" disabled=move || !desk.may_administer()>
            <legend class="unseen">{text("settings.appearance")}</legend>
            <Accent/>
            <Corner/>
            <Launcher/>
            <Preview/>
            <OwnWords/>
            <Notices/>
            <Promise/>
            <Senders/>
        </fieldset>
    }
}

/// The corner of the page in which the launcher sits.
#[component]
fn Corner() -> impl IntoView {
    let settings = use_desk().settings;
    let corner = Memo::new(move |_| settings.raw("corner").unwrap_or_default());
    let choice = move |json: &'static str, label: String| {
        let on = Signal::derive(move || corner.with(|corner| corner == json));
        view! { <Tick group="corner" on turn=move |_| settings.put("corner", json) label/> }
    };
    view! {
        <fieldset class="settings-part">
            <legend class="settings-part-title">{text("look.corner")}</legend>
            {choice("\"end\"", text("look.end"))}
            {choice("\"start\"", text("look.start"))}
            <p class="field-hint">{text("look.corner_hint")}</p>
        </fieldset>
    }
}

/// How soon agents usually answer, as the panel says it.
#[component]
fn Promise() -> impl IntoView {
    let settings = use_desk().settings;
    let path = "reply_within_ms";
    let promised = Memo::new(move |_| settings.raw(path).as_deref() != Some("null"));
    let before = StoredValue::new(USUAL.to_owned());
    let turn = move |on: bool| {
        if on {
            before.with_value(|before| settings.put(path, before));
        } else {
            if let Some(raw) = untrack(|| settings.raw(path)) {
                before.set_value(raw);
            }
            settings.put(path, "null");
        }
    };
    view! {
        <section class="settings-part" aria-labelledby="look-promise">
            <h3 class="settings-part-title" id="look-promise">{text("look.promise")}</h3>
            <Tick on=promised turn=turn label=text("look.promise_do")/>
            {move || promised.get().then(|| view! {
                <div class="field-under"><Span path label=text("look.promise_within")/></div>
            })}
            <p class="field-hint">{text("look.promise_hint")}</p>
        </section>
    }
}
