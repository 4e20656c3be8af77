//! The parts of the desk that agents seldom need: triggers and settings. Their
//! code is apart from that of the inbox, and is loaded when one of them is first
//! looked at.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::blank::Failed;
use crate::code::Code;
use crate::route::Section;
use crate::settings::SettingsPane;
use crate::state::{Desk, use_desk};
use crate::texts::text;
use crate::triggers::TriggersPane;

/// The code could not be loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for Missing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        // The loader has told the console why.
        Self
    }
}

/// The code that is apart, and how it is loaded.
#[cfg(feature = "split")]
#[expect(
    clippy::unnecessary_wraps,
    reason = "whoever calls the pane calls it through what loads it, which may fail"
)]
mod loaded {
    use super::{AnyView, Missing, Section, view_of};

    #[wasm_split_helpers::wasm_split(studio, fallible, preload(fetch))]
    pub(super) fn pane(section: Section) -> Result<AnyView, Missing> {
        Ok(view_of(section))
    }
}

/// The same where all of it is here.
#[cfg(not(feature = "split"))]
mod loaded {
    use std::future::{Ready, ready};

    use super::{AnyView, Missing, Section, view_of};

    pub(super) fn fetch() -> Ready<Result<(), Missing>> {
        ready(Ok(()))
    }

    pub(super) fn pane(section: Section) -> Ready<Result<AnyView, Missing>> {
        ready(Ok(view_of(section)))
    }
}

fn view_of(section: Section) -> AnyView {
    match section {
        Section::Inbox => ().into_any(),
        Section::Triggers => view! { <TriggersPane/> }.into_any(),
        Section::Settings => view! { <SettingsPane/> }.into_any(),
    }
}

impl Desk {
    /// Loads the code that is apart, unless it is here or on its way.
    pub(crate) fn fetch_code(self) {
        let stage = self.code;
        if !matches!(stage.get_untracked(), Code::Away | Code::Failed) {
            return;
        }
        stage.set(Code::Coming);
        spawn_local(async move {
            let loaded = loaded::fetch().await;
            stage.try_set(loaded.map_or(Code::Failed, |()| Code::Here));
        });
    }
}

/// The pane of a section, once its code is here.
#[component]
pub(crate) fn Apart(section: Section) -> impl IntoView {
    let desk = use_desk();
    desk.fetch_code();
    move || match desk.code.get() {
        Code::Here => here(section).into_any(),
        Code::Away | Code::Coming => view! {
            <main class="studio">
                <p class="unseen" role="status">{text("apart.loading")}</p>
            </main>
        }
        .into_any(),
        Code::Failed => view! {
            <main class="studio">
                <Failed
                    title=text("apart.failed")
                    words=text("apart.failed_words")
                    again=Callback::new(move |()| desk.fetch_code())
                />
            </main>
        }
        .into_any(),
    }
}

/// A pane whose code is here: nothing has to be waited for.
fn here(section: Section) -> Option<AnyView> {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(loaded::pane(section)).poll(&mut context) {
        Poll::Ready(Ok(view)) => Some(view),
        Poll::Ready(Err(Missing)) | Poll::Pending => None,
    }
}
