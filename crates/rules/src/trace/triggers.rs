//! The triggers that a test names in its head.

use serde_json::{Value, json};

use super::{Head, run};
use crate::compile::{self, Context};
use crate::hours::Hours;
use crate::plan::SiteRules;

impl Head {
    /// The rules of a test. A trigger that is a text is the name of a file,
    /// which `load` reads.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the triggers and the hours, for their
    /// author.
    pub fn rules(
        &self,
        load: &mut dyn FnMut(&str) -> Result<String, String>,
    ) -> Result<SiteRules, Vec<String>> {
        let mut wrong = Vec::new();
        let mut triggers = Vec::new();
        let rule = self
            .rule
            .as_ref()
            .map(|rule| json!({ "id": "t", "rule": rule }));
        for value in self.triggers.iter().chain(&rule) {
            let text = match value {
                Value::String(file) => load(file),
                other => Ok(with_defaults(other).to_string()),
            };
            let specs = match text.map(|text| compile::read_all(&text)) {
                Ok(Ok(specs)) => specs,
                Ok(Err(mistakes)) => {
                    wrong.extend(mistakes.iter().map(ToString::to_string));
                    continue;
                }
                Err(reason) => {
                    wrong.push(reason);
                    continue;
                }
            };
            let context = Context {
                version: 1,
                zone: self.zone(),
            };
            for spec in specs {
                match compile::compile(&spec, &context) {
                    Ok(trigger) => triggers.push(trigger),
                    Err(mistakes) => wrong.extend(mistakes.iter().map(ToString::to_string)),
                }
            }
        }
        let hours = self.site.hours.as_ref().map(Hours::read).transpose();
        match hours {
            Ok(hours) if wrong.is_empty() => Ok(run::rules(self, triggers, hours.as_ref())),
            Ok(_) => Err(wrong),
            Err(mistakes) => {
                wrong.extend(mistakes.iter().map(|one| format!("site.hours.{one}")));
                Err(wrong)
            }
        }
    }
}

/// A test is about a rule: a name and a greeting are made up for it.
fn with_defaults(trigger: &Value) -> Value {
    let mut trigger = trigger.clone();
    if let Some(fields) = trigger.as_object_mut() {
        let id = fields.get("id").cloned();
        fields.entry("name").or_insert(id.unwrap_or(json!("t")));
        fields
            .entry("greeting")
            .or_insert(json!({ "text": { "en": "Hello" } }));
    }
    trigger
}
