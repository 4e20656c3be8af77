//! Going back to what was published before, after a question.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::studio::{TriggerRow, TriggerStatus};

use super::super::dialog::Dialog;
use super::super::verbs::focus_title;
use super::state::{Editor, Known, use_editor};
use crate::keys;
use crate::texts::{text, text_with};

/// Offers to go back to a version, where that would change something.
#[component]
pub(super) fn GoBack(version: u32, asks: RwSignal<bool>) -> impl IntoView {
    let editor = use_editor();
    let offered = Memo::new(move |_| editor.desk.may_write() && editor.differs_from(version));
    move || {
        offered.get().then(|| {
            view! {
                <button
                    class="link version-take"
                    data-goes-back=version
                    aria-disabled=move || editor.busy.get().to_string()
                    on:click=move |_| if !editor.busy.get_untracked() { asks.set(true) }
                >
                    {text("rollback.do")}
                </button>
            }
        })
    }
}

/// Asks, and says what would happen.
#[component]
pub(super) fn Question(version: u32, asks: RwSignal<bool>) -> impl IntoView {
    let editor = use_editor();
    let row = untrack(|| editor.row());
    let mut effects = vec![match &row {
        Some(row) if row.status == TriggerStatus::Live => {
            let next = row.version.unwrap_or_default() + 1;
            text_with("rollback.live", &[("next", &next.to_string())])
        }
        _ => text("rollback.draft"),
    }];
    if row.is_some_and(|row| row.edited) {
        effects.push(text("rollback.replaced"));
    }
    if editor.is_unsaved_untracked() {
        effects.push(text("rollback.aside"));
    }
    let close = move || {
        asks.set(false);
        request_animation_frame(move || {
            if !keys::focus(&format!("[data-goes-back='{version}']")) {
                focus_title();
            }
        });
    };
    let go = move |_| {
        close();
        editor.roll_back(version);
    };
    view! {
        <Dialog labelled="rollback-title" close=Callback::new(move |()| close())>
            <h2 class="dialog-title" id="rollback-title">
                {text_with("rollback.title", &[("version", &version.to_string())])}
            </h2>
            {effects.into_iter().map(|effect| view! { <p>{effect}</p> }).collect_view()}
            <div class="dialog-actions">
                <button class="button" autofocus on:click=move |_| close()>{text("action.cancel")}</button>
                <button class="button primary" on:click=go>{text("rollback.sure")}</button>
            </div>
        </Dialog>
    }
}

impl Editor {
    /// The trigger as the list shows it.
    fn row(self) -> Option<TriggerRow> {
        self.known.with(|known| match known {
            Known::Saved(detail) => Some(detail.row.clone()),
            _ => None,
        })
    }

    /// Whether the trigger says something else than in this version.
    fn differs_from(self, version: u32) -> bool {
        self.row()
            .is_some_and(|row| row.version != Some(version) || row.edited)
    }

    /// Lets the trigger say again what it said in a version. What is typed is
    /// put aside.
    fn roll_back(self, version: u32) {
        let revision = self.saved.with_untracked(|saved| saved.revision);
        let asks_first = self.theirs.with_untracked(Option::is_some);
        let known = (self.desk.remote(), self.id.get_value(), revision);
        let (Some(remote), Some(id), Some(revision)) = known else {
            return;
        };
        if self.busy.get_untracked() || asks_first {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = remote.roll_back(&id, version, revision).await;
            if self.is_gone() {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(detail) => {
                    let number = version.to_string();
                    let number = [("version", number.as_str())];
                    self.desk.studio.told.set(match detail.row.status {
                        TriggerStatus::Live => text_with("rollback.told_live", &number),
                        _ => text_with("rollback.told_draft", &number),
                    });
                    let form = detail.form.clone();
                    self.replace(form.clone());
                    self.keep(detail, form);
                    self.published.update(|count| *count += 1);
                }
                Err(trouble) => self.not_done(&remote, trouble).await,
            }
        });
    }
}
