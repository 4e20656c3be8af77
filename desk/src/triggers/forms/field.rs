//! The fields that stand for one value of the form.

use leptos::prelude::*;

use super::super::builder::typed;
use super::use_forms;
use crate::texts::text;

/// A label, and the field it belongs to.
#[component]
pub(super) fn Labelled(label: String, children: Children) -> impl IntoView {
    view! {
        <label class="form-field">
            <span class="field-label">{label}</span>
            {children()}
        </label>
    }
    .into_any()
}

/// One of a few words. One that is none of them is shown as it is written.
#[component]
pub(super) fn Choice(
    #[prop(into)] path: String,
    label: String,
    /// The words, and what they are called.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// What is meant when nothing is written.
    otherwise: &'static str,
) -> impl IntoView {
    let forms = use_forms();
    let written = forms.text_at(path.clone());
    let now = Memo::new(move |_| written.get().unwrap_or_else(|| otherwise.to_owned()));
    let known = move |word: &str| options.with(|all| all.iter().any(|(known, _)| known == word));
    let strange = Memo::new(move |_| Some(now.get()).filter(|now| !known(now)));
    let place = path.clone();
    let choose = move |event| forms.put(&place, &event_target_value(&event));
    let option = move |(word, name): (String, String)| {
        let own = word.clone();
        view! { <option value=word prop:selected=move || now.get() == own>{name}</option> }
    };
    view! {
        <Labelled label>
            <select class="select" data-path=path on:change=choose>
                {move || options.get().into_iter().map(option).collect_view()}
                {move || strange.get().map(|word| view! {
                    <option value=word.clone() prop:selected=true>{word.clone()}</option>
                })}
            </select>
        </Labelled>
    }
}

/// A name, on one line.
#[component]
pub(super) fn Name(
    #[prop(into)] path: String,
    label: String,
    /// Most characters.
    most: usize,
    #[prop(optional)] placeholder: &'static str,
) -> impl IntoView {
    let forms = use_forms();
    let written = forms.text_at(path.clone());
    let place = path.clone();
    let write = move |event| forms.put(&place, event_target_value(&event).trim());
    view! {
        <Labelled label>
            <input
                class="input"
                type="text"
                dir="auto"
                autocapitalize="off"
                spellcheck="false"
                maxlength=most
                placeholder=placeholder
                data-path=path
                prop:value=move || written.get().unwrap_or_default()
                on:change=write
            />
        </Labelled>
    }
}

/// A whole number. Without one, nothing is written.
#[component]
pub(super) fn Amount(
    #[prop(into)] path: String,
    label: String,
    least: u32,
    most: u32,
    #[prop(optional)] placeholder: String,
) -> impl IntoView {
    let forms = use_forms();
    let written = {
        let path = path.clone();
        forms.read(move |document| document.raw(&path).map(str::to_owned).unwrap_or_default())
    };
    let place = path.clone();
    let write = move |event| {
        let typed = event_target_value(&event);
        match typed.trim().parse::<u32>() {
            Ok(number) => forms.set(&place, &number.to_string()),
            Err(_) if typed.trim().is_empty() => forms.remove(&place),
            // What is no whole number is named when it is saved.
            Err(_) => forms.put(&place, typed.trim()),
        }
    };
    view! {
        <Labelled label>
            <input
                class="input"
                type="number"
                inputmode="numeric"
                min=least
                max=most
                placeholder=placeholder
                data-path=path
                prop:value=written
                on:change=write
            />
        </Labelled>
    }
}

/// A length of time: a number and a unit. Without a number, nothing is written.
#[component]
pub(super) fn Length(
    #[prop(into)] path: String,
    label: String,
    /// The unit to begin with.
    unit: char,
    #[prop(optional)] placeholder: String,
) -> impl IntoView {
    let forms = use_forms();
    let written = forms.text_at(path.clone());
    let chosen = RwSignal::new(unit);
    let parts = Memo::new(move |_| {
        written.with(|written| {
            written
                .as_deref()
                .map_or_else(|| (String::new(), chosen.get()), typed::span_of)
        })
    });
    let number = Memo::new(move |_| parts.with(|(number, _)| number.clone()));
    let unit = Memo::new(move |_| parts.with(|(_, unit)| *unit));
    let place = StoredValue::new(path.clone());
    let write = move |number: &str, unit: char| {
        place.with_value(|place| {
            if number.is_empty() {
                forms.remove(place);
            } else {
                forms.put(place, &format!("{number}{unit}"));
            }
        });
    };
    let write_number = move |event| {
        // Kept, so that the unit stays when the number goes.
        chosen.set(unit.get_untracked());
        write(event_target_value(&event).trim(), unit.get_untracked());
    };
    let write_unit = move |event| {
        let Some(unit) = event_target_value(&event).chars().next() else {
            return;
        };
        chosen.set(unit);
        write(&number.get_untracked(), unit);
    };
    let option = move |value: char, name: String| {
        view! {
            <option value=value.to_string() prop:selected=move || unit.get() == value>{name}</option>
        }
    };
    let (name, own) = (label.clone(), label.clone());
    view! {
        <div class="form-field" role="group" aria-label=label>
            <span class="field-label" aria-hidden="true">{name}</span>
            <span class="form-pair">
                <input
                    class="input"
                    type="number"
                    inputmode="numeric"
                    min="1"
                    aria-label=own
                    placeholder=placeholder
                    data-path=path
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
        </div>
    }
    .into_any()
}

/// A time on the wall, as the browser lets one choose it. Without one, nothing
/// is written.
#[component]
pub(super) fn WallTime(#[prop(into)] path: String, label: String) -> impl IntoView {
    let forms = use_forms();
    let written = forms.text_at(path.clone());
    let place = path.clone();
    let write = move |event| {
        let typed = event_target_value(&event);
        if typed.is_empty() {
            forms.remove(&place);
        } else {
            forms.put(&place, &typed);
        }
    };
    view! {
        <Labelled label>
            <input
                class="input"
                type="datetime-local"
                data-path=path
                prop:value=move || written.get().unwrap_or_default()
                on:change=write
            />
        </Labelled>
    }
}

/// Whether something is so.
#[component]
pub(super) fn Check(#[prop(into)] path: String, label: String) -> impl IntoView {
    let forms = use_forms();
    let is_set = {
        let path = path.clone();
        forms.read(move |document| document.raw(&path) == Some("true"))
    };
    let place = path.clone();
    let write = move |event| forms.set(&place, &event_target_checked(&event).to_string());
    view! {
        <label class="form-check">
            <input type="checkbox" data-path=path prop:checked=is_set on:change=write/>
            <span>{label}</span>
        </label>
    }
    .into_any()
}
