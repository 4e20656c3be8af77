//! When the site is open: zone, week, single days, and what all of it comes to.

mod copy_day;
mod dates;
mod day;
mod form;
mod look_ahead;
mod seen;
mod strip;
mod week;
mod windows;
mod zone;

use leptos::prelude::*;

use super::field::Wrong;
use super::input::Tick;
use crate::intl;
use crate::state::{Desk, use_desk};
use crate::texts::text;
use dates::Dates;
use form::HoursForm;
use look_ahead::LookAhead;
use strip::Strip;
use week::Week;
use zone::Zone;

/// Where the hours stand in the form.
const PATH: &str = "hours";

/// The page.
#[component]
pub(super) fn HoursPage() -> impl IntoView {
    let desk = use_desk();
    let settings = desk.settings;
    let raw = Memo::new(move |_| settings.raw(PATH).unwrap_or_default());
    let always = Memo::new(move |_| raw.with(|raw| raw == "null"));
    let ahead = LookAhead::new(desk, raw);
    ahead.follow();
    // Hours that were given up a moment ago come back.
    let before = StoredValue::new(String::new());
    let choose = move |to_always: bool| {
        let now = raw.get_untracked();
        if to_always {
            before.set_value(now);
            settings.put(PATH, "null");
        } else if always.get_untracked() {
            let kept = before.get_value();
            let first = || {
                let zone = intl::own_zone().unwrap_or_else(|| "UTC".to_owned());
                HoursForm::usual(&zone).write()
            };
            settings.put(PATH, &if kept.is_empty() { first() } else { kept });
        }
    };
    let choice = move |of: bool, label: String| {
        let on = Signal::derive(move || always.get() == of);
        view! { <Tick group="hours" on turn=move |_| choose(of) label/> }
    };
    view! {
        <div class="hours">
            <fieldset class="settings-form hours-form" disabled=move || !desk.may_administer()>
                <legend class="unseen">{text("settings.hours")}</legend>
                <div class="settings-part">
                    {choice(true, text("hours.always"))}
                    {choice(false, text("hours.by_week"))}
                    <p class="field-hint">{text("hours.words")}</p>
                </div>
                {move || (!always.get()).then(|| view! {
                    <Zone/>
                    <Week/>
                    <Dates/>
                })}
                {move || always.get().then(|| view! { <Wrong path=PATH/> })}
            </fieldset>
            {move || (!always.get()).then(|| view! { <Strip ahead/> })}
        </div>
    }
}

/// The hours as they are typed.
fn hours_of(desk: Desk) -> HoursForm {
    HoursForm::read(&desk.settings.raw(PATH).unwrap_or_default())
}

/// Changes the hours as they are typed.
fn change(desk: Desk, change: impl FnOnce(&mut HoursForm)) {
    let mut hours = untrack(|| hours_of(desk));
    change(&mut hours);
    desk.settings.put(PATH, &hours.write());
}
