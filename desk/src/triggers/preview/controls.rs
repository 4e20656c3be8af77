//! What of the widget is shown in the preview, and how.

use leptos::prelude::*;

use super::scene::{self, Choices, Look, Wish};
use crate::intl;
use crate::texts::{capitalised, locale, text};

type Known = Memo<Option<Choices>>;

/// Which part of the widget is looked at.
#[component]
pub(super) fn Looks(wish: RwSignal<Wish>, choices: Known) -> impl IntoView {
    let look = Memo::new(move |_| wish.with(|wish| wish.look));
    let answers = Memo::new(move |_| {
        choices.with(|choices| choices.as_ref().is_none_or(|choices| choices.answers))
    });
    let one = move |of: Look, name: String| {
        let off = move || of == Look::Answered && !answers.get();
        view! {
            <button
                class="segment"
                aria-pressed=move || (look.get() == of).to_string()
                aria-disabled=move || off().to_string()
                on:click=move |_| if !untrack(off) {
                    wish.update(|wish| {
                        wish.look = of;
                        // What was clicked in there begins anew.
                        wish.turn += 1;
                    });
                }
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=text("preview.what")>
            {one(Look::Bubble, text("preview.bubble"))}
            {one(Look::Chat, text("preview.chat"))}
            {one(Look::Answered, text("preview.answered"))}
        </div>
    }
}

/// How it is shown: in the dark, on a phone, in which language.
#[component]
pub(super) fn Foot(wish: RwSignal<Wish>, choices: Known) -> impl IntoView {
    let toggle = move |name: String, is: fn(&Wish) -> bool, flip: fn(&mut Wish)| {
        view! {
            <button
                class="choice-toggle"
                aria-pressed=move || wish.with(is).to_string()
                on:click=move |_| wish.update(flip)
            >
                {name}
            </button>
        }
    };
    // While the form is no JSON, what could be chosen stays.
    let languages = Memo::new(move |before: Option<&Vec<String>>| {
        choices.with(|choices| match choices {
            Some(choices) => choices.languages.clone(),
            None => before.cloned().unwrap_or_default(),
        })
    });
    let variants = Memo::new(move |before: Option<&Vec<String>>| {
        choices.with(|choices| match choices {
            Some(choices) => choices.variants.clone(),
            None => before.cloned().unwrap_or_default(),
        })
    });
    let spoken = Memo::new(move |_| {
        choices.with(|choices| {
            let choices = choices.as_ref()?;
            wish.with(|wish| scene::spoken(choices, wish).map(str::to_owned))
        })
    });
    let language = move |tag: String| {
        let name = intl::language_name(&locale(), &tag).unwrap_or_else(|| tag.clone());
        let (shown, chosen) = (tag.clone(), tag.clone());
        view! {
            <button
                class="choice-toggle"
                aria-pressed=move || (spoken.get().as_ref() == Some(&shown)).to_string()
                aria-label=format!("{}, {name}", tag.to_uppercase())
                title=capitalised(&name)
                on:click=move |_| wish.update(|wish| wish.language = Some(chosen.clone()))
            >
                {tag.to_uppercase()}
            </button>
        }
    };
    view! {
        <div class="preview-foot">
            <div class="preview-choices" role="group" aria-label=text("preview.how")>
                {toggle(text("preview.dark"), |wish| wish.dark, |wish| wish.dark = !wish.dark)}
                {toggle(text("preview.phone"), |wish| wish.phone, |wish| wish.phone = !wish.phone)}
                {toggle(text("preview.rtl"), |wish| wish.rtl, |wish| wish.rtl = !wish.rtl)}
            </div>
            {move || (languages.with(Vec::len) > 1).then(|| view! {
                <div class="preview-choices" role="group" aria-label=text("preview.languages")>
                    {languages.get().into_iter().map(language).collect_view()}
                </div>
            })}
            {move || (!variants.with(Vec::is_empty)).then(|| view! { <Variants wish variants/> })}
        </div>
    }
}

/// Which of an experiment's texts is shown.
#[component]
fn Variants(wish: RwSignal<Wish>, variants: Memo<Vec<String>>) -> impl IntoView {
    let choose = move |event| {
        let chosen = event_target_value(&event).parse().ok();
        wish.update(|wish| wish.variant = chosen);
    };
    view! {
        <select class="select" aria-label=text("preview.variant") on:change=choose>
            <option value="">{capitalised(&text("results.original"))}</option>
            {move || {
                let named = variants.get().into_iter().enumerate();
                named
                    .map(|(at, name)| view! {
                        <option
                            value=at.to_string()
                            selected=move || wish.with(|wish| wish.variant == Some(at))
                        >
                            {name}
                        </option>
                    })
                    .collect_view()
            }}
        </select>
    }
}
