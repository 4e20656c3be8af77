//! Asks whether something shall be revoked: whatever uses it stops working.

use leptos::prelude::*;

use crate::keys;
use crate::texts::{text, text_with};
use crate::triggers::dialog::Dialog;

/// The question.
#[component]
pub(super) fn RevokeQuestion(
    /// The id of what is meant, which its button names too.
    id: String,
    /// What it is called.
    name: String,
    /// What follows.
    words: String,
    /// It shall not be.
    close: Callback<()>,
    /// It shall be.
    revoke: Callback<()>,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let close = move || {
        close.run(());
        let button = format!("[data-revokes='{}']", id.get_value());
        request_animation_frame(move || {
            keys::focus(&button);
        });
    };
    view! {
        <Dialog labelled="revoke-title" close=Callback::new(move |()| close())>
            <h2 class="dialog-title" id="revoke-title">
                {text_with("tokens.revoke_title", &[("name", &name)])}
            </h2>
            <p>{words}</p>
            <div class="dialog-actions">
                <button class="button" type="button" autofocus on:click=move |_| close()>
                    {text("action.cancel")}
                </button>
                <button class="button danger" type="button" on:click=move |_| revoke.run(())>
                    {text("tokens.revoke_do")}
                </button>
            </div>
        </Dialog>
    }
}
