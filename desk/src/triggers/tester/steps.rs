//! What happens in the visit, line by line: each can be changed, moved to
//! another time and taken away, and another one added.

use leptos::prelude::*;
use web_sys::HtmlSelectElement;

use super::event::{ADDED, Kind, REACTIONS, Typed};
use super::state::Testing;
use super::use_testing;
use super::visit::Visit;
use super::words;
use crate::icons::{Icon, Symbol};
use crate::texts::{text, text_with};

const SECOND_MS: u64 = 1_000;

/// What happens in the visit.
#[component]
pub(super) fn Steps() -> impl IntoView {
    let testing = use_testing();
    // Only what is there decides which rows there are; each follows its own.
    let kinds = Memo::new(move |_| {
        testing.visit.with(|visit| {
            let steps = visit.steps.iter();
            steps.map(|step| Kind::of(&step.event)).collect::<Vec<_>>()
        })
    });
    let add = move |event| {
        let chosen = event_target_value(&event);
        event_target::<HtmlSelectElement>(&event).set_value("");
        let kind = ADDED.into_iter().find(|kind| kind.word() == chosen);
        if let Some(kind) = kind {
            testing.add(kind);
        }
    };
    view! {
        <div class="tester-inner">
            <ol class="visit-steps">
                {move || kinds.get().into_iter().enumerate()
                    .map(|(index, kind)| row(testing, index, kind))
                    .collect_view()}
            </ol>
            <select class="select visit-steps-add" aria-label=text("tester.add") on:change=add>
                <option value="">{text("tester.add_now")}</option>
                {ADDED.into_iter().map(|kind| view! {
                    <option value=kind.word()>{words::kind(kind)}</option>
                }).collect_view()}
            </select>
        </div>
    }
}

fn row(testing: Testing, index: usize, kind: Kind) -> AnyView {
    let at_ms = Memo::new(move |_| {
        let step = |visit: &Visit| visit.steps.get(index).map(|step| step.at_ms);
        testing.visit.with(step).unwrap_or_default()
    });
    let seconds = move || {
        let (whole, rest) = (at_ms.get() / SECOND_MS, at_ms.get() % SECOND_MS);
        match rest {
            0 => whole.to_string(),
            rest => format!("{whole}.{rest:03}"),
        }
    };
    let move_to = move |event| {
        let typed: Result<f64, _> = event_target_value(&event).parse();
        if let Ok(seconds) = typed
            && (0.0..1e9).contains(&seconds)
        {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "rounded, and looked at"
            )]
            let at_ms = (seconds * 1_000.0).round() as u64;
            testing.change(|visit| visit.move_to(index, at_ms));
        }
    };
    let name = words::kind(kind);
    let of = move |key: &str| match key {
        "time" => text_with("tester.step_time", &[("what", &words::kind(kind))]),
        "remove" => text_with("tester.step_remove", &[("what", &words::kind(kind))]),
        _ => text_with("tester.step_look", &[("what", &words::kind(kind))]),
    };
    view! {
        <li class="visit-step">
            <input
                class="input visit-step-time"
                type="number"
                min="0"
                step="any"
                aria-label=of("time")
                prop:value=seconds
                on:change=move_to
            />
            <button class="link visit-step-name" title=of("look") on:click=move |_| {
                testing.at_ms.set(at_ms.get_untracked());
            }>
                {name}
            </button>
            <button class="icon-button visit-step-remove" aria-label=of("remove") on:click=move |_| {
                testing.change(|visit| {
                    if index < visit.steps.len() {
                        visit.steps.remove(index);
                    }
                });
            }>
                <Icon of=Symbol::Close/>
            </button>
            {value(testing, index, kind)}
        </li>
    }
    .into_any()
}

/// What is said of it, in the field that fits.
fn value(testing: Testing, index: usize, kind: Kind) -> AnyView {
    let event = Memo::new(move |_| {
        testing.visit.with(|visit| {
            let step = visit.steps.get(index);
            step.map_or_else(String::new, |step| step.event.clone())
        })
    });
    let typed = Memo::new(move |_| event.with(|event| kind.value(event)));
    let write = move |typed: String| {
        let id = untrack(|| testing.id());
        testing.change(|visit| {
            if let Some(step) = visit.steps.get_mut(index) {
                step.event = kind.write(&typed, &id, &step.event);
            }
        });
    };
    let label = words::kind(kind);
    let choice = move |value: &'static str, name: String| {
        view! { <option value=value selected=move || typed.get() == value>{name}</option> }
    };
    match kind.typed() {
        Typed::Nothing if kind == Kind::Other => {
            view! { <code class="visit-step-value visit-step-raw">{event}</code> }.into_any()
        }
        Typed::Nothing => ().into_any(),
        Typed::Flag => view! {
            <select
                class="select visit-step-value"
                aria-label=label
                on:change=move |event| write(event_target_value(&event))
            >
                {choice("true", text("value.yes"))}
                {choice("false", text("value.no"))}
            </select>
        }
        .into_any(),
        Typed::Reaction => view! {
            <select
                class="select visit-step-value"
                aria-label=label
                on:change=move |event| write(event_target_value(&event))
            >
                {REACTIONS.into_iter()
                    .map(|one| choice(one, words::reaction(one)))
                    .collect_view()}
            </select>
        }
        .into_any(),
        Typed::Text | Typed::Number => view! {
            <input
                class="input visit-step-value"
                type=if kind == Kind::Scroll { "number" } else { "text" }
                aria-label=label
                placeholder=hint(kind)
                autocapitalize="off"
                spellcheck="false"
                prop:value=typed
                on:change=move |event| write(event_target_value(&event))
            />
        }
        .into_any(),
    }
}

/// An example, where the form of a value is not plain.
fn hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Page => "https://",
        Kind::Track => "plan_compared, plan=pro",
        Kind::Tags => "vip, customer",
        Kind::Attribute => "plan=trial",
        Kind::ElementSeen | Kind::ElementClicked => "#prices",
        _ => "",
    }
}
