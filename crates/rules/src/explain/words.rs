//! An explanation in words, for the author of a trigger.

use saluda_protocol::trigger::{Condition, Operator, Rule, TriggerSpec, Value};
use saluda_protocol::{Millis, Span};

use super::{Actual, Explanation, Part, Verdict, What};
use crate::gates::Gate;

/// Says it line by line. `spec` is the trigger as it was written; `now` the
/// instant of the explanation.
#[must_use]
pub fn lines(explanation: &Explanation, spec: &TriggerSpec, now: Millis) -> Vec<String> {
    let mut lines = vec![format!(
        "{}: {}",
        explanation.trigger,
        headline(explanation, spec)
    )];
    if !matches!(explanation.verdict, Verdict::Shows { .. } | Verdict::Held) {
        lines.push(match explanation.earliest {
            Some(at) if at <= now => "  Nothing else stands in its way.".to_owned(),
            Some(at) => format!("  If only time passes, it could show in {}.", wait(at, now)),
            None => "  Time alone will not make it show.".to_owned(),
        });
    }
    lines.push("  Rule".to_owned());
    part(&explanation.rule, &spec.rule, now, 2, &mut lines);
    lines.push("  Gates".to_owned());
    for state in &explanation.gates {
        let mark = mark(state.open);
        let until = match state.until {
            Some(at) if !state.open => format!(", opens in {}", wait(at, now)),
            Some(at) => format!(", for {} more", wait(at, now)),
            None => String::new(),
        };
        lines.push(format!("    {mark} {}{until}", gate(state.gate)));
    }
    lines
}

fn headline(explanation: &Explanation, spec: &TriggerSpec) -> String {
    match &explanation.verdict {
        Verdict::Shows { variant: None } => "shows now".to_owned(),
        Verdict::Shows {
            variant: Some(variant),
        } => {
            let mut variants = spec.experiment.iter().flat_map(|tried| &tried.variants);
            let name = variants
                .nth(usize::from(*variant))
                .map_or("unknown", |variant| variant.name.as_str());
            format!("shows now, variant `{name}`")
        }
        Verdict::Held => "would show, but this visitor is in the holdout".to_owned(),
        Verdict::Rule => "does not show: its rule does not hold".to_owned(),
        Verdict::Priority(other) => format!("does not show: `{other}` goes first"),
        Verdict::Gate(closed) => format!("does not show: {}", reason(*closed)),
    }
}

/// Why a closed gate keeps a greeting away.
#[must_use]
pub fn reason(gate: Gate) -> &'static str {
    match gate {
        Gate::Status => "it is not published",
        Gate::Schedule => "it is not within its dates",
        Gate::Hours => "it is not within its hours",
        Gate::Frequency => "this visitor has seen it as often as its frequency allows",
        Gate::Times => "this visitor has seen it as many times as its limit allows",
        Gate::Gap => "its own gap is not over",
        Gate::Dismissal => "this visitor has closed it",
        Gate::Conversation => "this visitor is in conversation",
        Gate::AgentPause => "an agent wrote within the last hour",
        Gate::Visible => "the page is not visible",
        Gate::Panel => "the panel is open",
        Gate::OnScreen => "a greeting is on the screen",
        Gate::FormFocus => "a form field has the focus",
        Gate::PerVisit => "this visit has had its greetings",
        Gate::PerDay => "this day has had its greetings",
        Gate::AnyGap => "the gap after the last greeting is not over",
    }
}

fn gate(gate: Gate) -> &'static str {
    match gate {
        Gate::Status => "published",
        Gate::Schedule => "its dates",
        Gate::Hours => "its hours",
        Gate::Frequency => "frequency",
        Gate::Times => "limit of times",
        Gate::Gap => "limit of the gap",
        Gate::Dismissal => "not closed before",
        Gate::Conversation => "not in conversation",
        Gate::AgentPause => "no agent within the hour",
        Gate::Visible => "page visible",
        Gate::Panel => "panel closed",
        Gate::OnScreen => "no greeting on the screen",
        Gate::FormFocus => "no form field in focus",
        Gate::PerVisit => "greetings of a visit",
        Gate::PerDay => "greetings of a day",
        Gate::AnyGap => "gap between any two",
    }
}

fn part(part: &Part, rule: &Rule, now: Millis, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let mark = mark(part.holds);
    let mut group = |name: &str, parts: &[Part], rules: &[Rule]| {
        lines.push(format!("{indent}{mark} {name}"));
        for (one, rule) in parts.iter().zip(rules) {
            self::part(one, rule, now, depth + 1, lines);
        }
    };
    match (&part.what, rule) {
        (What::All(parts), Rule::All { all }) => group("all of", parts, all),
        (What::Any(parts), Rule::Any { any }) => group("any of", parts, any),
        (What::Not(inner), Rule::Not { not }) => {
            group(
                "not",
                std::slice::from_ref(inner),
                std::slice::from_ref(not),
            );
        }
        (What::Actual(actual), Rule::One(condition)) => {
            let until = part
                .until
                .map(|at| format!(", until {} from now", wait(at, now)))
                .unwrap_or_default();
            let closest = if part.closest { "  <- closest" } else { "" };
            lines.push(format!(
                "{indent}{mark} {}: {}{until}{closest}",
                written(condition),
                found(actual)
            ));
        }
        // The explanation is of another trigger than the file.
        _ => lines.push(format!("{indent}{mark} (another rule)")),
    }
}

/// A condition as it is written, in one line.
pub(crate) fn written(condition: &Condition) -> String {
    match condition {
        Condition::Fact { fact, op, value } => {
            let value = value.as_ref().map(|value| format!(" {}", json(value)));
            format!("{fact} {}{}", operator(*op), value.unwrap_or_default())
        }
        Condition::Event {
            event,
            op,
            value,
            within,
            properties,
        } => {
            let within = within.map(|span| format!(" within {span}"));
            let with = match properties.len() {
                0 => String::new(),
                _ => format!(
                    " with {}",
                    properties
                        .iter()
                        .map(|(name, one)| {
                            let value = one.value.as_ref().map(json).unwrap_or_default();
                            format!("{name} {} {value}", operator(one.op))
                        })
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            };
            let within = within.unwrap_or_default();
            format!("event {event}{with} {} {value}{within}", operator(*op))
        }
    }
}

fn operator(op: Operator) -> String {
    word_of(&op)
}

fn json(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn word_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn found(actual: &Actual) -> String {
    match actual {
        Actual::Missing => "not known".to_owned(),
        Actual::Flag(flag) => flag.to_string(),
        Actual::Number(number) => number.to_string(),
        Actual::Span(span_ms) => seconds(*span_ms),
        Actual::TimeOfDay(ms) => format!("{:02}:{:02}", ms / 3_600_000, ms / 60_000 % 60),
        Actual::Texts(texts) => texts
            .iter()
            .map(|text| format!("{text:?}"))
            .collect::<Vec<_>>()
            .join(", "),
        Actual::Count(1) => "once".to_owned(),
        Actual::Count(count) => format!("{count} times"),
    }
}

/// How long it is until an instant.
fn wait(at: Millis, now: Millis) -> String {
    seconds(at.since(now))
}

/// A length of time as far as it matters: to the millisecond below a minute.
fn seconds(span_ms: u64) -> String {
    if span_ms < 60_000 {
        let rest = match span_ms % 1_000 {
            0 => String::new(),
            rest => format!(".{rest:03}").trim_end_matches('0').to_owned(),
        };
        return format!("{}{rest}s", span_ms / 1_000);
    }
    let whole = Span(span_ms / 1_000 * 1_000);
    let parts = [
        (whole.0 / 86_400_000, "d"),
        (whole.0 / 3_600_000 % 24, "h"),
        (whole.0 / 60_000 % 60, "m"),
        (whole.0 / 1_000 % 60, "s"),
    ];
    let named = parts.iter().filter(|(count, _)| *count > 0);
    let named: Vec<String> = named
        .map(|(count, unit)| format!("{count}{unit}"))
        .collect();
    named.join(" ")
}

fn mark(holds: bool) -> char {
    if holds { '✓' } else { '✗' }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile;
    use crate::text::fold;
    use crate::trace::{self, Run};

    #[test]
    fn an_author_reads_what_is_missing_and_for_how_long() {
        let trigger = r#"{"id":"help","name":"Help","greeting":{"text":{"en":"Hi"}},"rule":{"all":[
            {"fact":"page.path","op":"glob","value":"/plans/**"},
            {"fact":"page.time","op":"gte","value":"30s"},
            {"any":[{"event":"compared","op":"gte","value":2,"within":"10m"},
                    {"not":{"fact":"visitor.attr.plan","op":"exists"}}]}]}}"#;
        let head = r#"{"test":"x","triggers":["help.json"]}
            {"at":0,"event":{"page":{"url":"https://a.example/plans/team"}}}
            {"at":12500}"#;
        let traces = trace::read(head).unwrap();
        let mut load = |_: &str| Ok(trigger.to_owned());
        let rules = traces[0].head.rules(&mut load).unwrap();
        let mut run = Run::begin(&traces[0].head, rules, fold);
        assert_eq!(run.all(&traces[0]), []);
        let spec = compile::read(trigger).unwrap();
        let explained = run.explain();
        let words = lines(&explained[0], &spec, run.now()).join("\n");
        assert!(
            words.starts_with(
                "help: does not show: its rule does not hold\n  \
                 If only time passes, it could show in 17.5s.\n  Rule\n    \
                 ✗ all of\n      \
                 ✓ page.path glob \"/plans/**\": \"/plans/team\"\n      \
                 ✗ page.time gte \"30s\": 12.5s, until 17.5s from now  <- closest\n      \
                 ✓ any of\n        \
                 ✗ event compared gte 2 within 10m: 0 times\n        \
                 ✓ not\n          \
                 ✗ visitor.attr.plan exists: not known\n  Gates\n    ✓ published\n"
            ),
            "{words}"
        );
    }

    #[test]
    fn a_length_of_time_is_short_to_read() {
        assert_eq!(seconds(0), "0s");
        assert_eq!(seconds(17_500), "17.5s");
        assert_eq!(seconds(61_000), "1m 1s");
        assert_eq!(seconds(90_000_000), "1d 1h");
    }
}
