//! Loading and saving what the owner of a site chose.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::agent::Role;

use super::state::{Outcome, Stage};
use crate::form_text::values;
use crate::keys;
use crate::state::Desk;
use crate::texts::{text, text_with};
use crate::triggers::lists::List;
use crate::triggers::requests::{Remote, Trouble};

impl Desk {
    /// Whether the agent's role lets them change what the owner chose. The server
    /// checks it again.
    pub(crate) fn may_administer(self) -> bool {
        let role = self.membership().map(|membership| membership.role);
        matches!(role, Some(Role::Administrator))
    }

    /// Loads the settings of the site that is watched, or loads them again. What
    /// is there stays until then, and what was typed after that too.
    pub(crate) fn load_settings(self) {
        let Some(remote) = self.remote() else { return };
        let settings = self.settings;
        settings.turn_to(&remote.site);
        spawn_local(async move {
            let answer = remote.settings().await;
            if self.is_elsewhere(&remote) {
                return;
            }
            match answer {
                Ok(saved) => settings.take(saved),
                Err(trouble) => {
                    self.look_at(&trouble);
                    // What is on the screen is better than nothing.
                    if settings.stage.with_untracked(|it| *it != Stage::Loaded) {
                        settings.stage.set(Stage::Failed(trouble));
                    }
                }
            }
        });
    }

    /// Saves what is typed.
    pub(crate) fn save_settings(self) {
        let Some(remote) = self.remote() else { return };
        let settings = self.settings;
        // What two have changed must be decided first.
        let asks_first = settings.clash.with_untracked(Option::is_some);
        let nothing = !untrack(|| settings.is_unsaved());
        if settings.busy.get_untracked() || asks_first || nothing {
            return;
        }
        settings.busy.set(true);
        settings.told.set(String::new());
        let form = settings.text.get_untracked();
        let revision = settings.saved.with_untracked(|saved| saved.revision);
        spawn_local(async move {
            let answer = remote.choose(form.clone(), revision).await;
            // Where the desk is gone, there is nobody to tell.
            if settings.busy.try_set(false).is_some() || self.is_elsewhere(&remote) {
                return;
            }
            match answer {
                Ok((saved, outcome)) => {
                    self.rename_site(&remote, &saved.text);
                    // What was typed while it was on its way is not saved yet.
                    if settings.text.with_untracked(|text| *text == form) {
                        settings.text.set(saved.text.clone());
                    }
                    settings.saved.set(saved);
                    settings.mistakes.set(Vec::new());
                    settings.told.set(text("settings.told_saved"));
                    if outcome != Outcome::default() {
                        focus(".settings-outcome");
                    }
                    // What is listed may be in error now.
                    let is_listed = |list: &List| !list.all().is_empty();
                    if !outcome.stopped.is_empty() && untrack(|| self.with_list(is_listed)) {
                        self.load_triggers();
                    }
                    settings.outcome.set(outcome);
                }
                Err(trouble) => self.settings_not_saved(&remote, trouble).await,
            }
        });
    }

    async fn settings_not_saved(self, remote: &Remote, trouble: Trouble) {
        self.look_at(&trouble);
        let settings = self.settings;
        match trouble {
            Trouble::Mistakes(mistakes) => {
                settings.mistakes.set(mistakes);
                focus(".settings-mistakes-title");
            }
            Trouble::Stale => match remote.settings().await {
                Ok(theirs) => {
                    if self.is_elsewhere(remote) {
                        return;
                    }
                    if settings.meet(theirs) {
                        settings.told.set(String::new());
                        self.notice.set(Some(text("settings.joined")));
                    } else {
                        focus(".conflict-title");
                    }
                }
                Err(trouble) => self.settings_failed(&trouble),
            },
            trouble => self.settings_failed(&trouble),
        }
    }

    fn settings_failed(self, trouble: &Trouble) {
        let why = trouble.sentence();
        let sentence = text_with("settings.not_saved", &[("why", &why)]);
        self.notice.set(Some(sentence));
    }

    /// The name of a site stands in more places than its settings.
    fn rename_site(self, remote: &Remote, form: &str) {
        let Some(name) = values::words(form, "name") else {
            return;
        };
        self.sites.update(|sites| {
            let sites = sites.iter_mut().flatten();
            for membership in sites.filter(|it| it.key == remote.site) {
                membership.name.clone_from(&name);
            }
        });
    }

    /// Whether another site is shown by now, or none.
    fn is_elsewhere(self, remote: &Remote) -> bool {
        let shown = self.settings.site.try_get_untracked().flatten();
        shown.as_ref() != Some(&remote.site)
    }
}

fn focus(selector: &'static str) {
    request_animation_frame(move || {
        keys::focus(selector);
    });
}
