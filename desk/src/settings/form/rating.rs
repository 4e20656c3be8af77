//! Whether visitors are asked how they found a conversation that was closed.

use leptos::prelude::*;
use saluda_protocol::limits;

use super::super::input::Tick;
use super::wording::InLanguage;
use crate::state::use_desk;
use crate::texts::text;

/// The question, or that there is none.
#[component]
pub(super) fn RatingPart() -> impl IntoView {
    let settings = use_desk().settings;
    let asks = Memo::new(move |_| settings.raw("rating").is_some_and(|raw| raw != "null"));
    // What was there before it was taken away comes back.
    let before = StoredValue::new(None::<String>);
    let turn = move |on: bool| {
        if on {
            let kept = before.get_value();
            let kept = kept.unwrap_or_else(|| r#"{"question":{}}"#.to_owned());
            settings.put("rating", &kept);
        } else {
            before.set_value(untrack(|| settings.raw("rating")));
            settings.put("rating", "null");
        }
    };
    view! {
        <section class="settings-part" aria-labelledby="form-after">
            <h3 class="settings-part-title" id="form-after">{text("form.after")}</h3>
            <p class="field-hint">{text("form.after_hint")}</p>
            <Tick on=asks turn=turn label=text("form.rate")/>
            {move || asks.get().then(|| view! {
                <InLanguage
                    path="rating.question"
                    label=text("form.question")
                    most=limits::FIELD_LABEL_CHARS
                    placeholder=text("form.question_usual")
                />
            })}
        </section>
    }
}
