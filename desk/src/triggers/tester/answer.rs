//! What the engine says of a visit, as `desk/tester/start.js` tells it.

use saluda_protocol::trigger::Rule;
use serde::Deserialize;

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Said {
    pub(super) went: Option<Went>,
    failed: Option<Failed>,
}

impl Said {
    /// Reads an answer. One that makes no sense is a failure without a line.
    pub(super) fn read(text: &str) -> Result<Went, Failed> {
        let none = || Failed {
            line: 0,
            message: String::new(),
        };
        let said: Self = serde_json::from_str(text).map_err(|_| none())?;
        said.went.ok_or_else(|| said.failed.unwrap_or_else(none))
    }
}

/// Why a visit could not be gone through.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Failed {
    /// In which line, from 1; 0 if it is about none.
    pub(super) line: u32,
    pub(super) message: String,
}

/// What came of a visit, and why at one instant.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Went {
    pub(super) began_at: u64,
    /// The instant of the explanation.
    pub(super) now: u64,
    /// What was shown or held back, over the whole visit.
    pub(super) done: Vec<Done>,
    /// `shows`, `held`, `rule`, `gate` or `priority`.
    pub(super) verdict: String,
    pub(super) gate: Option<String>,
    /// Which trigger goes first.
    pub(super) other: String,
    pub(super) variant: Option<usize>,
    pub(super) earliest: Option<u64>,
    pub(super) gates: Vec<Gate>,
    /// The rule, part by part, as it is written.
    pub(super) parts: Vec<Part>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Done {
    #[serde(rename = "at")]
    pub(super) at_ms: u64,
    pub(super) trigger: String,
    pub(super) held: bool,
    #[serde(default)]
    pub(super) variant: Option<usize>,
}

/// What stands before a greeting besides its rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Gate {
    #[serde(rename = "gate")]
    pub(super) name: String,
    pub(super) open: bool,
    pub(super) until: Option<u64>,
}

/// A part of a rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct Part {
    pub(super) holds: bool,
    pub(super) closest: bool,
    pub(super) until: Option<u64>,
    /// `all`, `any`, `not` or `one`.
    pub(super) kind: String,
    /// What a condition looked at: `missing`, `flag`, `number`, `span`,
    /// `time_of_day`, `texts` or `count`.
    #[serde(default)]
    pub(super) found: String,
    #[serde(default)]
    pub(super) number: f64,
    #[serde(default)]
    pub(super) texts: Vec<String>,
}

impl Went {
    /// The verdict in the one word that a test has for it.
    pub(super) fn word(&self) -> &str {
        match &self.gate {
            Some(gate) if self.verdict == "gate" => gate,
            _ => &self.verdict,
        }
    }

    /// When the trigger appeared last, up to the instant of the explanation.
    pub(super) fn appeared(&self, trigger: &str) -> Option<&Done> {
        let since = self.now - self.began_at;
        let mut done = self.done.iter().rev();
        done.find(|one| one.trigger == trigger && one.at_ms <= since && !one.held)
    }
}

impl Done {
    /// As a test expects it.
    pub(super) fn expected(&self) -> String {
        let verb = if self.held { "hold" } else { "show" };
        let variant = self
            .variant
            .map_or_else(String::new, |variant| format!(r#","variant":{variant}"#));
        let trigger = crate::form_text::quote(&self.trigger);
        format!(r#"{{"at":{},"{verb}":{trigger}{variant}}}"#, self.at_ms)
    }
}

/// A rule beside what was found, part by part; nothing if they do not belong
/// together. With each part comes how deep it lies.
pub(super) fn beside<'r>(rule: &'r Rule, parts: &[Part]) -> Option<Vec<(usize, &'r Rule, Part)>> {
    let mut rows = Vec::new();
    let mut parts = parts.iter();
    walk(rule, 0, &mut parts, &mut rows)?;
    parts.next().is_none().then_some(rows)
}

fn walk<'r>(
    rule: &'r Rule,
    depth: usize,
    parts: &mut std::slice::Iter<'_, Part>,
    rows: &mut Vec<(usize, &'r Rule, Part)>,
) -> Option<()> {
    let part = parts.next()?.clone();
    let (kind, inner): (_, &[Rule]) = match rule {
        Rule::All { all } => ("all", all),
        Rule::Any { any } => ("any", any),
        Rule::Not { not } => ("not", std::slice::from_ref(not)),
        Rule::One(_) => ("one", &[]),
    };
    if part.kind != kind {
        return None;
    }
    rows.push((depth, rule, part));
    inner
        .iter()
        .try_for_each(|inner| walk(inner, depth + 1, parts, rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form_text;

    fn part(kind: &str) -> Part {
        Part {
            holds: true,
            closest: false,
            until: None,
            kind: kind.to_owned(),
            found: String::new(),
            number: 0.0,
            texts: Vec::new(),
        }
    }

    #[test]
    fn a_rule_stands_beside_what_was_found() {
        let form = r#"{"rule":{"all":[{"event":"a"},{"not":{"event":"b"}}]}}"#;
        let rule = form_text::read_rule(form).unwrap();
        let parts = ["all", "one", "not", "one"].map(part);
        let rows = beside(&rule, &parts).unwrap();
        let depths: Vec<_> = rows.iter().map(|(depth, ..)| *depth).collect();
        assert_eq!(depths, [0, 1, 1, 2]);
        assert_eq!(beside(&rule, &parts[..3]), None);
        assert_eq!(beside(&rule, &["all", "one", "one", "one"].map(part)), None);
    }

    #[test]
    fn an_answer_says_what_came_or_what_is_wrong() {
        let went = Said::read(
            r#"{"number":1,"went":{"began_at":1000,"now":6000,
                "done":[{"at":2000,"trigger":"help","held":false,"variant":1},
                        {"at":9000,"trigger":"help","held":false}],
                "verdict":"gate","gate":"on_screen","other":"","variant":null,"earliest":null,
                "gates":[],"parts":[]}}"#,
        )
        .unwrap();
        assert_eq!(went.word(), "on_screen");
        assert_eq!(went.appeared("help").map(|one| one.at_ms), Some(2_000));
        assert_eq!(went.appeared("cart"), None);
        assert_eq!(
            went.done[0].expected(),
            r#"{"at":2000,"show":"help","variant":1}"#
        );
        let wrong = r#"{"number":1,"failed":{"line":3,"message":"no"}}"#;
        assert_eq!(Said::read(wrong).unwrap_err().line, 3);
        assert_eq!(Said::read("").unwrap_err().line, 0);
    }
}
