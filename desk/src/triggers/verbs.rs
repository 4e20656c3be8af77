//! What an administrator does with triggers as a whole.

use std::cmp::Ordering;

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::agent::Role;
use saluda_protocol::studio::{TriggerRow, TriggerStatus};
use saluda_protocol::{ErrorCode, TriggerId, limits};

use super::actions::Action;
use super::depend;
use super::requests::{Detail, Remote, Trouble, Verb};
use super::state::{Question, Stage};
use crate::api::Expected;
use crate::form_text;
use crate::keys;
use crate::route::{self, Place};
use crate::state::{Desk, Ending};
use crate::texts::text_with;

/// How many ids are tried for a new trigger.
const TRIES: u32 = 50;

impl Desk {
    /// The triggers of the site that is watched, on the server.
    pub(crate) fn remote(self) -> Option<Remote> {
        let site = untrack(|| self.membership())?.key;
        let errand = self.errand.get_value();
        Some(Remote { errand, site })
    }

    /// Whether the agent's role on the site lets them write triggers. The server
    /// checks it again.
    pub(crate) fn may_write(self) -> bool {
        let role = self.membership().map(|membership| membership.role);
        matches!(role, Some(Role::Administrator | Role::TriggerEditor))
    }

    /// Loads the list, or loads it again. What is there stays until then.
    pub(crate) fn load_triggers(self) {
        let Some(remote) = self.remote() else { return };
        let rows = self.studio.rows;
        rows.update(|rows| rows.turn_to(&remote.site));
        let generation = rows.with_untracked(|rows| rows.generation);
        // Whoever has deleted the last one wants none.
        let first = rows.with_untracked(|rows| !matches!(rows.stage, Stage::Loaded(_)));
        let begins = first && untrack(|| self.may_write());
        spawn_local(async move {
            let mut answer = remote.list().await;
            if begins && answer.as_ref().is_ok_and(Vec::is_empty) {
                answer = self.begin_with_starters(&remote).await;
            }
            if let Err(trouble) = &answer {
                self.look_at(trouble);
            }
            rows.update(|rows| rows.listed(generation, answer));
        });
    }

    /// What a site without triggers has once it was given those it begins with.
    async fn begin_with_starters(self, remote: &Remote) -> Result<Vec<TriggerRow>, Trouble> {
        match remote.starters().await {
            Ok(given) if !given.is_empty() => {
                self.studio.begun.set(Some(remote.site.clone()));
                Ok(given)
            }
            // It had them before: long ago, or a moment ago in another window.
            _ => remote.list().await,
        }
    }

    /// Does what was chosen from the menu of a row.
    pub(crate) fn choose(self, row: &TriggerRow, action: Action) {
        match action {
            Action::Edit => route::go(&Place::Trigger(row.id.clone())),
            Action::Do(verb) => self.act(row, verb),
            Action::Update => self.act(row, Verb::Publish),
            Action::Clone => self.clone_trigger(row),
            Action::Move(step) => self.step_trigger(&row.id, step),
            Action::Delete => self.studio.asked.set(Some(Question::Delete(row.clone()))),
        }
    }

    /// Publishes, pauses or resumes a trigger. The list shows it at once, and
    /// as it was when it could not be done.
    fn act(self, row: &TriggerRow, verb: Verb) {
        let Some(remote) = self.begin(&row.id) else {
            return;
        };
        let rows = self.studio.rows;
        let status = match verb {
            Verb::Publish | Verb::Resume => TriggerStatus::Live,
            Verb::Pause => TriggerStatus::Paused,
        };
        let before = rows.try_update(|rows| rows.foresee(&row.id, status));
        let row = before.flatten().unwrap_or_else(|| row.clone());
        spawn_local(async move {
            let answer = remote.act(&row.id, verb, row.revision).await;
            self.end_with(&row.id);
            match answer {
                Ok(done) => {
                    self.tell(&done.row, verb);
                    rows.update(|rows| rows.put(done.row));
                }
                Err(trouble) => {
                    rows.update(|rows| rows.put(row.clone()));
                    self.not_done(row, trouble);
                }
            }
        });
    }

    /// Makes a draft that says the same, under another name and id.
    fn clone_trigger(self, row: &TriggerRow) {
        let Some(remote) = self.begin(&row.id) else {
            return;
        };
        let row = row.clone();
        spawn_local(async move {
            let answer = remote.copy(&row.id, &copy_name(&row.name)).await;
            self.end_with(&row.id);
            match answer {
                Ok(made) => {
                    let told = text_with("triggers.told_cloned", &[("name", &made.row.name)]);
                    self.studio.told.set(told);
                    let id = made.row.id.clone();
                    self.studio.rows.update(|rows| rows.put(made.row));
                    if self.place.with_untracked(|place| *place == Place::Triggers) {
                        focus_row(&id);
                    } else {
                        route::go(&Place::Trigger(id));
                    }
                }
                Err(trouble) => self.not_done(row, trouble),
            }
        });
    }

    /// Deletes a trigger for good. The focus goes to the one that takes its
    /// place.
    pub(crate) fn delete_trigger(self, row: &TriggerRow) {
        let Some(remote) = self.begin(&row.id) else {
            return;
        };
        let row = row.clone();
        spawn_local(async move {
            let answer = remote.delete(&row.id, row.revision).await;
            self.end_with(&row.id);
            // Whoever deleted it before us has done what was wanted.
            let answer = match answer {
                Err(trouble) if trouble.is(ErrorCode::NotFound) => Ok(()),
                answer => answer,
            };
            match answer {
                Ok(()) => {
                    let next = self.next_to(&row.id);
                    self.studio.drafts.update(|drafts| {
                        drafts.remove(&(remote.site.clone(), Some(row.id.clone())));
                    });
                    self.studio.rows.update(|rows| rows.remove(&row.id));
                    let told = text_with("triggers.told_deleted", &[("name", &row.name)]);
                    self.studio.told.set(told);
                    if self.place.with_untracked(|place| *place == Place::Triggers) {
                        match next {
                            Some(next) => focus_row(&next),
                            None => focus_title(),
                        }
                    } else {
                        route::go(&Place::Triggers);
                    }
                    // Those that needed it are in error now.
                    self.load_triggers();
                }
                Err(trouble) => self.not_done(row, trouble),
            }
        });
    }

    /// The live triggers whose rules count what this one did.
    pub(crate) async fn dependent(self, id: TriggerId) -> Result<Vec<String>, Trouble> {
        let Some(remote) = self.remote() else {
            return Ok(Vec::new());
        };
        let live = self.studio.rows.with_untracked(|rows| {
            let others = rows.all().iter().filter(|row| row.id != id);
            let live = others.filter(|row| row.status == TriggerStatus::Live);
            live.map(|row| (row.id.clone(), row.name.clone()))
                .collect::<Vec<_>>()
        });
        let mut dependent = Vec::new();
        for (other, name) in live {
            // What is published counts, not what was edited since.
            let versions = remote.versions(&other, None, 1).await?;
            let mut published = versions.versions.iter();
            if published.any(|it| depend::needs(&it.form, &id)) {
                dependent.push(name);
            }
        }
        Ok(dependent)
    }

    /// Something is about to be done with a trigger; nothing else is.
    fn begin(self, id: &TriggerId) -> Option<Remote> {
        let remote = self.remote()?;
        let begun = self
            .studio
            .busy
            .try_update(|busy| busy.insert(id.clone()))?;
        begun.then_some(remote)
    }

    fn end_with(self, id: &TriggerId) {
        self.studio.busy.update(|busy| {
            busy.remove(id);
        });
    }

    fn tell(self, row: &TriggerRow, verb: Verb) {
        let name = [("name", row.name.as_str())];
        self.studio.told.set(match verb {
            Verb::Publish => text_with("triggers.told_published", &name),
            Verb::Pause => text_with("triggers.told_paused", &name),
            Verb::Resume => text_with("triggers.told_resumed", &name),
        });
    }

    fn not_done(self, row: TriggerRow, trouble: Trouble) {
        self.look_at(&trouble);
        let name = [("name", row.name.as_str())];
        match trouble {
            Trouble::Mistakes(mistakes) => {
                let question = Question::Mend { row, mistakes };
                self.studio.asked.set(Some(question));
            }
            Trouble::Stale => {
                self.notice.set(Some(text_with("triggers.stale", &name)));
                self.load_triggers();
            }
            trouble if trouble.is(ErrorCode::Conflict) || trouble.is(ErrorCode::NotFound) => {
                self.notice.set(Some(text_with("triggers.stale", &name)));
                self.load_triggers();
            }
            trouble => {
                let why = trouble.sentence();
                let values = [name[0], ("why", why.as_str())];
                self.notice
                    .set(Some(text_with("triggers.not_done", &values)));
            }
        }
    }

    /// A session that ended is the whole desk's business.
    pub(crate) fn look_at(self, trouble: &Trouble) {
        if trouble.is(ErrorCode::Unauthorized) {
            self.end.try_run(Ending::SessionEnded);
        }
    }

    /// Whether something was typed and not saved.
    pub(crate) fn has_unsaved(self) -> bool {
        self.studio
            .drafts
            .with_untracked(|drafts| !drafts.is_empty())
    }

    /// The trigger below this one in the list, else the one above.
    fn next_to(self, id: &TriggerId) -> Option<TriggerId> {
        let order = self.studio.order.get_untracked();
        self.studio.rows.with_untracked(|rows| {
            let shown = order.of(rows.all());
            let at = shown.iter().position(|row| row.id == *id)?;
            let next = match (at + 1).cmp(&shown.len()) {
                Ordering::Less => at + 1,
                _ => at.checked_sub(1)?,
            };
            shown.get(next).map(|row| row.id.clone())
        })
    }
}

/// Puts the focus on a row once it is drawn.
pub(crate) fn focus_row(id: &TriggerId) {
    let selector = format!("[data-trigger='{id}']");
    request_animation_frame(move || {
        if !keys::focus(&selector) {
            keys::focus(".studio-title");
        }
    });
}

/// Puts the focus on the page's title once it is drawn.
pub(crate) fn focus_title() {
    request_animation_frame(|| {
        keys::focus(".studio-title");
    });
}

/// Saves a new trigger under the first free id that begins like `id`.
pub(crate) async fn save_as_new(
    remote: &Remote,
    id: &TriggerId,
    form: &str,
) -> Result<Detail, Trouble> {
    let mut last = Trouble::Stale;
    for number in 1..=TRIES {
        let id = numbered(id, number);
        // Where the form names itself, it is named anew.
        let named = form_text::replace(form, "id", &form_text::quote(id.as_str()));
        let json = named.unwrap_or_else(|| form.to_owned());
        match remote.save(&id, Expected::Nothing, json).await {
            Err(Trouble::Stale) => last = Trouble::Stale,
            other => return other,
        }
    }
    Err(last)
}

/// `Pricing help (copy)`, as long as a name may be.
fn copy_name(name: &str) -> String {
    let around = text_with("triggers.copy_name", &[("name", "")])
        .chars()
        .count();
    let room = limits::TRIGGER_NAME_CHARS.saturating_sub(around);
    let kept: String = name.chars().take(room).collect();
    text_with("triggers.copy_name", &[("name", kept.trim_end())])
}

/// `help`, `help-2`, `help-3`, …
fn numbered(id: &TriggerId, number: u32) -> TriggerId {
    if number < 2 {
        return id.clone();
    }
    let end = format!("-{number}");
    let kept: String = id.as_str().chars().take(60 - end.len()).collect();
    TriggerId::trusted(kept + &end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_a_name_that_may_be() {
        assert_eq!(copy_name("Help"), "Help (copy)");
        let long = copy_name(&"é".repeat(100));
        assert_eq!(long.chars().count(), limits::TRIGGER_NAME_CHARS);
        assert!(long.ends_with("é (copy)"));
    }

    #[test]
    fn an_id_that_is_taken_gets_a_number() {
        let id = |text: &str| text.parse::<TriggerId>().unwrap();
        assert_eq!(numbered(&id("help"), 1), id("help"));
        assert_eq!(numbered(&id("help"), 12), id("help-12"));
        let long = numbered(&id(&"a".repeat(60)), 2);
        assert_eq!(long.as_str().parse(), Ok(long.clone()), "still an id");
    }
}
