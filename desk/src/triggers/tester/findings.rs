//! What the engine decides at the instant that is looked at, and why: each
//! condition with what it looked at, and what else stands in the way.

use leptos::prelude::*;
use saluda_protocol::Millis;
use saluda_protocol::trigger::Rule;

use super::super::requests::trying::Tried;
use super::answer::{Gate, Part, Went, beside};
use super::state::Testing;
use super::use_testing;
use super::words::{self, Tone};
use crate::sentence;
use crate::texts::{capitalised, text, text_count, text_with};
use crate::time;

/// What the engine decides, and why.
#[component]
pub(super) fn Findings() -> impl IntoView {
    let testing = use_testing();
    let went = Memo::new(move |_| {
        testing
            .went
            .with(|went| went.as_ref()?.as_ref().ok().cloned())
    });
    move || match went.get() {
        // What is wrong with the form is said in its place.
        _ if testing.is_mistaken() => ().into_any(),
        Some(went) => {
            let rule = testing.rule();
            view! {
                <div class="findings">
                    {headline(testing, &went)}
                    {rule.and_then(|rule| conditions(&rule, &went))}
                    {gates(&went)}
                </div>
            }
            .into_any()
        }
        None if testing.went.with(Option::is_some) => ().into_any(),
        None => waiting(),
    }
}

/// Before the first answer: its shape.
fn waiting() -> AnyView {
    view! {
        <div class="findings">
            <p class="unseen" role="status">{text("tester.loading")}</p>
            <span class="skeleton line long" aria-hidden="true"></span>
            <span class="skeleton line" aria-hidden="true"></span>
        </div>
    }
    .into_any()
}

fn headline(testing: Testing, went: &Went) -> AnyView {
    let id = testing.id();
    let name_of = |other: &str| {
        testing.tried.with(|tried| {
            let tried = tried.as_ref().and_then(|it| it.result.as_ref().ok());
            let others = tried.map(Tried::others).unwrap_or_default();
            let name = others.into_iter().find(|(id, _)| id == other);
            name.map_or_else(|| other.to_owned(), |(_, name)| name)
        })
    };
    let (tone, head, rest) = words::verdict(went, &id, &name_of);
    let class = match tone {
        Tone::Good => "verdict good",
        Tone::Waits => "verdict waits",
        Tone::Shut => "verdict shut",
    };
    let variant = went.variant.and_then(|at| {
        let form = testing
            .tried
            .with(|tried| Some(tried.as_ref()?.form.clone()))?;
        crate::form_text::words(&form, &format!("experiment.variants[{at}].name"))
    });
    let rest = match (variant, rest.is_empty()) {
        (Some(variant), true) => text_with("tester.variant", &[("name", &variant)]),
        _ => rest,
    };
    view! {
        <p class=class role="status">
            <strong>{head}</strong> " " {rest}
            <time class="verdict-time">{time::full(Millis(went.now))}</time>
        </p>
    }
    .into_any()
}

/// The rule, condition by condition.
fn conditions(rule: &Rule, went: &Went) -> Option<AnyView> {
    let now = went.now;
    let rows = beside(rule, &went.parts)?;
    let row = |(depth, rule, part): (usize, &Rule, Part)| {
        let (asks, seen) = match rule {
            Rule::One(condition) => {
                let left = words::until(part.until, now);
                let left = left.map_or_else(String::new, |left| format!(" · {left}"));
                let seen = format!("{}{left}", words::found(&part));
                (sentence::of_condition(condition), Some(seen))
            }
            Rule::All { .. } => (text("tester.all"), None),
            Rule::Any { .. } => (text("tester.any"), None),
            Rule::Not { .. } => (text("tester.not_this"), None),
        };
        let indent = format!("{}px", depth.min(6) * 14);
        view! {
            <li class="finding" class:closest=part.closest style:padding-inline-start=indent>
                {mark(part.holds)}
                <span class="finding-asks" dir="auto">{asks}</span>
                {part.closest.then(|| view! {
                    <span class="finding-step">{text("tester.closest")}</span>
                })}
                {seen.map(|seen| view! { <span class="finding-seen" dir="auto">{seen}</span> })}
            </li>
        }
    };
    Some(
        view! {
            <h3 class="findings-title">{text("tester.visitors")}</h3>
            <ul class="findings-list">{rows.into_iter().map(row).collect_view()}</ul>
        }
        .into_any(),
    )
}

/// What else must be so: what is not or will not be for long in full, the rest
/// as a number.
fn gates(went: &Went) -> AnyView {
    let now = went.now;
    let worth = |gate: &&Gate| !gate.open || gate.until.is_some();
    let told: Vec<Gate> = went.gates.iter().filter(worth).cloned().collect();
    let rest: Vec<String> = went
        .gates
        .iter()
        .filter(|gate| !worth(gate))
        .map(|gate| words::gate(&gate.name))
        .collect();
    let count = u64::try_from(rest.len()).unwrap_or_default();
    let row = move |gate: Gate| {
        let says = if gate.open {
            words::gate(&gate.name)
        } else {
            words::closed(&gate.name)
        };
        view! {
            <li class="finding">
                {mark(gate.open)}
                <span class="finding-asks">{capitalised(&says)}</span>
                <span class="finding-seen">{words::until(gate.until, now)}</span>
            </li>
        }
    };
    view! {
        <h3 class="findings-title">{text("tester.besides")}</h3>
        <ul class="findings-list">{told.into_iter().map(row).collect_view()}</ul>
        {(count > 0).then(|| view! {
            <details class="findings-rest">
                <summary>{mark(true)} {text_count("tester.fine", count)}</summary>
                <p>{rest.join(" · ")}</p>
            </details>
        })}
    }
    .into_any()
}

/// Whether something holds, for the eye and for the ear.
fn mark(holds: bool) -> AnyView {
    let (class, sign, words) = if holds {
        ("finding-mark good", "✓", text("tester.holds"))
    } else {
        ("finding-mark bad", "✕", text("tester.holds_not"))
    };
    view! {
        <span class=class>
            <span aria-hidden="true">{sign}</span>
            <span class="unseen">{words}</span>
        </span>
    }
    .into_any()
}
