//! What the server shows this once: a token, a secret. It stays on the screen
//! until whoever made it says that it is kept.

use leptos::prelude::*;

use crate::copy::Copy;
use crate::texts::text;

/// What was made, if something was and it is not kept yet.
#[component]
pub(super) fn ShownOnce(
    made: RwSignal<String>,
    /// What it is called.
    title: String,
    /// What its button is called that copies it.
    copy: String,
    /// Where the focus goes once it is kept.
    kept: Callback<()>,
) -> impl IntoView {
    move || {
        made.with(|made| !made.is_empty()).then(|| {
            view! {
                <section class="shown-once" tabindex="-1" aria-labelledby="shown-once">
                    <h3 class="settings-part-title" id="shown-once">{title.clone()}</h3>
                    <p>{text("settings.shown_once")}</p>
                    <div class="code-block">
                        <pre class="code-words" tabindex="0"><code>{made}</code></pre>
                        <Copy what=made label=copy.clone()/>
                    </div>
                    <button class="button" type="button" on:click=move |_| {
                        made.set(String::new());
                        kept.run(());
                    }>
                        {text("settings.kept")}
                    </button>
                </section>
            }
        })
    }
}

/// Puts the focus on it once it is drawn.
pub(super) fn focus() {
    request_animation_frame(|| {
        crate::keys::focus(".shown-once");
    });
}
