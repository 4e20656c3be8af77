//! What a condition asks of an event's properties: only events with such
//! properties count.

use std::collections::BTreeMap;

use leptos::prelude::*;
use saluda_protocol::trigger::{Condition, Operator, PropertyCondition, Value};

use super::super::editor::state::use_editor;
use super::input::ValueInput;
use super::leaf::{Operators, operator_named};
use super::tree::At;
use super::typed;
use crate::facts::Kind;
use crate::icons::{Icon, Symbol};
use crate::keys;
use crate::texts::text;

/// Most properties that one condition asks for.
const MOST: usize = 10;

type Asked = BTreeMap<String, PropertyCondition>;

/// The properties, in the order of their names, and a way to one more.
#[component]
pub(super) fn Properties(at: StoredValue<At>, condition: Memo<Option<Condition>>) -> impl IntoView {
    let editor = use_editor();
    let asked = Memo::new(move |_| {
        condition.with(|condition| match condition {
            Some(Condition::Event { properties, .. }) => properties.clone(),
            _ => Asked::new(),
        })
    });
    let count = Memo::new(move |_| asked.with(BTreeMap::len));
    // One that is to be named comes before another.
    let unnamed = Memo::new(move |_| asked.with(|asked| asked.contains_key("")));
    let change = Callback::new(move |asked: Asked| {
        editor.change_condition(&at.get_value(), move |condition| {
            if let Condition::Event { properties, .. } = condition {
                *properties = asked;
            }
        });
    });
    let place = move || super::name_of(&at.get_value());
    let add = move |_| {
        let mut more = asked.get_untracked();
        let any = PropertyCondition {
            op: Operator::Eq,
            value: Some(Value::Text(String::new())),
        };
        more.insert(String::new(), any);
        change.run(more);
        focus(&place(), 0, ".property-name");
    };
    view! {
        <div class="condition-properties">
            <For each=move || 0..count.get() key=|index| *index let:index>
                <Property index asked change place=place()/>
            </For>
            {move || (count.get() < MOST && !unnamed.get()).then(|| view! {
                <button class="link" on:click=add>{text("builder.property_add")}</button>
            })}
        </div>
    }
    .into_any()
}

/// One of them.
#[component]
fn Property(
    index: usize,
    asked: Memo<Asked>,
    change: Callback<Asked>,
    /// The row of the condition.
    place: String,
) -> impl IntoView {
    let one = Memo::new(move |_| {
        asked.with(|asked| {
            let found = asked.iter().nth(index);
            found.map(|(name, one)| (name.clone(), one.clone()))
        })
    });
    let name = Memo::new(move |_| one.with(|it| it.as_ref().map(|it| it.0.clone())));
    let op = Memo::new(move |_| one.with(|it| it.as_ref().map(|it| it.1.op)));
    let value = Memo::new(move |_| one.with(|it| it.as_ref()?.1.value.clone()));
    let revise = move |revise: &dyn Fn(&mut PropertyCondition)| {
        let mut all = asked.get_untracked();
        let name = name.get_untracked().unwrap_or_default();
        if let Some(one) = all.get_mut(&name) {
            revise(one);
            change.run(all);
        }
    };
    let row = StoredValue::new(place);
    let rename = move |event: web_sys::Event| {
        let new = event_target_value(&event).trim().to_owned();
        let old = name.get_untracked().unwrap_or_default();
        let Some(all) = renamed(&asked.get_untracked(), &old, &new) else {
            // It keeps its name where there is another one called so.
            event_target::<web_sys::HtmlInputElement>(&event).set_value(&old);
            return;
        };
        let to = all.keys().position(|name| *name == new);
        change.run(all);
        // It may stand elsewhere now, and whoever goes on typing goes along.
        if let Some(to) = to.filter(|to| *to != index) {
            focus(&row.get_value(), to, ".condition-op");
        }
    };
    let choose = move |event| {
        let name = event_target_value(&event);
        let Some(chosen) = operator_named(&name, Kind::Any.operators()) else {
            return;
        };
        revise(&|one| {
            let before = one.value.take().unwrap_or(Value::Flag(true));
            one.value = Some(typed::carried(Kind::Any, &before, chosen));
            one.op = chosen;
        });
    };
    let write = Callback::new(move |new: Value| {
        revise(&|one| one.value = Some(new.clone()));
    });
    let remove = move |_| {
        let mut left = asked.get_untracked();
        left.remove(&name.get_untracked().unwrap_or_default());
        change.run(left);
        focus(
            &row.get_value(),
            index.saturating_sub(1),
            ".property-remove",
        );
    };
    view! {
        <div class="property" role="group" aria-label=text("builder.property")>
            <input
                class="input property-name"
                type="text"
                aria-label=text("builder.property")
                placeholder=text("builder.property")
                autocapitalize="off"
                spellcheck="false"
                prop:value=move || name.get().unwrap_or_default()
                on:change=rename
            />
            <Operators operators=Kind::Any.operators() now=op choose=Callback::new(choose)/>
            <ValueInput kind=Kind::Any op value change=write/>
            <button
                class="icon-button property-remove"
                aria-label=text("builder.property_remove")
                on:click=remove
            >
                <Icon of=Symbol::Close/>
            </button>
        </div>
    }
    .into_any()
}

/// The properties with another name for one of them. Nothing if there is one of
/// that name already.
fn renamed(asked: &Asked, old: &str, new: &str) -> Option<Asked> {
    if asked.contains_key(new) {
        return None;
    }
    let mut all = asked.clone();
    let one = all.remove(old)?;
    all.insert(new.to_owned(), one);
    Some(all)
}

/// Puts the focus into a row of properties once it is drawn, or on what adds
/// one.
fn focus(place: &str, index: usize, what: &'static str) {
    let properties = format!("[data-at='{place}'] > .condition-properties");
    let nth = index + 1;
    request_animation_frame(move || {
        let row = format!("{properties} > .property:nth-child({nth}) {what}");
        if !keys::focus(&row) {
            keys::focus(&format!("{properties} > .link"));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_gets_another_name_and_takes_none_away() {
        let one = |value: f64| PropertyCondition {
            op: Operator::Gte,
            value: Some(Value::Number(value)),
        };
        let asked = Asked::from([(String::new(), one(1.0)), ("total".to_owned(), one(2.0))]);
        let all = renamed(&asked, "", "currency").unwrap();
        assert_eq!(all.get("currency"), Some(&one(1.0)));
        assert_eq!(all.len(), 2);
        assert_eq!(renamed(&asked, "", "total"), None);
        assert_eq!(renamed(&asked, "weight", "x"), None);
    }
}
