//! When a visitor is asked for an e-mail address.

use leptos::prelude::*;

use super::super::field::Wrong;
use super::super::input::Tick;
use super::super::span::Span;
use crate::state::use_desk;
use crate::texts::text;

/// How long nobody answered before an address is asked for, if nothing else was
/// chosen before.
const USUAL: &str = "{\"unanswered\":60000}";

/// The moment at which an address is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    Never,
    Before,
    Unanswered,
}

/// Asking for an address.
#[component]
pub(super) fn Email() -> impl IntoView {
    let settings = use_desk().settings;
    let moment = Memo::new(move |_| match settings.raw("email.ask").as_deref() {
        Some("\"never\"") => Moment::Never,
        Some("\"before\"") => Moment::Before,
        _ => Moment::Unanswered,
    });
    let required = Memo::new(move |_| settings.raw("email.required").as_deref() == Some("true"));
    // A wait that was typed comes back with its choice.
    let waited = StoredValue::new(USUAL.to_owned());
    let choose = move |to: Moment| {
        if untrack(|| moment.get()) == Moment::Unanswered
            && let Some(raw) = untrack(|| settings.raw("email.ask"))
        {
            waited.set_value(raw);
        }
        match to {
            Moment::Never => settings.put("email.ask", "\"never\""),
            Moment::Before => settings.put("email.ask", "\"before\""),
            Moment::Unanswered => waited.with_value(|waited| settings.put("email.ask", waited)),
        }
    };
    let choice = move |of: Moment, label: String| {
        let on = Signal::derive(move || moment.get() == of);
        view! { <Tick group="email-ask" on turn=move |_| choose(of) label/> }
    };
    let require = move |on: bool| {
        settings.put("email.required", if on { "true" } else { "false" });
    };
    view! {
        <fieldset class="settings-part">
            <legend class="settings-part-title">{text("site.email")}</legend>
            {choice(Moment::Never, text("site.email_never"))}
            {choice(Moment::Before, text("site.email_before"))}
            {choice(Moment::Unanswered, text("site.email_unanswered"))}
            {move || (moment.get() == Moment::Unanswered).then(|| view! {
                <div class="field-under">
                    <Span path="email.ask.unanswered" label=text("site.email_wait")/>
                </div>
            })}
            {move || (moment.get() != Moment::Never).then(|| view! {
                <Tick on=required turn=require label=text("site.email_required")/>
            })}
            <Wrong path="email.required"/>
        </fieldset>
    }
}
