//! A visit as a file: saved as a test that `saluda trigger test` runs, opened
//! again, or taken from those that were tried before.

use js_sys::Array;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, HtmlInputElement, HtmlSelectElement, Url};

use super::answer::Went;
use super::clock;
use super::open::open;
use super::state::Testing;
use super::use_testing;
use super::visit::{Site, Test, Visit};
use super::words;
use crate::form_text;
use crate::texts::{text, text_with};

/// Saves and opens visits.
#[component]
pub(super) fn Save() -> impl IntoView {
    let testing = use_testing();
    let file = NodeRef::<Input>::new();
    let told = RwSignal::new(None::<String>);
    let save = move |_| {
        spawn_local(async move {
            let Some(went) = testing.went_alone().await else {
                told.try_set(Some(text("tester.not_saved")));
                return;
            };
            let id = untrack(|| testing.id());
            let name = format!("{id}.test.jsonl");
            let said = match download(&name, &test(testing, &id, &went)) {
                Some(()) => text_with("tester.saved", &[("file", &name), ("beside", &id)]),
                None => text("tester.not_saved"),
            };
            testing.keep();
            told.try_set(Some(said));
        });
    };
    let copy = move |_| {
        let lines = on_site(testing, Visit::trace_on);
        let written = window().navigator().clipboard().write_text(&lines);
        testing.keep();
        spawn_local(async move {
            let said = match JsFuture::from(written).await {
                Ok(_) => text("tester.copied"),
                Err(_) => text("tester.not_copied"),
            };
            told.try_set(Some(said));
        });
    };
    let choose = move |_| {
        if let Some(file) = file.get_untracked() {
            // The same file may be opened twice.
            file.set_value("");
            file.click();
        }
    };
    let opened = move |event: web_sys::Event| {
        let chosen = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
            .and_then(|it| it.files()?.get(0));
        let Some(chosen) = chosen else { return };
        spawn_local(async move {
            let read = JsFuture::from(chosen.text()).await;
            let read = read.ok().and_then(|text| text.as_string());
            let visit = read.and_then(|text| open(&text, clock::instant));
            if testing.visit.is_disposed() {
                return;
            }
            match visit {
                Some(visit) => {
                    testing.turn_to(visit);
                    told.set(Some(text("tester.opened")));
                }
                None => told.set(Some(text("tester.not_opened"))),
            }
        });
    };
    view! {
        <div class="tester-ways">
            <button class="button" on:click=save>{text("tester.save")}</button>
            <button class="button" on:click=copy>{text("tester.copy")}</button>
            <button class="button" on:click=choose>{text("tester.open")}</button>
            <input
                class="unseen"
                type="file"
                accept=".jsonl,.json,.txt"
                tabindex="-1"
                aria-label=text("tester.open")
                node_ref=file
                on:change=opened
            />
            <Recent/>
        </div>
        <p class="tester-told" role="status">{told}</p>
    }
}

/// The visits that were tried in this session.
#[component]
fn Recent() -> impl IntoView {
    let testing = use_testing();
    let visits = testing.editor.desk.studio.visits;
    let turn = move |event| {
        let chosen: Option<usize> = event_target_value(&event).parse().ok();
        event_target::<HtmlSelectElement>(&event).set_value("");
        let visit = chosen.and_then(|at| visits.with_untracked(|all| all.get(at).cloned()));
        if let Some(visit) = visit {
            testing.turn_to(visit);
        }
    };
    view! {
        <select class="select" aria-label=text("tester.recent") on:change=turn>
            <option value="">{text("tester.recent")}</option>
            {move || visits.get().into_iter().enumerate()
                .map(|(at, visit)| {
                    let lasts = words::position(visit.lasts_ms());
                    view! { <option value=at.to_string()>{visit.url()} " · " {lasts}</option> }
                })
                .collect_view()}
        </select>
    }
}

/// The visit as a test of what came of it until the instant that is looked at.
fn test(testing: Testing, id: &str, went: &Went) -> String {
    let at_ms = testing.at_ms.get_untracked();
    let done = went.done.iter().filter(|one| one.at_ms <= at_ms);
    let done: Vec<_> = done.map(super::answer::Done::expected).collect();
    // Once it shows, that it has is what keeps it away.
    let word = went.word();
    let because = (!matches!(word, "shows" | "held")).then_some(word);
    let name = testing
        .editor
        .text
        .with_untracked(|form| form_text::words(form, "name").unwrap_or_else(|| id.to_owned()));
    let (url, at) = (
        testing.visit.with_untracked(Visit::url),
        words::position(at_ms),
    );
    let name = text_with(
        "tester.test_name",
        &[("name", &name), ("page", &url), ("time", &at)],
    );
    on_site(testing, |visit, site| {
        visit.test(&Test {
            name: &name,
            trigger: id,
            site,
            at_ms,
            done,
            because,
        })
    })
}

/// The visit, with what holds for the site.
fn on_site(testing: Testing, write: impl FnOnce(&Visit, Site<'_>) -> String) -> String {
    testing.visit.with_untracked(|visit| {
        testing.tried.with_untracked(|tried| {
            let tried = tried.as_ref().and_then(|tried| tried.result.as_ref().ok());
            let field = |name| tried.map_or("null", |tried| tried.field(name));
            let site = Site {
                attention: field("attention"),
                hours: field("hours"),
            };
            write(visit, site)
        })
    })
}

/// Hands a text to the browser as a file.
fn download(name: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type("application/x-ndjson");
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", &address).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    // The browser has begun to read it.
    Url::revoke_object_url(&address).ok()
}
