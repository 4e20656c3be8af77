//! Gives other days of the week the windows of one.

use leptos::prelude::*;

use super::super::input::Tick;
use super::change;
use super::day::day_name;
use super::form::{DAYS, Of};
use crate::keys;
use crate::state::use_desk;
use crate::texts::{text, text_with};

/// Asks which days, and copies.
#[component]
pub(super) fn CopyDay(day: &'static str, open: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    // The other days of work, as most mean it.
    let chosen = RwSignal::new(DAYS.map(|other| {
        let weekend = |it: &str| matches!(it, "sat" | "sun");
        other != day && weekend(other) == weekend(day)
    }));
    let close = move || {
        open.set(false);
        let button = format!("[data-copies='{day}']");
        request_animation_frame(move || {
            keys::focus(&button);
        });
    };
    let copy = move |_| {
        change(desk, |hours| {
            let windows = hours.windows(&Of::Week(day)).to_vec();
            for (other, chosen) in DAYS.into_iter().zip(chosen.get_untracked()) {
                if chosen {
                    hours.windows_mut(&Of::Week(other)).clone_from(&windows);
                }
            }
        });
        desk.settings.told.set(text("hours.told_copied"));
        close();
    };
    let day_choice = move |(at, other): (usize, &'static str)| {
        let on = Signal::derive(move || chosen.get()[at]);
        let turn = move |on: bool| chosen.update(|all| all[at] = on);
        (other != day).then(|| view! { <Tick on turn=turn label=day_name(other)/> })
    };
    view! {
        <fieldset class="copy-day">
            <legend class="field-label">{text_with("hours.copy_to", &[("day", &day_name(day))])}</legend>
            <div class="copy-days">
                {DAYS.into_iter().enumerate().map(day_choice).collect_view()}
            </div>
            <div class="copy-ways">
                <button class="button" type="button" on:click=copy>{text("hours.copy_do")}</button>
                <button class="button quiet" type="button" on:click=move |_| close()>
                    {text("action.cancel")}
                </button>
            </div>
        </fieldset>
    }
}
