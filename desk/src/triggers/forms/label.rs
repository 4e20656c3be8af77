//! What the field is called that a path of the form leads to.

use super::lead::{split_language, without_indices};
use super::words::language_name;
use crate::texts::{text, text_with};

/// The label of the field for a path such as `greeting.buttons[0].label.es`,
/// with what it is a part of; none for what has no field.
pub(in crate::triggers) fn label_of(path: &str) -> Option<String> {
    let (path, language) = split_language(path);
    let numbered = |key: &str, list: &str| {
        let (_, rest) = path.split_once(list)?;
        let (at, _) = rest.split_once(']')?;
        let number = at.parse::<usize>().ok()?.saturating_add(1);
        Some(text_with(key, &[("number", &number.to_string())]))
    };
    let names = [
        numbered("variant.title", "variants["),
        numbered("buttons.button", "buttons["),
        field(&without_indices(path)),
    ];
    let names: Vec<_> = names.into_iter().flatten().collect();
    if names.is_empty() {
        return None;
    }
    let label = names.join(": ");
    Some(match language {
        Some(tag) => format!("{label} ({})", language_name(&tag)),
        None => label,
    })
}

fn field(path: &str) -> Option<String> {
    // Buttons are the same wherever they stand.
    if let Some((_, of_button)) = path.split_once("buttons[].") {
        return match of_button {
            "label" => Some(text("buttons.label")),
            "answer" => Some(text("buttons.answer")),
            "url" => Some(text("buttons.url")),
            "phone" => Some(text("buttons.phone")),
            _ => None,
        };
    }
    let label = match path {
        "name" => text("greeting.name"),
        "greeting" => text("greeting.title"),
        "greeting.sender" => text("sender.label"),
        "greeting.text" | "experiment.variants[].text" => text("greeting.text"),
        "greeting.buttons" | "experiment.variants[].buttons" => text("buttons.title"),
        "greeting.reply" | "greeting.reply.agent" => text("reply.title"),
        "greeting.reply.agent.ask" | "greeting.reply.agent.ask[]" => text("reply.ask"),
        "greeting.reply.agent.follow_up" => text("reply.follow_up"),
        "schedule" | "schedule.hours" => text("when.hours"),
        "schedule.from" => text("when.from"),
        "schedule.until" => text("when.until"),
        "frequency" => text("when.frequency"),
        "limits.times" => text("when.times"),
        "limits.gap" => text("when.gap"),
        "after_dismiss" => text("when.dismiss"),
        "with_open_conversation" => text("when.in_conversation"),
        "tags" | "tags[]" => text("tags.label"),
        "goal" | "goal.event" => text("goal.title"),
        "goal.within" => text("goal.within"),
        "experiment" | "experiment.variants" => text("experiment.title"),
        "experiment.holdout" => text("experiment.holdout"),
        "experiment.variants[].name" => text("variant.name"),
        "experiment.variants[].share" => text("variant.share"),
        _ => return None,
    };
    Some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_called_what_stands_above_it() {
        for (path, label) in [
            ("name", "Name, for your team"),
            ("greeting.text", "What it says"),
            ("greeting.buttons", "Buttons"),
            ("greeting.buttons[0]", "Button 1"),
            ("greeting.buttons[0].colour", "Button 1"),
            ("greeting.buttons[1].url", "Button 2: Web address"),
            (
                "greeting.reply.agent.ask[1]",
                "Asked for before an agent goes on",
            ),
            ("tags[3]", "Tags"),
            (
                "experiment.variants[0].share",
                "Other words 1: Of a hundred, see this",
            ),
            (
                "experiment.variants[0].buttons[2].phone",
                "Other words 1: Button 3: Phone number",
            ),
        ] {
            assert_eq!(label_of(path).as_deref(), Some(label), "{path}");
        }
        for path in ["", "id", "priority", "greeting.colour", "limits"] {
            assert_eq!(label_of(path), None, "{path}");
        }
    }
}
