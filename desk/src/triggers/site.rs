//! What the editor of a trigger needs to know of its site: who greets, in which
//! zone its clock is, and whether it has opening hours.

use leptos::prelude::*;
use leptos::task::spawn_local;
use saluda_protocol::SiteKey;

use super::requests::{Remote, Trouble};
use crate::api::Ask;
use crate::form_text::Document;
use crate::state::Desk;

/// The sender that the site is itself, unless it names another.
const DEFAULT: &str = "default";

/// What is known of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct About {
    site: SiteKey,
    /// The senders by their ids, the site's own first.
    senders: Vec<(String, String)>,
    /// The zone of the opening hours. A site without any has none.
    pub(crate) zone: Option<String>,
}

impl About {
    /// Reads the answer to `GET …/settings`.
    fn of(site: SiteKey, body: &str) -> Option<Self> {
        let document = Document::of(body);
        let name = document.string("settings.name")?;
        let named = document
            .names("settings.senders")
            .into_iter()
            .filter_map(|id| {
                let name = document.string(&format!("settings.senders.{id}"))?;
                Some((id, name))
            });
        let mut senders: Vec<_> = named.collect();
        if !senders.iter().any(|(id, _)| id == DEFAULT) {
            senders.push((DEFAULT.to_owned(), name));
        }
        senders.sort_by_key(|(id, name)| (id != DEFAULT, name.to_lowercase()));
        Some(Self {
            site,
            senders,
            zone: document.string("settings.hours.zone"),
        })
    }

    /// The senders: their ids and their names.
    pub(crate) fn senders(&self) -> impl Iterator<Item = (&str, &str)> {
        self.senders.iter().map(|(id, name)| (&**id, &**name))
    }

    /// What a sender is called.
    pub(crate) fn sender(&self, id: &str) -> Option<&str> {
        let found = self.senders().find(|(known, _)| *known == id);
        found.map(|(_, name)| name)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn about(settings: &str) -> Option<About> {
        About::of(
            "shop".parse().unwrap(),
            &format!("{{ \"settings\": {settings} }}"),
        )
    }

    #[test]
    fn the_site_itself_is_a_sender_unless_it_names_one() {
        let site = about(
            r#"{ "name": "Alba", "senders": { "rui": "Rui", "lucia": "Lucía" }, "hours": null }"#,
        )
        .unwrap();
        let senders: Vec<_> = site.senders().collect();
        assert_eq!(
            senders,
            [("default", "Alba"), ("lucia", "Lucía"), ("rui", "Rui")]
        );
        assert_eq!(site.sender("nora"), None);
        assert_eq!(site.zone, None);

        let site = about(r#"{ "name": "Alba", "senders": { "default": "Team Alba" }, "hours": { "zone": "Europe/Lisbon" } }"#)
            .unwrap();
        assert_eq!(site.sender("default"), Some("Team Alba"));
        assert_eq!(site.zone.as_deref(), Some("Europe/Lisbon"));
        assert_eq!(about("3"), None);
    }
}
