//! Single days: holidays, and days with hours of their own.

use leptos::prelude::*;
use saluda_protocol::Millis;

use super::super::field::{Wrong, id_of};
use super::super::input::Line;
use super::form::Of;
use super::windows::Windows;
use super::{change, hours_of};
use crate::icons::{Icon, Symbol};
use crate::keys;
use crate::state::use_desk;
use crate::texts::{capitalised, text, text_with};
use crate::time::{self, Format};

/// Most days that are added at once.
const MOST_DAYS: usize = 62;
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// The dates that differ from the week.
#[component]
pub(super) fn Dates() -> impl IntoView {
    let desk = use_desk();
    let dates = Memo::new(move |_| {
        let dates = hours_of(desk).dates.into_keys();
        dates.collect::<Vec<_>>()
    });
    view! {
        <section class="settings-part" aria-labelledby="hours-dates">
            <h3 class="settings-part-title" id="hours-dates">{text("hours.dates")}</h3>
            <p class="field-hint">{text("hours.dates_words")}</p>
            <ul class="week">
                <For each=move || dates.get() key=String::clone let:date>
                    <DateRow date/>
                </For>
            </ul>
            <AddDates/>
        </section>
    }
}

#[component]
fn DateRow(date: String) -> impl IntoView {
    let desk = use_desk();
    let name = date_name(&date);
    let of = Of::Date(date.clone());
    let path = of.path();
    let date = StoredValue::new(date);
    let closed = Memo::new(move |_| {
        hours_of(desk)
            .windows(&Of::Date(date.get_value()))
            .is_empty()
    });
    let add = move |_| change(desk, |hours| hours.add_window(&Of::Date(date.get_value())));
    let remove = move |_| {
        change(desk, |hours| {
            date.with_value(|date| hours.dates.remove(date));
        });
        keys::focus("#date-first");
    };
    let add_id = format!("{}-add", id_of(&path));
    view! {
        <li class="week-day">
            <span class="week-name">{name.clone()}</span>
            <div class="week-windows">
                {move || closed.get().then(|| view! {
                    <p class="week-closed">{text("hours.holiday")}</p>
                })}
                <Windows of day=Signal::stored(name.clone())/>
                <div class="week-ways">
                    <button
                        class="link"
                        type="button"
                        id=add_id
                        aria-label=text_with("hours.add_label", &[("day", &name)])
                        on:click=add
                    >
                        {text("hours.add")}
                    </button>
                </div>
                {move || closed.get().then(|| view! { <Wrong path=path.clone()/> })}
            </div>
            <button
                class="icon-button"
                type="button"
                aria-label=text_with("hours.date_remove", &[("day", &name)])
                on:click=remove
            >
                <Icon of=Symbol::Close/>
            </button>
        </li>
    }
}

/// Adds a date, or a row of them: a holiday may be a fortnight.
#[component]
fn AddDates() -> impl IntoView {
    let desk = use_desk();
    let first = RwSignal::new(String::new());
    let last = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let add = move |_| {
        let days = first.with_untracked(|first| last.with_untracked(|last| days(first, last)));
        wrong.set(days.is_empty());
        if days.is_empty() {
            keys::focus("#date-first");
            return;
        }
        change(desk, |hours| {
            for day in days {
                hours.dates.entry(day).or_default();
            }
        });
        first.set(String::new());
        last.set(String::new());
        keys::focus("#date-first");
    };
    let field = move |id: &'static str, label: String, value: RwSignal<String>| {
        view! {
            <div class="field">
                <label class="field-label" for=id>{label}</label>
                <Line id kind="date" value typed=Callback::new(move |typed| {
                    value.set(typed);
                    wrong.set(false);
                })/>
            </div>
        }
    };
    view! {
        <div class="add-dates">
            {field("date-first", text("hours.date_first"), first)}
            {field("date-last", text("hours.date_last"), last)}
            <button class="button" type="button" on:click=add>{text("hours.date_add")}</button>
        </div>
        <p class="field-wrong" id="date-wrong" role="alert">
            {move || wrong.get().then(|| text("hours.date_wrong"))}
        </p>
    }
}

/// `Fri, 25 Dec 2026`.
fn date_name(date: &str) -> String {
    match midnight(date) {
        Some(at) => {
            let year = date.get(..4).unwrap_or_default();
            let day = capitalised(&time::wall(Format::WallDate, at));
            format!("{day} {year}")
        }
        None => date.to_owned(),
    }
}

/// The midnight with which a date begins, as if it were in UTC.
fn midnight(date: &str) -> Option<Millis> {
    let at = time::on_the_wall(&format!("{date}T00:00"))?;
    (at.0 > 0).then_some(at)
}

/// The days from a first to a last one, which may be left out. None when that
/// makes no sense.
fn days(first: &str, last: &str) -> Vec<String> {
    let last = if last.is_empty() { first } else { last };
    let (Some(from), Some(until)) = (midnight(first), midnight(last)) else {
        return Vec::new();
    };
    let count = until.0.checked_sub(from.0).map(|ms| ms / DAY_MS + 1);
    let count = count
        .and_then(|count| usize::try_from(count).ok())
        .unwrap_or(0);
    if count > MOST_DAYS {
        return Vec::new();
    }
    let days = (0..count).filter_map(|at| {
        let at = from.plus(DAY_MS * u64::try_from(at).ok()?);
        written(at)
    });
    days.collect()
}

/// A date as the form writes it.
fn written(at: Millis) -> Option<String> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "exact for the next 280,000 years"
    )]
    let date = js_sys::Date::new(&(at.0 as f64).into());
    let text = String::from(date.to_iso_string());
    text.get(..10).map(str::to_owned)
}
