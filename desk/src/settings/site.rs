//! The site itself: its name, where its pages live, when an address is asked
//! for, and how much is allowed.

mod email;
mod origins;

use leptos::prelude::*;
use saluda_protocol::limits;

use super::field::{NumberInput, Whole, Words, Wrong};
use super::input::Tick;
use super::span::Span;
use crate::state::use_desk;
use crate::texts::text;
use email::Email;
use origins::Origins;

/// The page.
#[component]
pub(super) fn SitePage() -> impl IntoView {
    let desk = use_desk();
    view! {
        <fieldset class="settings-form" disabled=move || !desk.may_administer()>
            <legend class="unseen">{text("settings.site")}</legend>
            <section class="settings-part">
                <Words path="name" label=text("site.name") hint=text("site.name_hint")/>
            </section>
            <Origins/>
            <Email/>
            <Budget/>
            <Retention/>
            <section class="settings-part">
                <Whole
                    path="agent_text_chars"
                    label=text("site.agent_text")
                    hint=text("site.agent_text_hint")
                    range=(1, limits::AGENT_TEXT_CHARS_MOST.into())
                    unit=text("site.characters")
                />
            </section>
        </fieldset>
    }
}

/// How many greetings one visitor's attention bears.
#[component]
fn Budget() -> impl IntoView {
    view! {
        <section class="settings-part" aria-labelledby="site-budget">
            <h3 class="settings-part-title" id="site-budget">{text("site.budget")}</h3>
            <p class="field-hint">{text("site.budget_words")}</p>
            <Bounded
                path="attention.per_visit"
                label=text("site.per_visit")
                usual="3"
                range=(0, limits::GREETINGS.into())
                unit=text("site.greetings")
            />
            <Bounded
                path="attention.per_day"
                label=text("site.per_day")
                usual="6"
                range=(0, limits::GREETINGS.into())
                unit=text("site.greetings")
            />
            <Span path="attention.gap_ms" label=text("site.gap")/>
            <Whole
                path="attention.holdout"
                label=text("site.holdout")
                hint=text("site.holdout_hint")
                range=(0, limits::HOLDOUT.into())
                unit=text("site.of_hundred")
            />
        </section>
    }
}

/// For how long someone is kept who is not heard of any more.
#[component]
fn Retention() -> impl IntoView {
    view! {
        <section class="settings-part" aria-labelledby="site-retention">
            <h3 class="settings-part-title" id="site-retention">{text("site.retention")}</h3>
            <p class="field-hint">{text("site.retention_words")}</p>
            <Bounded
                path="retention_days"
                label=text("site.retention_after")
                usual="730"
                range=(
                    (*limits::RETENTION_DAYS.start()).into(),
                    (*limits::RETENTION_DAYS.end()).into(),
                )
                unit=text("site.days")
            />
        </section>
    }
}

/// A number, or none at all.
#[component]
fn Bounded(
    path: &'static str,
    label: String,
    usual: &'static str,
    range: (u64, u64),
    unit: String,
) -> impl IntoView {
    let settings = use_desk().settings;
    let bounded = Memo::new(move |_| settings.raw(path).as_deref() != Some("null"));
    // What was there before it was taken away comes back.
    let before = StoredValue::new(usual.to_owned());
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
        <div class="field">
            <Tick on=bounded turn=turn label=label.clone()/>
            {move || bounded.get().then(|| view! {
                <div class="field-row field-under">
                    <NumberInput
                        path=path.to_owned()
                        label=label.clone()
                        range
                    />
                    <span class="field-unit">{unit.clone()}</span>
                </div>
                <Wrong path/>
            })}
        </div>
    }
}
