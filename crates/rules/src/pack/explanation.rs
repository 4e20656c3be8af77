//! Explanations as words, for the page that shows them.

use super::Row;
use super::codes::GATES;
use crate::explain::{Actual, Explanation, GateState, Part, Verdict, What};

impl Explanation {
    /// Writes it as words.
    pub fn pack(&self, row: &mut Row) {
        row.text(self.trigger.as_str());
        row.verdict(&self.verdict);
        row.optional(self.earliest.map(|at| at.0));
        row.list(&self.gates, |row, state| row.gate(*state));
        row.part(&self.rule);
    }
}

impl Row {
    /// Always three words: which verdict, a number, a text.
    fn verdict(&mut self, verdict: &Verdict) {
        let (code, number, text) = match verdict {
            Verdict::Shows { variant } => (0, variant.map(u64::from), ""),
            Verdict::Held => (1, None, ""),
            Verdict::Rule => (2, None, ""),
            Verdict::Gate(gate) => {
                let code = GATES.iter().position(|one| one == gate);
                (3, code.map(|code| code as u64), "")
            }
            Verdict::Priority(other) => (4, None, other.as_str()),
        };
        self.whole(code);
        self.optional(number);
        self.text(text);
    }

    fn gate(&mut self, state: GateState) {
        self.code(&GATES, &state.gate);
        self.flag(state.open);
        self.optional(state.until.map(|at| at.0));
    }

    /// What it is made of comes last, so that it can be read in one go.
    fn part(&mut self, part: &Part) {
        self.flag(part.holds);
        self.optional(part.until.map(|at| at.0));
        self.flag(part.closest);
        match &part.what {
            What::All(parts) => {
                self.whole(0);
                self.list(parts, Self::part);
            }
            What::Any(parts) => {
                self.whole(1);
                self.list(parts, Self::part);
            }
            What::Not(inner) => {
                self.whole(2);
                self.list([&**inner], Self::part);
            }
            What::Actual(actual) => {
                self.whole(3);
                self.actual(actual);
            }
        }
    }

    fn actual(&mut self, actual: &Actual) {
        match actual {
            Actual::Missing => self.whole(0),
            Actual::Flag(flag) => {
                self.whole(1);
                self.flag(*flag);
            }
            Actual::Number(number) => {
                self.whole(2);
                self.number(*number);
            }
            Actual::Span(span_ms) => {
                self.whole(3);
                self.whole(*span_ms);
            }
            Actual::TimeOfDay(ms) => {
                self.whole(4);
                self.whole(*ms);
            }
            Actual::Texts(texts) => {
                self.whole(5);
                self.list(texts, |row, text| row.text(text));
            }
            Actual::Count(count) => {
                self.whole(6);
                self.whole(u64::from(*count));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use saluda_protocol::Millis;

    use super::*;
    use crate::gates::{Gate, OWN, SHARED};
    use crate::pack::Words;

    #[test]
    fn every_gate_has_the_code_of_its_place() {
        let all: Vec<Gate> = OWN.into_iter().chain(SHARED).collect();
        assert_eq!(all, GATES);
    }

    #[test]
    fn a_page_reads_verdict_gates_and_rule_one_after_the_other() {
        let leaf = Part {
            holds: false,
            until: Some(Millis(30_000)),
            closest: true,
            what: What::Actual(Actual::Span(12_500)),
        };
        let explanation = Explanation {
            trigger: "help".parse().unwrap(),
            verdict: Verdict::Gate(Gate::Gap),
            rule: Part {
                holds: true,
                until: None,
                closest: false,
                what: What::Not(leaf.into()),
            },
            gates: [GateState {
                gate: Gate::Gap,
                open: false,
                until: Some(Millis(9)),
            }]
            .into(),
            earliest: None,
        };
        let mut row = Row::new();
        explanation.pack(&mut row);
        let mut words = Words::new(row.bytes());
        assert_eq!(words.str(), "help");
        assert_eq!((words.whole(), words.whole(), words.str()), (3, 5, ""));
        assert_eq!(words.optional(), None);
        let gates = words.list(&mut |words| (words.whole(), words.flag(), words.optional()));
        assert_eq!(gates, [(5, false, Some(9))]);
        let head = (words.flag(), words.optional(), words.flag(), words.whole());
        assert_eq!(head, (true, None, false, 2));
        assert_eq!(words.whole(), 1, "what it negates");
        let leaf = (words.flag(), words.optional(), words.flag(), words.whole());
        assert_eq!(leaf, (false, Some(30_000), true, 3));
        assert_eq!((words.whole(), words.whole()), (3, 12_500));
        assert!(words.is_empty() && words.are_sound());
    }
}
