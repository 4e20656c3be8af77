//! The three stages of the desk: signing in, working, and not getting there.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::session::{self, SessionError};
use crate::shell::Shell;
use crate::sign_in::SignIn;
use crate::state::Ending;
use crate::texts::text;

/// What the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The form to sign in, and why it is there, unless it was to be expected.
    SignIn(Option<Ending>),
    /// The desk.
    Desk,
    /// The server did not answer.
    Unreachable,
    /// The server does not take this desk.
    TurnedAway,
}

/// The whole page.
#[component]
pub fn App(
    /// What to begin with.
    stage: Stage,
) -> impl IntoView {
    let stage = RwSignal::new(stage);
    let end = move |ending| {
        stage.set(match ending {
            Ending::SignedOut => Stage::SignIn(None),
            Ending::SessionEnded => Stage::SignIn(Some(ending)),
            Ending::TurnedAway => Stage::TurnedAway,
        });
    };
    move || match stage.get() {
        Stage::SignIn(why) => {
            let done = move || stage.set(Stage::Desk);
            view! { <SignIn why done=Callback::new(move |()| done())/> }.into_any()
        }
        Stage::Desk => view! { <Shell end=Callback::new(end)/> }.into_any(),
        Stage::Unreachable => view! { <Unreachable stage/> }.into_any(),
        Stage::TurnedAway => view! {
            <main class="broken" role="alert">
                <h1 class="broken-title">{text("turned_away.title")}</h1>
                <p class="broken-words">{text("turned_away.words")}</p>
                <button class="button primary" on:click=|_| {
                    let _ = window().location().reload();
                }>{text("action.reload")}</button>
            </main>
        }
        .into_any(),
    }
}

#[component]
fn Unreachable(stage: RwSignal<Stage>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let again = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let found = session::signed_in().await;
            busy.set(false);
            match found {
                Ok(true) => stage.set(Stage::Desk),
                Ok(false) => stage.set(Stage::SignIn(None)),
                Err(SessionError::Unreachable | SessionError::Refused(_)) => {}
            }
        });
    };
    view! {
        <main class="broken" role="alert">
            <h1 class="broken-title">{text("unreachable.title")}</h1>
            <p class="broken-words">{text("unreachable.words")}</p>
            <button class="button primary" aria-disabled=move || busy.get().to_string() on:click=again>
                {move || if busy.get() { text("unreachable.busy") } else { text("action.try_again") }}
            </button>
        </main>
    }
}
