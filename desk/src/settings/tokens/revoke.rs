//! Asks whether a token shall be revoked: whatever uses it stops working.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::ErrorCode;

use super::known::Token;
use super::{Tokens, focus_list};
use crate::keys;
use crate::texts::{text, text_with};
use crate::triggers::dialog::Dialog;

/// The question, if there is one.
#[component]
pub(super) fn Revoke(tokens: Tokens) -> impl IntoView {
    move || {
        let token = tokens.asked.get()?;
        Some(view! { <Question tokens token/> })
    }
}

#[component]
fn Question(tokens: Tokens, token: Token) -> impl IntoView {
    let id = StoredValue::new(token.id);
    let name = StoredValue::new(token.name.clone());
    let close = move || {
        tokens.asked.set(None);
        let button = format!("[data-revokes='{}']", id.get_value());
        request_animation_frame(move || {
            keys::focus(&button);
        });
    };
    let revoke = move |_| {
        let Some(remote) = tokens.desk.remote() else {
            return;
        };
        let (id, name) = (id.get_value(), name.get_value());
        tokens.asked.set(None);
        spawn_local(async move {
            let answer = remote.revoke_token(&id).await;
            if tokens.all.is_disposed() {
                return;
            }
            match answer {
                // Whoever revoked it before us has done what was wanted.
                Err(trouble) if !trouble.is(ErrorCode::NotFound) => {
                    tokens.desk.look_at(&trouble);
                    tokens.desk.notice.set(Some(trouble.sentence()));
                }
                _ => {
                    let told = text_with("tokens.told_revoked", &[("name", &name)]);
                    tokens.desk.settings.told.set(told);
                    tokens.load();
                    focus_list();
                }
            }
        });
    };
    view! {
        <Dialog labelled="revoke-title" close=Callback::new(move |()| close())>
            <h2 class="dialog-title" id="revoke-title">
                {text_with("tokens.revoke_title", &[("name", &token.name)])}
            </h2>
            <p>{text("tokens.revoke_words")}</p>
            <div class="dialog-actions">
                <button class="button" type="button" autofocus on:click=move |_| close()>
                    {text("action.cancel")}
                </button>
                <button class="button danger" type="button" on:click=revoke>
                    {text("tokens.revoke_do")}
                </button>
            </div>
        </Dialog>
    }
}
