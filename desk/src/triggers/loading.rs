//! Loads the lists of triggers.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::SiteKey;
use saluda_protocol::studio::TriggerRow;

use super::lists::{List, Stage};
use super::requests::{Remote, Trouble};
use crate::state::Desk;

impl Desk {
    /// Loads what is listed, or loads it again. What is there stays until then.
    pub(crate) fn load_triggers(self) {
        // A site is given its drafts by who looks at it, not in passing.
        let passing = untrack(|| self.is_across());
        for site in untrack(|| self.listed_sites()) {
            self.load_list(&site.key, passing);
        }
    }

    fn load_list(self, site: &SiteKey, passing: bool) {
        let lists = self.studio.lists;
        lists.update(|lists| lists.at(site).ask());
        let (generation, first) = lists.with_untracked(|lists| {
            let list = lists.of(site).cloned().unwrap_or_default();
            // Whoever has deleted the last one wants none.
            (list.generation, !matches!(list.stage, Stage::Loaded(_)))
        });
        let begins = first && !passing && untrack(|| self.may_write_at(site));
        let remote = self.remote_of(site.clone());
        spawn_local(async move {
            let mut answer = remote.list().await;
            if begins && answer.as_ref().is_ok_and(Vec::is_empty) {
                answer = self.begin_with_starters(&remote).await;
            }
            if let Err(trouble) = &answer {
                self.look_at(trouble);
            }
            lists.update(|lists| lists.at(&remote.site).listed(generation, answer));
        });
    }

    /// Changes the list of a site.
    pub(in crate::triggers) fn change_list<T>(
        self,
        site: &SiteKey,
        change: impl FnOnce(&mut List) -> T,
    ) -> Option<T> {
        let lists = self.studio.lists;
        lists.try_update(|lists| change(lists.at(site)))
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
}
