//! The tree of conditions, and how it is changed. A place in it is the row of
//! numbers that leads there from the top.

use saluda_protocol::trigger::Rule;

/// Where a condition or a group stands.
pub(super) type At = Vec<usize>;

/// What stands at a place.
pub(super) fn get<'r>(rule: &'r Rule, at: &[usize]) -> Option<&'r Rule> {
    let Some((first, rest)) = at.split_first() else {
        return Some(rule);
    };
    let child = match rule {
        Rule::All { all: rules } | Rule::Any { any: rules } => rules.get(*first)?,
        Rule::Not { not } if *first == 0 => not,
        Rule::Not { .. } | Rule::One(_) => return None,
    };
    get(child, rest)
}

/// The same, to change it.
pub(super) fn get_mut<'r>(rule: &'r mut Rule, at: &[usize]) -> Option<&'r mut Rule> {
    let Some((first, rest)) = at.split_first() else {
        return Some(rule);
    };
    let child = match rule {
        Rule::All { all: rules } | Rule::Any { any: rules } => rules.get_mut(*first)?,
        Rule::Not { not } if *first == 0 => not,
        Rule::Not { .. } | Rule::One(_) => return None,
    };
    get_mut(child, rest)
}

/// Takes away what stands at a place. A group that held nothing else goes with
/// it; without any condition left, everyone is meant.
pub(super) fn remove(rule: &mut Rule, at: &[usize]) {
    let Some((last, parent)) = at.split_last() else {
        *rule = everyone();
        return;
    };
    let emptied = match get_mut(rule, parent) {
        Some(Rule::All { all: rules } | Rule::Any { any: rules }) => {
            if *last < rules.len() {
                rules.remove(*last);
            }
            rules.is_empty()
        }
        // What is denied is all there is.
        Some(Rule::Not { .. }) => true,
        _ => false,
    };
    if emptied {
        remove(rule, parent);
    }
}

/// Adds to the group at a place; what is no group becomes one. Returns where
/// the new one stands.
pub(super) fn add(rule: &mut Rule, at: &[usize], new: Rule) -> At {
    let mut place = at.to_vec();
    if let Some(group) = get_mut(rule, at) {
        if !matches!(group, Rule::All { .. } | Rule::Any { .. }) {
            let before = std::mem::replace(group, everyone());
            *group = Rule::All { all: vec![before] };
        }
        if let Rule::All { all: rules } | Rule::Any { any: rules } = group {
            place.push(rules.len());
            rules.push(new);
        }
    }
    place
}

/// Denies what stands at a place, or stops denying it.
pub(super) fn deny(rule: &mut Rule, at: &[usize], denied: bool) {
    let Some(one) = get_mut(rule, at) else { return };
    let before = std::mem::replace(one, everyone());
    *one = match (before, denied) {
        (Rule::Not { not }, false) => *not,
        (before, true) if !matches!(before, Rule::Not { .. }) => Rule::Not {
            not: Box::new(before),
        },
        (before, _) => before,
    };
}

/// Lets all of a group have to hold, or any of it.
pub(super) fn join(rule: &mut Rule, at: &[usize], any: bool) {
    if let Some(group) = get_mut(rule, at) {
        let rules = match std::mem::replace(group, everyone()) {
            Rule::All { all: rules } | Rule::Any { any: rules } => rules,
            other => vec![other],
        };
        *group = if any {
            Rule::Any { any: rules }
        } else {
            Rule::All { all: rules }
        };
    }
}

/// How many conditions there are.
pub(super) fn count(rule: &Rule) -> usize {
    match rule {
        Rule::All { all: rules } | Rule::Any { any: rules } => rules.iter().map(count).sum(),
        Rule::Not { not } => count(not),
        Rule::One(_) => 1,
    }
}

/// How many children a group has.
pub(super) fn len(rule: &Rule) -> usize {
    match rule {
        Rule::All { all: rules } | Rule::Any { any: rules } => rules.len(),
        Rule::Not { .. } | Rule::One(_) => 1,
    }
}

/// The rule that everyone meets.
fn everyone() -> Rule {
    Rule::All { all: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rule(json: serde_json::Value) -> Rule {
        serde_json::from_value(json).unwrap()
    }

    fn one(event: &str) -> serde_json::Value {
        json!({ "event": event, "op": "gte", "value": 1 })
    }

    fn changed(before: serde_json::Value, change: impl Fn(&mut Rule)) -> serde_json::Value {
        let mut rule = rule(before);
        change(&mut rule);
        serde_json::to_value(rule).unwrap()
    }

    #[test]
    fn a_place_leads_through_groups_and_denials() {
        let tree = rule(json!({ "all": [one("a"), { "not": { "any": [one("b"), one("c")] } }] }));
        assert_eq!(get(&tree, &[1, 0, 1]), Some(&rule(one("c"))));
        assert_eq!(get(&tree, &[1, 1]), None);
        assert_eq!(get(&tree, &[0, 0]), None);
        assert_eq!((count(&tree), len(&tree)), (3, 2));
    }

    #[test]
    fn a_group_goes_with_its_last_condition() {
        let before = json!({ "all": [one("a"), { "not": { "any": [one("b")] } }] });
        let after = changed(before, |rule| remove(rule, &[1, 0, 0]));
        assert_eq!(after, json!({ "all": [one("a")] }));
        assert_eq!(
            changed(after, |rule| remove(rule, &[0])),
            json!({ "all": [] })
        );
        assert_eq!(
            changed(one("a"), |rule| remove(rule, &[])),
            json!({ "all": [] })
        );
    }

    #[test]
    fn a_second_condition_makes_a_group() {
        let mut tree = rule(one("a"));
        assert_eq!(add(&mut tree, &[], rule(one("b"))), [1]);
        assert_eq!(tree, rule(json!({ "all": [one("a"), one("b")] })));
        join(&mut tree, &[], true);
        assert_eq!(add(&mut tree, &[1], rule(one("c"))), [1, 1]);
        let grouped = json!({ "any": [one("a"), { "all": [one("b"), one("c")] }] });
        assert_eq!(tree, rule(grouped));
    }

    #[test]
    fn what_is_denied_twice_is_denied_once() {
        let denied = json!({ "not": one("a") });
        assert_eq!(changed(one("a"), |rule| deny(rule, &[], true)), denied);
        assert_eq!(
            changed(denied.clone(), |rule| deny(rule, &[], true)),
            denied
        );
        assert_eq!(changed(denied, |rule| deny(rule, &[], false)), one("a"));
    }
}
