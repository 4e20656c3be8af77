//! The days to come as bars, so that a slip in the hours is seen before visitors
//! find it.

use leptos::prelude::*;

use super::look_ahead::LookAhead;
use super::seen::{DAY, Day, Moment, Seen, minute};
use crate::state::use_desk;
use crate::texts::{capitalised, text, text_with};
use crate::time::{self, Format};

/// Days that are shown at first.
const WEEK: usize = 7;
const MINUTE_MS: u64 = 60_000;

/// Whether it is open now, and the strip.
#[component]
pub(super) fn Strip(ahead: LookAhead) -> impl IntoView {
    let both = RwSignal::new(false);
    let words = Memo::new(move |_| ahead.seen.with(|seen| seen.as_ref().map(sentence)));
    let open = Memo::new(move |_| {
        ahead
            .seen
            .with(|seen| seen.as_ref().is_some_and(|it| it.open))
    });
    let days = Memo::new(move |_| {
        let mut days = ahead.seen.get().map(|seen| seen.days).unwrap_or_default();
        if !both.get() {
            days.truncate(WEEK);
        }
        days
    });
    let from = Memo::new(move |_| {
        ahead
            .seen
            .with(|seen| seen.as_ref().map(|it| it.from.clone()))
    });
    view! {
        <section class="card strip" aria-labelledby="hours-strip">
            <div class="card-head"><h3 class="card-title" id="hours-strip">{text("hours.strip")}</h3></div>
            <div role="status" class="strip-now" class:on=open>
                {move || words.get().map(|words| view! {
                    <span class="light-sign" aria-hidden="true"></span>{words}
                })}
            </div>
            {move || ahead.failed.get().map(|trouble| view! {
                <div class="strip-failed" role="alert">
                    <p>{trouble.sentence()}</p>
                    <button class="link" type="button" on:click=move |_| ahead.ask()>
                        {text("action.try_again")}
                    </button>
                </div>
            })}
            <div class="strip-days" class:behind=ahead.behind>
                <div class="strip-axis" aria-hidden="true">
                    {["0", "6", "12", "18", "24"].map(|hour| view! { <span>{hour}</span> })}
                </div>
                <ul>
                    {move || days.get().into_iter().map(|day| view! { <Bar day from/> }).collect_view()}
                </ul>
            </div>
            {move || days.with(|days| !days.is_empty()).then(|| view! {
                <button
                    class="button quiet"
                    type="button"
                    aria-expanded=move || both.get().to_string()
                    on:click=move |_| both.update(|both| *both = !*both)
                >
                    {move || if both.get() { text("hours.one_week") } else { text("hours.two_weeks") }}
                </button>
            })}
        </section>
    }
}

/// A day, its open hours, and where it is now.
#[component]
fn Bar(day: Day, from: Memo<Option<Moment>>) -> impl IntoView {
    let desk = use_desk();
    let date = day.date.clone();
    let now = Memo::new(move |_| {
        let from = from.get()?;
        let passed = desk.minute.get().0.saturating_sub(from.at) / MINUTE_MS;
        let today = from.local.get(..10) == Some(&*date);
        let at = minute(&date, &from.local).saturating_add(u32::try_from(passed).ok()?);
        (today && at < DAY).then_some(at)
    });
    let name = time::on_the_wall(&format!("{}T00:00", day.date)).map_or_else(
        || day.date.clone(),
        |at| capitalised(&time::wall(Format::WallDate, at)),
    );
    let words = if day.open.is_empty() {
        text("hours.closed")
    } else {
        let spans = day.open.iter().map(|(from, until)| {
            text_with(
                "hours.span",
                &[("from", &clock(*from)), ("until", &clock(*until))],
            )
        });
        spans.collect::<Vec<_>>().join(", ")
    };
    let dated = day.dated.then(|| text("hours.dated"));
    view! {
        <li class="strip-day" class:dated=day.dated class:today=move || now.get().is_some()>
            <span class="strip-name">
                {name}
                {dated.map(|dated| view! { <span class="unseen">" ("{dated}")"</span> })}
            </span>
            <span class="strip-track" aria-hidden="true" title=words.clone()>
                {day.open.iter().map(|(from, until)| view! {
                    <span
                        class="strip-span"
                        style:inset-inline-start=share(*from)
                        style:inline-size=share(until.saturating_sub(*from))
                    ></span>
                }).collect_view()}
                {move || now.get().map(|at| view! {
                    <span class="strip-mark" style:inset-inline-start=share(at)></span>
                })}
            </span>
            <span class="unseen">{words}</span>
        </li>
    }
}

/// What part of a day so many minutes are.
fn share(minutes: u32) -> String {
    format!("{:.3}%", f64::from(minutes) / f64::from(DAY) * 100.0)
}

/// `09:30`, as the form writes it too.
fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Whether it is open, and until when that stays so.
fn sentence(seen: &Seen) -> String {
    let when = |moment: &Moment| {
        let Some(at) = time::on_the_wall(&moment.local) else {
            return moment.local.clone();
        };
        let clock = time::wall(Format::WallClock, at);
        if moment.local.get(..10) == seen.from.local.get(..10) {
            text_with("hours.at", &[("clock", &clock)])
        } else {
            let day = time::wall(Format::WallDate, at);
            text_with("hours.on_day_at", &[("day", &day), ("clock", &clock)])
        }
    };
    match (seen.open, &seen.closes_at, &seen.next_opening) {
        (true, Some(closes), _) => text_with("hours.open_until", &[("when", &when(closes))]),
        (true, None, _) => text("hours.open_for_ever"),
        (false, _, Some(opens)) => text_with("hours.closed_until", &[("when", &when(opens))]),
        (false, _, None) => text("hours.closed_for_ever"),
    }
}
