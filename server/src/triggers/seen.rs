//! What a site has seen, for whoever writes a condition: the pages that greetings
//! were on, where its latest visitors are and come from, and what its triggers ask
//! for already.
//!
//! Nothing is kept for it. An address is given without what follows its path,
//! which may be about one visitor alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::http::Uri;
use saluda_protocol::TriggerSpec;
use saluda_protocol::studio::{Seen, SeenFact};
use saluda_protocol::trigger::{Condition, Operator, Rule, Value};
use saluda_protocol::visitor::Place;
use saluda_store::{Site, Store, StoreError};

/// Most values of one fact.
const VALUES: usize = 50;
/// Most pages that are looked at.
const PAGES: u32 = 500;
/// Of so many visitors, the latest, it is asked where they are.
const VISITORS: u32 = 500;

/// What a site has seen.
pub(crate) async fn seen(store: &dyn Store, site: &Site) -> Result<Seen, StoreError> {
    let mut found = Found::default();
    for place in store.places(site.id, VISITORS).await? {
        found.place(&place);
    }
    for page in store.pages(site.id, PAGES).await? {
        found.note("page.path", page);
    }
    for (trigger, _) in super::all(store, site).await? {
        found.spec(&trigger.spec);
    }
    Ok(found.sorted())
}

/// What was found so far, and how often.
#[derive(Default)]
struct Found {
    facts: BTreeMap<String, HashMap<String, u32>>,
    events: BTreeSet<String>,
}

impl Found {
    fn note(&mut self, fact: &str, value: String) {
        let values = self.facts.entry(fact.to_owned()).or_default();
        if !value.is_empty() {
            *values.entry(value).or_default() += 1;
        }
    }

    fn place(&mut self, place: &Place) {
        if let Ok(url) = place.url.parse::<Uri>() {
            self.note("page.path", url.path().to_owned());
            self.note("page.host", url.host().unwrap_or_default().to_owned());
        }
        if let Ok(referrer) = place.referrer.parse::<Uri>()
            && let (Some(scheme), Some(host)) = (referrer.scheme_str(), referrer.host())
        {
            self.note("visit.referrer", format!("{scheme}://{host}/"));
        }
        self.note("page.title", place.title.clone());
        self.note("visitor.language", place.language.clone());
        self.note("visitor.timezone", place.timezone.clone());
    }

    fn spec(&mut self, spec: &TriggerSpec) {
        self.rule(&spec.rule);
        if let Some(goal) = &spec.goal {
            self.events.insert(goal.event.clone());
        }
        for tag in &spec.tags {
            self.note("visitor.tag", tag.clone());
        }
    }

    fn rule(&mut self, rule: &Rule) {
        match rule {
            Rule::All { all: rules } | Rule::Any { any: rules } => {
                for rule in rules {
                    self.rule(rule);
                }
            }
            Rule::Not { not } => self.rule(not),
            Rule::One(Condition::Event { event, .. }) => {
                self.events.insert(event.clone());
            }
            Rule::One(Condition::Fact { fact, op, value }) => {
                // Known by its name, whatever it is compared with.
                self.note(fact, String::new());
                if let (Operator::Eq | Operator::Ne | Operator::In | Operator::NotIn, Some(value)) =
                    (op, value)
                {
                    self.value(fact, value);
                }
            }
        }
    }

    fn value(&mut self, fact: &str, value: &Value) {
        match value {
            Value::Text(text) => self.note(fact, text.clone()),
            Value::Number(number) => self.note(fact, number.to_string()),
            Value::List(values) => {
                for value in values {
                    self.value(fact, value);
                }
            }
            Value::Flag(_) => {}
        }
    }

    fn sorted(self) -> Seen {
        let sorted = |(fact, values): (String, HashMap<String, u32>)| {
            let mut values: Vec<_> = values.into_iter().collect();
            values.sort_by(|(a, often), (b, more)| more.cmp(often).then_with(|| a.cmp(b)));
            values.truncate(VALUES);
            SeenFact {
                fact,
                values: values.into_iter().map(|(value, _)| value).collect(),
            }
        };
        Seen {
            facts: self.facts.into_iter().map(sorted).collect(),
            events: self.events.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn values<'s>(seen: &'s Seen, fact: &str) -> Option<&'s [String]> {
        let found = seen.facts.iter().find(|it| it.fact == fact)?;
        Some(&found.values)
    }

    #[test]
    fn places_count_and_lose_what_may_be_about_one_visitor() {
        let mut found = Found::default();
        for (url, language) in [
            ("https://shop.example/plans?token=secret", "es"),
            ("https://shop.example/plans#me", "pt-BR"),
            ("https://shop.example/", "es"),
            ("not an address", ""),
        ] {
            found.place(&Place {
                url: url.to_owned(),
                referrer: "https://search.example/q?=private".to_owned(),
                language: language.to_owned(),
                ..Place::default()
            });
        }
        let seen = found.sorted();
        assert_eq!(values(&seen, "page.path").unwrap(), ["/plans", "/"]);
        assert_eq!(values(&seen, "page.host").unwrap(), ["shop.example"]);
        assert_eq!(
            values(&seen, "visit.referrer").unwrap(),
            ["https://search.example/"]
        );
        assert_eq!(values(&seen, "visitor.language").unwrap(), ["es", "pt-BR"]);
        assert!(values(&seen, "visitor.timezone").unwrap().is_empty());
    }

    #[test]
    fn triggers_tell_of_names_and_of_whole_values() {
        let spec = json!({
            "name": "Help", "greeting": { "text": { "en": "Hello" } }, "tags": ["pricing"],
            "goal": { "event": "signup", "within": "7d" },
            "rule": { "all": [
                { "fact": "visitor.attr.plan", "op": "in", "value": ["pro", "team"] },
                { "fact": "page.path", "op": "glob", "value": "/shop/**" },
                { "not": { "any": [
                    { "event": "plan_compared", "op": "gte", "value": 2 },
                    { "fact": "visitor.tag", "op": "ne", "value": "customer" } ] } } ] },
        });
        let mut found = Found::default();
        found.spec(&serde_json::from_value(spec).unwrap());
        let seen = found.sorted();
        assert_eq!(seen.events, ["plan_compared", "signup"]);
        assert_eq!(values(&seen, "visitor.attr.plan").unwrap(), ["pro", "team"]);
        assert_eq!(
            values(&seen, "visitor.tag").unwrap(),
            ["customer", "pricing"]
        );
        let paths = values(&seen, "page.path").unwrap();
        assert!(paths.is_empty(), "a pattern is no page: {paths:?}");
    }

    #[test]
    fn no_fact_has_values_without_end() {
        let mut found = Found::default();
        for n in 0..200 {
            found.note("page.path", format!("/{n:03}"));
        }
        found.note("page.path", "/199".to_owned());
        let seen = found.sorted();
        let paths = values(&seen, "page.path").unwrap();
        assert_eq!((paths.len(), paths[0].as_str()), (VALUES, "/199"));
    }
}
