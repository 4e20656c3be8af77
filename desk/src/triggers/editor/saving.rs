//! Saving, publishing, pausing and resuming from the editor.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::studio::Mistake;
use saluda_protocol::{ErrorCode, TriggerId};
use serde::Deserialize;

use super::super::requests::{Detail, Remote, Trouble, Verb};
use super::super::verbs::save_as_new;
use super::state::{Editor, Known};
use crate::api::Expected;
use crate::form_text;
use crate::keys;
use crate::route::{self, Place};
use crate::texts::{text, text_with};

/// What names a new trigger.
#[derive(Deserialize)]
struct Named {
    id: Option<String>,
    name: Option<String>,
}

impl Editor {
    /// Saves what is typed as the draft.
    pub(super) fn save(self) {
        self.run(None);
    }

    /// Does it to the trigger, after what is typed was saved if it matters.
    pub(super) fn act(self, verb: Verb) {
        self.run(Some(verb));
    }

    fn run(self, verb: Option<Verb>) {
        let Some(remote) = self.desk.remote() else {
            return;
        };
        // What is there must be looked at first.
        let asks_first = self.theirs.with_untracked(Option::is_some);
        if self.busy.get_untracked() || asks_first {
            return;
        }
        let new = self
            .known
            .with_untracked(|known| matches!(known, Known::New));
        // Pausing takes what is live off the pages; what is typed has time.
        let saves =
            new || (self.is_unsaved_untracked() && matches!(verb, None | Some(Verb::Publish)));
        self.busy.set(true);
        spawn_local(async move {
            let done = self.carry_out(&remote, saves, verb).await;
            if self.is_gone() {
                return;
            }
            self.busy.set(false);
            match done {
                Ok(()) => self.told(new, saves, verb),
                Err(trouble) => self.not_done(&remote, trouble).await,
            }
        });
    }

    async fn carry_out(
        self,
        remote: &Remote,
        saves: bool,
        verb: Option<Verb>,
    ) -> Result<(), Trouble> {
        let mut moved = None;
        if saves {
            let typed = self.text.get_untracked();
            let detail = self.put(remote, &typed).await?;
            if self.is_gone() {
                return Ok(());
            }
            self.mistakes.set(Vec::new());
            if self.id.get_value().is_none() {
                moved = Some(detail.row.id.clone());
            }
            // What is typed stays as it is typed: it says the same.
            self.keep(detail, typed);
        }
        let acted = self.act_on(remote, moved.as_ref(), verb).await;
        if let Some(id) = moved {
            // Where it failed, its own page says so when asked again.
            if let Err(trouble) = &acted {
                self.desk.notice.set(Some(trouble.sentence()));
            }
            route::replace(&Place::Trigger(id));
            return Ok(());
        }
        acted
    }

    async fn act_on(
        self,
        remote: &Remote,
        moved: Option<&TriggerId>,
        verb: Option<Verb>,
    ) -> Result<(), Trouble> {
        let id = moved.cloned().or_else(|| self.id.get_value());
        let revision = self.saved.with_untracked(|saved| saved.revision);
        let (Some(verb), Some(id), Some(revision)) = (verb, id, revision) else {
            return Ok(());
        };
        let detail = remote.act(&id, verb, revision).await?;
        if !self.is_gone() {
            let text = self.saved.with_untracked(|saved| saved.text.clone());
            self.mistakes.set(Vec::new());
            self.keep(detail, text);
            self.published.update(|count| *count += 1);
        }
        Ok(())
    }

    async fn put(self, remote: &Remote, typed: &str) -> Result<Detail, Trouble> {
        if let Some(id) = self.id.get_value() {
            let revision = self.saved.with_untracked(|saved| saved.revision);
            let expected = revision.map_or(Expected::Any, Expected::Revision);
            return remote.save(&id, expected, typed.to_owned()).await;
        }
        let named: Named = serde_json::from_str(typed).unwrap_or(Named {
            id: None,
            name: None,
        });
        let given = named.id.and_then(|id| id.parse::<TriggerId>().ok());
        if let Some(id) = given {
            // An id that was given means this one and no other.
            return match remote.save(&id, Expected::Nothing, typed.to_owned()).await {
                Err(Trouble::Stale) => Err(Trouble::Mistakes(vec![taken(&id)])),
                other => other,
            };
        }
        let id = named
            .name
            .and_then(|name| TriggerId::from_name(&name))
            .unwrap_or_else(|| TriggerId::trusted("trigger".to_owned()));
        save_as_new(remote, &id, typed).await
    }

    fn told(self, new: bool, saved: bool, verb: Option<Verb>) {
        let told = match verb {
            Some(Verb::Publish) => text("editor.told_published"),
            Some(Verb::Pause) => text("editor.told_paused"),
            Some(Verb::Resume) => text("editor.told_resumed"),
            None if saved || new => text("editor.told_saved"),
            None => text("editor.told_nothing"),
        };
        self.desk.studio.told.set(told);
    }

    pub(super) async fn not_done(self, remote: &Remote, trouble: Trouble) {
        self.desk.look_at(&trouble);
        match trouble {
            Trouble::Mistakes(mistakes) => {
                self.mistakes.set(mistakes);
                request_animation_frame(|| {
                    keys::focus(".editor-mistakes-title");
                });
            }
            Trouble::Stale => self.meet(remote).await,
            trouble if trouble.is(ErrorCode::Conflict) => self.meet(remote).await,
            trouble => self.desk.notice.set(Some(text_with(
                "editor.not_done",
                &[("why", &trouble.sentence())],
            ))),
        }
    }

    /// Looks at what someone else has done. If the form is the same, only its
    /// state is another; if not, both are shown.
    async fn meet(self, remote: &Remote) {
        let Some(id) = self.id.get_value() else {
            return;
        };
        let answer = remote.one(&id).await;
        if self.is_gone() {
            return;
        }
        match answer {
            Ok(detail) => {
                let before = self.known.with_untracked(|known| match known {
                    Known::Saved(known) => Some(known.form.clone()),
                    _ => None,
                });
                if before.as_ref() == Some(&detail.form) {
                    let saved = self.saved.with_untracked(|saved| saved.text.clone());
                    self.keep(detail, saved);
                    self.published.update(|count| *count += 1);
                    self.desk.notice.set(Some(text("editor.state_changed")));
                } else {
                    self.theirs.set(Some(detail));
                    request_animation_frame(|| {
                        keys::focus(".conflict-title");
                    });
                }
            }
            Err(trouble) => {
                // Deleted, most likely. What is typed stays on the screen.
                let why = trouble.sentence();
                self.desk
                    .notice
                    .set(Some(text_with("editor.not_done", &[("why", &why)])));
            }
        }
    }

    /// Goes on with what is typed: the next save takes the place of theirs.
    pub(super) fn go_on_with_mine(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.theirs.set(None);
            let text = theirs.form.clone();
            self.keep(theirs, text);
            self.focus_form();
        }
    }

    /// Takes what someone else has saved. What is typed is put aside.
    pub(super) fn take_theirs(self) {
        if let Some(theirs) = self.theirs.get_untracked() {
            self.theirs.set(None);
            let text = theirs.form.clone();
            self.aside.set(Some(self.text.get_untracked()));
            self.mistakes.set(Vec::new());
            self.text.set(text.clone());
            self.keep(theirs, text);
            self.focus_form();
        }
    }

    /// Where the text stops being JSON, in the words of the line below it.
    pub(super) fn broken(self) -> Option<(usize, usize)> {
        self.text.with(|text| form_text::broken_at(text))
    }

    fn focus_form(self) {
        request_animation_frame(move || {
            if !self.is_gone()
                && let Some(field) = self.field.get_untracked()
            {
                // Fails only for a field that is gone.
                let _ = field.focus();
            }
        });
    }
}

/// No kind of the server's: the sentence is the desk's own, in the agent's
/// language already.
fn taken(id: &TriggerId) -> Mistake {
    Mistake {
        path: "id".to_owned(),
        kind: "id_taken".to_owned(),
        message: text_with("editor.taken", &[("id", id.as_str())]),
    }
}
