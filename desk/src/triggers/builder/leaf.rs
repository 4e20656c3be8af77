//! One condition: which fact, how it is compared, and with what.

use leptos::prelude::*;
use saluda_protocol::trigger::{Condition, Operator, Rule, Value};

use super::super::editor::state::use_editor;
use super::super::lists::List;
use super::super::seen::Suggested;
use super::event::EventFields;
use super::input::ValueInput;
use super::tree::{self, At};
use super::{Typed, typed};
use crate::fact_words;
use crate::facts::{self, FACTS, Fact};
use crate::state::use_desk;
use crate::texts::{capitalised, text};

/// What the choice of facts calls an event.
const EVENT: &str = "event";

/// One condition.
#[component]
pub(super) fn Leaf(rule: Typed, at: At) -> impl IntoView {
    let at = StoredValue::new(at);
    let condition: Memo<Option<Condition>> = Memo::new(move |_| {
        rule.with(|rule| match tree::get(rule.as_ref()?, &at.get_value())? {
            Rule::One(condition) => Some(condition.clone()),
            _ => None,
        })
    });
    // Which fields there are depends on this alone: they stay while their
    // values change, and so does the focus in them.
    let about = Memo::new(move |_| condition.with(|condition| About::of(condition.as_ref())));
    move || match about.get() {
        About::Nothing => ().into_any(),
        About::Event => view! {
            <FactChoice at chosen=EVENT.to_owned()/>
            <EventFields at condition/>
        }
        .into_any(),
        About::Fact(fact) => view! {
            <FactChoice at chosen=fact.name.to_owned()/>
            {fact.name.contains('<').then(|| view! { <Name at fact condition/> })}
            <OperatorChoice at fact condition/>
            <Compared at fact condition/>
        }
        .into_any(),
        // From a newer server: the form shows it as it is.
        About::Unknown(name) => view! { <code class="condition-unknown">{name}</code> }.into_any(),
    }
}

/// What a condition is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum About {
    Nothing,
    Event,
    Fact(Fact),
    Unknown(String),
}

impl About {
    fn of(condition: Option<&Condition>) -> Self {
        match condition {
            None => Self::Nothing,
            Some(Condition::Event { .. }) => Self::Event,
            Some(Condition::Fact { fact, .. }) => match facts::find(fact) {
                Some((known, _)) => Self::Fact(known),
                // A name that is still to be chosen.
                None => FACTS
                    .iter()
                    .find(|known| typed::named(known.name, "") == *fact)
                    .map_or_else(|| Self::Unknown(fact.clone()), |known| Self::Fact(*known)),
            },
        }
    }
}

/// The choice among all facts.
#[component]
fn FactChoice(at: StoredValue<At>, chosen: String) -> impl IntoView {
    let editor = use_editor();
    let desk = use_desk();
    let choose = move |event| {
        let name = event_target_value(&event);
        let other = |list: &List| {
            let own = editor.id.get_value();
            let mut others = list.all().iter().map(|row| row.id.clone());
            others.find(|id| Some(id) != own.as_ref())
        };
        let other = untrack(|| desk.with_list(other));
        let begun = match FACTS.iter().find(|fact| fact.name == name) {
            Some(fact) if fact.name.starts_with("trigger.") => {
                let other = other.map(|id| id.to_string());
                typed::begin(*fact, &other.unwrap_or_default())
            }
            Some(fact) => typed::begin(*fact, ""),
            None => typed::begin_event(""),
        };
        editor.change_condition(&at.get_value(), move |condition| *condition = begun);
    };
    let option = |fact: &Fact, chosen: &str| {
        let selected = fact.name == chosen;
        let name = match fact.name {
            // Whatever the page sets is called by its name alone.
            "visitor.attr.<name>" => text("builder.attribute"),
            name => capitalised(&fact_words::name(name, "…")),
        };
        view! { <option value=fact.name selected=selected>{name}</option> }
    };
    let groups = groups().map(|(title, belongs)| {
        let options: Vec<_> = FACTS
            .iter()
            .filter(|fact| belongs.iter().any(|it| fact.name.starts_with(it)))
            .map(|fact| option(fact, &chosen))
            .collect();
        let event = belongs.contains(&"pointer.").then(|| {
            let selected = chosen == EVENT;
            view! { <option value=EVENT selected=selected>{text("builder.event")}</option> }
        });
        view! { <optgroup label=title>{options}{event}</optgroup> }
    });
    view! {
        <select class="select condition-fact" aria-label=text("builder.fact") on:change=choose>
            {groups.collect_view()}
        </select>
    }
}

/// The facts by what they are about.
fn groups() -> impl Iterator<Item = (String, &'static [&'static str])> {
    let groups: [(String, &[&str]); 6] = [
        (text("facts.page"), &["page."]),
        (text("facts.visit"), &["visit."]),
        (text("facts.visitor"), &["visitor."]),
        (
            text("facts.behaviour"),
            &["pointer.", "idle.", "element.", "form."],
        ),
        (text("facts.desk"), &["chat.", "desk."]),
        (text("facts.triggers"), &["trigger."]),
    ];
    groups.into_iter()
}

/// What stands in the name of a fact: a parameter, an attribute, a trigger.
#[component]
fn Name(at: StoredValue<At>, fact: Fact, condition: Memo<Option<Condition>>) -> impl IntoView {
    let editor = use_editor();
    let desk = use_desk();
    let name = Memo::new(move |_| {
        condition
            .with(|condition| match condition {
                Some(Condition::Fact { fact, .. }) => {
                    facts::find(fact).map(|(_, name)| name.to_owned())
                }
                _ => None,
            })
            .unwrap_or_default()
    });
    let write = move |event| {
        let written = typed::named(fact.name, event_target_value(&event).trim());
        editor.change_condition(&at.get_value(), move |condition| {
            if let Condition::Fact { fact, .. } = condition {
                *fact = written;
            }
        });
    };
    if !fact.name.starts_with("trigger.") {
        let list = format!("names-{}", super::name_of(&at.get_value()));
        let begin = fact.name.split('<').next().unwrap_or_default();
        return view! {
            <Suggested id=list.clone() from=Signal::derive(move || desk.seen_names(begin))/>
            <input
                class="input condition-name"
                type="text"
                list=list
                aria-label=text("builder.name")
                placeholder=text("builder.name")
                autocapitalize="off"
                spellcheck="false"
                prop:value=name
                on:change=write
            />
        }
        .into_any();
    }
    let triggers = Memo::new(move |_| {
        let of = |row: &saluda_protocol::studio::TriggerRow| (row.id.to_string(), row.name.clone());
        let mut all: Vec<_> = desk.with_list(|list| list.all().iter().map(of).collect());
        let here = name.get();
        // One that is gone stays visible: it is the mistake to mend.
        if !all.iter().any(|(id, _)| *id == here) {
            all.push((here.clone(), here));
        }
        all
    });
    view! {
        <select class="select condition-name" aria-label=text("builder.trigger") on:change=write>
            {move || {
                let here = name.get();
                let option = |(id, name): (String, String)| {
                    let selected = id == here;
                    view! { <option value=id selected=selected>{name}</option> }
                };
                triggers.get().into_iter().map(option).collect_view()
            }}
        </select>
    }
    .into_any()
}

/// With what it is compared.
#[component]
fn Compared(at: StoredValue<At>, fact: Fact, condition: Memo<Option<Condition>>) -> impl IntoView {
    let editor = use_editor();
    let desk = editor.desk;
    let op = Memo::new(move |_| condition.with(|condition| operator_of(condition.as_ref())));
    let value = Memo::new(move |_| {
        condition.with(|condition| match condition {
            Some(Condition::Fact { value, .. }) => value.clone(),
            _ => None,
        })
    });
    let change = Callback::new(move |new: Value| {
        editor.change_condition(&at.get_value(), move |condition| {
            if let Condition::Fact { value, .. } = condition {
                *value = Some(new);
            }
        });
    });
    // What was seen of a fact that has a name in its own is known by that name.
    let seen = Signal::derive(move || {
        let whole = condition.with(|condition| match condition {
            Some(Condition::Fact { fact, .. }) => fact.clone(),
            _ => String::new(),
        });
        desk.seen_values(&whole)
    });
    let list = format!("values-{}", super::name_of(&at.get_value()));
    view! {
        <Suggested id=list.clone() from=seen/>
        <ValueInput kind=fact.kind op value change list=list/>
    }
}

/// How it is compared.
#[component]
fn OperatorChoice(
    at: StoredValue<At>,
    fact: Fact,
    condition: Memo<Option<Condition>>,
) -> impl IntoView {
    let editor = use_editor();
    let now = Memo::new(move |_| condition.with(|condition| operator_of(condition.as_ref())));
    let choose = move |event| {
        let name = event_target_value(&event);
        let Some(chosen) = operator_named(&name, fact.kind.operators()) else {
            return;
        };
        editor.change_condition(&at.get_value(), move |condition| {
            if let Condition::Fact { op, value, .. } = condition {
                let before = value.take().unwrap_or(Value::Flag(true));
                *value = Some(typed::carried(fact.kind, &before, chosen));
                *op = chosen;
            }
        });
    };
    view! {
        <Operators operators=fact.kind.operators() now choose=Callback::new(choose)/>
    }
}

/// The choice among operators.
#[component]
pub(super) fn Operators(
    operators: &'static [Operator],
    now: Memo<Option<Operator>>,
    choose: Callback<web_sys::Event>,
) -> impl IntoView {
    view! {
        <select
            class="select condition-op"
            aria-label=text("builder.operator")
            on:change=move |event| choose.run(event)
        >
            {operators.iter().map(|op| {
                let op = *op;
                view! {
                    <option value=format!("{op:?}") prop:selected=move || now.get() == Some(op)>
                        {operator_name(op)}
                    </option>
                }
            }).collect_view()}
        </select>
    }
}

pub(super) fn operator_of(condition: Option<&Condition>) -> Option<Operator> {
    condition.map(|condition| match condition {
        Condition::Fact { op, .. } | Condition::Event { op, .. } => *op,
    })
}

pub(super) fn operator_named(name: &str, operators: &[Operator]) -> Option<Operator> {
    operators
        .iter()
        .copied()
        .find(|op| format!("{op:?}") == name)
}

fn operator_name(op: Operator) -> String {
    match op {
        Operator::Eq => text("op.eq"),
        Operator::Ne => text("op.ne"),
        Operator::Contains => text("op.contains"),
        Operator::NotContains => text("op.not_contains"),
        Operator::StartsWith => text("op.starts_with"),
        Operator::EndsWith => text("op.ends_with"),
        Operator::Glob => text("op.glob"),
        Operator::Matches => text("op.matches"),
        Operator::Gt => text("op.gt"),
        Operator::Gte => text("op.gte"),
        Operator::Lt => text("op.lt"),
        Operator::Lte => text("op.lte"),
        Operator::In => text("op.in"),
        Operator::NotIn => text("op.not_in"),
        Operator::Exists => text("op.exists"),
    }
}
