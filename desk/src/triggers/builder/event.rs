//! A condition about an event: its name, how often, and within which time.

use leptos::prelude::*;
use saluda_protocol::Span;
use saluda_protocol::trigger::{Condition, Operator};

use super::super::editor::state::use_editor;
use super::super::seen::Suggested;
use super::input::SpanInput;
use super::leaf::{Operators, operator_named, operator_of};
use super::property::Properties;
use super::tree::At;
use crate::texts::text;

/// How a count can be compared.
const OPERATORS: &[Operator] = &[
    Operator::Gte,
    Operator::Gt,
    Operator::Eq,
    Operator::Ne,
    Operator::Lt,
    Operator::Lte,
];
/// What a length of time begins with.
const SOME_TIME: Span = Span(10 * 60_000);

/// What is changed of a condition about an event.
enum Change {
    Name(String),
    Operator(Operator),
    Count(u32),
    Within(Option<Span>),
}

/// The fields of a condition about an event.
#[component]
pub(super) fn EventFields(
    at: StoredValue<At>,
    condition: Memo<Option<Condition>>,
) -> impl IntoView {
    let editor = use_editor();
    let read = move |look: fn(&Condition) -> Option<String>| {
        Memo::new(move |_| condition.with(|condition| look(condition.as_ref()?)))
    };
    let name = read(|it| match it {
        Condition::Event { event, .. } => Some(event.clone()),
        Condition::Fact { .. } => None,
    });
    let count = read(|it| match it {
        Condition::Event { value, .. } => Some(value.to_string()),
        Condition::Fact { .. } => None,
    });
    let within = read(|it| match it {
        Condition::Event { within, .. } => Some((*within)?.to_string()),
        Condition::Fact { .. } => None,
    });
    let now = Memo::new(move |_| condition.with(|condition| operator_of(condition.as_ref())));
    let change = move |change: Change| {
        editor.change_condition(&at.get_value(), move |condition| {
            if let Condition::Event {
                event,
                op,
                value,
                within,
                ..
            } = condition
            {
                match change {
                    Change::Name(name) => *event = name,
                    Change::Operator(chosen) => *op = chosen,
                    Change::Count(count) => *value = count,
                    Change::Within(span) => *within = span,
                }
            }
        });
    };
    let choose = move |event| {
        if let Some(chosen) = operator_named(&event_target_value(&event), OPERATORS) {
            change(Change::Operator(chosen));
        }
    };
    let write_count = move |event| {
        if let Ok(count) = event_target_value(&event).trim().parse() {
            change(Change::Count(count));
        }
    };
    let write_within = Callback::new(move |typed: String| {
        if let Ok(span) = typed.parse() {
            change(Change::Within(Some(span)));
        }
    });
    let narrow = move |event| {
        let narrowed = event_target_value(&event) == "within";
        change(Change::Within(narrowed.then_some(SOME_TIME)));
    };
    let has_span = Memo::new(move |_| within.with(Option::is_some));
    let list = format!("events-{}", super::name_of(&at.get_value()));
    view! {
        <Suggested id=list.clone() from=Signal::derive(move || editor.desk.seen_events())/>
        <input
            class="input condition-name"
            type="text"
            list=list
            aria-label=text("builder.event_name")
            placeholder=text("builder.event_name")
            autocapitalize="off"
            spellcheck="false"
            prop:value=move || name.get().unwrap_or_default()
            on:change=move |event| {
                change(Change::Name(event_target_value(&event).trim().to_owned()));
            }
        />
        <Operators operators=OPERATORS now choose=Callback::new(choose)/>
        <span class="condition-value condition-span">
            <input
                class="input"
                type="number"
                min="0"
                max="100"
                aria-label=text("builder.times")
                prop:value=move || count.get().unwrap_or_default()
                on:change=write_count
            />
            <select class="select" aria-label=text("builder.period") on:change=narrow>
                <option value="visit" prop:selected=move || !has_span.get()>
                    {text("builder.times_visit")}
                </option>
                <option value="within" prop:selected=has_span>{text("builder.times_within")}</option>
            </select>
            {move || has_span.get().then(|| {
                let words = Memo::new(move |_| within.get().unwrap_or_default());
                view! { <SpanInput words write=write_within/> }
            })}
        </span>
        <Properties at condition/>
    }
}
