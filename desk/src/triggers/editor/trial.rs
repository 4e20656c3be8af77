//! A link that opens the explain panel on a page of the site.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::super::dialog::Dialog;
use super::super::requests::Link;
use super::state::use_editor;
use crate::keys;
use crate::memory;
use crate::texts::{text, text_with};
use crate::time;

/// Asks for a page, and makes the link.
#[component]
pub(super) fn Trial(open: RwSignal<bool>) -> impl IntoView {
    let editor = use_editor();
    let page = NodeRef::<Input>::new();
    let made = RwSignal::new(None::<Link>);
    let failed = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let close = move || {
        open.set(false);
        request_animation_frame(|| {
            keys::focus("[data-opens=trial]");
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = page.get_untracked().map(|it| it.value());
        let (Some(typed), Some(remote)) = (typed, editor.desk.remote()) else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        made.set(None);
        spawn_local(async move {
            let typed = typed.trim().to_owned();
            let answer = remote.link(&typed).await;
            if busy.is_disposed() {
                return;
            }
            busy.set(false);
            match answer {
                Ok(link) => {
                    memory::keep_page(&typed);
                    made.set(Some(link));
                    request_animation_frame(|| {
                        keys::focus(".trial-open");
                    });
                }
                Err(trouble) => {
                    editor.desk.look_at(&trouble);
                    failed.set(Some(trouble.sentence()));
                }
            }
        });
    };
    let unsaved = editor.is_unsaved_untracked();
    view! {
        <Dialog labelled="trial-title" close=Callback::new(move |()| close())>
            <h2 class="dialog-title" id="trial-title">{text("trial.do")}</h2>
            <p>{text("trial.words")}</p>
            {unsaved.then(|| view! { <p class="trial-unsaved">{text("trial.unsaved")}</p> })}
            <form class="trial" on:submit=submit>
                <label class="field">
                    <span class="field-label">{text("trial.page")}</span>
                    <input
                        class="field-input"
                        type="url"
                        required
                        autofocus
                        autocomplete="url"
                        placeholder="https://"
                        value=memory::page().unwrap_or_default()
                        aria-invalid=move || failed.with(Option::is_some).to_string()
                        aria-describedby="trial-failed"
                        node_ref=page
                    />
                </label>
                <p class="trial-failed" id="trial-failed" role="alert">{failed}</p>
                {move || made.get().map(|link| view! { <Made link/> })}
                <div class="dialog-actions">
                    <button class="button" type="button" on:click=move |_| close()>
                        {text("action.close")}
                    </button>
                    <button
                        class="button"
                        class:primary=move || made.with(Option::is_none)
                        type="submit"
                        aria-disabled=move || busy.get().to_string()
                    >
                        {text("trial.make")}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// The link: to open here, or to copy into another browser.
#[component]
fn Made(link: Link) -> impl IntoView {
    let copied = RwSignal::new(false);
    let url = StoredValue::new(link.url.clone());
    let copy = move |_| {
        let written = window()
            .navigator()
            .clipboard()
            .write_text(&url.get_value());
        spawn_local(async move {
            let done = JsFuture::from(written).await.is_ok();
            copied.try_set(done);
        });
    };
    let until = time::clock(link.expires_at);
    view! {
        <div class="trial-made">
            <code class="trial-link">{link.url.clone()}</code>
            <p class="card-note">{text_with("trial.until", &[("time", &until)])}</p>
            <div class="trial-ways">
                <a class="button primary trial-open" href=link.url target="_blank" rel="noopener noreferrer">
                    {text("trial.open")}
                </a>
                <button class="button" type="button" on:click=copy>
                    {move || if copied.get() { text("trial.copied") } else { text("trial.copy") }}
                </button>
            </div>
        </div>
    }
}
