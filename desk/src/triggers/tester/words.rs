//! What the engine says, in the agent's words.

use saluda_protocol::Millis;

use super::answer::{Part, Went};
use super::event::{Kind, REACTIONS};
use crate::texts::{text, text_count, text_with};
use crate::time;

/// How it stands, for the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// It shows.
    Good,
    /// Time alone makes it show.
    Waits,
    /// Something else has to happen.
    Shut,
}

/// The decision: in a word or two, and what it means.
pub(super) fn verdict(
    went: &Went,
    trigger: &str,
    name_of: &dyn Fn(&str) -> String,
) -> (Tone, String, String) {
    let wait = |until: u64| span(until.saturating_sub(went.now).next_multiple_of(1_000));
    let since = went.now - went.began_at;
    if went.verdict == "shows" {
        return (Tone::Good, text("tester.shows"), String::new());
    }
    if let Some(shown) = went.appeared(trigger) {
        let ago = span(since - shown.at_ms);
        let words = text_with("tester.shown_ago", &[("span", &ago)]);
        return (Tone::Good, text("tester.shown"), words);
    }
    if let Some(earliest) = went.earliest.filter(|earliest| *earliest > went.now) {
        let words = text_with("tester.shows_in", &[("span", &wait(earliest))]);
        return (Tone::Waits, text("tester.not_yet"), words);
    }
    let why = match went.verdict.as_str() {
        "held" => text("tester.held"),
        "priority" => text_with("tester.priority", &[("name", &name_of(&went.other))]),
        "gate" => closed(went.gate.as_deref().unwrap_or_default()),
        _ => text("tester.rule"),
    };
    (Tone::Shut, text("tester.not"), why)
}

/// What a condition looked at.
pub(super) fn found(part: &Part) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers that are never negative"
    )]
    let whole = part.number as u64;
    match part.found.as_str() {
        "flag" if part.number > 0.0 => text("value.yes"),
        "flag" => text("value.no"),
        "number" => ((part.number * 100.0).round() / 100.0).to_string(),
        "span" => span(whole / 1_000 * 1_000),
        "time_of_day" => format!("{:02}:{:02}", whole / 3_600_000, whole / 60_000 % 60),
        "texts" if part.texts.is_empty() => text("tester.none"),
        "texts" => part.texts.join(", "),
        "count" => text_count("unit.times", whole),
        _ => text("tester.missing"),
    }
}

/// A length of time: the two largest units that matter.
pub(super) fn span(ms: u64) -> String {
    let seconds = ms / 1_000;
    let unit = |key: &str, count: u64| {
        let count = count.to_string();
        match key {
            "d" => text_with("length.days", &[("count", &count)]),
            "h" => text_with("length.hours", &[("count", &count)]),
            "m" => text_with("length.minutes", &[("count", &count)]),
            _ => text_with("length.seconds", &[("count", &count)]),
        }
    };
    let units = [
        ("d", seconds / 86_400),
        ("h", seconds / 3_600 % 24),
        ("m", seconds / 60 % 60),
        ("s", seconds % 60),
    ];
    let first = units.iter().position(|(_, count)| *count > 0);
    let Some(first) = first else {
        return unit("s", 0);
    };
    let told = units[first..].iter().take(2);
    let told = told.filter(|(_, count)| *count > 0);
    let told: Vec<_> = told.map(|(key, count)| unit(key, *count)).collect();
    told.join(" ")
}

/// A time since the start: `0:18`, `1:05:00`.
pub(super) fn position(ms: u64) -> String {
    let seconds = ms / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// Until when something is as it is.
pub(super) fn until(at: Option<u64>, now: u64) -> Option<String> {
    let at = at.filter(|at| *at > now)?;
    // Within the day a clock says more than a length of time.
    if at - now < 60 * 60 * 1_000 {
        let left = span((at - now).next_multiple_of(1_000));
        return Some(text_with("tester.left", &[("span", &left)]));
    }
    let when = time::full(Millis(at));
    Some(text_with("tester.until", &[("time", &when)]))
}

/// What a gate is called.
pub(super) fn gate(gate: &str) -> String {
    match gate {
        "status" => text("gate.status"),
        "schedule" => text("gate.schedule"),
        "hours" => text("gate.hours"),
        "frequency" => text("gate.frequency"),
        "times" => text("gate.times"),
        "gap" => text("gate.gap"),
        "dismissal" => text("gate.dismissal"),
        "conversation" => text("gate.conversation"),
        "agent_pause" => text("gate.agent_pause"),
        "per_visit" => text("gate.per_visit"),
        "per_day" => text("gate.per_day"),
        "any_gap" => text("gate.any_gap"),
        "on_screen" => text("gate.on_screen"),
        "panel" => text("gate.panel"),
        "form_focus" => text("gate.form_focus"),
        "visible" => text("gate.visible"),
        other => other.to_owned(),
    }
}

/// Why a gate keeps a greeting away.
pub(super) fn closed(gate: &str) -> String {
    match gate {
        "status" => text("closed.status"),
        "schedule" => text("closed.schedule"),
        "hours" => text("closed.hours"),
        "frequency" => text("closed.frequency"),
        "times" => text("closed.times"),
        "gap" => text("closed.gap"),
        "dismissal" => text("closed.dismissal"),
        "conversation" => text("closed.conversation"),
        "agent_pause" => text("closed.agent_pause"),
        "per_visit" => text("closed.per_visit"),
        "per_day" => text("closed.per_day"),
        "any_gap" => text("closed.any_gap"),
        "on_screen" => text("closed.on_screen"),
        "panel" => text("closed.panel"),
        "form_focus" => text("closed.form_focus"),
        "visible" => text("closed.visible"),
        other => other.to_owned(),
    }
}

/// What happens, in a word or two.
pub(super) fn kind(kind: Kind) -> String {
    match kind {
        Kind::Page => text("step.page"),
        Kind::Track => text("step.track"),
        Kind::Scroll => text("step.scroll"),
        Kind::Active => text("step.active"),
        Kind::PointerLeft => text("step.pointer_left"),
        Kind::FormFocus => text("step.form_focus"),
        Kind::Visible => text("step.visible"),
        Kind::Panel => text("step.panel"),
        Kind::OnScreen => text("step.on_screen"),
        Kind::ElementSeen => text("step.element_seen"),
        Kind::ElementClicked => text("step.element_clicked"),
        Kind::Title => text("step.title"),
        Kind::Tags => text("step.tags"),
        Kind::Attribute => text("step.attribute"),
        Kind::Message => text("step.message"),
        Kind::Conversation => text("step.conversation"),
        Kind::Known => text("step.known"),
        Kind::DeskOnline => text("step.desk_online"),
        Kind::Greeting => text("step.greeting"),
        Kind::Pass => text("step.pass"),
        Kind::Other => text("step.other"),
    }
}

/// What a visitor does with the greeting.
pub(super) fn reaction(reaction: &str) -> String {
    match REACTIONS.iter().position(|one| *one == reaction) {
        Some(0) => text("step.opened"),
        Some(2) => text("step.replied"),
        Some(3) => text("step.clicked"),
        _ => text("step.dismissed"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::answer::Done;
    use super::*;

    #[test]
    fn lengths_and_positions_are_short() {
        assert_eq!(span(0), "0 s");
        assert_eq!(span(12_500), "12 s");
        assert_eq!(span(125_000), "2 min 5 s");
        assert_eq!(span(90_000_000), "1 d 1 h");
        assert_eq!(position(18_400), "0:18");
        assert_eq!(position(3_900_000), "1:05:00");
    }

    #[test]
    fn a_verdict_says_what_happens_next() {
        let mut went = Went {
            began_at: 0,
            now: 18_000,
            done: Vec::new(),
            verdict: "rule".to_owned(),
            gate: None,
            other: String::new(),
            variant: None,
            earliest: Some(29_500),
            gates: Vec::new(),
            parts: Vec::new(),
        };
        let say = |went: &Went| {
            let (tone, head, rest) = verdict(went, "help", &|id| id.to_uppercase());
            (tone, format!("{head} {rest}"))
        };
        let (tone, words) = say(&went);
        assert_eq!(tone, Tone::Waits);
        assert!(words.contains("12 s"), "{words}");
        went.earliest = None;
        assert_eq!(say(&went).0, Tone::Shut);
        (went.verdict, went.other) = ("priority".to_owned(), "cart".to_owned());
        assert!(say(&went).1.contains("CART"));
        went.done.push(Done {
            at_ms: 3_000,
            trigger: "help".to_owned(),
            held: false,
            variant: None,
        });
        let (tone, words) = say(&went);
        assert_eq!(tone, Tone::Good);
        assert!(words.contains("15 s"), "{words}");
    }
}
