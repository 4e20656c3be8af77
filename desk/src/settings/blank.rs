//! What stands where there are no settings to show.

use leptos::prelude::*;

use crate::icons::{Icon, Symbol};
use crate::texts::text;

/// The page in its shape.
#[component]
pub(super) fn Loading() -> impl IntoView {
    view! {
        <p class="unseen" role="status">{text("settings.loading")}</p>
        <div class="settings-skeleton" aria-hidden="true">
            <span class="skeleton line"></span>
            <span class="skeleton tall long"></span>
            <span class="skeleton line"></span>
            <span class="skeleton tall long"></span>
            <span class="skeleton card"></span>
        </div>
    }
}

/// What could not be had, and the way to try again.
#[component]
pub(super) fn Failed(words: String, again: Callback<()>) -> impl IntoView {
    view! {
        <div class="blank" role="alert">
            <span class="blank-sign"><Icon of=Symbol::Alert/></span>
            <p class="blank-title">{text("settings.failed")}</p>
            <p class="blank-words">{words}</p>
            <button class="button" on:click=move |_| again.run(())>{text("action.try_again")}</button>
        </div>
    }
}

/// Whoever works on no site has none to set up.
#[component]
pub(super) fn NoSite() -> impl IntoView {
    view! {
        <div class="blank">
            <span class="blank-sign"><Icon of=Symbol::Settings/></span>
            <p class="blank-title">{text("inbox.no_site")}</p>
            <p class="blank-words">{text("inbox.no_site_words")}</p>
        </div>
    }
}
