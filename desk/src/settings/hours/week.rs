//! The week: each day with its windows, and the way to copy one to others.

use leptos::prelude::*;

use super::super::field::id_of;
use super::copy_day::CopyDay;
use super::day::day_name;
use super::form::{DAYS, Of};
use super::windows::Windows;
use super::{change, hours_of};
use crate::state::use_desk;
use crate::texts::{text, text_with};

/// The seven days.
#[component]
pub(super) fn Week() -> impl IntoView {
    view! {
        <section class="settings-part" aria-labelledby="hours-week">
            <h3 class="settings-part-title" id="hours-week">{text("hours.week")}</h3>
            <ul class="week">
                {DAYS.map(|day| view! { <Day day/> })}
            </ul>
        </section>
    }
}

#[component]
fn Day(day: &'static str) -> impl IntoView {
    let desk = use_desk();
    let of = Of::Week(day);
    let name = day_name(day);
    let closed = Memo::new(move |_| hours_of(desk).windows(&Of::Week(day)).is_empty());
    let copying = RwSignal::new(false);
    let add = move |_| change(desk, |hours| hours.add_window(&Of::Week(day)));
    let label = text_with("hours.add_label", &[("day", &name)]);
    let copy_label = text_with("hours.copy_label", &[("day", &name)]);
    let add_id = format!("{}-add", id_of(&of.path()));
    view! {
        <li class="week-day">
            <span class="week-name">{name.clone()}</span>
            <div class="week-windows">
                {move || closed.get().then(|| view! {
                    <p class="week-closed">{text("hours.closed")}</p>
                })}
                <Windows of day=Signal::stored(name.clone())/>
                <div class="week-ways">
                    <button class="link" type="button" id=add_id aria-label=label on:click=add>
                        {text("hours.add")}
                    </button>
                    <button
                        class="link"
                        type="button"
                        data-copies=day
                        aria-label=copy_label
                        aria-expanded=move || copying.get().to_string()
                        on:click=move |_| copying.update(|it| *it = !*it)
                    >
                        {text("hours.copy")}
                    </button>
                </div>
                {move || copying.get().then(|| view! { <CopyDay day open=copying/> })}
            </div>
        </li>
    }
}
