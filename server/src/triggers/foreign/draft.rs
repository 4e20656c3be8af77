//! The parts of a draft, and how they become a trigger.

use std::collections::BTreeMap;

use saluda_protocol::trigger::{
    AfterDismiss, Condition, Frequency, Greeting, Limits, OpeningHours, Operator, Reply, Rule,
    Schedule, Value,
};
use saluda_protocol::{TriggerId, TriggerSpec, limits};

use super::{Arrival, Arrived, Translated};
use crate::triggers::check::read;

/// Most characters of a foreign word in a sentence of ours.
const SHOWN_CHARS: usize = 60;

/// A trigger in the making.
pub(super) struct Draft {
    pub(super) id: TriggerId,
    pub(super) name: String,
    pub(super) rules: Vec<Rule>,
    pub(super) hours: OpeningHours,
    pub(super) frequency: Frequency,
    /// Who says it there.
    pub(super) sender: Option<String>,
    pub(super) text: String,
    pub(super) tags: Vec<String>,
    pub(super) notes: Vec<String>,
}

impl Draft {
    pub(super) fn new(id: TriggerId, name: &str) -> Self {
        Self {
            id,
            name: name.trim().to_owned(),
            rules: Vec::new(),
            hours: OpeningHours::Any,
            frequency: Frequency::Once,
            sender: None,
            text: String::new(),
            tags: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Makes the trigger of it. What could not be saved as a trigger of ours
    /// does not come, for the reasons that its author would be told.
    pub(super) fn finish(mut self, arrival: Arrival<'_>) -> Translated {
        if self.name.chars().count() > limits::TRIGGER_NAME_CHARS {
            self.name = self.name.chars().take(limits::TRIGGER_NAME_CHARS).collect();
            self.note(format!(
                "its name was cut to {} characters",
                limits::TRIGGER_NAME_CHARS
            ));
        }
        let sender = self.sender(arrival);
        let rule = all(std::mem::take(&mut self.rules));
        if rule == always() {
            self.note("it shows to every visitor, as it did there".to_owned());
        }
        let spec = TriggerSpec {
            id: Some(self.id),
            name: self.name,
            priority: 0,
            rule,
            schedule: Schedule {
                hours: self.hours,
                ..Schedule::default()
            },
            frequency: self.frequency,
            limits: Limits::default(),
            after_dismiss: AfterDismiss::default(),
            with_open_conversation: false,
            greeting: Greeting {
                sender,
                text: BTreeMap::from([(arrival.language.to_owned(), self.text)]),
                buttons: Vec::new(),
                reply: Reply::default(),
            },
            tags: self.tags,
            goal: None,
            experiment: None,
        };
        let text = serde_json::to_string(&spec).map_err(|error| error.to_string())?;
        match read(&text) {
            Ok(spec) => Ok(Arrived {
                spec,
                notes: self.notes,
            }),
            Err(mistakes) => {
                let told = mistakes.iter().map(|one| match one.path.as_str() {
                    "" => one.message.clone(),
                    path => format!("{path}: {}", one.message),
                });
                Err(told.collect::<Vec<_>>().join("; "))
            }
        }
    }

    pub(super) fn note(&mut self, sentence: String) {
        self.notes.push(sentence);
    }

    /// The site's sender of that name.
    fn sender(&mut self, arrival: Arrival<'_>) -> String {
        let default = "default".to_owned();
        let Some(name) = self.sender.take().filter(|name| !name.trim().is_empty()) else {
            return default;
        };
        let folded = name.trim().to_lowercase();
        let mut senders = arrival.senders.iter();
        if let Some((id, _)) = senders.find(|(_, called)| called.to_lowercase() == folded) {
            return id.clone();
        }
        self.note(format!(
            "`{}` said it, and the site has no sender of that name: the site's own says it",
            short(&name)
        ));
        default
    }
}

/// A foreign word for a sentence of ours.
pub(super) fn short(text: &str) -> String {
    let plain = text.trim().chars().filter(|c| !c.is_control());
    let mut shown: String = plain.take(SHOWN_CHARS + 1).collect();
    if let Some((end, _)) = shown.char_indices().nth(SHOWN_CHARS) {
        shown.truncate(end);
        shown.push('…');
    }
    shown
}

/// A condition about a fact.
pub(super) fn fact(fact: &str, op: Operator, value: Value) -> Rule {
    Rule::One(Condition::Fact {
        fact: fact.to_owned(),
        op,
        value: Some(value),
    })
}

/// The same with a text.
pub(super) fn text(name: &str, op: Operator, value: &str) -> Rule {
    fact(name, op, Value::Text(value.to_owned()))
}

/// What always holds.
pub(super) fn always() -> Rule {
    Rule::All { all: Vec::new() }
}

/// What never holds.
pub(super) fn never() -> Rule {
    Rule::Any { any: Vec::new() }
}

/// All of these; alone, a rule stands for itself. What is joined in the same way
/// inside stands on one level with the others.
pub(super) fn all(rules: Vec<Rule>) -> Rule {
    let mut flat = Vec::new();
    for rule in rules {
        match rule {
            Rule::All { all } => flat.extend(all),
            other => flat.push(other),
        }
    }
    match flat.len() {
        1 => flat.remove(0),
        _ => Rule::All { all: flat },
    }
}

/// One of these, in the same way.
pub(super) fn any(rules: Vec<Rule>) -> Rule {
    let mut flat = Vec::new();
    for rule in rules {
        match rule {
            Rule::Any { any } => flat.extend(any),
            other => flat.push(other),
        }
    }
    match flat.len() {
        1 => flat.remove(0),
        _ => Rule::Any { any: flat },
    }
}

/// A length of time as a trigger writes it.
pub(super) fn seconds(seconds: u32) -> Value {
    Value::Text(match seconds {
        0 => "0s".to_owned(),
        s if s % 3600 == 0 => format!("{}h", s / 3600),
        s if s % 60 == 0 => format!("{}m", s / 60),
        s => format!("{s}s"),
    })
}

/// A whole number that is written as a number or as a text.
pub(super) fn whole(value: &serde_json::Value) -> Option<u32> {
    let number = match value {
        serde_json::Value::Number(number) => match number.as_u64() {
            Some(number) => number,
            // `5.0` is as good as `5`, and `5.5` is not.
            None => number.to_string().strip_suffix(".0")?.parse().ok()?,
        },
        serde_json::Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    // Ten years in seconds; no time and no count is longer.
    u32::try_from(number)
        .ok()
        .filter(|number| *number <= 315_360_000)
}
