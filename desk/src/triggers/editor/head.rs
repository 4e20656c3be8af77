//! Above the editor: which trigger, in which state, and what can be done.

use leptos::prelude::*;
use saluda_protocol::studio::{TriggerRow, TriggerStatus};

use super::super::actions::{Action, status_class, status_name};
use super::super::menu::Menu;
use super::super::requests::Verb;
use super::history::History;
use super::state::{Editor, Known, use_editor};
use super::trial::Trial;
use crate::icons::{Icon, Symbol};
use crate::texts::{text, text_with};
use crate::time;

/// Above the editor.
#[component]
pub(super) fn Head() -> impl IntoView {
    let editor = use_editor();
    let row = Memo::new(move |_| editor.known.with(row_of));
    let status = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.status)));
    let unsaved = Memo::new(move |_| editor.is_unsaved());
    let name = Memo::new(move |_| {
        let typed = editor.spec().map(|spec| spec.name);
        typed.or_else(|| row.with(|row| row.as_ref().map(|row| row.name.clone())))
    });
    let may_write = Memo::new(move |_| editor.desk.may_write());
    let history: History = expect_context();
    let trying = RwSignal::new(false);
    view! {
        <header class="studio-head editor-head">
            <a class="icon-button" href=editor.desk.list_address() aria-label=text("triggers.back")>
                <Icon of=Symbol::Back/>
            </a>
            <h1 class="studio-title" tabindex="-1" dir="auto">
                {move || name.get().unwrap_or_else(|| text("triggers.new"))}
            </h1>
            {move || status.get().map(|status| view! {
                <span class=status_class(status)>{status_name(status)}</span>
            })}
            <span class="editor-saved">{move || saved_words(editor, history, row.get().as_ref(), unsaved.get())}</span>
            <div class="editor-actions">
                {move || status.get().filter(|_| may_write.get()).map(|_| view! {
                    <button class="button" data-opens="trial" on:click=move |_| trying.set(true)>
                        {text("trial.do")}
                    </button>
                })}
                {move || may_write.get().then(|| view! { <Buttons status unsaved/> })}
                {move || row.get().filter(|_| may_write.get()).map(|row| view! { <More row/> })}
            </div>
        </header>
        {move || trying.get().then(|| view! { <Trial open=trying/> })}
    }
}

fn row_of(known: &Known) -> Option<TriggerRow> {
    match known {
        Known::Saved(detail) => Some(detail.row.clone()),
        _ => None,
    }
}

/// `Unsaved changes`, or what was done with it last.
fn saved_words(
    editor: Editor,
    history: History,
    row: Option<&TriggerRow>,
    unsaved: bool,
) -> Option<String> {
    if unsaved {
        return Some(text("editor.unsaved"));
    }
    let saved = || {
        let when = time::long_ago(row?.updated_at, editor.desk.minute.get());
        Some(text_with("editor.saved", &[("when", &when)]))
    };
    // Until it is known by whom.
    history.latest(editor.desk).or_else(saved)
}

/// What can be done with it now. One of them is the obvious next step.
#[component]
fn Buttons(status: Memo<Option<TriggerStatus>>, unsaved: Memo<bool>) -> impl IntoView {
    let editor = use_editor();
    let edited = Memo::new(move |_| editor.known.with(row_of).is_some_and(|row| row.edited));
    let save_is_idle = Memo::new(move |_| !unsaved.get() && status.get().is_some());
    let waits = Memo::new(move |_| editor.theirs.with(Option::is_some));
    let act = move |label: String, class: &'static str, verb: Verb| {
        view! {
            <button
                class=class
                aria-disabled=move || (editor.busy.get() || waits.get()).to_string()
                on:click=move |_| editor.act(verb)
            >
                {label}
            </button>
        }
    };
    view! {
        {move || match status.get() {
            Some(TriggerStatus::Live) => Some(act(text("triggers.pause"), "button", Verb::Pause)),
            Some(TriggerStatus::Paused) => Some(act(text("triggers.resume"), "button", Verb::Resume)),
            _ => None,
        }}
        <button
            class="button"
            aria-disabled=move || (save_is_idle.get() || editor.busy.get() || waits.get()).to_string()
            aria-keyshortcuts="Control+S Meta+S"
            on:click=move |_| if !save_is_idle.get_untracked() { editor.save() }
        >
            {text("editor.save")}
        </button>
        {move || {
            let fresh = unsaved.get() || edited.get();
            match status.get() {
                // What is live as it is written needs no publishing.
                Some(TriggerStatus::Live) if !fresh => None,
                Some(TriggerStatus::Live) => {
                    Some(act(text("triggers.update"), "button primary", Verb::Publish))
                }
                _ => Some(act(text("triggers.publish"), "button primary", Verb::Publish)),
            }
        }}
    }
}

/// What is done seldom.
#[component]
fn More(row: TriggerRow) -> impl IntoView {
    let editor = use_editor();
    let label = text_with("triggers.menu", &[("name", &row.name)]);
    let offered = match row.status {
        TriggerStatus::Error => vec![Action::Delete],
        _ => vec![Action::Clone, Action::Delete],
    };
    let busy = Memo::new(move |_| editor.busy.get());
    let choose = Callback::new(move |action| {
        if let Some(membership) = untrack(|| editor.desk.membership()) {
            editor.desk.choose(&membership.key, &row, action);
        }
    });
    view! {
        <Menu
            label=Signal::stored(label)
            offered=Signal::stored(offered)
            busy
            choose
        />
    }
}
