//! The instant that is looked at, on a line with what happens and with the
//! moments at which a greeting appears.

use leptos::prelude::*;

use super::state::Testing;
use super::use_testing;
use super::words;
use crate::texts::{text, text_with};

const SECOND_MS: u64 = 1_000;

/// A mark on the line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    at_ms: u64,
    class: &'static str,
}

/// The line, and the instant on it.
#[component]
pub(super) fn Timeline() -> impl IntoView {
    let testing = use_testing();
    let reach_ms = Memo::new(move |_| testing.reach_ms());
    let marks = Memo::new(move |_| marks(testing));
    let appears = Memo::new(move |_| {
        let id = testing.id();
        testing.went.with(|went| {
            let went = went.as_ref()?.as_ref().ok()?;
            let shown = went.done.iter();
            let shown = shown.filter(|one| one.trigger == id && !one.held);
            let times: Vec<_> = shown.map(|one| words::position(one.at_ms)).collect();
            (!times.is_empty()).then(|| times.join(", "))
        })
    });
    let earliest_ms = Memo::new(move |_| {
        testing.went.with(|went| {
            let went = went.as_ref()?.as_ref().ok()?;
            let earliest = went.earliest.filter(|earliest| *earliest > went.now)?;
            Some(earliest - went.began_at)
        })
    });
    let go = move |typed: String| {
        if let Ok(seconds) = typed.parse::<u64>() {
            testing.at_ms.set(seconds.saturating_mul(SECOND_MS));
        }
    };
    let seconds = move || (testing.at_ms.get() / SECOND_MS).to_string();
    view! {
        <div class="timeline">
            <label class="timeline-label" for="tester-at">{text("tester.at")}</label>
            <input
                class="input timeline-seconds"
                id="tester-at"
                type="number"
                min="0"
                step="1"
                inputmode="numeric"
                aria-describedby="tester-at-unit"
                prop:value=seconds
                on:change=move |event| go(event_target_value(&event))
            />
            <span class="timeline-unit" id="tester-at-unit">{text("tester.seconds")}</span>
            {move || earliest_ms.get().map(|at_ms| {
                let position = words::position(at_ms);
                view! {
                    <button class="link timeline-jump" on:click=move |_| testing.at_ms.set(at_ms)>
                        {text_with("tester.jump", &[("time", &position)])}
                    </button>
                }
            })}
            <div class="visit-line">
                <input
                    class="visit-range"
                    type="range"
                    min="0"
                    step="1"
                    max=move || reach_ms.get().div_ceil(SECOND_MS).to_string()
                    aria-label=text("tester.at")
                    aria-valuetext=move || words::position(testing.at_ms.get())
                    prop:value=seconds
                    on:input=move |event| go(event_target_value(&event))
                />
                <div class="visit-marks" aria-hidden="true">
                    {move || {
                        let reach_ms = reach_ms.get();
                        marks.get().into_iter().map(move |mark| {
                            let place = percent(mark.at_ms, reach_ms);
                            view! { <i class=mark.class style:inset-inline-start=place></i> }
                        }).collect_view()
                    }}
                </div>
            </div>
            <p class="visit-ends" aria-hidden="true">
                <span>"0:00"</span>
                <span>{move || words::position(reach_ms.get())}</span>
            </p>
            {move || appears.get().map(|times| view! {
                <p class="timeline-appears">
                    <i class="visit-mark shows" aria-hidden="true"></i>
                    {text_with("tester.appears", &[("times", &times)])}
                </p>
            })}
        </div>
    }
}

/// What happens in the visit, and when greetings appear.
fn marks(testing: Testing) -> Vec<Mark> {
    let happens = testing.visit.with(|visit| {
        let steps = visit.steps.iter();
        let marks = steps.map(|step| Mark {
            at_ms: step.at_ms,
            class: "visit-mark",
        });
        marks.collect::<Vec<_>>()
    });
    let id = testing.id();
    let shows = testing.went.with(|went| {
        let went = went.as_ref().and_then(|went| went.as_ref().ok());
        let done = went.into_iter().flat_map(|went| &went.done);
        let marks = done.map(|one| Mark {
            at_ms: one.at_ms,
            class: match (one.trigger == id, one.held) {
                (_, true) => "visit-mark held",
                (true, false) => "visit-mark shows",
                (false, false) => "visit-mark other",
            },
        });
        marks.collect::<Vec<_>>()
    });
    [happens, shows].concat()
}

/// Where an instant lies on the line.
fn percent(at_ms: u64, reach_ms: u64) -> String {
    let part = at_ms.min(reach_ms).saturating_mul(1_000) / reach_ms.max(1);
    format!("{}.{}%", part / 10, part % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_never_leaves_the_line() {
        assert_eq!(percent(0, 60_000), "0.0%");
        assert_eq!(percent(30_500, 60_000), "50.8%");
        assert_eq!(percent(90_000, 60_000), "100.0%");
        assert_eq!(percent(1, 0), "0.0%");
    }
}
