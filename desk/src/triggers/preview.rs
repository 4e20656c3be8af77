//! The greeting as visitors will see it, drawn by the widget that they get, in a
//! frame beside the form. It follows what is typed.

mod controls;
mod frame;
mod scene;
mod state;

use leptos::prelude::*;

use super::editor::state::use_editor;
use crate::texts::text;
use controls::{Foot, Looks};
use frame::Drawn;
use scene::{Choices, Look};
use state::Previewed;

/// The greeting as visitors will see it.
#[component]
pub(super) fn Preview() -> impl IntoView {
    let seen = Previewed::new(use_editor());
    let Previewed {
        wish,
        choices,
        drawn,
        ..
    } = seen;
    let note = move || match (choices.with(Option::is_some), drawn.get()) {
        (false, _) => text("preview.behind"),
        (true, Drawn::Shows { long: true, .. }) => text("preview.long"),
        _ => text("preview.note"),
    };
    view! {
        <section class="card" aria-labelledby="preview-title">
            <div class="card-head">
                <h2 class="card-title" id="preview-title">{text("preview.title")}</h2>
                <Looks wish choices/>
            </div>
            <div
                class="preview-box"
                class:dark=move || wish.with(|wish| wish.dark)
                class:phone=move || wish.with(|wish| wish.phone)
                class:chat=move || wish.with(|wish| wish.look != Look::Bubble)
                class:start=move || seen.is_left()
                style:block-size=move || {
                    seen.room().map_or_else(String::new, |room| format!("{room}px"))
                }
            >
                {move || {
                    seen.attempt.track();
                    frame(seen)
                }}
                {move || instead(seen.failed(), drawn.get(), choices.get().as_ref())
                    .map(|state| state.view(seen))}
            </div>
            <Foot wish choices/>
            <p class="card-note" role="status">{note}</p>
        </section>
    }
}

fn frame(seen: Previewed) -> AnyView {
    view! {
        <iframe
            class="preview-frame"
            class:waits=move || !matches!(seen.drawn.get(), Drawn::Shows { .. })
            src="/desk/preview"
            sandbox="allow-scripts allow-forms"
            title=text("preview.frame")
            node_ref=seen.frame
        ></iframe>
    }
    .into_any()
}

/// What stands in the place of the preview.
enum Instead {
    Failed,
    Silent,
    Loading,
}

fn instead(failed: bool, drawn: Drawn, choices: Option<&Choices>) -> Option<Instead> {
    match (failed, choices) {
        (true, _) => Some(Instead::Failed),
        (_, Some(choices)) if choices.languages.is_empty() => Some(Instead::Silent),
        _ if matches!(drawn, Drawn::Shows { .. }) => None,
        _ => Some(Instead::Loading),
    }
}

impl Instead {
    fn view(self, seen: Previewed) -> AnyView {
        match self {
            Self::Failed => view! {
                <div class="preview-state" role="alert">
                    <p>{text("preview.failed")}</p>
                    <button class="button" on:click=move |_| seen.try_again()>
                        {text("action.try_again")}
                    </button>
                </div>
            }
            .into_any(),
            Self::Silent => {
                view! { <p class="preview-state">{text("preview.silent")}</p> }.into_any()
            }
            Self::Loading => view! {
                <div class="preview-state">
                    <p class="unseen" role="status">{text("preview.loading")}</p>
                    <span class="skeleton preview-skeleton" aria-hidden="true"></span>
                </div>
            }
            .into_any(),
        }
    }
}
