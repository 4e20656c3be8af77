//! What a fact is compared with, in the field that fits its kind.

use leptos::prelude::*;
use saluda_protocol::trigger::{Operator, Value};

use super::typed::{self, Shape};
use crate::fact_words;
use crate::facts::Kind;
use crate::texts::text;

const DEVICES: [&str; 3] = ["desktop", "tablet", "phone"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What something of a kind is compared with.
#[component]
pub(super) fn ValueInput(
    kind: Kind,
    op: Memo<Option<Operator>>,
    value: Memo<Option<Value>>,
    change: Callback<Value>,
    /// The id of what it suggests.
    #[prop(optional)]
    list: Option<String>,
) -> impl IntoView {
    let shape = Memo::new(move |_| op.get().map(typed::shape));
    let value = Memo::new(move |_| value.get().unwrap_or(Value::Flag(true)));
    let words = Memo::new(move |_| value.with(typed::text_of));
    let write = Callback::new(move |typed: String| {
        let Some(shape) = shape.get_untracked() else {
            return;
        };
        change.run(typed::value_of(kind, shape, &typed));
    });
    move || match (kind, shape.get()) {
        (_, None) => ().into_any(),
        (Kind::Flag, Some(Shape::One)) | (_, Some(Shape::Known)) => {
            view! { <YesNo words write/> }.into_any()
        }
        (Kind::Device, Some(shape)) => {
            view! { <Choices kind shape all=&DEVICES words write/> }.into_any()
        }
        (Kind::Weekday, Some(shape)) => {
            view! { <Choices kind shape all=&WEEKDAYS words write/> }.into_any()
        }
        (Kind::Span, Some(_)) => view! { <SpanInput words write/> }.into_any(),
        (_, Some(Shape::List)) => view! {
            <textarea
                class="input condition-value condition-list"
                rows="2"
                aria-label=text("builder.list")
                placeholder=text("builder.list")
                spellcheck="false"
                autocapitalize="off"
                prop:value=words
                on:change=move |event| write.run(event_target_value(&event))
            ></textarea>
        }
        .into_any(),
        (_, Some(Shape::One)) => view! {
            <input
                class="input condition-value"
                type=field_type(kind)
                list=list.clone()
                aria-label=text("builder.value")
                autocapitalize="off"
                spellcheck="false"
                prop:value=words
                on:change=move |event| write.run(event_target_value(&event))
            />
        }
        .into_any(),
    }
}

fn field_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Percent | Kind::Count => "number",
        Kind::TimeOfDay => "time",
        _ => "text",
    }
}

#[component]
fn YesNo(words: Memo<String>, write: Callback<String>) -> impl IntoView {
    let option = move |value: &'static str, name: String| {
        view! {
            <option value=value prop:selected=move || words.get() == value>{name}</option>
        }
    };
    view! {
        <select
            class="select condition-value"
            aria-label=text("builder.value")
            on:change=move |event| write.run(event_target_value(&event))
        >
            {option("true", text("value.yes"))}
            {option("false", text("value.no"))}
        </select>
    }
}

/// One of a few values, or several of them.
#[component]
fn Choices(
    kind: Kind,
    shape: Shape,
    all: &'static [&'static str],
    words: Memo<String>,
    write: Callback<String>,
) -> impl IntoView {
    let name = move |value: &str| fact_words::choice(kind, &Value::Text(value.to_owned()));
    if shape == Shape::One {
        let option = |value: &'static str| {
            view! {
                <option value=value prop:selected=move || words.get() == value>{name(value)}</option>
            }
        };
        return view! {
            <select
                class="select condition-value"
                aria-label=text("builder.value")
                on:change=move |event| write.run(event_target_value(&event))
            >
                {all.iter().copied().map(option).collect_view()}
            </select>
        }
        .into_any();
    }
    let has = move |value: &str| words.with(|words| words.lines().any(|line| line == value));
    let toggle = move |value: &'static str| {
        let turned = move |_| {
            // In the order of the week, however they were chosen.
            let chosen = all
                .iter()
                .filter(|one| untrack(|| has(one)) != (**one == value))
                .copied();
            write.run(chosen.collect::<Vec<_>>().join("\n"));
        };
        view! {
            <button class="choice-toggle" aria-pressed=move || has(value).to_string() on:click=turned>
                {name(value)}
            </button>
        }
    };
    view! {
        <div class="condition-value condition-choices" role="group" aria-label=text("builder.value")>
            {all.iter().copied().map(toggle).collect_view()}
        </div>
    }
    .into_any()
}

/// A length of time: a number and a unit.
#[component]
pub(super) fn SpanInput(words: Memo<String>, write: Callback<String>) -> impl IntoView {
    let number = Memo::new(move |_| words.with(|words| typed::span_of(words).0));
    let unit = Memo::new(move |_| words.with(|words| typed::span_of(words).1));
    let option = move |value: char, name: String| {
        view! {
            <option value=value.to_string() prop:selected=move || unit.get() == value>{name}</option>
        }
    };
    let write_number = move |event| {
        write.run(format!(
            "{}{}",
            event_target_value(&event),
            unit.get_untracked()
        ));
    };
    let write_unit = move |event| {
        write.run(format!(
            "{}{}",
            number.get_untracked(),
            event_target_value(&event)
        ));
    };
    view! {
        <span class="condition-value condition-span">
            <input
                class="input"
                type="number"
                min="0"
                aria-label=text("builder.value")
                prop:value=number
                on:change=write_number
            />
            <select class="select" aria-label=text("builder.unit") on:change=write_unit>
                {option('s', text("builder.seconds"))}
                {option('m', text("builder.minutes"))}
                {option('h', text("builder.hours"))}
                {option('d', text("builder.days"))}
            </select>
        </span>
    }
}
