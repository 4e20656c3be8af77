//! Events of a visit as they are written in a trace, and the one value that is
//! typed of each. `docs/triggers.md` has them all.

use crate::form_text::{self, quote};

/// What happens in a visit, as far as the tester has a row for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Page,
    Track,
    Scroll,
    Active,
    PointerLeft,
    FormFocus,
    Visible,
    Panel,
    OnScreen,
    ElementSeen,
    ElementClicked,
    Title,
    Tags,
    Attribute,
    Message,
    Conversation,
    Known,
    DeskOnline,
    Greeting,
    /// Nothing but time.
    Pass,
    /// From a file, and left as it is.
    Other,
}

/// Those that can be added, what happens most first.
pub(super) const ADDED: [Kind; 19] = [
    Kind::Page,
    Kind::Track,
    Kind::Scroll,
    Kind::PointerLeft,
    Kind::Active,
    Kind::Visible,
    Kind::FormFocus,
    Kind::ElementSeen,
    Kind::ElementClicked,
    Kind::Title,
    Kind::Attribute,
    Kind::Tags,
    Kind::Greeting,
    Kind::OnScreen,
    Kind::Panel,
    Kind::Message,
    Kind::Conversation,
    Kind::Known,
    Kind::DeskOnline,
];

/// How the value of a kind is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    Nothing,
    Text,
    Number,
    /// Yes or no.
    Flag,
    /// One of [`REACTIONS`].
    Reaction,
}

/// What a visitor does with a greeting.
pub(super) const REACTIONS: [&str; 4] = ["opened", "dismissed", "replied", "clicked"];

impl Kind {
    /// Its word in a trace.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Track => "track",
            Self::Scroll => "scroll",
            Self::Active => "active",
            Self::PointerLeft => "pointer_left",
            Self::FormFocus => "form_focus",
            Self::Visible => "visible",
            Self::Panel => "panel",
            Self::OnScreen => "on_screen",
            Self::ElementSeen => "element_seen",
            Self::ElementClicked => "element_clicked",
            Self::Title => "title",
            Self::Tags => "tags",
            Self::Attribute => "attribute",
            Self::Message => "message",
            Self::Conversation => "conversation",
            Self::Known => "known",
            Self::DeskOnline => "desk_online",
            Self::Greeting => "greeting",
            Self::Pass | Self::Other => "",
        }
    }

    pub(super) fn typed(self) -> Typed {
        match self {
            Self::Page
            | Self::Track
            | Self::ElementSeen
            | Self::ElementClicked
            | Self::Title
            | Self::Tags
            | Self::Attribute => Typed::Text,
            Self::Scroll => Typed::Number,
            Self::Active | Self::Pass | Self::Other => Typed::Nothing,
            Self::Greeting => Typed::Reaction,
            _ => Typed::Flag,
        }
    }

    /// The kind of an event as it is written; nothing is written of time.
    pub(super) fn of(event: &str) -> Self {
        if event.is_empty() {
            return Self::Pass;
        }
        if event == "\"active\"" {
            return Self::Active;
        }
        let fields = form_text::fields(event);
        let Some((name, value)) = fields.first() else {
            return Self::Other;
        };
        let known = ADDED.into_iter().find(|kind| kind.word() == name);
        // A row of one value would lose the rest.
        let fits = match known {
            Some(Self::Track) => form_text::items(value, "properties").iter().all(|pair| {
                let pair = form_text::list(pair);
                pair.len() == 2 && !pair[1].contains([',', '='])
            }),
            _ => true,
        };
        known.filter(|_| fits).unwrap_or(Self::Other)
    }

    /// What is typed of an event.
    pub(super) fn value(self, event: &str) -> String {
        let words = |path: &str| form_text::words(event, path).unwrap_or_default();
        let raw = |path: &str| form_text::value(event, path).unwrap_or_default();
        match self {
            Self::Page => words("page.url"),
            Self::Track => {
                let properties = form_text::value(event, "track.properties").unwrap_or("[]");
                let mut all = vec![words("track.name")];
                all.extend(form_text::list(properties).into_iter().filter_map(|pair| {
                    let pair = form_text::list(pair);
                    let name = form_text::words(pair.first()?, "")?;
                    Some(format!("{name}={}", plain(pair.get(1)?)))
                }));
                all.join(", ")
            }
            Self::Tags => {
                let tags = form_text::items(event, "tags").into_iter();
                let tags = tags.filter_map(|tag| form_text::words(tag, ""));
                tags.collect::<Vec<_>>().join(", ")
            }
            Self::Attribute => {
                let value = plain(raw("attribute.value"));
                format!("{}={value}", words("attribute.name"))
            }
            Self::Message => (raw("message.by_agent") == "true").to_string(),
            Self::Greeting => words("greeting.what"),
            Self::Title | Self::ElementSeen | Self::ElementClicked => words(self.word()),
            Self::Active | Self::Pass | Self::Other => String::new(),
            _ => raw(self.word()).to_owned(),
        }
    }

    /// An event of this kind, with what was typed. `trigger` is the one that is
    /// tried, `before` the event in whose place it comes.
    pub(super) fn write(self, typed: &str, trigger: &str, before: &str) -> String {
        let typed = typed.trim();
        let word = self.word();
        match self {
            Self::Page => {
                let title = form_text::words(before, "page.title").unwrap_or_default();
                let referrer = form_text::words(before, "page.referrer").unwrap_or_default();
                page(typed, &title, &referrer)
            }
            Self::Track => {
                let mut parts = typed.split(',').map(str::trim);
                let name = quote(parts.next().unwrap_or_default());
                let properties: Vec<_> = parts
                    .filter_map(|part| part.split_once('='))
                    .map(|(name, value)| format!("[{},{}]", quote(name.trim()), written(value)))
                    .collect();
                if properties.is_empty() {
                    return format!(r#"{{"track":{{"name":{name}}}}}"#);
                }
                let properties = properties.join(",");
                format!(r#"{{"track":{{"name":{name},"properties":[{properties}]}}}}"#)
            }
            Self::Tags => format!(r#"{{"tags":{}}}"#, tags(typed)),
            Self::Attribute => {
                let (name, value) = typed.split_once('=').unwrap_or((typed, ""));
                let (name, value) = (quote(name.trim()), written(value));
                format!(r#"{{"attribute":{{"name":{name},"value":{value}}}}}"#)
            }
            Self::Message => format!(r#"{{"message":{{"by_agent":{}}}}}"#, typed == "true"),
            Self::Greeting => {
                let what = REACTIONS.iter().find(|one| **one == typed);
                let what = what.unwrap_or(&REACTIONS[1]);
                let trigger = quote(trigger);
                format!(r#"{{"greeting":{{"trigger":{trigger},"what":"{what}"}}}}"#)
            }
            Self::Title | Self::ElementSeen | Self::ElementClicked => {
                format!(r#"{{"{word}":{}}}"#, quote(typed))
            }
            Self::Scroll => {
                let percent = typed.parse::<f64>().unwrap_or_default();
                format!(r#"{{"scroll":{}}}"#, percent.clamp(0.0, 100.0))
            }
            Self::Active => "\"active\"".to_owned(),
            Self::Pass => String::new(),
            Self::Other => before.to_owned(),
            _ => format!(r#"{{"{word}":{}}}"#, typed == "true"),
        }
    }

    /// What a new row of it begins with.
    pub(super) fn begins(self) -> &'static str {
        match self {
            Self::Scroll => "50",
            Self::Visible | Self::OnScreen => "false",
            Self::Greeting => "dismissed",
            _ if self.typed() == Typed::Flag => "true",
            _ => "",
        }
    }
}

/// A page begins.
pub(super) fn page(url: &str, title: &str, referrer: &str) -> String {
    let (url, title, referrer) = (quote(url), quote(title), quote(referrer));
    format!(r#"{{"page":{{"url":{url},"title":{title},"referrer":{referrer}}}}}"#)
}

/// Tags, as a list.
pub(super) fn tags(typed: &str) -> String {
    let tags = typed
        .split(',')
        .map(str::trim)
        .filter(|tag| !tag.is_empty());
    format!("[{}]", tags.map(quote).collect::<Vec<_>>().join(","))
}

/// A value as JSON: a flag, a number, or else a text; none takes it back.
pub(super) fn written(typed: &str) -> String {
    let typed = typed.trim();
    match typed {
        "" => "null".to_owned(),
        "true" | "false" => typed.to_owned(),
        _ if typed.parse::<f64>().is_ok_and(f64::is_finite)
            && serde_json::from_str::<f64>(typed).is_ok() =>
        {
            typed.to_owned()
        }
        _ => quote(typed),
    }
}

/// A value as it is typed.
pub(super) fn plain(value: &str) -> String {
    form_text::words(value, "").unwrap_or_else(|| match value {
        "null" => String::new(),
        value => value.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_back() {
        for (kind, typed, event) in [
            (
                Kind::Track,
                "compared, plan=pro, months=12",
                r#"{"track":{"name":"compared","properties":[["plan","pro"],["months",12]]}}"#,
            ),
            (Kind::Track, "signup", r#"{"track":{"name":"signup"}}"#),
            (Kind::Scroll, "40", r#"{"scroll":40}"#),
            (Kind::Visible, "false", r#"{"visible":false}"#),
            (Kind::Tags, "vip, new", r#"{"tags":["vip","new"]}"#),
            (
                Kind::Attribute,
                "plan=trial",
                r#"{"attribute":{"name":"plan","value":"trial"}}"#,
            ),
            (
                Kind::Attribute,
                "plan=",
                r#"{"attribute":{"name":"plan","value":null}}"#,
            ),
            (Kind::Message, "true", r#"{"message":{"by_agent":true}}"#),
            (
                Kind::Greeting,
                "replied",
                r#"{"greeting":{"trigger":"help","what":"replied"}}"#,
            ),
            (Kind::ElementSeen, "#a", r##"{"element_seen":"#a"}"##),
            (Kind::Active, "", "\"active\""),
            (Kind::Pass, "", ""),
        ] {
            assert_eq!(kind.write(typed, "help", ""), event);
            assert_eq!(Kind::of(event), kind, "{event}");
            assert_eq!(kind.value(event), typed, "{event}");
        }
    }

    #[test]
    fn another_address_keeps_title_and_referrer() {
        let before = page("https://a.example/", "Home", "https://b.example/");
        let after = Kind::Page.write("https://a.example/plans", "help", &before);
        assert_eq!(
            after,
            page("https://a.example/plans", "Home", "https://b.example/")
        );
    }

    #[test]
    fn what_no_row_can_hold_is_left_alone() {
        for event in [
            r#"{"local_clock":{"offset_minutes":60}}"#,
            r#"{"track":{"name":"a","properties":[["b","c=d"]]}}"#,
            "{}",
        ] {
            assert_eq!(Kind::of(event), Kind::Other, "{event}");
            assert_eq!(Kind::Other.write("x", "help", event), event);
        }
    }
}
