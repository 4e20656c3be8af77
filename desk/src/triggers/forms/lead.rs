//! Which field a path of the form leads to.

use super::Part;

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Control {
    pub(super) part: Part,
    /// What its element is marked with.
    pub(super) path: String,
    /// The language it has to be shown in.
    pub(super) language: Option<String>,
}

/// What is written in several languages.
const WORDED: [&str; 4] = ["text", "label", "answer", "follow_up"];

/// The field for a path such as `greeting.text.es`; none for what can be
/// changed in the form alone.
pub(super) fn control_of(path: &str) -> Option<Control> {
    let (path, language) = split_language(path);
    let path = match path {
        "schedule" => "schedule.hours",
        "greeting" => "greeting.text",
        "goal" => "goal.event",
        "experiment" => "experiment.holdout",
        // One field for all of them.
        path if path.starts_with("tags[") => "tags",
        path if path.starts_with("greeting.reply.agent.ask") => "greeting.reply.agent.ask",
        path => path,
    };
    let part = match without_indices(path).as_str() {
        "name"
        | "greeting.sender"
        | "greeting.text"
        | "greeting.buttons[].label"
        | "greeting.buttons[].answer"
        | "greeting.buttons[].url"
        | "greeting.buttons[].phone"
        | "greeting.reply.agent.ask"
        | "greeting.reply.agent.follow_up" => Part::Greeting,
        "schedule.hours"
        | "schedule.from"
        | "schedule.until"
        | "frequency"
        | "limits.times"
        | "limits.gap"
        | "after_dismiss"
        | "with_open_conversation" => Part::When,
        "tags"
        | "goal.event"
        | "goal.within"
        | "experiment.holdout"
        | "experiment.variants[].name"
        | "experiment.variants[].share"
        | "experiment.variants[].text"
        | "experiment.variants[].buttons[].label"
        | "experiment.variants[].buttons[].answer"
        | "experiment.variants[].buttons[].url"
        | "experiment.variants[].buttons[].phone" => Part::Outcome,
        _ => return None,
    };
    Some(Control {
        part,
        path: path.to_owned(),
        language,
    })
}

/// The path of a text, and the language that it goes on with.
pub(super) fn split_language(path: &str) -> (&str, Option<String>) {
    match path.rsplit_once('.') {
        Some((texts, language)) if WORDED.iter().any(|name| ends_with(texts, name)) => {
            (texts, Some(language.to_owned()))
        }
        _ => (path, None),
    }
}

fn ends_with(path: &str, name: &str) -> bool {
    path.strip_suffix(name)
        .is_some_and(|before| before.ends_with('.'))
}

/// A path with `[]` for each of its indices.
pub(super) fn without_indices(path: &str) -> String {
    path.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_field_in_its_language() {
        for (path, part, field, language) in [
            ("name", Part::Greeting, "name", None),
            ("frequency", Part::When, "frequency", None),
            ("schedule", Part::When, "schedule.hours", None),
            (
                "greeting.text.es",
                Part::Greeting,
                "greeting.text",
                Some("es"),
            ),
            ("greeting.text", Part::Greeting, "greeting.text", None),
            (
                "greeting.buttons[12].label.pt-BR",
                Part::Greeting,
                "greeting.buttons[12].label",
                Some("pt-BR"),
            ),
            (
                "greeting.reply.agent.ask[1]",
                Part::Greeting,
                "greeting.reply.agent.ask",
                None,
            ),
            ("tags[3]", Part::Outcome, "tags", None),
            (
                "experiment.variants[0].text.en",
                Part::Outcome,
                "experiment.variants[0].text",
                Some("en"),
            ),
        ] {
            let language = language.map(str::to_owned);
            let path_of = field.to_owned();
            let expected = Control {
                part,
                path: path_of,
                language,
            };
            assert_eq!(control_of(path), Some(expected), "{path}");
        }
        for path in [
            "",
            "priority",
            "rule.all[0]",
            "greeting.colour",
            "limits.often",
            "context.en",
        ] {
            assert_eq!(control_of(path), None, "{path}");
        }
    }
}
