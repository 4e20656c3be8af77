//! How an experiment stands: each arm with what is known of it, whether people
//! were dealt fairly, and what the greeting brought at all.

use leptos::prelude::*;
use saluda_protocol::studio::{Arm, Estimate, ExperimentResults, SampleRatio, TriggerResults};

use super::super::figures::number;
use crate::icons::{Icon, Symbol};
use crate::intl;
use crate::texts::{capitalised, locale, text, text_with};

/// How an experiment stands, if there is one.
#[component]
pub(super) fn Experiment(found: Memo<Option<TriggerResults>>) -> impl IntoView {
    let experiment = Memo::new(move |_| found.with(|it| it.as_ref()?.experiment.clone()));
    move || experiment.get().map(card)
}

/// What is compared between arms.
struct Compared {
    name: String,
    of: fn(&Arm) -> Option<Estimate>,
}

fn card(experiment: ExperimentResults) -> impl IntoView {
    let version = experiment.version.to_string();
    let arms = experiment.arms;
    let compared = [
        Compared {
            name: text("triggers.opened"),
            of: |arm| arm.opened,
        },
        Compared {
            name: text("triggers.replied"),
            of: |arm| arm.replied,
        },
        Compared {
            name: text("triggers.goal"),
            of: |arm| arm.goal,
        },
    ];
    let blocks = compared.map(|compared| block(&compared, &arms));
    view! {
        <section class="card results-card" aria-labelledby="experiment-title">
            <div class="card-head">
                <h2 class="card-title" id="experiment-title">
                    {text_with("results.experiment", &[("version", &version)])}
                </h2>
            </div>
            {fairness(experiment.sample_ratio)}
            <div class="results-frame" tabindex="0" role="group" aria-labelledby="experiment-title">
                <table class="results arms">
                    <thead>
                        <tr>
                            <th scope="col">{text("results.arm")}</th>
                            <th scope="col">{text("results.expected")}</th>
                            <th scope="col">{text("results.came")}</th>
                        </tr>
                    </thead>
                    <tbody>{arms.iter().map(dealt).collect_view()}</tbody>
                </table>
            </div>
            <div class="estimates">{blocks}</div>
            {experiment.lift.map(lift)}
            <p class="card-note">{text("results.interval_note")}</p>
        </section>
    }
}

/// What an arm is called.
fn name_of(arm: &Arm) -> String {
    match &arm.variant {
        _ if arm.held => text("results.held"),
        Some(variant) => variant.clone(),
        None => capitalised(&text("results.original")),
    }
}

/// How many people came to an arm, beside how many should have.
fn dealt(arm: &Arm) -> impl IntoView + use<> {
    view! {
        <tr>
            <th scope="row" dir="auto">{name_of(arm)}</th>
            <td>{intl::percent(&locale(), arm.expected)}</td>
            <td>{number(arm.people)}</td>
        </tr>
    }
}

/// Whether people were dealt as they should have been.
fn fairness(ratio: Option<SampleRatio>) -> impl IntoView {
    match ratio {
        Some(ratio) if ratio.suspicious => view! {
            <p class="results-alarm" role="alert">
                <Icon of=Symbol::Alert/>
                <span>{text("results.unfair")}</span>
            </p>
        }
        .into_any(),
        Some(_) => view! { <p class="card-words">{text("results.fair")}</p> }.into_any(),
        None => view! { <p class="card-words">{text("results.too_few")}</p> }.into_any(),
    }
}

/// One measure of every arm, on one scale.
fn block(compared: &Compared, arms: &[Arm]) -> Option<impl IntoView + use<>> {
    let known: Vec<_> = arms
        .iter()
        .filter_map(|arm| Some((name_of(arm), (compared.of)(arm)?)))
        .collect();
    let end = known.iter().map(|(_, it)| it.high).fold(0.0, f64::max);
    let row = move |(name, it): (String, Estimate)| {
        view! {
            <div class="estimate">
                <dt class="estimate-name" dir="auto">{name}</dt>
                <dd class="estimate-value">
                    <span class="whisker" aria-hidden="true">
                        <span
                            class="whisker-line"
                            style:inset-inline-start=share(it.low, end)
                            style:inline-size=share(it.high - it.low, end)
                        ></span>
                        <span class="whisker-dot" style:inset-inline-start=share(it.value, end)></span>
                    </span>
                    <span class="estimate-words">{words(it)}</span>
                </dd>
            </div>
        }
    };
    (!known.is_empty()).then(|| {
        view! {
            <div class="estimates-of">
                <h3 class="estimates-title">{compared.name.clone()}</h3>
                <dl>{known.into_iter().map(row).collect_view()}</dl>
            </div>
        }
    })
}

/// Which part of a scale something takes.
fn share(part: f64, end: f64) -> String {
    let percent = if end > 0.0 { part * 100.0 / end } else { 0.0 };
    format!("{:.2}%", percent.clamp(0.0, 100.0))
}

/// `12 % (8 % to 17 %)`
fn words(it: Estimate) -> String {
    let written = |share| intl::percent_exactly(&locale(), share);
    text_with(
        "results.estimate",
        &[
            ("value", &written(it.value)),
            ("low", &written(it.low)),
            ("high", &written(it.high)),
        ],
    )
}

/// What being greeted brought, beside not being greeted.
fn lift(it: Estimate) -> impl IntoView {
    let verdict = if it.low > 0.0 {
        text("results.lift_more")
    } else if it.high < 0.0 {
        text("results.lift_less")
    } else {
        text("results.lift_unclear")
    };
    let written = |share| intl::percent_signed(&locale(), share);
    let range = text_with(
        "results.lift",
        &[
            ("value", &written(it.value)),
            ("low", &written(it.low)),
            ("high", &written(it.high)),
        ],
    );
    view! {
        <p class="results-lift">
            <strong>{verdict}</strong>
            " "
            {range}
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_whisker_stays_on_its_scale() {
        assert_eq!(share(0.1, 0.4), "25.00%");
        assert_eq!(share(0.5, 0.4), "100.00%");
        assert_eq!(share(0.0, 0.0), "0.00%");
    }
}
