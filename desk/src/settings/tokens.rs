//! Personal tokens, with which tools of one's own call the API: listed, made,
//! shown once, revoked.

mod known;
mod make;
mod revoke;

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::Millis;
use saluda_protocol::limits;

use super::loading::Loading;
use crate::blank::Failed;
use crate::keys;
use crate::state::{Desk, use_desk};
use crate::texts::{text, text_with};
use crate::time;
use crate::triggers::requests::Trouble;
use known::{Token, tokens_in};
use make::Make;
use revoke::Revoke;

/// The tokens of whoever is signed in.
#[derive(Clone, Copy)]
struct Tokens {
    desk: Desk,
    /// What came, or why nothing did; nothing while it is on its way.
    all: RwSignal<Option<Result<Vec<Token>, Trouble>>>,
    /// The one that may be revoked: it is asked.
    asked: RwSignal<Option<Token>>,
}

impl Tokens {
    /// Loads them, or loads them again. What is there stays until then.
    fn load(self) {
        let Some(remote) = self.desk.remote() else {
            return;
        };
        spawn_local(async move {
            let answer = remote.tokens().await.map(|body| tokens_in(&body));
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
pub(super) fn TokensPage() -> impl IntoView {
    let desk = use_desk();
    let tokens = Tokens {
        desk,
        all: RwSignal::new(None),
        asked: RwSignal::new(None),
    };
    let there = Memo::new(move |_| desk.membership().is_some());
    Effect::new(move |_| {
        if there.get() {
            tokens.load();
        }
    });
    // What was made stays on the screen while the list grows.
    let full = Memo::new(move |_| {
        tokens
            .all
            .with(|all| matches!(all, Some(Ok(all)) if all.len() >= limits::TOKENS))
    });
    view! {
        <h2 class="settings-title" tabindex="-1">{text("settings.tokens")}</h2>
        <p class="field-hint">{text("tokens.words")}</p>
        <Make tokens full/>
        <section class="settings-part" aria-labelledby="tokens-all">
            <h3 class="settings-part-title" id="tokens-all" tabindex="-1">{text("tokens.all")}</h3>
            {move || match tokens.all.get() {
                None => view! { <Loading/> }.into_any(),
                Some(Err(trouble)) => view! {
                    <Failed title=text("settings.failed") words=trouble.sentence() again=Callback::new(move |()| {
                        tokens.all.set(None);
                        tokens.load();
                    })/>
                }
                .into_any(),
                Some(Ok(all)) if all.is_empty() => view! {
                    <p class="field-hint">{text("tokens.none")}</p>
                }
                .into_any(),
                Some(Ok(all)) => view! {
                    <ul class="tokens">
                        {all.into_iter().map(|token| view! { <Row tokens token/> }).collect_view()}
                    </ul>
                }
                .into_any(),
            }}
        </section>
        <Revoke tokens/>
    }
}

/// A token: what it is for, how long it is good, when it was used.
#[component]
fn Row(tokens: Tokens, token: Token) -> impl IntoView {
    let now = tokens.desk.now();
    let date = |at: u64| time::date(Millis(at), now);
    let over = token.expires_at.is_some_and(|at| at <= now.0);
    let lasts = match token.expires_at {
        Some(at) if over => text_with("tokens.expired", &[("when", &date(at))]),
        Some(at) => text_with("tokens.until", &[("when", &date(at))]),
        None => text("tokens.for_ever"),
    };
    let used = match token.used_at {
        Some(at) => text_with("tokens.used", &[("when", &date(at))]),
        None => text("tokens.unused"),
    };
    let label = text_with("tokens.revoke_label", &[("name", &token.name)]);
    let asked = token.clone();
    view! {
        <li class="token" class:over=over>
            <div class="token-main">
                <p class="token-name"><bdi>{token.name}</bdi></p>
                <p class="token-scopes">
                    {token.scopes.into_iter().map(|scope| view! { <code>{scope}</code>" " }).collect_view()}
                </p>
                <p class="field-hint">{lasts}" · "{used}</p>
            </div>
            <button
                class="button"
                type="button"
                aria-label=label
                data-revokes=token.id
                on:click=move |_| tokens.asked.set(Some(asked.clone()))
            >
                {text("tokens.revoke")}
            </button>
        </li>
    }
}

/// Puts the focus on the head of the list once it is drawn.
fn focus_list() {
    request_animation_frame(|| {
        keys::focus("#tokens-all");
    });
}
