//! What is imported: files that are chosen or dropped, or what is pasted.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, Event, HtmlInputElement};

use super::Import;
use super::files::take;
use crate::icons::{Icon, Symbol};
use crate::keys;
use crate::texts::{text, text_with};

/// Choosing it.
#[component]
pub(super) fn Source(import: Import) -> impl IntoView {
    view! {
        <Files import/>
        <Pasted import/>
        <Kind import/>
    }
}

/// Files, chosen or dropped.
#[component]
fn Files(import: Import) -> impl IntoView {
    let over = RwSignal::new(false);
    let chosen = move |event: Event| {
        let input = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            if let Some(list) = input.files() {
                take(import, &list);
            }
            // The same file may be chosen again once it is mended.
            input.set_value("");
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        if let Some(list) = event.data_transfer().and_then(|data| data.files()) {
            take(import, &list);
        }
    };
    let hover = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let remove = move |name: String| {
        import
            .files
            .update(|files| files.retain(|file| file.name != name));
        import.changed();
        keys::focus("#import-files");
    };
    view! {
        <div
            class="drop"
            class:over=over
            on:dragover=hover
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <label class="field-label" for="import-files">{text("import.files")}</label>
            <input
                class="drop-input"
                id="import-files"
                type="file"
                multiple
                accept=".json,application/json"
                on:change=chosen
            />
            <p class="field-hint">{text("import.files_hint")}</p>
            <ul class="picked">
                {move || import.files.get().into_iter().map(|file| {
                    let label = text_with("import.remove", &[("name", &file.name)]);
                    let name = file.name.clone();
                    view! {
                        <li class="picked-file">
                            <bdi>{file.name}</bdi>
                            <button
                                class="icon-button"
                                type="button"
                                aria-label=label
                                on:click=move |_| remove(name.clone())
                            >
                                <Icon of=Symbol::Close/>
                            </button>
                        </li>
                    }
                }).collect_view()}
            </ul>
            <p class="field-wrong" role="alert">{import.unread}</p>
        </div>
    }
}

/// What stands in a file, without the file.
#[component]
fn Pasted(import: Import) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field-label" for="import-pasted">{text("import.pasted")}</label>
            <textarea
                class="field-input import-text"
                id="import-pasted"
                rows="5"
                spellcheck="false"
                dir="ltr"
                prop:value=import.pasted
                on:input=move |event| {
                    import.pasted.set(event_target_value(&event));
                    import.changed();
                }
            ></textarea>
        </div>
    }
}

/// Whose form it is in, and in which language.
#[component]
fn Kind(import: Import) -> impl IntoView {
    view! {
        <div class="import-kind">
            <div class="field">
                <label class="field-label" for="import-from">{text("import.from")}</label>
                <select
                    class="select field-select"
                    id="import-from"
                    on:change=move |event| {
                        import.from.set(event_target_value(&event));
                        import.changed();
                    }
                >
                    <option value="">{text("import.from_any")}</option>
                    <option value="chatwoot">"Chatwoot"</option>
                    <option value="zendesk">"Zendesk Chat"</option>
                </select>
            </div>
            <div class="field">
                <label class="field-label" for="import-language">{text("import.language")}</label>
                <input
                    class="field-input field-short"
                    id="import-language"
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    maxlength="20"
                    prop:value=import.language
                    aria-describedby="import-language-hint"
                    on:input=move |event| {
                        import.language.set(event_target_value(&event));
                        import.changed();
                    }
                />
                <p class="field-hint" id="import-language-hint">{text("import.language_hint")}</p>
            </div>
        </div>
    }
}
