//! Which days are shown.

use leptos::prelude::*;

use crate::texts::text;

const DAY_MS: f64 = 86_400_000.0;
/// The server counts no more days at once.
const MOST_DAYS: f64 = 366.0;

/// Which days are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Period {
    Week,
    /// The last four weeks, as the server chooses by itself.
    Weeks,
    Quarter,
    /// From a day to a day, both counted.
    Days(String, String),
}

impl Period {
    /// The first day and the last, if they are not the server's own choice.
    /// Without knowing the last day there is, they are.
    pub(super) fn days(&self, today: Option<&str>) -> Option<(String, String)> {
        let back = |days: f64| {
            let today = today?;
            Some((before(today, days - 1.0)?, today.to_owned()))
        };
        match self {
            Self::Week => back(7.0),
            Self::Weeks => None,
            Self::Quarter => back(90.0),
            Self::Days(from, to) => Some((from.clone(), to.clone())),
        }
    }
}

/// The day that was so many days before another one.
fn before(day: &str, days: f64) -> Option<String> {
    written(instant(day)? - days * DAY_MS)
}

/// The midnight in UTC at which a day begins there: days are counted on it, and
/// no clock is ever changed there.
pub(super) fn instant(day: &str) -> Option<f64> {
    let at = js_sys::Date::parse(day);
    (!at.is_nan()).then_some(at)
}

fn written(at: f64) -> Option<String> {
    let date = js_sys::Date::new(&at.into());
    let text = String::from(date.to_iso_string());
    text.get(..10).map(str::to_owned)
}

/// The choice of the days.
#[component]
pub(super) fn Periods(
    period: RwSignal<Period>,
    /// The last day there is, once it is known.
    today: RwSignal<Option<String>>,
) -> impl IntoView {
    let choice = move |wanted: Period, words: String| {
        let chosen = {
            let wanted = wanted.clone();
            move || (period.get() == wanted).to_string()
        };
        view! {
            <button class="filter" aria-pressed=chosen on:click=move |_| period.set(wanted.clone())>
                {words}
            </button>
        }
    };
    let days = Memo::new(move |_| {
        let today = today.get();
        let days = period.get().days(today.as_deref());
        days.or_else(|| {
            let today = today?;
            Some((before(&today, 27.0)?, today))
        })
    });
    let from = move || days.get().map(|days| days.0);
    let to = move || days.get().map(|days| days.1);
    let choose = move |from: Option<String>, to: Option<String>| {
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        // While a year is typed digit by digit, days come and go.
        let length = instant(&to).zip(instant(&from)).map(|(to, from)| to - from);
        if length.is_some_and(|it| (0.0..MOST_DAYS * DAY_MS).contains(&it)) {
            period.set(Period::Days(from, to));
        }
    };
    view! {
        <div class="periods">
            <div class="filters" role="group" aria-label=text("results.period")>
                {choice(Period::Week, text("results.week"))}
                {choice(Period::Weeks, text("results.weeks"))}
                {choice(Period::Quarter, text("results.quarter"))}
            </div>
            <div class="period-days">
                <label class="period-day">
                    <span>{text("results.from")}</span>
                    <input
                        class="input"
                        type="date"
                        required
                        max=to
                        prop:value=from
                        on:change=move |event| choose(Some(event_target_value(&event)), to())
                    />
                </label>
                <label class="period-day">
                    <span>{text("results.to")}</span>
                    <input
                        class="input"
                        type="date"
                        required
                        min=from
                        max=move || today.get()
                        prop:value=to
                        on:change=move |event| choose(from(), Some(event_target_value(&event)))
                    />
                </label>
            </div>
        </div>
    }
}
