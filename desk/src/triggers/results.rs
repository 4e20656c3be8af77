//! The page that shows what a trigger achieved: over time, by page, by device,
//! and by the arms of its experiment.

mod days;
mod experiment;
mod measure;
mod period;
mod slices;

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::studio::{People, TriggerResults};
use saluda_protocol::{ErrorCode, TriggerId};

use super::requests::Trouble;
use super::verbs::focus_title;
use crate::blank::{Blank, Failed};
use crate::icons::{Icon, Symbol};
use crate::route::Place;
use crate::state::use_desk;
use crate::texts::text;
use days::Days;
use experiment::Experiment;
use measure::{MEASURES, Measure};
use period::{Period, Periods};
use slices::Slices;

/// How far the results are. Those of before stay while others are on their way.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Loading,
    Failed(Trouble),
    Here(Box<TriggerResults>),
}

/// The page of what a trigger achieved.
#[component]
pub(crate) fn ResultsPage(id: TriggerId) -> impl IntoView {
    let desk = use_desk();
    let stage = RwSignal::new(Stage::Loading);
    let period = RwSignal::new(Period::Weeks);
    let busy = RwSignal::new(false);
    // The last day there is, as the server's answer to the first question says.
    let today = RwSignal::new(None::<String>);
    desk.studio.left.set_value(Some(id.clone()));
    let name = {
        let id = id.clone();
        Memo::new(move |_| {
            let name = desk.with_list(|list| list.get(&id).map(|row| row.name.clone()));
            name.unwrap_or_else(|| id.to_string())
        })
    };
    let path = StoredValue::new(id.clone());
    let load = move || {
        let Some(remote) = desk.remote() else { return };
        let wanted = period.get_untracked();
        let days = wanted.days(today.get_untracked().as_deref());
        busy.set(true);
        spawn_local(async move {
            let answer = remote.results(&path.get_value(), days).await;
            // Another period was chosen meanwhile, or the page is gone.
            if period.try_get_untracked() != Some(wanted) {
                return;
            }
            busy.set(false);
            match answer {
                Ok(found) => {
                    if today.with_untracked(Option::is_none) {
                        today.set(Some(found.to.clone()));
                    }
                    stage.set(Stage::Here(Box::new(found)));
                }
                Err(trouble) => {
                    desk.look_at(&trouble);
                    stage.set(Stage::Failed(trouble));
                }
            }
        });
    };
    let site = Memo::new(move |_| Some(desk.membership()?.key));
    Effect::new(move |_| {
        period.track();
        if site.get().is_some() {
            load();
        }
    });
    focus_title();
    let found = Memo::new(move |_| match stage.get() {
        Stage::Here(found) => Some(*found),
        _ => None,
    });
    let editor = Place::Trigger(id.clone()).address();
    view! {
        <header class="studio-head">
            <a class="icon-button" href=editor aria-label=text("results.back")>
                <Icon of=Symbol::Back/>
            </a>
            <h1 class="studio-title" tabindex="-1" dir="auto">{name}</h1>
            <span class="results-what">{text("results.title")}</span>
        </header>
        <div class="results-page" aria-busy=move || busy.get().to_string()>
            {move || match stage.get() {
                Stage::Loading => view! { <Shape/> }.into_any(),
                Stage::Failed(trouble) if trouble.is(ErrorCode::NotFound) => view! {
                    <Blank sign=Symbol::Trigger title=text("editor.gone") words=text("editor.gone_words")/>
                }
                .into_any(),
                Stage::Failed(trouble) => view! {
                    <Periods period today/>
                    <Failed title=text("results.failed") words=trouble.sentence() again=Callback::new(move |()| load())/>
                }
                .into_any(),
                Stage::Here(_) => view! { <Found found period today id=id.clone()/> }.into_any(),
            }}
        </div>
    }
}

/// What was achieved.
#[component]
fn Found(
    found: Memo<Option<TriggerResults>>,
    period: RwSignal<Period>,
    today: RwSignal<Option<String>>,
    id: TriggerId,
) -> impl IntoView {
    let desk = use_desk();
    let shown = RwSignal::new(Measure::Opened);
    let people = Memo::new(move |_| found.with(|it| it.as_ref().map(|it| it.people)));
    let nobody = Memo::new(move |_| people.get().is_none_or(|it| it.sent == 0 && it.held == 0));
    let table = move || {
        let site = desk.membership()?.key;
        let days = found.with(|it| Some((it.as_ref()?.from.clone(), it.as_ref()?.to.clone())))?;
        Some(format!(
            "/api/sites/{site}/triggers/{id}/results.csv?from={}&to={}",
            days.0, days.1
        ))
    };
    let zone = move || found.with(|it| it.as_ref().map(|it| it.zone.clone()));
    view! {
        <Periods period today/>
        <p class="unseen" role="status">{move || people.get().map(|it| measure::summary(&it))}</p>
        {move || if nobody.get() {
            view! { <Blank sign=Symbol::Trigger title=text("results.none") words=text("results.none_words")/> }.into_any()
        } else {
            view! {
                <Tiles people shown/>
                <Days found shown/>
                <Experiment found/>
                <Slices found/>
                <p class="results-foot">
                    {text("results.once")} " " {zone}
                </p>
                <Tables table=Signal::derive(table.clone())/>
            }
            .into_any()
        }}
    }
}

/// The measures with their numbers; the one that is chosen is drawn.
#[component]
fn Tiles(people: Memo<Option<People>>, shown: RwSignal<Measure>) -> impl IntoView {
    let tile = move |measure: Measure| {
        let numbers = move || {
            let people = people.get()?;
            Some(measure.figure(&people))
        };
        view! {
            <label class="tile">
                <input
                    class="unseen"
                    type="radio"
                    name="measure"
                    prop:checked=move || shown.get() == measure
                    on:change=move |_| shown.set(measure)
                />
                <span class="tile-name">{measure.name()}</span>
                {numbers}
            </label>
        }
    };
    view! {
        <fieldset class="tiles">
            <legend class="unseen">{text("results.measure")}</legend>
            {MEASURES.map(tile)}
        </fieldset>
    }
}

/// The same as tables for other programs.
#[component]
fn Tables(table: Signal<Option<String>>) -> impl IntoView {
    let link = move |by: &'static str, words: String| {
        view! {
            <a
                class="button quiet"
                download=""
                href=move || table.get().map(|table| format!("{table}&by={by}"))
            >
                {words}
            </a>
        }
    };
    view! {
        <div class="results-tables" role="group" aria-labelledby="tables-title">
            <span class="results-tables-title" id="tables-title">{text("results.csv")}</span>
            {link("day", text("results.by_day"))}
            {link("page", text("results.by_page"))}
            {link("device", text("results.by_device"))}
            {link("variant", text("results.by_variant"))}
        </div>
    }
}

/// The page in its shape.
#[component]
fn Shape() -> impl IntoView {
    view! {
        <p class="unseen" role="status">{text("results.loading")}</p>
        <div class="results-shape" aria-hidden="true">
            <span class="skeleton card short"></span>
            <span class="skeleton card"></span>
            <span class="skeleton card"></span>
        </div>
    }
}
