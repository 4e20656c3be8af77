//! Which triggers need another one: their rules count what it did.

use saluda_protocol::TriggerId;
use saluda_protocol::trigger::{Condition, Rule};

use crate::form_text;

/// Whether the rule of a form counts what another trigger did.
pub(crate) fn needs(form: &str, other: &TriggerId) -> bool {
    let rule = form_text::read_rule(form);
    rule.is_some_and(|rule| rule_needs(&rule, &format!("trigger.{other}.")))
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
        let form = r#"{ "rule": { "all": [{ "event": "trigger.other.shown" }, { "not": { "any": [
            { "fact": "trigger.help.opened", "op": "gte", "value": 1 } ] } }] } }"#;
        assert!(needs(form, &"help".parse().unwrap()));
        assert!(!needs(form, &"hel".parse().unwrap()));
        assert!(!needs(form, &"other".parse().unwrap()), "an event's name");
    }
}
