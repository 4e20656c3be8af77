//! Revokes a secret once it is sure.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::ErrorCode;

use super::super::revoke::RevokeQuestion;
use super::known::Secret;
use super::{Secrets, focus_list, name_of};
use crate::texts::{text, text_with};

/// The question, if there is one.
#[component]
pub(super) fn Revoke(secrets: Secrets) -> impl IntoView {
    move || {
        let secret = secrets.asked.get()?;
        Some(view! {
            <RevokeQuestion
                id=secret.id.clone()
                name=name_of(secrets.desk, &secret)
                words=text("identity.revoke_words")
                close=Callback::new(move |()| secrets.asked.set(None))
                revoke=Callback::new(move |()| revoke(secrets, secret.clone()))
            />
        })
    }
}

fn revoke(secrets: Secrets, secret: Secret) {
    let Some(remote) = secrets.desk.remote() else {
        return;
    };
    secrets.asked.set(None);
    spawn_local(async move {
        let answer = remote.revoke_secret(&secret.id).await;
        if secrets.all.is_disposed() {
            return;
        }
        match answer {
            // Whoever revoked it before us has done what was wanted.
            Err(trouble) if !trouble.is(ErrorCode::NotFound) => {
                secrets.desk.look_at(&trouble);
                secrets.desk.notice.set(Some(trouble.sentence()));
            }
            _ => {
                let name = name_of(secrets.desk, &secret);
                let told = text_with("tokens.told_revoked", &[("name", &name)]);
                secrets.desk.settings.told.set(told);
                secrets.load();
                focus_list();
            }
        }
    });
}
