//! Makes a token, and shows it this once.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::ErrorCode;
use saluda_protocol::token::Scope;

use super::super::input::{Line, Tick};
use super::super::shown_once::{self, ShownOnce};
use super::Tokens;
use crate::keys;
use crate::texts::text;

/// How long a token is good, as the server writes it; empty for ever.
const SPANS: [&str; 4] = ["30d", "90d", "365d", ""];

/// The form, and what came of it.
#[component]
pub(super) fn Make(tokens: Tokens, full: Memo<bool>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let scopes = RwSignal::new(Scope::ALL.map(|scope| scope == Scope::TriggersRead));
    let lasts = RwSignal::new("90d".to_owned());
    let wrong = RwSignal::new(None::<String>);
    let made = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = name.get_untracked().trim().to_owned();
        let chosen = scopes.get_untracked();
        let chosen = Scope::ALL
            .into_iter()
            .zip(chosen)
            .filter(|(_, chosen)| *chosen);
        let chosen: Vec<_> = chosen.map(|(scope, _)| scope.as_str()).collect();
        if typed.is_empty() || chosen.is_empty() {
            wrong.set(Some(if typed.is_empty() {
                text("tokens.no_name")
            } else {
                text("tokens.no_scope")
            }));
            keys::focus("#token-name");
            return;
        }
        let Some(remote) = tokens.desk.remote().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        wrong.set(None);
        let span = lasts.get_untracked();
        spawn_local(async move {
            let span = Some(&*span).filter(|span| !span.is_empty());
            let answer = remote.make_token(&typed, &chosen, span).await;
            if busy.is_disposed() {
                return;
            }
            busy.set(false);
            match answer {
                Ok(token) => {
                    made.set(token);
                    name.set(String::new());
                    tokens.load();
                    shown_once::focus();
                }
                Err(trouble) => {
                    tokens.desk.look_at(&trouble);
                    // Of tokens, there is but one conflict.
                    wrong.set(Some(if trouble.is(ErrorCode::Conflict) {
                        text("tokens.full")
                    } else {
                        trouble.sentence()
                    }));
                }
            }
        });
    };
    view! {
        {move || full.get().then(|| view! {
            <p class="settings-warning">{text("tokens.full")}</p>
        })}
        <form class="settings-part" hidden=full on:submit=submit>
            <h3 class="settings-part-title">{text("tokens.make")}</h3>
            <div class="field">
                <label class="field-label" for="token-name">{text("tokens.name")}</label>
                <Line id="token-name" value=name typed=Callback::new(move |typed| name.set(typed))/>
            </div>
            <Scopes scopes/>
            <div class="field">
                <label class="field-label" for="token-lasts">{text("tokens.lasts")}</label>
                <select
                    class="select field-select"
                    id="token-lasts"
                    on:change=move |event| lasts.set(event_target_value(&event))
                >
                    {SPANS.map(|span| view! {
                        <option value=span selected=move || lasts.with(|it| it == span)>
                            {span_words(span)}
                        </option>
                    })}
                </select>
            </div>
            <p class="field-wrong" id="token-wrong" role="alert">{wrong}</p>
            <button class="button primary" type="submit" aria-disabled=move || busy.get().to_string()>
                {text("tokens.make_do")}
            </button>
        </form>
        <ShownOnce
            made
            title=text("tokens.made")
            copy=text("tokens.copy")
            kept=Callback::new(|()| super::focus_list())
        />
    }
}

/// What it is for.
#[component]
fn Scopes(scopes: RwSignal<[bool; Scope::ALL.len()]>) -> impl IntoView {
    let scope = move |(at, scope): (usize, Scope)| {
        let on = Signal::derive(move || scopes.get()[at]);
        let turn = move |on: bool| scopes.update(|all| all[at] = on);
        view! { <Tick on turn=turn label=scope_words(scope) code=scope.as_str()/> }
    };
    view! {
        <fieldset class="check-group">
            <legend class="field-label">{text("tokens.scopes")}</legend>
            {Scope::ALL.into_iter().enumerate().map(scope).collect_view()}
        </fieldset>
    }
}

fn scope_words(scope: Scope) -> String {
    match scope {
        Scope::TriggersRead => text("scope.triggers_read"),
        Scope::TriggersWrite => text("scope.triggers_write"),
        Scope::TriggersPublish => text("scope.triggers_publish"),
        Scope::ResultsRead => text("scope.results_read"),
        Scope::SiteRead => text("scope.site_read"),
        Scope::SiteWrite => text("scope.site_write"),
        // A scope of a later version names itself.
        _ => String::new(),
    }
}

fn span_words(span: &str) -> String {
    match span {
        "30d" => text("tokens.month"),
        "90d" => text("tokens.quarter"),
        "365d" => text("tokens.year"),
        _ => text("tokens.ever"),
    }
}
