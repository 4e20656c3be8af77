//! The form to sign in.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::ErrorCode;
use saluda_protocol::agent::SignIn as Credentials;

use crate::icons::Logo;
use crate::refusal;
use crate::session::{self, SessionError};
use crate::state::Ending;
use crate::texts::text;

/// The form to sign in.
#[component]
pub fn SignIn(
    /// Why it is there, unless it was to be expected.
    why: Option<Ending>,
    /// Called when the agent is signed in.
    done: Callback<()>,
) -> impl IntoView {
    let email = NodeRef::<Input>::new();
    let password = NodeRef::<Input>::new();
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if let Some(email) = email.get() {
            // Fails only for an element that is gone.
            let _ = email.focus();
        }
        document().set_title(&text("sign_in.page"));
    });

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = |field: NodeRef<Input>| field.get_untracked().map(|it| it.value());
        let (Some(address), Some(secret)) = (typed(email), typed(password)) else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let who = Credentials {
                email: address.trim().to_owned(),
                password: secret,
            };
            let answer = session::sign_in(&who).await;
            busy.set(false);
            match answer {
                Ok(()) => done.run(()),
                Err(error) => {
                    failed.set(Some(sentence(&error)));
                    if let Some(password) = password.get_untracked() {
                        let _ = password.focus();
                        password.select();
                    }
                }
            }
        });
    };

    view! {
        <main class="sign-in">
            <form class="sign-in-card" aria-labelledby="sign-in-title" on:submit=submit>
                <Logo/>
                <h1 class="sign-in-title" id="sign-in-title">{text("sign_in.title")}</h1>
                {(why == Some(Ending::SessionEnded)).then(|| view! {
                    <p class="sign-in-why" role="status">{text("sign_in.session_ended")}</p>
                })}
                <label class="field">
                    <span class="field-label">{text("sign_in.email")}</span>
                    <input
                        class="field-input"
                        type="email"
                        name="email"
                        autocomplete="username"
                        autocapitalize="off"
                        spellcheck="false"
                        required
                        node_ref=email
                    />
                </label>
                <label class="field">
                    <span class="field-label">{text("sign_in.password")}</span>
                    <input
                        class="field-input"
                        type="password"
                        name="password"
                        autocomplete="current-password"
                        required
                        aria-invalid=move || failed.with(Option::is_some).to_string()
                        aria-describedby="sign-in-failed"
                        node_ref=password
                    />
                </label>
                <p class="sign-in-failed" id="sign-in-failed" role="alert">{failed}</p>
                <button class="button primary" type="submit" aria-disabled=move || busy.get().to_string()>
                    {move || if busy.get() { text("sign_in.busy") } else { text("sign_in.do") }}
                </button>
            </form>
        </main>
    }
}

fn sentence(error: &SessionError) -> String {
    match error {
        SessionError::Unreachable => text("error.unreachable"),
        SessionError::Refused(error) if error.code == ErrorCode::Unauthorized => {
            text("error.wrong_password")
        }
        SessionError::Refused(error) => refusal::sentence(error),
    }
}
