//! Triggers of other products, as far as they can be said in Saluda's form.
//!
//! What comes from elsewhere becomes a draft and nothing more: whoever publishes
//! it has seen it here first. Each draft carries the sentences that say what is
//! otherwise than it was; what cannot be said without changing who sees it is
//! left out whole, with the reason.
//!
//! **Invariant:** a draft never shows to someone who would not have seen the
//! original, unless a sentence says so. A condition about something that Saluda
//! does not know asks for an attribute which the page may say: until it does, it
//! holds for nobody.

mod address;
mod chatwoot;
mod draft;
mod placeholder;
mod product;
#[cfg(test)]
mod tests;
mod zendesk;

use std::collections::{BTreeMap, BTreeSet};

use saluda_protocol::studio::{Mistake, Product};
use saluda_protocol::trigger::SenderId;
use saluda_protocol::{TriggerId, TriggerSpec, limits};
use serde_json::Value;

pub(super) use self::product::product;

/// What is taken from the site for a trigger that comes to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival<'a> {
    /// Who can say a greeting, by what they are called.
    pub(crate) senders: &'a BTreeMap<SenderId, String>,
    /// The language that its texts are taken to be in.
    pub(crate) language: &'a str,
}

/// A trigger that came from elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Arrived {
    pub(crate) spec: TriggerSpec,
    /// What is otherwise than it was there.
    pub(crate) notes: Vec<String>,
}

/// A trigger that did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Left {
    /// What it is called there, or where it stands in the file.
    pub(crate) name: String,
    pub(crate) reason: String,
}

/// What became of a file of another product.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Foreign {
    pub(crate) arrived: Vec<Arrived>,
    pub(crate) left: Vec<Left>,
}

/// What one of them became, or why it cannot come.
type Translated = Result<Arrived, String>;

/// Makes drafts of a file that another product wrote.
pub(super) fn translate(
    product: Product,
    file: &Value,
    arrival: Arrival<'_>,
) -> Result<Foreign, Mistake> {
    let items = product::items(file).ok_or_else(|| {
        let message = "this is no list of triggers";
        mistake("wrong_type", message.to_owned())
    })?;
    if items.len() > limits::LIVE_TRIGGERS {
        let message = format!(
            "at most {} triggers are taken from one file, this has {}",
            limits::LIVE_TRIGGERS,
            items.len()
        );
        return Err(mistake("too_many", message));
    }
    let mut foreign = Foreign::default();
    let mut taken = BTreeSet::new();
    for (place, item) in items.iter().enumerate() {
        let (field, word) = match product {
            Product::Zendesk => ("name", "zendesk"),
            _ => ("title", "chatwoot"),
        };
        let called = item.get(field).and_then(Value::as_str).unwrap_or_default();
        let id = free(called, &format!("{word}-{}", place + 1), &mut taken);
        let translated = match (product, id) {
            (Product::Zendesk, Some(id)) => zendesk::trigger(item, id, arrival),
            (_, Some(id)) => chatwoot::campaign(item, id, arrival),
            (_, None) => Err("no id is left for it".to_owned()),
        };
        match translated {
            Ok(arrived) => foreign.arrived.push(arrived),
            Err(reason) => foreign.left.push(Left {
                name: match draft::short(called) {
                    name if name.is_empty() => format!("number {}", place + 1),
                    name => name,
                },
                reason,
            }),
        }
    }
    Ok(foreign)
}

/// The id that a name gives, or else `other`; with a number behind it if an
/// earlier trigger of the file has it. The same file gives the same ids again.
fn free(name: &str, other: &str, taken: &mut BTreeSet<TriggerId>) -> Option<TriggerId> {
    let first = TriggerId::from_name(name).or_else(|| other.parse().ok())?;
    let numbered = |number: usize| {
        let ending = format!("-{number}");
        let room = 60usize.saturating_sub(ending.len());
        let stem: String = first.as_str().chars().take(room).collect();
        format!("{}{ending}", stem.trim_end_matches('-'))
            .parse()
            .ok()
    };
    let mut all = std::iter::once(Some(first.clone()))
        .chain((2..=limits::LIVE_TRIGGERS + 1).map(numbered))
        .flatten();
    let id = all.find(|id| !taken.contains(id))?;
    taken.insert(id.clone());
    Some(id)
}

fn mistake(kind: &str, message: String) -> Mistake {
    Mistake {
        path: String::new(),
        kind: kind.to_owned(),
        message,
    }
}
