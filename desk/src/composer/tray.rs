//! The files that are to be sent, above where the agent writes.

use leptos::html::Input;
use leptos::prelude::*;
use saluda_protocol::ConversationId;
use web_sys::{File, FileList};

use crate::icons::{Icon, Symbol};
use crate::intl;
use crate::state::use_desk;
use crate::texts::{self, text, text_with};
use crate::uploads::{Stage, Upload};

/// The files of a list.
pub(crate) fn files_of(list: &FileList) -> Vec<File> {
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

/// Where files are chosen.
#[component]
pub(super) fn Clip(id: ConversationId) -> impl IntoView {
    let desk = use_desk();
    let input = NodeRef::<Input>::new();
    let chosen = move |_| {
        if let Some(input) = input.get_untracked() {
            let files = input.files().map(|list| files_of(&list));
            desk.attach(id, files.unwrap_or_default());
            // So that the same can be chosen again.
            input.set_value("");
        }
    };
    view! {
        <label class="clip" title=text("upload.attach")>
            <Icon of=Symbol::Clip/>
            <input
                class="unseen"
                type="file"
                multiple
                aria-label=text("upload.attach")
                node_ref=input
                on:change=chosen
            />
        </label>
    }
}

/// The files that were chosen for a conversation.
#[component]
pub(super) fn Tray(id: ConversationId) -> impl IntoView {
    let desk = use_desk();
    let keys = Memo::new(move |_| {
        desk.uploads.with(|all| {
            let ours = all.iter().filter(|upload| upload.conversation == id);
            ours.map(|upload| upload.key).collect::<Vec<_>>()
        })
    });
    view! {
        <ul class="uploads" aria-label=text("upload.list") hidden=move || keys.with(Vec::is_empty)>
            <For each=move || keys.get() key=|key| *key let:key>
                <Item key/>
            </For>
        </ul>
    }
}

#[component]
fn Item(key: u32) -> impl IntoView {
    let desk = use_desk();
    let upload = Memo::new(move |_| {
        let find = |all: &Vec<Upload>| all.iter().find(|upload| upload.key == key).cloned();
        desk.uploads.with(find)
    });
    let stage = Memo::new(move |_| upload.get().map(|upload| upload.stage));
    let failure = Memo::new(move |_| match stage.get() {
        Some(Stage::Failed { why, again }) => Some((why, again)),
        _ => None,
    });
    let share = Memo::new(move |_| match stage.get() {
        Some(Stage::Waiting) => Some(0.0),
        Some(Stage::Going(share)) => Some(share),
        _ => None,
    });
    let goes = Memo::new(move |_| share.get().is_some());
    let at_first = upload.get_untracked();
    let name = at_first.as_ref().map(|upload| upload.name.clone());
    let name = name.unwrap_or_default();
    let bytes = at_first.as_ref().map_or(0.0, |upload| upload.bytes);
    let preview = at_first.and_then(|upload| upload.preview);
    let named = name.clone();
    view! {
        <li class="upload">
            {preview.map(|preview| view! { <img class="upload-picture" src=preview alt=""/> })}
            <bdi class="file-name">{name.clone()}</bdi>
            <span class="file-size">{intl::size(&texts::locale(), bytes)}</span>
            <button
                class="icon-button"
                type="button"
                aria-label=text_with("upload.remove", &[("name", &name)])
                on:click=move |_| desk.put_away(key)
            >
                <Icon of=Symbol::Close/>
            </button>
            {move || goes.get().then(|| view! {
                <progress max="1" aria-label=named.clone() prop:value=move || share.get().unwrap_or_default()></progress>
            })}
            {move || failure.get().map(|(why, again)| view! {
                <p class="upload-failure" role="alert">
                    {why}
                    {again.then(|| view! {
                        " "
                        <button class="link" type="button" on:click=move |_| desk.send_again(key)>
                            {text("action.try_again")}
                        </button>
                    })}
                </p>
            })}
        </li>
    }
}
