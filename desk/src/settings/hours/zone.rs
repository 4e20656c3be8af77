//! The zone of the hours: any that the browser knows, found by typing.

use leptos::prelude::*;

use super::super::field::{Wrong, id_of};
use super::super::input::Line;
use crate::form_text::{quote, values};
use crate::intl;
use crate::state::use_desk;
use crate::texts::{locale, text, text_with};

const PATH: &str = "hours.zone";

/// Choosing the zone.
#[component]
pub(super) fn Zone() -> impl IntoView {
    let desk = use_desk();
    let settings = desk.settings;
    let value = Memo::new(move |_| {
        let zone = settings.text.with(|text| values::words(text, PATH));
        zone.unwrap_or_default()
    });
    // Some people write the name of a city as it is spoken.
    let put = move |typed: String| {
        settings.put(PATH, &quote(&typed.trim().replace(' ', "_")));
    };
    let clock = move || {
        #[expect(
            clippy::cast_precision_loss,
            reason = "exact for the next 280,000 years"
        )]
        let now = desk.minute.get().0 as f64;
        match intl::clock_in(&value.get(), &locale(), now) {
            Some(clock) => text_with("hours.clock", &[("clock", &clock)]),
            None => text("hours.no_zone"),
        }
    };
    let mut zones = intl::zones();
    if !zones.iter().any(|zone| zone == "UTC") {
        zones.push("UTC".to_owned());
    }
    let option = |zone: String| {
        let spoken = zone.replace(['_', '/'], " ");
        view! { <option value=zone>{spoken}</option> }
    };
    view! {
        <div class="settings-part field">
            <label class="field-label" for=id_of(PATH)>{text("hours.zone")}</label>
            <Line id=id_of(PATH) path=PATH value list="zones" code=true typed=Callback::new(put)/>
            <datalist id="zones">{zones.into_iter().map(option).collect_view()}</datalist>
            <p class="field-hint">{clock}</p>
            <Wrong path=PATH/>
        </div>
    }
}
