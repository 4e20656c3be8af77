//! The page of one trigger: what it says, its form, what it achieved, and what
//! was published of it.

mod conflict;
mod form;
mod head;
mod history;
mod results;
mod rollback;
mod saving;
mod says;
pub(super) mod state;
mod template;
mod trial;
mod versions;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use saluda_protocol::{ErrorCode, TriggerId};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::builder::Builder;
use super::forms::{Forms, GreetingCard, OutcomeCard, WhenCard};
use super::preview::Preview;
use super::tester::TesterCard;
use super::verbs::focus_title;
use crate::blank::{Blank, Failed};
use crate::icons::{Icon, Symbol};
use crate::state::use_desk;
use crate::texts::text;
use conflict::Conflict;
use form::Form;
use head::Head;
use history::{Changes, History};
use results::Results;
use says::Says;
use state::{Editor, Known};
use versions::Versions;

/// The page of one trigger, or of a new one.
#[component]
pub(crate) fn EditorPage(id: Option<TriggerId>) -> impl IntoView {
    let desk = use_desk();
    let editor = Editor::new(desk, id.clone());
    provide_context(editor);
    provide_context(History::of(editor));
    provide_context(Forms::new(editor));
    desk.studio.left.set_value(id);
    let site = Memo::new(move |_| Some(desk.membership()?.key));
    Effect::new(move |_| {
        if site.get().is_some() {
            editor.load();
            desk.read_about();
            desk.read_seen();
        }
    });
    let shown = Memo::new(move |_| editor.known.with(Shown::of));
    Effect::new(move |_| {
        shown.track();
        focus_title();
    });
    let save = move |event: KeyboardEvent| {
        let command = event.ctrl_key() || event.meta_key();
        if command && event.key().eq_ignore_ascii_case("s") {
            event.prevent_default();
            take_what_is_typed();
            editor.save();
        }
    };
    move || {
        match shown.get() {
        Shown::Loading => view! { <Loading/> }.into_any(),
        Shown::Failed(title, words) => view! {
            <Way/>
            <Blank sign=Symbol::Trigger title words/>
        }
        .into_any(),
        Shown::Unreachable(words) => view! {
            <Way/>
            <Failed title=text("triggers.failed") words again=Callback::new(move |()| editor.load())/>
        }
        .into_any(),
        Shown::Form => view! {
            <div class="editor" on:keydown=save>
                <Head/>
                <div class="editor-panes">
                    <div class="editor-main">
                        <Says/>
                        <Conflict/>
                        <GreetingCard/>
                        <Builder/>
                        <WhenCard/>
                        <OutcomeCard/>
                        <Form/>
                    </div>
                    <div class="editor-side">
                        <Preview/>
                        <TesterCard/>
                        <Results/>
                        <Versions/>
                        <Changes/>
                    </div>
                </div>
            </div>
        }
        .into_any(),
    }
    }
}

/// Most fields are read when they are left.
fn take_what_is_typed() {
    let active = document()
        .active_element()
        .filter(|active| {
            active
                .closest(".conditions, .fields")
                .is_ok_and(|it| it.is_some())
        })
        .and_then(|active| active.dyn_into::<HtmlElement>().ok());
    if let Some(active) = active {
        // Fails only for an element that is gone.
        let _ = active.blur();
        let _ = active.focus();
    }
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    Loading,
    /// There is no trying again.
    Failed(String, String),
    Unreachable(String),
    Form,
}

impl Shown {
    fn of(known: &Known) -> Self {
        match known {
            Known::Loading => Self::Loading,
            Known::New | Known::Saved(_) => Self::Form,
            Known::Failed(trouble) if trouble.is(ErrorCode::Forbidden) => {
                Self::Failed(text("triggers.forbidden"), text("triggers.forbidden_words"))
            }
            Known::Failed(trouble) if trouble.is(ErrorCode::NotFound) => {
                Self::Failed(text("editor.gone"), text("editor.gone_words"))
            }
            Known::Failed(trouble) => Self::Unreachable(trouble.sentence()),
        }
    }
}

/// The way back to the list, where there is nothing else.
#[component]
fn Way() -> impl IntoView {
    view! {
        <header class="studio-head">
            <a class="icon-button" href=use_desk().list_address() aria-label=text("triggers.back")>
                <Icon of=Symbol::Back/>
            </a>
            <h1 class="studio-title" tabindex="-1">{text("triggers.title")}</h1>
        </header>
    }
}

/// The page in its shape.
#[component]
fn Loading() -> impl IntoView {
    view! {
        <Way/>
        <div class="editor-panes">
            <p class="unseen" role="status">{text("editor.loading")}</p>
            <div class="editor-main" aria-hidden="true">
                <div class="editor-skeleton">
                    <span class="skeleton tall long"></span>
                    <span class="skeleton tall"></span>
                    <span class="skeleton page"></span>
                </div>
            </div>
            <div class="editor-side" aria-hidden="true">
                <div class="editor-skeleton"><span class="skeleton card"></span></div>
            </div>
        </div>
    }
}
