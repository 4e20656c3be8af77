//! The languages of a trigger: which one is written in, one more, one less.

use leptos::html::Input;
use leptos::prelude::*;

use super::words::language_name;
use super::{Part, focus_after, use_forms, wording};
use crate::form_text::Document;
use crate::texts::{capitalised, text, text_with};

/// The languages that are offered; any other can be typed.
const OFFERED: [&str; 44] = [
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl",
    "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt",
    "pt-BR", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh-Hans", "zh-Hant",
];

/// What the choice calls a language that is not among them.
const OTHER: &str = "other";

/// Chooses the language that is written in.
#[component]
pub(super) fn Languages() -> impl IntoView {
    let forms = use_forms();
    let all = forms.languages();
    let here = forms.language();
    let tab = move |tag: String| {
        let missing = {
            let path = format!("greeting.text.{tag}");
            forms.read(move |document| {
                document
                    .string(&path)
                    .is_none_or(|said| said.trim().is_empty())
            })
        };
        let (own, name) = (tag.clone(), capitalised(&language_name(&tag)));
        view! {
            <button
                class="filter"
                aria-pressed=move || (here.get() == own).to_string()
                on:click=move |_| forms.chosen.set(tag.clone())
            >
                {name}
                {move || missing.get().then(|| view! {
                    <span class="language-lacks" aria-hidden="true"></span>
                    <span class="unseen">{text("languages.lacks")}</span>
                })}
            </button>
        }
    };
    view! {
        <div class="filters" role="group" aria-label=text("languages.label")>
            {move || all.get().into_iter().map(tab).collect_view()}
        </div>
    }
    .into_any()
}

/// Adds a language, or takes out the one that is written in.
#[component]
pub(super) fn LanguageChanges() -> impl IntoView {
    let forms = use_forms();
    let all = forms.languages();
    let here = forms.language();
    let typing = RwSignal::new(false);
    let typed = NodeRef::<Input>::new();
    let add = move |tag: String| {
        typing.set(false);
        let path = format!("greeting.text.{tag}");
        let known = all.with_untracked(|all| all.contains(&tag));
        if !known {
            forms.set(&path, "\"\"");
        }
        forms.chosen.set(tag);
        focus_after("greeting.text".to_owned());
    };
    let choose = move |event: web_sys::Event| {
        let tag = event_target_value(&event);
        // It is a menu, and says what it does again once something was done.
        let select = event_target::<web_sys::HtmlSelectElement>(&event);
        select.set_value("");
        if tag == OTHER {
            typing.set(true);
            focus_after("language".to_owned());
        } else if !tag.is_empty() {
            add(tag);
        }
    };
    let add_typed = move || {
        let tag = typed.get_untracked().map(|it| it.value().trim().to_owned());
        if let Some(tag) = tag.filter(|tag| wording::is_language(tag)) {
            add(tag);
        }
    };
    let offered = move || {
        let mut offered: Vec<_> = OFFERED
            .into_iter()
            .filter(|tag| all.with(|all| !all.iter().any(|known| known == tag)))
            .map(|tag| (capitalised(&language_name(tag)), tag))
            .collect();
        offered.sort();
        let option = |(name, tag)| view! { <option value=tag>{name}</option> };
        offered.into_iter().map(option).collect_view()
    };
    let remove = move |_| {
        let tag = here.get_untracked();
        let name = capitalised(&language_name(&tag));
        forms.take_out(Part::Greeting, name, |text| wording::without(text, &tag));
    };
    view! {
        <div class="language-changes">
            <select class="select" aria-label=text("languages.add") on:change=choose>
                <option value="">{text("languages.add")}</option>
                {offered}
                <option value=OTHER>{text("languages.other")}</option>
            </select>
            {move || typing.get().then(|| view! {
                <span class="form-pair">
                    <input
                        class="input"
                        type="text"
                        aria-label=text("languages.tag")
                        placeholder="pt-BR"
                        autocapitalize="off"
                        spellcheck="false"
                        data-path="language"
                        node_ref=typed
                        on:keydown=move |event| if event.key() == "Enter" { add_typed() }
                    />
                    <button class="button" on:click=move |_| add_typed()>{text("fields.add")}</button>
                </span>
            })}
            {move || (all.with(Vec::len) > 1).then(|| view! {
                <button class="link" on:click=remove>
                    {move || {
                        let name = language_name(&here.get());
                        text_with("languages.remove", &[("language", &name)])
                    }}
                </button>
            })}
        </div>
    }
    .into_any()
}

/// What someone reads whose language is none of these.
#[component]
pub(super) fn OtherLanguages() -> impl IntoView {
    let forms = use_forms();
    let spoken = forms.read(|document: &Document| {
        let all = document.names("greeting.text");
        wording::nearest(&all, "").map(|tag| language_name(&tag))
    });
    move || {
        spoken.get().map(|language| {
            view! {
                <p class="form-note">{text_with("languages.others", &[("language", &language)])}</p>
            }
        })
    }
}
