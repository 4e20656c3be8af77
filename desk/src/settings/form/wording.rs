//! Texts in several languages: one of them is written in at a time.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::super::field::{Wrong, id_of};
use super::super::input::Line;
use crate::form_text::{quote, values};
use crate::intl;
use crate::state::{Desk, use_desk};
use crate::texts::{capitalised, locale, text};

/// The languages that are always offered: those of the widget itself.
const OFFERED: [&str; 4] = ["en", "es", "pt", "ar"];

/// The language that is written in.
#[derive(Clone, Copy)]
pub(super) struct Writing(pub(super) RwSignal<String>);

/// The agent's own language, if it is one of those.
pub(super) fn own_language() -> String {
    let locale = locale();
    let own = locale.split('-').next().unwrap_or_default();
    let known = OFFERED.iter().find(|offered| **offered == own);
    (*known.unwrap_or(&OFFERED[0])).to_owned()
}

/// The languages that something is written in.
fn languages(desk: Desk) -> Vec<String> {
    let mut all: BTreeSet<String> = OFFERED.map(str::to_owned).into();
    desk.settings.text.with(|text| {
        let mut note = |path: &str| {
            all.extend(values::entries(text, path).into_iter().map(|(tag, _)| tag));
        };
        note("form.title");
        note("form.intro");
        note("rating.question");
        for at in 0..values::items(text, "form.fields").len() {
            note(&format!("form.fields[{at}].label"));
        }
    });
    all.into_iter().collect()
}

/// Chooses the language that is written in.
#[component]
pub(super) fn Languages() -> impl IntoView {
    let desk = use_desk();
    let Writing(here) = expect_context::<Writing>();
    let all = Memo::new(move |_| languages(desk));
    let tab = move |tag: String| {
        let own = tag.clone();
        let name = intl::language_name(&locale(), &tag).unwrap_or_else(|| tag.clone());
        view! {
            <button
                class="filter"
                type="button"
                aria-pressed=move || (here.get() == own).to_string()
                on:click=move |_| here.set(tag.clone())
            >
                {capitalised(&name)}
            </button>
        }
    };
    view! {
        <p class="field-hint">{text("form.languages")}</p>
        <div class="filters form-languages" role="group" aria-label=text("form.language")>
            {move || all.get().into_iter().map(tab).collect_view()}
        </div>
    }
}

/// A text, in the language that is written in. Left empty, it has none.
#[component]
pub(super) fn InLanguage(
    #[prop(into)] path: String,
    label: String,
    most: usize,
    #[prop(optional, into)] placeholder: String,
    /// What it is called for those who do not see where it stands.
    #[prop(optional, into)]
    called: Option<String>,
) -> impl IntoView {
    let desk = use_desk();
    let Writing(here) = expect_context::<Writing>();
    let of = StoredValue::new(path.clone());
    let value = Memo::new(move |_| {
        let path = of.with_value(|path| format!("{path}.{}", here.get()));
        let words = |text: &String| values::words(text, &path);
        desk.settings.text.with(words).unwrap_or_default()
    });
    let typed = move |typed: String| {
        let language = here.get_untracked();
        let texts = untrack(|| {
            desk.settings.text.with(|text| {
                let all = of.with_value(|path| values::entries(text, path));
                let all = all.into_iter().filter(|(tag, _)| *tag != language);
                let mut all: Vec<_> = all.map(|(tag, json)| (tag, json.to_owned())).collect();
                if !typed.is_empty() {
                    all.push((language.clone(), quote(&typed)));
                }
                all.sort();
                values::object_of(all)
            })
        });
        of.with_value(|path| put(desk, path, &texts));
    };
    let long = move || {
        let chars = value.with(|value| value.chars().count());
        (chars > most).then(|| format!("{chars} / {most}"))
    };
    let typed = Callback::new(typed);
    let line = match called {
        Some(label) => view! {
            <Line id=id_of(&path) path=path.clone() label value placeholder typed/>
        }
        .into_any(),
        None => view! {
            <label class="field-label" for=id_of(&path)>{label}</label>
            <Line id=id_of(&path) path=path.clone() value placeholder typed/>
        }
        .into_any(),
    };
    view! {
        <div class="field">
            {line}
            {move || long().map(|long| view! { <p class="field-hint">{long}</p> })}
            <Wrong path/>
        </div>
    }
}

/// Puts texts in their place. What is empty need not be there.
fn put(desk: Desk, path: &str, texts: &str) {
    match path.rsplit_once('.') {
        Some((field, "hint")) => {
            let texts = (texts != "{}").then_some(texts);
            super::list::put_member(desk, field, "hint", texts);
        }
        _ => desk.settings.put(path, texts),
    }
}
