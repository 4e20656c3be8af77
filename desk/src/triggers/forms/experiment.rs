//! What is tried: how many see nothing, to compare with, and other words.

use leptos::prelude::*;
use saluda_protocol::limits::{HOLDOUT, VARIANTS};

use super::field::Amount;
use super::languages::Languages;
use super::variant::{self, Variant, shares};
use super::{Part, focus_after, use_forms};
use crate::form_text;
use crate::texts::{text, text_with};

const PATH: &str = "experiment";
const LIST: &str = "experiment.variants";

/// How many of a hundred are held back to begin with.
const SOME: u8 = 10;

/// What is tried.
#[component]
pub(super) fn Experiment() -> impl IntoView {
    let forms = use_forms();
    let there = forms.read(|document| document.raw(PATH).is_some());
    let begin = move |_| {
        let seed = seed();
        let json = format!("{{\"seed\":\"{seed}\",\"holdout\":{SOME},\"variants\":[]}}");
        forms.set(PATH, &json);
        focus_after("experiment.holdout".to_owned());
    };
    view! {
        <div class="form-part" role="group" aria-label=text("experiment.title")>
            <p class="field-label" aria-hidden="true">{text("experiment.title")}</p>
            {move || if there.get() {
                view! { <Tried/> }.into_any()
            } else {
                view! {
                    <p class="form-note">{text("experiment.none")}</p>
                    <div class="form-adds">
                        <button class="link" on:click=begin>{text("experiment.add")}</button>
                    </div>
                }
                .into_any()
            }}
        </div>
    }
    .into_any()
}

/// An experiment that there is.
#[component]
fn Tried() -> impl IntoView {
    let forms = use_forms();
    let count = forms.read(|document| document.len(LIST));
    let shares = forms.read(shares);
    let add = move |_| {
        let at = count.get_untracked();
        forms.change(|text| {
            let json = forms.document.with_untracked(variant::begun);
            form_text::set(text, &format!("{LIST}[{at}]"), &json)
        });
        focus_after(format!("{LIST}[{at}].text"));
    };
    let deal = move |_| forms.put("experiment.seed", &seed());
    let remove = move |_| {
        forms.take_out(Part::Outcome, text("experiment.title"), |text| {
            form_text::remove(text, PATH)
        });
    };
    let split = move || {
        let shares = shares.get();
        if shares > 100 {
            return text_with("experiment.too_much", &[("share", &shares.to_string())]);
        }
        let left = (100 - shares).to_string();
        text_with("experiment.original", &[("share", &left)])
    };
    view! {
        <div class="form-row">
            <Amount
                path="experiment.holdout"
                label=text("experiment.holdout")
                least=0
                most=u32::from(HOLDOUT)
                placeholder="0".to_owned()
            />
        </div>
        <p class="form-note">{text("experiment.holdout_words")}</p>
        {move || (count.get() > 0).then(|| view! { <Languages/> })}
        <For each=move || 0..count.get() key=|at| *at let:at>
            <Variant path=format!("{LIST}[{at}]") number=at + 1/>
        </For>
        {move || (count.get() > 0).then(|| view! {
            <p class="form-note" class:warned=move || { shares.get() > 100 } role="status">{split}</p>
        })}
        <div class="form-adds">
            {move || (count.get() < VARIANTS).then(|| view! {
                <button class="link" on:click=add>{text("variant.add")}</button>
            })}
            <button class="link" on:click=deal>{text("experiment.deal")}</button>
            <button class="link" on:click=remove>{text("experiment.remove")}</button>
        </div>
        <p class="form-note">{text("experiment.deal_words")}</p>
    }
    .into_any()
}

/// What deals the visitors: nobody should be able to tell before.
fn seed() -> String {
    let [a, b, c, d, ..] = crate::verbs::chance();
    format!("{:08x}", u32::from_be_bytes([a, b, c, d]))
}
