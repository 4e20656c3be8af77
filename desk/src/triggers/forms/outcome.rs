//! What is to come of a greeting: tags, a goal, and what is tried.

use leptos::prelude::*;
use saluda_protocol::limits::PATTERN_CHARS;

use super::card::Card;
use super::experiment::Experiment;
use super::field::{Length, Name};
use super::tags::Tags;
use super::{Part, focus_after, summary, use_forms};
use crate::form_text;
use crate::texts::text;

/// What is to come of it.
#[component]
pub(crate) fn OutcomeCard() -> impl IntoView {
    let forms = use_forms();
    let summary = forms.read(summary::outcome);
    view! {
        <Card part=Part::Outcome title=text("outcome.title") summary>
            <Tags/>
            <Goal/>
            <Experiment/>
        </Card>
    }
    .into_any()
}

/// What visitors should do after they saw it.
#[component]
fn Goal() -> impl IntoView {
    let forms = use_forms();
    let there = forms.read(|document| document.raw("goal").is_some());
    let add = move |_| {
        forms.set("goal", "{\"event\":\"\",\"within\":\"7d\"}");
        focus_after("goal.event".to_owned());
    };
    let remove = move |_| {
        forms.take_out(Part::Outcome, text("goal.title"), |text| {
            form_text::remove(text, "goal")
        });
    };
    view! {
        <div class="form-part" role="group" aria-label=text("goal.title")>
            <p class="field-label" aria-hidden="true">{text("goal.title")}</p>
            {move || if there.get() {
                view! {
                    <div class="form-row">
                        <Name
                            path="goal.event"
                            label=text("builder.event_name")
                            most=PATTERN_CHARS
                            placeholder="signup"
                        />
                        <Length path="goal.within" label=text("goal.within") unit='d'/>
                    </div>
                    <p class="form-note">{text("goal.words")}</p>
                    <div class="form-adds">
                        <button class="link" on:click=remove>{text("goal.remove")}</button>
                    </div>
                }
                .into_any()
            } else {
                view! {
                    <p class="form-note">{text("goal.none")}</p>
                    <div class="form-adds">
                        <button class="link" on:click=add>{text("goal.add")}</button>
                    </div>
                }
                .into_any()
            }}
        </div>
    }
    .into_any()
}
