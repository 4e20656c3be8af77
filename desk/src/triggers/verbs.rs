//! What an administrator does with triggers as a whole.

use std::cmp::Ordering;

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::studio::{TriggerRow, TriggerStatus};
use saluda_protocol::{ErrorCode, SiteKey, TriggerId, limits};

use super::actions::Action;
use super::depend;
use super::lists::{List, Which};
use super::requests::{Detail, Remote, Trouble, Verb};
use super::state::Question;
use crate::api::Expected;
use crate::form_text;
use crate::keys;
use crate::route::{self, Place};
use crate::state::{Desk, Ending};
use crate::texts::text_with;

/// How many ids are tried for a new trigger.
const TRIES: u32 = 50;

impl Desk {
    /// Does what was chosen from the menu of a row.
    pub(crate) fn choose(self, site: &SiteKey, row: &TriggerRow, action: Action) {
        match action {
            Action::Edit => route::go_at(&Place::Trigger(row.id.clone()), site),
            Action::Do(verb) => self.act(site, row, verb),
            Action::Update => self.act(site, row, Verb::Publish),
            Action::Clone => self.clone_trigger(site, row),
            Action::Move(step) => self.step_trigger(&row.id, step),
            Action::Delete => {
                let (site, row) = (site.clone(), row.clone());
                self.studio.asked.set(Some(Question::Delete { site, row }));
            }
        }
    }

    /// Publishes, pauses or resumes a trigger. The list shows it at once, and
    /// as it was when it could not be done.
    fn act(self, site: &SiteKey, row: &TriggerRow, verb: Verb) {
        let Some(remote) = self.begin(site, &row.id) else {
            return;
        };
        let status = match verb {
            Verb::Publish | Verb::Resume => TriggerStatus::Live,
            Verb::Pause => TriggerStatus::Paused,
        };
        let before = self.change_list(site, |list| list.foresee(&row.id, status));
        let row = before.flatten().unwrap_or_else(|| row.clone());
        spawn_local(async move {
            let answer = remote.act(&row.id, verb, row.revision).await;
            self.end_with(&remote.site, &row.id);
            match answer {
                Ok(done) => {
                    self.tell(&done.row, verb);
                    self.change_list(&remote.site, |list| list.put(done.row));
                }
                Err(trouble) => {
                    self.change_list(&remote.site, |list| list.put(row.clone()));
                    self.not_done(remote.site, row, trouble);
                }
            }
        });
    }

    /// Makes a draft that says the same, under another name and id.
    fn clone_trigger(self, site: &SiteKey, row: &TriggerRow) {
        let Some(remote) = self.begin(site, &row.id) else {
            return;
        };
        let row = row.clone();
        spawn_local(async move {
            let answer = remote.copy(&row.id, &copy_name(&row.name)).await;
            self.end_with(&remote.site, &row.id);
            match answer {
                Ok(made) => {
                    let told = text_with("triggers.told_cloned", &[("name", &made.row.name)]);
                    self.studio.told.set(told);
                    let id = made.row.id.clone();
                    self.change_list(&remote.site, |list| list.put(made.row));
                    if self.place.with_untracked(Place::is_list) {
                        let site = remote.site;
                        focus_row(&Which { site, id });
                    } else {
                        route::go_at(&Place::Trigger(id), &remote.site);
                    }
                }
                Err(trouble) => self.not_done(remote.site, row, trouble),
            }
        });
    }

    /// Deletes a trigger for good. The focus goes to the one that takes its
    /// place.
    pub(crate) fn delete_trigger(self, site: &SiteKey, row: &TriggerRow) {
        let Some(remote) = self.begin(site, &row.id) else {
            return;
        };
        let row = row.clone();
        spawn_local(async move {
            let answer = remote.delete(&row.id, row.revision).await;
            self.end_with(&remote.site, &row.id);
            // Whoever deleted it before us has done what was wanted.
            let answer = match answer {
                Err(trouble) if trouble.is(ErrorCode::NotFound) => Ok(()),
                answer => answer,
            };
            match answer {
                Ok(()) => {
                    let next = self.next_to(&remote.site, &row.id);
                    self.studio.drafts.update(|drafts| {
                        drafts.remove(&(remote.site.clone(), Some(row.id.clone())));
                    });
                    self.change_list(&remote.site, |list| list.remove(&row.id));
                    let told = text_with("triggers.told_deleted", &[("name", &row.name)]);
                    self.studio.told.set(told);
                    if self.place.with_untracked(Place::is_list) {
                        match next {
                            Some(next) => focus_row(&next),
                            None => focus_title(),
                        }
                    } else {
                        route::go(&self.studio.list.get_value());
                    }
                    // Those that needed it are in error now.
                    self.load_triggers();
                }
                Err(trouble) => self.not_done(remote.site, row, trouble),
            }
        });
    }

    /// The live triggers whose rules count what this one did.
    pub(crate) async fn dependent(self, which: Which) -> Result<Vec<String>, Trouble> {
        let Which { site, id } = which;
        let live = self.studio.lists.with_untracked(|lists| {
            let all = lists.of(&site).map_or(&[][..], List::all);
            let others = all.iter().filter(|row| row.id != id);
            let live = others.filter(|row| row.status == TriggerStatus::Live);
            live.map(|row| (row.id.clone(), row.name.clone()))
                .collect::<Vec<_>>()
        });
        let remote = self.remote_of(site);
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
    fn begin(self, site: &SiteKey, id: &TriggerId) -> Option<Remote> {
        let (site, id) = (site.clone(), id.clone());
        let remote = self.remote_of(site.clone());
        let begun = self
            .studio
            .busy
            .try_update(|busy| busy.insert(Which { site, id }))?;
        begun.then_some(remote)
    }

    fn end_with(self, site: &SiteKey, id: &TriggerId) {
        let (site, id) = (site.clone(), id.clone());
        self.studio.busy.update(|busy| {
            busy.remove(&Which { site, id });
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

    fn not_done(self, site: SiteKey, row: TriggerRow, trouble: Trouble) {
        self.look_at(&trouble);
        let name = [("name", row.name.as_str())];
        match trouble {
            Trouble::Mistakes(mistakes) => {
                self.studio.asked.set(Some(Question::Mend {
                    site,
                    row,
                    mistakes,
                }));
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
    fn next_to(self, site: &SiteKey, id: &TriggerId) -> Option<Which> {
        let order = self.studio.order.get_untracked();
        let shown = untrack(|| self.with_entries(|entries| order.of(entries)));
        let is_it = |which: &Which| which.site == *site && which.id == *id;
        let at = shown.iter().position(is_it)?;
        let next = match (at + 1).cmp(&shown.len()) {
            Ordering::Less => at + 1,
            _ => at.checked_sub(1)?,
        };
        shown.get(next).cloned()
    }
}

/// Puts the focus on a row once it is drawn.
pub(crate) fn focus_row(Which { site, id }: &Which) {
    let selector = format!("[data-site='{site}'] [data-trigger='{id}']");
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
