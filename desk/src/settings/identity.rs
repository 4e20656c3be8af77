//! How a site's own server says who a visitor is: the secrets it signs with,
//! and what its pages call.

mod known;
mod revoke;

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::{ErrorCode, Millis};

use super::loading::Loading;
use super::shown_once::{self, ShownOnce};
use crate::blank::Failed;
use crate::copy::Copy;
use crate::keys;
use crate::state::{Desk, use_desk};
use crate::texts::{text, text_with};
use crate::time;
use crate::triggers::requests::Trouble;
use known::Secret;
use revoke::Revoke;

/// What a page calls with a token of its server.
const CALL: &str = "Saluda(\"identify\", { token });";

/// What such a token says.
const CLAIMS: &str = r#"{ "sub": "u-42", "jti": "5d1f0c9ab2e34477", "exp": 1795284300,
  "email": "ines@example.com", "name": "Inês Nogueira" }"#;

/// The secrets of the site.
#[derive(Clone, Copy)]
struct Secrets {
    desk: Desk,
    /// What came, or why nothing did; nothing while it is on its way.
    all: RwSignal<Option<Result<Vec<Secret>, Trouble>>>,
    /// The one that may be revoked: it is asked.
    asked: RwSignal<Option<Secret>>,
}

impl Secrets {
    /// Loads them, or loads them again. What is there stays until then.
    fn load(self) {
        let Some(remote) = self.desk.remote() else {
            return;
        };
        spawn_local(async move {
            let answer = remote.secrets().await;
            if self.all.is_disposed() {
                return;
            }
            if let Err(trouble) = &answer {
                self.desk.look_at(trouble);
            }
            self.all.set(Some(answer));
        });
    }
}

/// The page.
#[component]
pub(super) fn IdentityPage() -> impl IntoView {
    let desk = use_desk();
    view! {
        <p class="field-hint">{text("identity.words")}</p>
        {move || desk.may_administer().then(|| view! { <Owned/> })}
        <section class="settings-part" aria-labelledby="identity-token">
            <h3 class="settings-part-title" id="identity-token">{text("identity.token")}</h3>
            <p class="field-hint">{text("identity.token_words")}</p>
            <Code words=CLAIMS label=text("identity.copy_claims")/>
            <p class="field-hint">{text("identity.call_words")}</p>
            <Code words=CALL label=text("identity.copy_call")/>
        </section>
    }
}

#[component]
fn Code(words: &'static str, label: String) -> impl IntoView {
    view! {
        <div class="code-block">
            <pre class="code-words" tabindex="0"><code>{words}</code></pre>
            <Copy what=Signal::stored(words.to_owned()) label/>
        </div>
    }
}

/// What those who administer the site see: its secrets, and how one is made.
#[component]
fn Owned() -> impl IntoView {
    let secrets = Secrets {
        desk: use_desk(),
        all: RwSignal::new(None),
        asked: RwSignal::new(None),
    };
    secrets.load();
    view! {
        <section class="settings-part" aria-labelledby="secrets-all">
            <h3 class="settings-part-title" id="secrets-all" tabindex="-1">{text("identity.secrets")}</h3>
            <p class="field-hint">{text("identity.secrets_words")}</p>
            {move || match secrets.all.get() {
                None => view! { <Loading/> }.into_any(),
                Some(Err(trouble)) => view! {
                    <Failed title=text("settings.failed") words=trouble.sentence() again=Callback::new(move |()| {
                        secrets.all.set(None);
                        secrets.load();
                    })/>
                }
                .into_any(),
                Some(Ok(all)) if all.is_empty() => view! {
                    <p class="field-hint">{text("identity.none")}</p>
                }
                .into_any(),
                Some(Ok(all)) => view! {
                    <ul class="tokens">
                        {all.into_iter().map(|secret| view! { <Row secrets secret/> }).collect_view()}
                    </ul>
                }
                .into_any(),
            }}
            <Make secrets/>
        </section>
        <Revoke secrets/>
    }
}

/// A secret is told from the other by when it was made.
#[component]
fn Row(secrets: Secrets, secret: Secret) -> impl IntoView {
    let name = name_of(secrets.desk, &secret);
    let id = secret.id.clone();
    view! {
        <li class="token">
            <div class="token-main">
                <p class="token-name">{name.clone()}</p>
                <p class="token-scopes"><code>{secret.id.clone()}</code></p>
            </div>
            <button
                class="button"
                type="button"
                aria-label=text_with("tokens.revoke_label", &[("name", &name)])
                data-revokes=id
                on:click=move |_| secrets.asked.set(Some(secret.clone()))
            >
                {text("tokens.revoke")}
            </button>
        </li>
    }
}

/// The button that makes one, and what it made.
#[component]
fn Make(secrets: Secrets) -> impl IntoView {
    let made = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let make = move |_| {
        let Some(remote) = secrets.desk.remote().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        wrong.set(None);
        spawn_local(async move {
            let answer = remote.make_secret().await;
            if busy.is_disposed() {
                return;
            }
            busy.set(false);
            match answer {
                Ok(secret) => {
                    made.set(secret);
                    secrets.load();
                    shown_once::focus();
                }
                Err(trouble) => {
                    secrets.desk.look_at(&trouble);
                    // Of secrets, there is but one conflict.
                    wrong.set(Some(if trouble.is(ErrorCode::Conflict) {
                        text("identity.full")
                    } else {
                        trouble.sentence()
                    }));
                }
            }
        });
    };
    view! {
        <p class="field-wrong" role="alert">{wrong}</p>
        <button
            class="button secret-make"
            type="button"
            aria-disabled=move || busy.get().to_string()
            on:click=make
        >
            {text("identity.make")}
        </button>
        <ShownOnce
            made
            title=text("identity.made")
            copy=text("identity.copy")
            kept=Callback::new(|()| focus_list())
        />
    }
}

/// What a secret is called: it has no other name.
fn name_of(desk: Desk, secret: &Secret) -> String {
    let when = time::date(Millis(secret.created_at), desk.now());
    text_with("identity.of", &[("when", &when)])
}

/// Puts the focus on the head of the list once it is drawn.
fn focus_list() {
    request_animation_frame(|| {
        keys::focus("#secrets-all");
    });
}
