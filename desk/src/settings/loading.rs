//! What stands where the settings are still to come.

use leptos::prelude::*;

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
