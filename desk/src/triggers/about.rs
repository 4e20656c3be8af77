//! What is known of a site: who greets, in which zone its clock is, and whether
//! it has opening hours.

use saluda_protocol::SiteKey;

use crate::form_text::Document;

/// The sender that the site is itself, unless it names another.
const DEFAULT: &str = "default";

/// What is known of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct About {
    pub(super) site: SiteKey,
    /// The senders by their ids, the site's own first.
    senders: Vec<(String, String)>,
    /// The zone of the opening hours. A site without any has none.
    pub(crate) zone: Option<String>,
}

impl About {
    /// Reads the answer to `GET …/settings`.
    pub(super) fn of(site: SiteKey, body: &str) -> Option<Self> {
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
