//! Who changed the trigger, and when.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::studio::{Happened, HistoryEntry};

use super::super::requests::Trouble;
use super::state::{Editor, Known, use_editor};
use crate::actor::{is_me, who};
use crate::state::Desk;
use crate::texts::{text, text_with};
use crate::time;

/// The changes of the trigger, as far as they were loaded.
#[derive(Clone, Copy)]
pub(super) struct History {
    /// The latest first.
    entries: RwSignal<Vec<HistoryEntry>>,
    next: RwSignal<Option<u64>>,
    failed: RwSignal<Option<Trouble>>,
}

impl History {
    /// Follows the trigger of an editor: each revision has changes of its own.
    pub(super) fn of(editor: Editor) -> Self {
        let history = Self {
            entries: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            failed: RwSignal::new(None),
        };
        let revision = Memo::new(move |_| {
            editor.known.with(|known| match known {
                Known::Saved(detail) => Some(detail.row.revision),
                _ => None,
            })
        });
        Effect::new(move |_| {
            if revision.get().is_some() {
                history.load(editor, None);
            }
        });
        history
    }

    fn load(self, editor: Editor, before: Option<u64>) {
        let (Some(id), Some(remote)) = (editor.id.get_value(), editor.desk.remote()) else {
            return;
        };
        spawn_local(async move {
            let answer = remote.history(&id, before).await;
            if self.entries.is_disposed() {
                return;
            }
            match answer {
                Ok(page) => {
                    self.failed.set(None);
                    self.next.set(page.next);
                    self.entries.update(|entries| {
                        if before.is_none() {
                            entries.clear();
                        }
                        entries.extend(page.entries);
                    });
                }
                Err(trouble) => self.failed.set(Some(trouble)),
            }
        });
    }

    /// `Edited, 2 minutes ago by Rui`, of the latest change.
    pub(super) fn latest(self, desk: Desk) -> Option<String> {
        let latest = self.entries.with(|entries| entries.first().cloned())?;
        let (what, when) = (
            happened(&latest.what),
            time::long_ago(latest.at, desk.minute.get()),
        );
        let values = [("what", &*what), ("when", &*when)];
        if is_me(&latest.by, desk) {
            return Some(text_with("history.latest_by_me", &values));
        }
        let who = who(&latest.by, desk);
        let [what, when] = values;
        Some(text_with("history.latest", &[what, when, ("who", &who)]))
    }

    /// Who published a version, if that was loaded.
    pub(super) fn publisher(self, version: u32, desk: Desk) -> Option<String> {
        self.entries.with(|entries| {
            let entry = entries
                .iter()
                .find(|entry| published(&entry.what) == Some(version))?;
            Some(who(&entry.by, desk))
        })
    }
}

/// The version that a change brought onto the pages.
fn published(what: &Happened) -> Option<u32> {
    match what {
        Happened::Published { version } => Some(*version),
        Happened::RolledBack { version, .. } | Happened::Ordered { version, .. } => *version,
        _ => None,
    }
}

/// What was done, as the beginning of a sentence.
fn happened(what: &Happened) -> String {
    let version = |version: &u32| version.to_string();
    match what {
        Happened::Created => text("history.created"),
        Happened::Cloned { from } => text_with("history.cloned", &[("from", from.as_str())]),
        Happened::Published { version: it } => {
            text_with("history.published", &[("version", &version(it))])
        }
        Happened::Paused => text("history.paused"),
        Happened::Resumed => text("history.resumed"),
        Happened::RolledBack { to, .. } => {
            text_with("history.rolled_back", &[("version", &version(to))])
        }
        Happened::Ordered { .. } => text("history.ordered"),
        Happened::Failed { reason } => text_with("history.failed", &[("reason", reason)]),
        // Whatever a newer server tells of has changed it.
        _ => text("history.edited"),
    }
}

/// Who changed the trigger, and when.
#[component]
pub(super) fn Changes() -> impl IntoView {
    let editor = use_editor();
    let desk = editor.desk;
    let history: History = expect_context();
    let line = move |entry: HistoryEntry| {
        let when = move || {
            let when = time::long_ago(entry.at, desk.minute.get());
            let by = who(&entry.by, desk);
            format!("{when} · {by}")
        };
        view! {
            <li class="change">
                <span class="change-what" dir="auto">{happened(&entry.what)}</span>
                <span class="change-when" dir="auto" title=time::full(entry.at)>{when}</span>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="history-title">
            <div class="card-head">
                <h2 class="card-title" id="history-title">{text("history.title")}</h2>
            </div>
            {move || {
                let nothing = history.entries.with(Vec::is_empty) && history.failed.with(Option::is_none);
                nothing.then(|| view! { <p class="card-words">{text("history.none")}</p> })
            }}
            <ul class="changes">
                {move || history.entries.get().into_iter().map(line).collect_view()}
            </ul>
            {move || history.failed.get().map(|trouble| view! {
                <p class="card-words" role="alert">
                    {trouble.sentence()} " "
                    <button class="link" on:click=move |_| history.load(editor, None)>
                        {text("action.try_again")}
                    </button>
                </p>
            })}
            {move || history.next.get().map(|next| view! {
                <button class="button quiet" on:click=move |_| history.load(editor, Some(next))>
                    {text("history.older")}
                </button>
            })}
        </section>
    }
}
