//! Says for its author what was found about a rule.

use saluda_protocol::trigger::{Condition, Operator, Rule, Value};

use super::judge::{Finding, Place};
use super::phrases::said;
use super::search::{Goal, possible};
use super::{Case, Warning, WarningKind};

/// The sentences for what was found.
pub(super) fn warnings(case: &Case<'_>, findings: &[Finding]) -> Vec<Warning> {
    let can = |holds| {
        let goal = Goal::new(case.rule, holds);
        possible(case.subjects, case.budget, &[goal])
    };
    let saying = Saying {
        case,
        never: !can(true),
    };
    findings
        .iter()
        .map(|finding| saying.warning(finding))
        .collect()
}

struct Saying<'c> {
    case: &'c Case<'c>,
    /// Whether the whole rule never holds.
    never: bool,
}

impl Saying<'_> {
    fn warning(&self, finding: &Finding) -> Warning {
        let (kind, message) = if !finding.beside.is_empty() {
            self.beside(finding)
        } else if finding.parts.is_empty() {
            self.alone(finding)
        } else {
            self.together(finding)
        };
        Warning {
            path: self.case.phrases.path(&finding.place),
            kind,
            message,
        }
    }

    /// What follows for the trigger from a part that never holds.
    fn effect(&self) -> &'static str {
        if self.never {
            ", so this trigger never shows by itself"
        } else {
            ""
        }
    }

    fn alone(&self, finding: &Finding) -> (WarningKind, String) {
        let holds = finding.holds;
        let (word, reason) = match self.case.phrases.part(&finding.place) {
            Some(Rule::One(condition)) => (said(condition), reason(condition, holds)),
            Some(Rule::Any { .. }) => empty("any", "one of its conditions would have to hold"),
            _ => empty("all", "there is nothing in it that could fail"),
        };
        let kind = if holds {
            WarningKind::AlwaysTrue
        } else {
            WarningKind::NeverTrue
        };
        let when = if holds { "always" } else { "never" };
        let effect = match (self.never, holds) {
            (true, _) => "So this trigger never shows by itself. ",
            (false, true) => "It decides nothing. ",
            (false, false) => "",
        };
        let message =
            format!("{word} {when} holds, because {reason}. {effect}Change it, or take it out.");
        (kind, message)
    }

    fn together(&self, finding: &Finding) -> (WarningKind, String) {
        let phrases = self.case.phrases;
        let effect = self.effect();
        if !finding.holds {
            let list = phrases.list(&finding.parts, "and");
            let message = format!(
                "{list} never hold together{effect}. If one of them is enough, join them with \
                 `any`; else take one out."
            );
            return (WarningKind::Contradictory, message);
        }
        let list = phrases.list(&finding.parts, "or");
        let mut denied = finding.parts.iter().map(|part| phrases.denied(part));
        let first = denied.next().flatten();
        let same = denied.all(|name| name == first);
        let Some(name) = first.filter(|_| same) else {
            let message = format!(
                "{list} always holds: what the one leaves out, the other lets in, so it decides \
                 nothing{effect}. Change one of them, or take them out."
            );
            return (WarningKind::AlwaysTrue, message);
        };
        let message = format!(
            "{list} always holds, because `{name}` is never all that they leave out at once; it \
             decides nothing{effect}. To leave all of them out, join them with `all`."
        );
        (WarningKind::NotAOrNotB, message)
    }

    fn beside(&self, finding: &Finding) -> (WarningKind, String) {
        let phrases = self.case.phrases;
        let this = phrases.say(&finding.place);
        let where_so = |wanted: bool| -> Vec<Place> {
            let places = finding.beside.iter().filter(|(_, so)| *so == wanted);
            places.map(|(place, _)| place.clone()).collect()
        };
        let (so, not_so) = (where_so(true), where_so(false));
        let hold = |places: &[Place]| if places.len() == 1 { "holds" } else { "hold" };
        let list = |places: &[Place], joint| phrases.list(places, joint);
        let kind = if not_so.is_empty() && !finding.holds {
            WarningKind::Contradictory
        } else {
            WarningKind::Redundant
        };
        let message = match (so.is_empty(), not_so.is_empty(), finding.holds) {
            (_, true, true) => format!(
                "{this} adds nothing: it always holds where {} {}. Take it out.",
                list(&so, "and"),
                hold(&so)
            ),
            (_, true, false) => format!(
                "{this} never holds where {} {}, which must be so here. Change it, or take it out.",
                list(&so, "and"),
                hold(&so)
            ),
            (true, false, false) => format!(
                "{this} adds nothing: where it holds, {} holds as well. Take it out.",
                list(&not_so, "or")
            ),
            (true, false, true) => format!(
                "{this} always holds where {} does not, so together they decide nothing. Change \
                 one of them, or take them out.",
                list(&not_so, "or")
            ),
            (false, false, holds) => format!(
                "{this} adds nothing: where {} {} and {} does not, it {}. Take it out.",
                list(&so, "and"),
                hold(&so),
                list(&not_so, "or"),
                if holds { "always holds" } else { "never holds" }
            ),
        };
        (kind, message)
    }
}

fn empty(group: &str, reason: &str) -> (String, String) {
    (format!("`{group}` with nothing in it"), reason.to_owned())
}

/// Why one condition always holds, or never.
fn reason(condition: &Condition, holds: bool) -> String {
    let Condition::Fact { fact, op, value } = condition else {
        return "a count is never less than 0".to_owned();
    };
    let is_empty = *value == Some(Value::Text(String::new()));
    let range = match fact.as_str() {
        _ if *op == Operator::Exists => "is always known",
        _ if is_empty => "is not known without a text, and `exists` with `false` asks for that",
        "page.scroll" => "goes from 0 to 100",
        "page.path" => "begins with `/`",
        "visit.pages" | "visitor.visits" => "is at least 1",
        "page.time" | "visit.time" | "idle.time" | "visitor.last_visit" | "chat.last" => {
            "is never less than `0s`"
        }
        "visitor.local_time" => "goes from `00:00` to the end of `23:59`",
        "visitor.device" | "visitor.weekday" if holds => "is nothing else",
        "chat.messages" => "is never less than 0",
        name if name.starts_with("trigger.") => "is never less than 0",
        _ if holds => "fits it whatever it is",
        _ => "is no text that fits it",
    };
    format!("`{fact}` {range}")
}
