//! What is typed into and ticked: one of each, so that they are alike, and so
//! that the desk carries them once.

use leptos::prelude::*;

use super::field::{described, is_wrong};

/// A line that is typed.
#[component]
pub(super) fn Line(
    #[prop(into)] id: String,
    #[prop(into)] value: Signal<String>,
    /// Called with what is typed.
    #[prop(into)]
    typed: Callback<String>,
    /// Where it stands in the form; what is wrong there is said of it.
    #[prop(optional, into)]
    path: Option<String>,
    /// What it is called, where no label points to it.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional, into)] placeholder: Signal<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "field-input")] class: &'static str,
    /// The id of what may be chosen from.
    #[prop(optional)]
    list: Option<&'static str>,
    /// Whether it is code, which runs from left to right in every language.
    #[prop(optional)]
    code: bool,
) -> impl IntoView {
    let words = path.as_deref().map(described);
    let wrong = path.map(|path| is_wrong(&path));
    view! {
        <input
            class=class
            id=id
            type=kind
            list=list
            autocomplete="off"
            spellcheck=code.then_some("false")
            dir=if code { "ltr" } else { "auto" }
            placeholder=move || Some(placeholder.get()).filter(|it| !it.is_empty())
            prop:value=value
            aria-label=label
            aria-invalid=move || wrong.and_then(|wrong| wrong.get())
            aria-describedby=words
            on:input=move |event| typed.run(event_target_value(&event))
        />
    }
}

/// A choice that is on or off; one of several, if these are a group.
#[component]
pub(super) fn Tick(
    #[prop(optional)] group: Option<&'static str>,
    #[prop(into)] on: Signal<bool>,
    /// Called with what it is now.
    #[prop(into)]
    turn: Callback<bool>,
    #[prop(into)] label: String,
    /// What it is called where it is written, if it has such a name.
    #[prop(optional)]
    code: Option<&'static str>,
) -> impl IntoView {
    let kind = if group.is_some() { "radio" } else { "checkbox" };
    view! {
        <label class="check">
            <input
                type=kind
                name=group
                prop:checked=on
                on:change=move |event| turn.run(event_target_checked(&event))
            />
            <span>{code.map(|code| view! { <code>{code}</code>" " })}{label}</span>
        </label>
    }
}
