//! What the preview shows, as the page in the frame reads it
//! (`desk/preview/start.js`).

use saluda_protocol::trigger::language;

use super::super::requests::look::Site;
use crate::form_text::{self, quote};
use crate::texts::locale;

/// Which part of the widget is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// The greeting above the launcher.
    Bubble,
    /// The chat it opens, with what is asked for.
    Chat,
    /// The chat once what was asked for was given.
    Answered,
}

impl Look {
    fn word(self) -> &'static str {
        match self {
            Self::Bubble => "bubble",
            Self::Chat => "chat",
            Self::Answered => "after",
        }
    }
}

/// What is wanted of the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) look: Look,
    pub(super) dark: bool,
    pub(super) phone: bool,
    pub(super) rtl: bool,
    /// One of the greeting's languages.
    pub(super) language: Option<String>,
    /// The number of a variant.
    pub(super) variant: Option<usize>,
    /// Rises when the same is to be shown again.
    pub(super) turn: u32,
}

/// What can be chosen in a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Choices {
    /// Tags of the greeting's languages.
    pub(super) languages: Vec<String>,
    /// Names of the variants.
    pub(super) variants: Vec<String>,
    /// Whether anything is said once the visitor has answered.
    pub(super) answers: bool,
}

/// What can be chosen; nothing while the form is no JSON.
pub(super) fn choices(form: &str) -> Option<Choices> {
    form_text::value(form, "")?;
    let texts = form_text::value(form, "greeting.text").unwrap_or("{}");
    let said = |(tag, said): (String, &str)| {
        let said = form_text::words(said, "")?;
        (!said.trim().is_empty()).then_some(tag)
    };
    let buttons = form_text::items(form, "greeting.buttons");
    let answered = |button: &&str| form_text::value(button, "answer").is_some();
    let variants = form_text::value(form, "experiment.variants").map(|_| "experiment.variants");
    let variants = variants.map_or_else(Vec::new, |path| form_text::items(form, path));
    Some(Choices {
        languages: form_text::fields(texts)
            .into_iter()
            .filter_map(said)
            .collect(),
        variants: variants
            .into_iter()
            .map(|variant| form_text::words(variant, "name").unwrap_or_default())
            .collect(),
        answers: form_text::value(form, "greeting.reply.agent.follow_up").is_some()
            || (form_text::value(form, "greeting.buttons").is_some()
                && buttons.iter().any(answered)),
    })
}

/// The language that is shown: the one that is wanted, or else what comes
/// nearest to the agent's.
pub(super) fn spoken<'c>(choices: &'c Choices, wish: &Wish) -> Option<&'c str> {
    let tags = choices.languages.iter().map(String::as_str);
    let wanted = wish.language.as_deref();
    let mut kept = tags.clone().filter(|tag| Some(*tag) == wanted);
    kept.next().or_else(|| language::choose(tags, &locale()))
}

/// The scene; nothing while there is no greeting to show.
pub(super) fn scene(form: &str, site: &Site, wish: &Wish) -> Option<String> {
    let choices = choices(form)?;
    let greeting = form_text::value(form, "greeting")?;
    let language = spoken(&choices, wish)?;
    let sender = form_text::words(form, "greeting.sender");
    let sender = sender.and_then(|id| {
        let mut senders = site.senders.iter();
        senders
            .find(|(known, _)| *known == id)
            .map(|(_, name)| name)
    });
    let variant = wish.variant.filter(|at| *at < choices.variants.len());
    let look = match wish.look {
        Look::Answered if !choices.answers => Look::Chat,
        look => look,
    };
    Some(format!(
        r#"{{"config":{},"id":"preview","sender":{},"greeting":{greeting},"experiment":{},"variant":{},"language":{},"view":"{}","dark":{},"rtl":{},"turn":{}}}"#,
        site.config,
        quote(sender.unwrap_or(&site.name)),
        form_text::value(form, "experiment").unwrap_or("null"),
        variant.map_or_else(|| "-1".to_owned(), |at| at.to_string()),
        quote(language),
        look.word(),
        wish.dark,
        wish.rtl,
        wish.turn,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = r#"{ "greeting": { "sender": "lucia",
        "text": { "en": "Hello", "es": "Hola", "pt": " " },
        "buttons": [{ "label": { "en": "Yes" } }],
        "reply": { "agent": { "ask": ["email"], "follow_up": { "en": "Thanks" } } } },
        "experiment": { "variants": [{ "name": "b" }] } }"#;

    fn site() -> Site {
        Site {
            config: "{}".to_owned(),
            name: "Alba".to_owned(),
            senders: vec![("lucia".to_owned(), "Lucía".to_owned())],
        }
    }

    fn wish() -> Wish {
        Wish {
            look: Look::Answered,
            dark: true,
            phone: false,
            rtl: false,
            language: Some("es".to_owned()),
            variant: Some(0),
            turn: 0,
        }
    }

    #[test]
    fn what_is_written_decides_what_can_be_chosen() {
        let choices = choices(FORM).unwrap();
        assert_eq!(choices.languages, ["en", "es"]);
        assert_eq!(choices.variants, ["b"]);
        assert!(choices.answers);
        assert_eq!(super::choices("{ \"greeting\""), None);
        assert_eq!(super::choices("{}"), Some(Choices::default()));
    }

    #[test]
    fn a_scene_has_the_greeting_as_it_is_typed() {
        let scene = scene(FORM, &site(), &wish()).unwrap();
        assert_eq!(form_text::words(&scene, "sender").as_deref(), Some("Lucía"));
        assert_eq!(form_text::words(&scene, "view").as_deref(), Some("after"));
        assert_eq!(form_text::words(&scene, "language").as_deref(), Some("es"));
        assert_eq!(form_text::value(&scene, "variant"), Some("0"));
        assert_eq!(form_text::value(&scene, "dark"), Some("true"));
        assert!(scene.contains("\"follow_up\""), "{scene}");
    }

    #[test]
    fn what_is_gone_is_not_shown() {
        let form = r#"{ "greeting": { "sender": "nobody", "text": { "pt": "Olá" } } }"#;
        let scene = scene(form, &site(), &wish()).unwrap();
        assert_eq!(form_text::words(&scene, "sender").as_deref(), Some("Alba"));
        assert_eq!(form_text::words(&scene, "view").as_deref(), Some("chat"));
        assert_eq!(form_text::words(&scene, "language").as_deref(), Some("pt"));
        assert_eq!(form_text::value(&scene, "variant"), Some("-1"));
        let silent = r#"{ "greeting": { "text": { "en": "" } } }"#;
        assert_eq!(super::scene(silent, &site(), &wish()), None);
    }
}
