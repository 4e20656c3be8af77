//! What stands in the place of a page that has nothing to show.

use leptos::prelude::*;

use crate::icons::{Icon, Symbol};
use crate::texts::text;

/// Says that there is nothing, and why.
#[component]
pub(crate) fn Blank(sign: Symbol, title: String, words: String) -> impl IntoView {
    view! {
        <div class="blank">
            <span class="blank-sign"><Icon of=sign/></span>
            <p class="blank-title">{title}</p>
            <p class="blank-words">{words}</p>
        </div>
    }
}

/// What could not be had, and the way to try again.
#[component]
pub(crate) fn Failed(title: String, words: String, again: Callback<()>) -> impl IntoView {
    view! {
        <div class="blank" role="alert">
            <span class="blank-sign"><Icon of=Symbol::Alert/></span>
            <p class="blank-title">{title}</p>
            <p class="blank-words">{words}</p>
            <button class="button" on:click=move |_| again.run(())>{text("action.try_again")}</button>
        </div>
    }
}
