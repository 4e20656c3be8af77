//! Revokes a token once it is sure.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::ErrorCode;

use super::super::revoke::RevokeQuestion;
use super::known::Token;
use super::{Tokens, focus_list};
use crate::texts::{text, text_with};

/// The question, if there is one.
#[component]
pub(super) fn Revoke(tokens: Tokens) -> impl IntoView {
    move || {
        let token = tokens.asked.get()?;
        Some(view! {
            <RevokeQuestion
                id=token.id.clone()
                name=token.name.clone()
                words=text("tokens.revoke_words")
                close=Callback::new(move |()| tokens.asked.set(None))
                revoke=Callback::new(move |()| revoke(tokens, token.clone()))
            />
        })
    }
}

fn revoke(tokens: Tokens, token: Token) {
    let Some(remote) = tokens.desk.remote() else {
        return;
    };
    tokens.asked.set(None);
    spawn_local(async move {
        let answer = remote.revoke_token(&token.id).await;
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
                let told = text_with("tokens.told_revoked", &[("name", &token.name)]);
                tokens.desk.settings.told.set(told);
                tokens.load();
                focus_list();
            }
        }
    });
}
