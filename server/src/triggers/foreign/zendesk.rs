//! A trigger of Zendesk Chat, as `GET /api/v2/chat/triggers` lists it.

mod clock;
mod condition;
mod operator;
mod variable;

use saluda_protocol::TriggerId;
use saluda_protocol::trigger::{Frequency, Operator};
use serde_json::Value;

use self::condition::Conditions;
use super::draft::{self, Draft, short, whole};
use super::{Arrival, Translated, placeholder};

/// Makes a draft of a trigger.
pub(super) fn trigger(trigger: &Value, id: TriggerId, arrival: Arrival<'_>) -> Translated {
    let name = trigger.get("name").and_then(Value::as_str);
    let name = name.filter(|name| !name.trim().is_empty());
    let mut draft = Draft::new(id, name.ok_or("it has no `name`")?);
    let definition = trigger.get("definition").filter(|it| it.is_object());
    let definition = definition.ok_or("it has no `definition`")?;
    begins(definition)?;
    let condition = definition
        .get("condition")
        .filter(|condition| !condition.is_null())
        .ok_or("it has no `condition`: it would show to everyone")?;
    let mut conditions = Conditions::new(&draft.id);
    let rule = conditions.read(condition)?;
    draft.frequency = conditions.frequency();
    let mut stay = conditions.stay();
    draft.notes = conditions.into_notes();
    draft.rules = vec![rule];
    if draft.frequency == Frequency::Visit {
        let sentence = "there it is sent on every page again; here it shows once in a visit";
        draft.note(sentence.to_owned());
    }
    let actions = definition.get("actions").or(definition.get("action"));
    let actions = actions
        .and_then(Value::as_array)
        .ok_or("it has no `actions`")?;
    for action in actions {
        act(&mut draft, &mut stay, action, arrival)?;
    }
    if stay > 0 {
        let time = draft::seconds(stay);
        draft
            .rules
            .push(draft::fact("page.time", Operator::Gte, time));
    }
    if draft.text.is_empty() {
        return Err("it sends the visitor no message, so there is no greeting".to_owned());
    }
    match trigger.get("enabled") {
        None | Some(Value::Null | Value::Bool(true)) => {}
        Some(Value::Bool(false)) => draft.note("it was switched off there".to_owned()),
        Some(value) => match whole(value) {
            Some(1) => {}
            Some(0) => draft.note("it was switched off there".to_owned()),
            _ => return Err("`enabled` is neither `true` nor `false`".to_owned()),
        },
    }
    draft.finish(arrival)
}

/// Whether it may run before the visitor has said anything.
fn begins(definition: &Value) -> Result<(), String> {
    let event = definition.get("event").and_then(Value::as_str);
    let reason = match event.ok_or("it has no `event`")? {
        "page_enter" => return Ok(()),
        "chat_requested" => "it runs when a visitor asks for a chat",
        "chat_message" => "it runs when a visitor writes",
        other => return Err(format!("its event `{}` is not known here", short(other))),
    };
    let event = event.unwrap_or_default();
    Err(format!(
        "{reason} (`{event}`), and a greeting comes before that"
    ))
}

/// Takes an action over, or says that it was left out. None of those that are
/// left out changes who sees the greeting.
fn act(
    draft: &mut Draft,
    stay: &mut u32,
    action: &Value,
    arrival: Arrival<'_>,
) -> Result<(), String> {
    let parts = action.as_array().map(Vec::as_slice).unwrap_or_default();
    let word = |place: usize| parts.get(place).and_then(Value::as_str);
    match (word(0), parts.len()) {
        (Some("sendMessageToVisitor"), 2 | 3) => {
            let text = word(parts.len() - 1)
                .ok_or("its message is no text")?
                .trim();
            let sender = word(1).filter(|_| parts.len() == 3);
            say(draft, sender, text, arrival);
        }
        (Some("wait"), 2) => {
            let time = whole(&parts[1]).ok_or("`wait` has no number of seconds")?;
            if draft.text.is_empty() {
                draft.note(format!(
                    "`wait` {time} became `page.time`, which counts from the beginning of the page"
                ));
                *stay = stay.saturating_add(time);
            } else {
                draft.note(format!("`wait` {time} after the message was left out"));
            }
        }
        (Some("addTag"), 2) => {
            let tag = word(1).ok_or("`addTag` has no text")?.trim().to_owned();
            if !draft.tags.contains(&tag) {
                draft.note(format!(
                    "`addTag` `{}`: the conversation is tagged once the visitor answers",
                    short(&tag)
                ));
                draft.tags.push(tag);
            }
        }
        (Some(name), _) => {
            let values = parts[1..].iter().filter_map(Value::as_str);
            let words: Vec<String> = std::iter::once(name)
                .chain(values)
                .map(|word| format!("`{}`", short(word)))
                .collect();
            draft.note(format!("the action {} was left out", words.join(" ")));
        }
        (None, _) => return Err("one of its `actions` has a form that is not known".to_owned()),
    }
    Ok(())
}

fn say(draft: &mut Draft, sender: Option<&str>, text: &str, arrival: Arrival<'_>) {
    if draft.text.is_empty() {
        draft.sender = sender.map(str::to_owned);
        draft.text = placeholder::variables(text, arrival.language, &mut draft.notes);
    } else {
        draft.note(format!(
            "it says more than one message; `{}` was left out",
            short(text)
        ));
    }
}
