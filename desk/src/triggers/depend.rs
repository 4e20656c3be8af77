//! Which triggers need another one: their rules count what it did.

use saluda_protocol::trigger::{Condition, Rule};
use saluda_protocol::{TriggerId, TriggerSpec};

/// Whether a trigger's rule counts what another one did.
pub(crate) fn needs(spec: &TriggerSpec, other: &TriggerId) -> bool {
    rule_needs(&spec.rule, &format!("trigger.{other}."))
}

fn rule_needs(rule: &Rule, prefix: &str) -> bool {
    match rule {
        Rule::All { all: rules } | Rule::Any { any: rules } => {
            rules.iter().any(|rule| rule_needs(rule, prefix))
        }
        Rule::Not { not } => rule_needs(not, prefix),
        Rule::One(Condition::Fact { fact, .. }) => fact.starts_with(prefix),
        Rule::One(Condition::Event { .. }) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_needs_what_it_counts_however_deep() {
        let spec: TriggerSpec = serde_json::from_str(
            r#"{ "name": "Tour", "greeting": { "text": { "en": "Hello" } }, "rule":
            { "all": [{ "event": "trigger.other.shown" }, { "not": { "any": [
              { "fact": "trigger.help.opened", "op": "gte", "value": 1 } ] } }] } }"#,
        )
        .unwrap();
        assert!(needs(&spec, &"help".parse().unwrap()));
        assert!(!needs(&spec, &"hel".parse().unwrap()));
        assert!(!needs(&spec, &"other".parse().unwrap()), "an event's name");
    }
}
