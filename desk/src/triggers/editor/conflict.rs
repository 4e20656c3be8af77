//! Two people edit one trigger: the second is told before anything of either
//! is lost.

use leptos::prelude::*;

use super::super::differences::Differences;
use super::state::use_editor;
use crate::diff;
use crate::texts::{text, text_with};
use crate::time;

/// What someone else saved meanwhile, beside what is typed.
#[component]
pub(super) fn Conflict() -> impl IntoView {
    let editor = use_editor();
    move || {
        let theirs = editor.theirs.get()?;
        let when = time::clock(theirs.row.updated_at);
        let lines = editor
            .text
            .with_untracked(|mine| diff::between(&theirs.form, mine));
        Some(view! {
            <section class="conflict" aria-labelledby="conflict-title">
                <h2 class="conflict-title" id="conflict-title" tabindex="-1">
                    {text_with("conflict.title", &[("when", &when)])}
                </h2>
                <p>{text("conflict.words")}</p>
                <p class="diff-legend">
                    <span class="diff-sign removed">{text("conflict.theirs")}</span>
                    <span class="diff-sign added">{text("conflict.mine")}</span>
                </p>
                <Differences lines/>
                <div class="conflict-actions">
                    <button class="button primary" on:click=move |_| editor.go_on_with_mine()>
                        {text("conflict.keep")}
                    </button>
                    <button class="button" on:click=move |_| editor.take_theirs()>
                        {text("conflict.take")}
                    </button>
                </div>
            </section>
        })
    }
}
