//! The question for an e-mail address.

use leptos::prelude::*;
use saluda_protocol::EmailAddress;
use web_sys::HtmlInputElement;

use crate::{
    chat::Chat,
    live::{holds, says, yes_or_no},
};

/// The question. It stays in the page while it is not asked.
pub(crate) fn capture(chat: Chat) -> impl IntoView {
    let required = chat.core().is_some_and(|core| core.site.email.required);
    let save = move || {
        let Some(field) = chat.element::<HtmlInputElement>("email") else {
            return;
        };
        if let Ok(email) = EmailAddress::parse(&field.value()) {
            chat.give_email(email);
        } else {
            chat.show(|shown| shown.email_wrong = true);
            let _ = field.focus();
        }
    };
    let why = says(move || {
        chat.say(if chat.follow(|shown| shown.blocked) {
            "ask_first"
        } else {
            "ask_why"
        })
    });
    let is_wrong = move || chat.follow(|shown| shown.email_wrong);
    let wrong = says(move || {
        if is_wrong() {
            chat.say("ask_invalid")
        } else {
            String::new()
        }
    });
    view! {
        <form
            class="card"
            novalidate
            hidden=holds(move || !chat.follow(|shown| shown.asking))
            on:submit=move |event| {
                event.prevent_default();
                save();
            }
        >
            <label for="email">{chat.say("ask")}</label>
            <p id="why" class="why">
                {why}
            </p>
            <div class="pair">
                <input
                    id="email"
                    class="field"
                    type="email"
                    name="email"
                    autocomplete="email"
                    inputmode="email"
                    dir="ltr"
                    placeholder=chat.say("ask_example")
                    required=required
                    aria-describedby="wrong why"
                    aria-invalid=yes_or_no(is_wrong)
                    on:input=move |_| chat.show(|shown| shown.email_wrong = false)
                />
                <button type="submit" class="primary">
                    {chat.say("save")}
                </button>
            </div>
            <p id="wrong" class="wrong" role="alert">
                {wrong}
            </p>
            <button
                type="button"
                class="quiet"
                hidden=required
                on:click=move |_| chat.skip_email()
            >
                {chat.say("skip")}
            </button>
        </form>
    }
}
