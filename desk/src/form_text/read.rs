//! Reads a form into the trigger it describes, as far as it does.
//!
//! The server is strict and names every mistake. Here a field that is not known
//! is passed over, so that a slip in one place leaves the rest readable. It is
//! written by hand because the derived reader, which must try each kind of rule
//! in turn, weighs as much as a quarter of the desk's own code.

use std::collections::BTreeMap;
use std::str::FromStr;

use saluda_protocol::trigger::{
    AfterDismiss, Condition, Experiment, Frequency, Greeting, Limits, OpeningHours, Operator,
    PropertyCondition, Reply, Rule, Schedule, Texts, Value,
};
use saluda_protocol::{Span, TriggerSpec};

use super::scan::{self, Kind, Node};

/// The trigger that a form describes; nothing if it cannot be read.
pub(crate) fn read(text: &str) -> Option<TriggerSpec> {
    let root = scan::read(text)?;
    let form = Form { text, node: &root };
    let schedule = form.field("schedule");
    let limits = form.field("limits");
    let greeting = form.field("greeting")?;
    Some(TriggerSpec {
        id: form.field("id").and_then(|it| it.text()?.parse().ok()),
        name: form.field("name").and_then(Form::text).unwrap_or_default(),
        priority: 0,
        rule: form.field("rule")?.rule()?,
        schedule: Schedule {
            hours: match schedule.and_then(|it| it.field("hours")?.text()).as_deref() {
                Some("during") => OpeningHours::During,
                Some("outside") => OpeningHours::Outside,
                None | Some("any") => OpeningHours::Any,
                Some(_) => return None,
            },
            from: schedule.and_then(|it| it.field("from")?.text()),
            until: schedule.and_then(|it| it.field("until")?.text()),
        },
        frequency: match form.field("frequency").and_then(Form::text).as_deref() {
            None | Some("once") => Frequency::Once,
            Some("visit") => Frequency::Visit,
            Some("always") => Frequency::Always,
            Some(_) => return None,
        },
        limits: Limits {
            times: limits.and_then(|it| it.field("times")?.parsed()),
            gap: limits.and_then(|it| it.field("gap")?.text()?.parse().ok()),
        },
        after_dismiss: match form.field("after_dismiss").and_then(Form::text) {
            Some(written) => AfterDismiss::from_str(&written).ok()?,
            None => AfterDismiss::default(),
        },
        with_open_conversation: form
            .field("with_open_conversation")
            .is_some_and(|it| it.raw() == "true"),
        greeting: Greeting {
            sender: greeting
                .field("sender")
                .and_then(Form::text)
                .unwrap_or_else(|| "default".to_owned()),
            text: greeting.field("text")?.texts(),
            buttons: Vec::new(),
            reply: Reply::default(),
        },
        tags: Vec::new(),
        goal: None,
        experiment: form.field("experiment").and_then(|it| {
            Some(Experiment {
                seed: it.field("seed")?.text()?,
                holdout: it
                    .field("holdout")
                    .and_then(Form::parsed)
                    .unwrap_or_default(),
                variants: Vec::new(),
            })
        }),
    })
}

/// The rule of a form, which may be readable where all else is not.
pub(crate) fn read_rule(text: &str) -> Option<Rule> {
    let root = scan::read(text)?;
    Form { text, node: &root }.field("rule")?.rule()
}

/// A value in the form.
#[derive(Clone, Copy)]
struct Form<'t> {
    text: &'t str,
    node: &'t Node,
}

impl<'t> Form<'t> {
    fn field(self, name: &str) -> Option<Self> {
        let Kind::Fields(fields) = &self.node.kind else {
            return None;
        };
        let (_, node) = fields.iter().find(|(known, _)| known == name)?;
        Some(Self { node, ..self })
    }

    fn raw(self) -> &'t str {
        &self.text[self.node.span.clone()]
    }

    fn text(self) -> Option<String> {
        serde_json::from_str(self.raw()).ok()
    }

    fn parsed<T: FromStr>(self) -> Option<T> {
        self.raw().parse().ok()
    }

    fn items(self) -> Option<Vec<Self>> {
        let Kind::List(items) = &self.node.kind else {
            return None;
        };
        Some(items.iter().map(|node| Self { node, ..self }).collect())
    }

    fn texts(self) -> Texts {
        let Kind::Fields(fields) = &self.node.kind else {
            return Texts::new();
        };
        let texts = fields.iter().filter_map(|(tag, node)| {
            let said = Self { node, ..self }.text()?;
            Some((tag.clone(), said))
        });
        texts.collect()
    }

    fn rules(self) -> Option<Vec<Rule>> {
        self.items()?.into_iter().map(Self::rule).collect()
    }

    fn rule(self) -> Option<Rule> {
        if let Some(all) = self.field("all") {
            return Some(Rule::All { all: all.rules()? });
        }
        if let Some(any) = self.field("any") {
            return Some(Rule::Any { any: any.rules()? });
        }
        if let Some(not) = self.field("not") {
            let not = Box::new(not.rule()?);
            return Some(Rule::Not { not });
        }
        let value = self.field("value");
        let op = self
            .field("op")
            .map(|op| op.text().as_deref().and_then(operator));
        let condition = match (self.field("fact"), self.field("event")) {
            (Some(fact), _) => Condition::Fact {
                fact: fact.text()?,
                op: op??,
                value: value.and_then(Self::value),
            },
            (None, Some(event)) => Condition::Event {
                event: event.text()?,
                op: op.unwrap_or(Some(Operator::Gte))?,
                value: value.map_or(Some(1), Self::parsed)?,
                within: match self.field("within").and_then(Self::text) {
                    Some(written) => Some(written.parse::<Span>().ok()?),
                    None => None,
                },
                properties: self
                    .field("where")
                    .map_or(Some(BTreeMap::new()), Self::properties)?,
            },
            (None, None) => return None,
        };
        Some(Rule::One(condition))
    }

    fn properties(self) -> Option<BTreeMap<String, PropertyCondition>> {
        let Kind::Fields(fields) = &self.node.kind else {
            return None;
        };
        let properties = fields.iter().map(|(name, node)| {
            let one = Self { node, ..self };
            let op = operator(&one.field("op")?.text()?)?;
            let value = one.field("value").and_then(Self::value);
            Some((name.clone(), PropertyCondition { op, value }))
        });
        properties.collect()
    }

    fn value(self) -> Option<Value> {
        if let Some(items) = self.items() {
            let items = items.into_iter().map(Self::value);
            return Some(Value::List(items.collect::<Option<_>>()?));
        }
        match self.raw() {
            "true" => Some(Value::Flag(true)),
            "false" => Some(Value::Flag(false)),
            raw if raw.starts_with('"') => self.text().map(Value::Text),
            raw => raw.parse().ok().map(Value::Number),
        }
    }
}

/// Every operator, with its word.
const OPERATORS: [(&str, Operator); 15] = [
    ("eq", Operator::Eq),
    ("ne", Operator::Ne),
    ("contains", Operator::Contains),
    ("not_contains", Operator::NotContains),
    ("starts_with", Operator::StartsWith),
    ("ends_with", Operator::EndsWith),
    ("glob", Operator::Glob),
    ("matches", Operator::Matches),
    ("gt", Operator::Gt),
    ("gte", Operator::Gte),
    ("lt", Operator::Lt),
    ("lte", Operator::Lte),
    ("in", Operator::In),
    ("not_in", Operator::NotIn),
    ("exists", Operator::Exists),
];

fn operator(word: &str) -> Option<Operator> {
    let known = OPERATORS.iter().find(|(known, _)| *known == word)?;
    Some(known.1)
}

/// The word for an operator.
pub(super) fn word(op: Operator) -> &'static str {
    let known = OPERATORS.iter().find(|(_, known)| *known == op);
    known.map_or("eq", |(word, _)| word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form_text::write_rule;

    /// Whole triggers, one for each thing that can be written.
    const DOCUMENTS: &str = include_str!("../../../docs/triggers.md");

    #[test]
    fn every_documented_trigger_is_read_as_the_server_reads_it() {
        let blocks = DOCUMENTS.split("```json\n").skip(1);
        let mut read_ones = 0;
        for block in blocks.filter_map(|block| Some(block.split_once("```")?.0)) {
            let Ok(theirs) = serde_json::from_str::<TriggerSpec>(block) else {
                continue;
            };
            read_ones += 1;
            let ours = read(block).unwrap_or_else(|| panic!("{block}"));
            // What no sentence speaks of is not read.
            let spoken_of = TriggerSpec {
                priority: 0,
                tags: Vec::new(),
                goal: None,
                greeting: Greeting {
                    buttons: Vec::new(),
                    reply: Reply::default(),
                    ..theirs.greeting.clone()
                },
                experiment: theirs.experiment.clone().map(|experiment| Experiment {
                    variants: Vec::new(),
                    ..experiment
                }),
                ..theirs.clone()
            };
            assert_eq!(ours, spoken_of, "{block}");
            let written = write_rule(&ours.rule);
            let back: Rule = serde_json::from_str(&written).unwrap();
            assert_eq!(back, theirs.rule, "{written}");
        }
        assert!(read_ones > 50, "{read_ones}");
    }

    #[test]
    fn what_makes_no_sense_is_not_read() {
        for rule in [
            r#"{ "fact": "page.path", "op": "is", "value": 1 }"#,
            r#"{ "fact": "page.path" }"#,
            r#"{ "all": { } }"#,
            r#"{ "event": "x", "value": "many" }"#,
            r#"{ "event": "x", "within": "soon" }"#,
            "{ }",
            "1",
        ] {
            assert_eq!(
                read_rule(&format!("{{ \"rule\": {rule} }}")),
                None,
                "{rule}"
            );
        }
        let strange =
            r#"{ "name": "x", "colour": 1, "rule": { "all": [] }, "greeting": { "text": {} } }"#;
        assert_eq!(read(strange).map(|it| it.name).as_deref(), Some("x"));
    }
}
