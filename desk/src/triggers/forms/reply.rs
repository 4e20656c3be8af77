//! What happens when a visitor takes a greeting up.

use leptos::prelude::*;

use super::use_forms;
use super::words::{Wording, Words};
use crate::form_text;
use crate::texts::text;

const ASK: &str = "greeting.reply.agent.ask";
const FOLLOW_UP: &str = "greeting.reply.agent.follow_up";

/// What can be asked for, in the order in which it is.
const ASKED: [&str; 3] = ["name", "email", "phone"];

/// What is asked for before an agent goes on, and what is said then.
#[component]
pub(super) fn Reply() -> impl IntoView {
    let forms = use_forms();
    let asked = forms.read(|document| document.strings(ASK));
    let has = move |one: &str| asked.with(|asked| asked.iter().any(|it| it == one));
    let turn = move |one: &'static str| {
        let chosen = ASKED
            .into_iter()
            .filter(|it| untrack(|| has(it)) != (*it == one));
        let chosen: Vec<_> = chosen.map(form_text::quote).collect();
        forms.set(ASK, &format!("[{}]", chosen.join(",")));
    };
    let toggle = move |one: &'static str, name: String| {
        view! {
            <button
                class="choice-toggle"
                data-path=(one == ASKED[0]).then_some(ASK)
                aria-pressed=move || has(one).to_string()
                on:click=move |_| turn(one)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="form-part" role="group" aria-label=text("reply.title")>
            <p class="field-label" aria-hidden="true">{text("reply.title")}</p>
            <div class="form-field" role="group" aria-label=text("reply.ask")>
                <p class="form-note" aria-hidden="true">{text("reply.ask")}</p>
                <div class="form-toggles">
                    {toggle(ASKED[0], text("person.name"))}
                    {toggle(ASKED[1], text("person.email"))}
                    {toggle(ASKED[2], text("person.phone"))}
                </div>
            </div>
            <Words path=FOLLOW_UP label=text("reply.follow_up") wording=Wording::Optional/>
        </div>
    }
    .into_any()
}
