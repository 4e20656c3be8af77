//! How a site looks, for a preview of its greetings.

use super::{Remote, Trouble};
use crate::api::Ask;
use crate::form_text;

/// What a preview needs to know of the site. The config stays as it
/// came: it is handed on to the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    /// What pages are told of it, without its rules.
    pub(crate) config: String,
    pub(crate) name: String,
    /// Who greets, by the id that triggers use.
    pub(crate) senders: Vec<(String, String)>,
}

impl Site {
    /// Reads the config, and the settings that have the senders.
    fn read(config: &str, settings: &str) -> Option<Self> {
        let kept = ["name", "look", "reply_within_ms", "email", "modules"];
        let fields = kept.iter().map(|field| {
            let value = form_text::value(config, field)?;
            Some(format!("\"{field}\":{value}"))
        });
        let fields = fields.collect::<Option<Vec<_>>>()?;
        let senders = form_text::value(settings, "settings.senders").unwrap_or("{}");
        let senders = form_text::fields(senders).into_iter();
        Some(Self {
            config: format!("{{{}}}", fields.join(",")),
            name: form_text::words(config, "name")?,
            senders: senders
                .filter_map(|(id, name)| Some((id, form_text::words(name, "")?)))
                .collect(),
        })
    }
}

impl Remote {
    /// What a preview needs to know of the site.
    pub(crate) async fn site(&self) -> Result<Site, Trouble> {
        let path = |what: &str| format!("/api/sites/{}/{what}", self.site);
        let config = self.done(Ask::get(path("config"))).await?.body;
        let settings = self.done(Ask::get(path("settings"))).await?.body;
        Site::read(&config, &settings).ok_or(Trouble::Unreachable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_site_is_kept_what_the_widget_asks_for() {
        let config = r##"{"name":"Alba","look":{"accent":"#123456"},"reply_within_ms":null,
            "email":{"ask":"never"},"modules":{},"rules":{"pack":[1,2]}}"##;
        let settings = r#"{"settings":{"senders":{"lucia":"Lucía"}}}"#;
        let site = Site::read(config, settings).unwrap();
        assert!(!site.config.contains("pack"), "{}", site.config);
        assert!(site.config.contains("\"reply_within_ms\":null"));
        assert_eq!(site.senders, [("lucia".to_owned(), "Lucía".to_owned())]);
        assert_eq!(Site::read("{}", settings), None);
    }
}
