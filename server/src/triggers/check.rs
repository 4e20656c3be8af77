//! Whether a trigger makes sense: by itself, and on its site.

use std::collections::BTreeSet;

use saluda_protocol::studio::Mistake;
use saluda_protocol::trigger::{Condition, Rule};
use saluda_protocol::{TriggerId, TriggerSpec};
use saluda_rules::Trigger;
use saluda_rules::compile::{self, Context};
use saluda_store::{Site, Store, StoreError};

/// Why a trigger cannot be used as it is.
#[derive(Debug)]
pub(crate) enum Unsound {
    /// Its author has something to correct.
    Mistakes(Vec<Mistake>),
    /// The database failed.
    Store(StoreError),
}

impl From<StoreError> for Unsound {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

fn told(mistakes: Vec<compile::Mistake>) -> Vec<Mistake> {
    let told = |mistake: compile::Mistake| Mistake {
        path: mistake.path,
        kind: mistake.kind.to_string(),
        message: mistake.message,
    };
    mistakes.into_iter().map(told).collect()
}

/// Reads one trigger.
pub(crate) fn read(text: &str) -> Result<TriggerSpec, Vec<Mistake>> {
    compile::read(text).map_err(told)
}

/// Reads a file of one trigger or of several in a list.
pub(crate) fn read_all(text: &str) -> Result<Vec<TriggerSpec>, Vec<Mistake>> {
    compile::read_all(text).map_err(told)
}

/// The form that decides, if everything that the trigger depends on is there.
/// `coming` are triggers that will be there besides those that are.
pub(crate) async fn compiled(
    store: &dyn Store,
    site: &Site,
    spec: &TriggerSpec,
    version: u32,
    coming: &BTreeSet<TriggerId>,
) -> Result<Trigger, Unsound> {
    let mut mistakes = Vec::new();
    let trigger = match alone(site, spec, version) {
        Ok(trigger) => Some(trigger),
        Err(found) => {
            mistakes.extend(found);
            None
        }
    };
    if site.sender(&spec.greeting.sender).is_none() {
        mistakes.push(Mistake {
            path: "greeting.sender".to_owned(),
            kind: "unknown_sender".to_owned(),
            message: format!(
                "the site has no sender `{}`; add it with `saluda site set {} --sender {}=NAME`",
                spec.greeting.sender, site.key, spec.greeting.sender
            ),
        });
    }
    for (path, id) in named(spec) {
        if !coming.contains(&id) && store.trigger(site.id, &id).await?.is_none() {
            mistakes.push(Mistake {
                path,
                kind: "unknown_trigger".to_owned(),
                message: format!("the site has no trigger `{id}`"),
            });
        }
    }
    trigger
        .filter(|_| mistakes.is_empty())
        .ok_or(Unsound::Mistakes(mistakes))
}

/// The form that decides, as far as it depends on the site alone.
pub(super) fn alone(
    site: &Site,
    spec: &TriggerSpec,
    version: u32,
) -> Result<Trigger, Vec<Mistake>> {
    let hours = site.settings.hours.as_ref();
    let context = Context {
        version,
        zone: hours.map(|hours| hours.zone.as_str()),
    };
    compile::compile(spec, &context).map_err(told)
}

/// The triggers that a rule names, and where.
fn named(spec: &TriggerSpec) -> Vec<(String, TriggerId)> {
    let mut found = Vec::new();
    look(&spec.rule, "rule", &mut found);
    // Its own past is a fact like any other.
    let own = spec.id.clone().or_else(|| TriggerId::from_name(&spec.name));
    found.retain(|(_, id)| Some(id) != own.as_ref());
    found
}

fn look(rule: &Rule, path: &str, found: &mut Vec<(String, TriggerId)>) {
    match rule {
        Rule::All { all: rules } => look_each(rules, &format!("{path}.all"), found),
        Rule::Any { any: rules } => look_each(rules, &format!("{path}.any"), found),
        Rule::Not { not } => look(not, &format!("{path}.not"), found),
        Rule::One(Condition::Fact { fact, .. }) => {
            let id = fact
                .strip_prefix("trigger.")
                .and_then(|rest| rest.rsplit_once('.'))
                .and_then(|(id, _)| id.parse().ok());
            found.extend(id.map(|id| (format!("{path}.fact"), id)));
        }
        Rule::One(Condition::Event { .. }) => {}
    }
}

fn look_each(rules: &[Rule], path: &str, found: &mut Vec<(String, TriggerId)>) {
    for (place, rule) in rules.iter().enumerate() {
        look(rule, &format!("{path}[{place}]"), found);
    }
}
