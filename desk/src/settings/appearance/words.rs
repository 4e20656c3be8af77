//! What the owner says in their own words, in each language: on the launcher,
//! and in the place of the widget's sentences.

use std::collections::BTreeMap;

use leptos::prelude::*;
use saluda_protocol::site::WORDS;

use super::launcher::style;
use crate::form_text::{quote, values};
use crate::intl;
use crate::settings::field::{Wrong, id_of};
use crate::settings::input::Line;
use crate::state::{Desk, use_desk};
use crate::texts::{capitalised, locale, text};

/// The languages that the widget speaks.
const SPOKEN: [&str; 4] = ["en", "es", "pt", "ar"];

/// Where the launcher's words stand in the form.
const LABEL: &str = "launcher.label";
/// Where all others stand.
const TEXTS: &str = "texts";

/// The words, a language at a time.
#[component]
pub(super) fn OwnWords() -> impl IntoView {
    let desk = use_desk();
    let style = style();
    let spoken = SPOKEN.into_iter().find(|tag| locale().starts_with(tag));
    let here = RwSignal::new(spoken.unwrap_or("en").to_owned());
    let languages = Memo::new(move |_| languages(desk));
    let tab = move |tag: String| {
        let (own, name) = (tag.clone(), name_of(&tag));
        view! {
            <button
                class="filter"
                type="button"
                aria-pressed=move || (here.get() == own).to_string()
                on:click=move |_| here.set(tag.clone())
            >
                {name}
            </button>
        }
    };
    view! {
        <section class="settings-part" aria-labelledby="look-words">
            <h3 class="settings-part-title" id="look-words">{text("look.words")}</h3>
            <p class="field-hint">{text("look.words_hint")}</p>
            <div class="filters" role="group" aria-label=text("look.words_language")>
                {move || languages.get().into_iter().map(tab).collect_view()}
            </div>
            <Wrong path=LABEL/>
            {move || {
                let tag = here.get();
                let labelled = style.with(|style| style == "\"label\"");
                let label = labelled.then(|| view! { <Said path=format!("{LABEL}.{tag}")/> });
                let others = WORDS.map(|(name, _)| view! { <Said path=format!("{TEXTS}.{tag}.{name}")/> });
                (label, others.into_iter().collect_view())
            }}
        </section>
    }
}

/// A sentence in one language. Left empty, it is not in the form.
#[component]
fn Said(path: String) -> impl IntoView {
    let desk = use_desk();
    let settings = desk.settings;
    let of = path.clone();
    let value = Memo::new(move |_| {
        settings
            .text
            .with(|text| values::words(text, &of))
            .unwrap_or_default()
    });
    let label = match path.strip_prefix(TEXTS) {
        Some(rest) => {
            let (_, name) = rest
                .trim_start_matches('.')
                .split_once('.')
                .unwrap_or_default();
            label_of(name)
        }
        None => text("look.words_label"),
    };
    let of = path.clone();
    let typed = move |typed: String| put(desk, &of, &typed);
    view! {
        <div class="field">
            <label class="field-label" for=id_of(&path)>{label}</label>
            <Line id=id_of(&path) path=path.clone() value typed=Callback::new(typed)/>
            // What is wrong with all labels is said once, above.
            {path.starts_with(TEXTS).then(|| view! { <Wrong path=path.clone()/> })}
        </div>
    }
}

fn name_of(tag: &str) -> String {
    let name = intl::language_name(&locale(), tag);
    capitalised(&name.unwrap_or_else(|| tag.to_owned()))
}

/// What a sentence is called.
fn label_of(name: &str) -> String {
    match name {
        "welcome_title" => text("look.words_welcome_title"),
        "welcome_text" => text("look.words_welcome_text"),
        "placeholder" => text("look.words_placeholder"),
        _ => text("look.words_away"),
    }
}

/// The languages that can be written in: those of the widget, then whichever
/// else is in the form.
fn languages(desk: Desk) -> Vec<String> {
    let mut all: Vec<String> = SPOKEN.map(str::to_owned).to_vec();
    desk.settings.text.with(|text| {
        for path in [LABEL, TEXTS] {
            for (tag, _) in values::entries(text, path) {
                if !all.contains(&tag) {
                    all.push(tag);
                }
            }
        }
    });
    all
}

/// Puts a sentence into the form, or takes it out. The names in it stand as the
/// server has them, so that what is put back is no change.
fn put(desk: Desk, path: &str, said: &str) {
    let (outer, name) = path.rsplit_once('.').unwrap_or_default();
    let json = quote(said);
    let object = with(desk, outer, name, (!said.is_empty()).then_some(&*json));
    match outer.strip_prefix(TEXTS) {
        Some(tag) if !tag.is_empty() => {
            let tag = tag.trim_start_matches('.');
            let object = (object != "{}").then_some(&*object);
            desk.settings.put(TEXTS, &with(desk, TEXTS, tag, object));
        }
        _ => desk.settings.put(outer, &object),
    }
}

/// The object at a path, with this value under a name, or without that name.
fn with(desk: Desk, path: &str, name: &str, json: Option<&str>) -> String {
    let mut entries: BTreeMap<String, String> = desk.settings.text.with_untracked(|text| {
        let entries = values::entries(text, path).into_iter();
        entries
            .map(|(name, json)| (name, json.to_owned()))
            .collect()
    });
    match json {
        Some(json) => entries.insert(name.to_owned(), json.to_owned()),
        None => entries.remove(name),
    };
    values::object_of(entries)
}
