//! Asks what the editor of a trigger needs to know of its site.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::about::About;
use super::requests::{Remote, Trouble};
use crate::api::Ask;
use crate::state::Desk;

impl Remote {
    /// What the owner of the site chose, as far as the editor needs it.
    async fn about(&self) -> Result<Option<About>, Trouble> {
        let path = format!("/api/sites/{}/settings", self.site);
        let answer = self.done(Ask::get(path)).await?;
        Ok(About::of(self.site.clone(), &answer.body))
    }
}

impl Desk {
    /// Reads about the site that is watched. What was known of it stays until
    /// then; of another one, nothing does.
    pub(crate) fn read_about(self) {
        let Some(remote) = self.remote() else { return };
        let (about, failed) = (self.studio.about, self.studio.about_failed);
        about.update(|about| {
            if about.as_ref().is_some_and(|it| it.site != remote.site) {
                *about = None;
            }
        });
        failed.set(false);
        spawn_local(async move {
            let answer = remote.about().await;
            if let Err(trouble) = &answer {
                self.look_at(trouble);
            }
            match answer.ok().flatten() {
                Some(found) => about.set(Some(found)),
                None => failed.set(about.with_untracked(Option::is_none)),
            }
        });
    }
}
