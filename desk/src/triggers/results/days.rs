//! What was achieved day by day, drawn and as a table.

use leptos::prelude::*;
use saluda_protocol::studio::{Slice, TriggerResults};

use super::super::figures::number;
use super::measure::{MEASURES, Measure};
use super::period::instant;
use crate::intl;
use crate::texts::{locale, text, text_with};

/// What was achieved day by day.
#[component]
pub(super) fn Days(found: Memo<Option<TriggerResults>>, shown: RwSignal<Measure>) -> impl IntoView {
    let days = Memo::new(move |_| {
        let days = found.with(|it| it.as_ref().map(|it| it.days.clone()));
        days.unwrap_or_default()
    });
    let table = RwSignal::new(false);
    view! {
        <section class="card results-card" aria-labelledby="days-title">
            <div class="card-head">
                <h2 class="card-title" id="days-title">{text("results.over_time")}</h2>
                <button
                    class="link"
                    aria-pressed=move || table.get().to_string()
                    on:click=move |_| table.update(|table| *table = !*table)
                >
                    {text("results.as_table")}
                </button>
            </div>
            {move || if table.get() {
                view! { <Table days/> }.into_any()
            } else {
                view! { <Chart days shown/> }.into_any()
            }}
        </section>
    }
}

/// A column for each day: those who saw it, and of these what is measured.
#[component]
fn Chart(days: Memo<Vec<Slice>>, shown: RwSignal<Measure>) -> impl IntoView {
    let top = Memo::new(move |_| {
        let most = days.with(|days| days.iter().map(|day| day.people.sent).max());
        round_up(most.unwrap_or_default())
    });
    let column = move |day: Slice| {
        let of = day.people;
        let label = move || {
            let said =
                |measure: Measure| format!(" · {} {}", measure.name(), number(measure.of(&of)));
            let chosen = Some(shown.get()).filter(|measure| *measure != Measure::Sent);
            let chosen = chosen.map(said).unwrap_or_default();
            format!("{}{}{chosen}", name_of(&day.of), said(Measure::Sent))
        };
        let height = move |count: u64| format!("{}%", percent_of(count, top.get()));
        view! {
            <span class="chart-day" title=label>
                <span class="chart-sent" class:none=of.sent == 0 style:block-size=move || height(of.sent)>
                    <span
                        class="chart-part"
                        style:block-size=move || {
                            format!("{}%", percent_of(shown.get().of(&of).min(of.sent), of.sent))
                        }
                    ></span>
                </span>
            </span>
        }
    };
    let end = move |which: fn(&[Slice]) -> Option<&Slice>| {
        move || days.with(|days| which(days).map(|day| name_of(&day.of)))
    };
    view! {
        <figure class="chart" role="img" aria-label=move || described(&days.get(), shown.get())>
            <div class="chart-scale" aria-hidden="true">
                <span>{move || number(top.get())}</span>
                <span>{move || number(top.get() / 2)}</span>
                <span>{number(0)}</span>
            </div>
            <div class="chart-days" aria-hidden="true">
                {move || days.get().into_iter().map(column).collect_view()}
            </div>
            <div class="chart-names" aria-hidden="true">
                <span>{end(<[Slice]>::first)}</span>
                <span>{end(|days| days.get(days.len() / 2).filter(|_| days.len() > 6))}</span>
                <span>{end(|days| days.last().filter(|_| days.len() > 1))}</span>
            </div>
            <p class="chart-legend" aria-hidden="true">
                <span class="chart-key sent">{Measure::Sent.name()}</span>
                {move || (shown.get() != Measure::Sent).then(|| view! {
                    <span class="chart-key part">{shown.get().name()}</span>
                })}
            </p>
        </figure>
    }
}

/// What the chart says to whoever does not see it; the table has each day.
fn described(days: &[Slice], shown: Measure) -> String {
    let best = days.iter().max_by_key(|day| shown.of(&day.people));
    match best.filter(|day| shown.of(&day.people) > 0) {
        Some(day) => text_with(
            "results.chart",
            &[
                ("name", &shown.name()),
                ("day", &name_of(&day.of)),
                ("count", &number(shown.of(&day.people))),
            ],
        ),
        None => text_with("results.chart_empty", &[("name", &shown.name())]),
    }
}

#[component]
fn Table(days: Memo<Vec<Slice>>) -> impl IntoView {
    let row = |day: Slice| {
        view! {
            <tr>
                <th scope="row">{name_of(&day.of)}</th>
                {MEASURES.map(|measure| view! { <td>{measure.figure(&day.people)}</td> })}
            </tr>
        }
    };
    view! {
        <div class="results-frame long" tabindex="0" role="group" aria-labelledby="days-title">
            <table class="results">
                <thead>
                    <tr>
                        <th scope="col">{text("results.day")}</th>
                        {MEASURES.map(|measure| view! { <th scope="col">{measure.name()}</th> })}
                    </tr>
                </thead>
                // The latest is looked for most.
                <tbody>{move || days.get().into_iter().rev().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// `14 Oct`, of a day such as `2026-10-14`.
fn name_of(day: &str) -> String {
    instant(day).map_or_else(|| day.to_owned(), |at| intl::day_of_calendar(&locale(), at))
}

/// The next number above that a scale can end with: an even digit and zeros, so
/// that the middle of the scale is a number too.
fn round_up(most: u64) -> u64 {
    let mut step = 1_u64;
    loop {
        for top in [2, 4, 6, 8, 10].map(|digit| digit * step) {
            if top >= most {
                return top;
            }
        }
        match step.checked_mul(10) {
            Some(next) if next < u64::MAX / 10 => step = next,
            _ => return most,
        }
    }
}

fn percent_of(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a height on the screen")]
    let percent = part as f64 * 100.0 / whole as f64;
    percent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_with_a_round_number_that_can_be_halved() {
        for (most, top) in [
            (0, 2),
            (1, 2),
            (2, 2),
            (3, 4),
            (5, 6),
            (11, 20),
            (55, 60),
            (36, 40),
            (99, 100),
            (101, 200),
            (4_001, 6_000),
        ] {
            assert_eq!(round_up(most), top, "{most}");
        }
        assert_eq!(round_up(u64::MAX), u64::MAX);
    }

    #[test]
    fn a_part_of_nothing_has_no_height() {
        assert!(percent_of(1, 0) == 0.0);
        assert!((percent_of(1, 4) - 25.0).abs() < f64::EPSILON);
    }
}
