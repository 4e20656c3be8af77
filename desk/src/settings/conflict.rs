//! Two people changed the same of a site: the second is asked, and nothing of
//! either is lost before.

use leptos::prelude::*;

use crate::diff;
use crate::keys;
use crate::state::use_desk;
use crate::texts::text;
use crate::triggers::differences::Differences;

/// What someone else saved meanwhile in the same fields, beside what is typed.
#[component]
pub(super) fn Conflict() -> impl IntoView {
    let settings = use_desk().settings;
    let decide = move |text: Option<String>| {
        if let Some(text) = text {
            settings.text.set(text);
        }
        settings.clash.set(None);
        request_animation_frame(|| {
            keys::focus(".settings-title");
        });
    };
    move || {
        let clash = settings.clash.get()?;
        let lines = settings
            .text
            .with_untracked(|mine| diff::between(&clash.theirs, mine));
        let theirs = clash.theirs;
        Some(view! {
            <section class="conflict" aria-labelledby="conflict-title">
                <h3 class="conflict-title" id="conflict-title" tabindex="-1">
                    {text("settings.clash")}
                </h3>
                <p>{text("settings.clash_words")}</p>
                <p class="diff-legend">
                    <span class="diff-sign removed">{text("conflict.theirs")}</span>
                    <span class="diff-sign added">{text("conflict.mine")}</span>
                </p>
                <Differences lines/>
                <div class="conflict-actions">
                    <button class="button primary" type="button" on:click=move |_| decide(None)>
                        {text("conflict.keep")}
                    </button>
                    <button class="button" type="button" on:click=move |_| decide(Some(theirs.clone()))>
                        {text("conflict.take")}
                    </button>
                </div>
            </section>
        })
    }
}
