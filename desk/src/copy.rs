//! A button that copies something.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use crate::texts::text;

/// Copies what `what` says at that moment, and says that it did.
#[component]
pub(crate) fn Copy(
    /// What is copied.
    #[prop(into)]
    what: Signal<String>,
    /// What the button is called, where several stand on a page.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let state = RwSignal::new("copy.do");
    // What was copied before is another thing by now.
    Effect::new(move |_| {
        what.track();
        state.set("copy.do");
    });
    let copy = move |_| {
        let words = what.get_untracked();
        spawn_local(async move {
            // Without a secure connection there is no clipboard to write to.
            let written = if window().is_secure_context() {
                let written = window().navigator().clipboard().write_text(&words);
                JsFuture::from(written).await.is_ok()
            } else {
                false
            };
            state.try_set(if written { "copy.done" } else { "copy.failed" });
        });
    };
    let words = move || match state.get() {
        "copy.done" => text("copy.done"),
        "copy.failed" => text("copy.failed"),
        _ => text("copy.do"),
    };
    let name = move || match (state.get(), &label) {
        ("copy.do", Some(label)) => Some(label.clone()),
        _ => None,
    };
    view! {
        <button class="button copy" type="button" aria-label=name on:click=copy>{words}</button>
        <span class="unseen" role="status">
            {move || (state.get() != "copy.do").then(words)}
        </span>
    }
}
