//! One test of a text, as a machine that reads it byte by byte.

use crate::expression::{self, Expression};
use crate::trigger::Test;

/// A test of a text. Exact for every text; bytes that are no text may lead
/// anywhere.
pub(super) enum Machine<'t> {
    Pattern(Pattern),
    Table(&'t Expression),
}

/// Patterns that stand one after the other, each with its end. One must fit.
pub(super) struct Pattern {
    steps: Vec<Step>,
    /// The bytes that are named in it.
    named: Box<[bool; 256]>,
}

/// Where a machine is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum State {
    /// At these steps at once, sorted.
    At(Vec<usize>),
    /// In this state of the table.
    Table(u8),
}

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// This byte.
    Byte(u8),
    /// The first byte of a character that is no `/`.
    One,
    /// The other bytes of it.
    RestOfOne,
    /// Anything without a `/`.
    Folder,
    /// Anything.
    All,
    /// Nothing more.
    End,
}

impl State {
    /// How much work it is to go on from here.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::At(steps) => steps.len(),
            Self::Table(_) => 1,
        }
    }
}

impl<'t> Machine<'t> {
    /// The machine for a test, if it is about texts and has something to read.
    pub(super) fn of(test: &'t Test) -> Option<Self> {
        let mut steps = Vec::new();
        let mut add = |before: &[Step], text: &str, after: &[Step]| {
            steps.extend_from_slice(before);
            steps.extend(text.bytes().map(Step::Byte));
            steps.extend_from_slice(after);
        };
        match test {
            Test::Equals(whole) => add(&[], whole, &[Step::End]),
            Test::OneOf(list) => {
                for whole in list {
                    add(&[], whole, &[Step::End]);
                }
            }
            Test::Language(ranges) => {
                for range in ranges {
                    add(&[], range, &[Step::End]);
                    add(&[], range, &[Step::Byte(b'-'), Step::All, Step::End]);
                }
            }
            Test::Contains(part) => add(&[Step::All], part, &[Step::All, Step::End]),
            Test::StartsWith(part) => add(&[], part, &[Step::All, Step::End]),
            Test::EndsWith(part) => add(&[Step::All], part, &[Step::End]),
            Test::Glob(glob) => {
                let pattern = glob.as_str();
                steps = signs(pattern);
                if let Some(bare) = pattern.strip_suffix("/**") {
                    steps.extend(signs(bare));
                }
            }
            Test::Matches(expression) => return Some(Self::Table(expression)),
            Test::Exists | Test::Is(_) | Test::Number(..) | Test::OneOfNumbers(_) => return None,
        }
        let mut named = Box::new([false; 256]);
        for step in &steps {
            if let Step::Byte(byte) = step {
                named[usize::from(*byte)] = true;
            }
        }
        Some(Self::Pattern(Pattern { steps, named }))
    }

    /// How much work it is to make.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Pattern(pattern) => 256 + pattern.steps.len(),
            Self::Table(_) => 256,
        }
    }

    pub(super) fn start(&self) -> State {
        let Self::Pattern(Pattern { steps, .. }) = self else {
            return State::Table(expression::START);
        };
        let ends = steps.iter().enumerate();
        let after_ends = ends.filter(|(_, step)| **step == Step::End);
        let starts = std::iter::once(0).chain(after_ends.map(|(at, _)| at + 1));
        let mut at = Vec::new();
        for start in starts {
            arrive(steps, start, &mut at);
        }
        State::At(sorted(at))
    }

    /// Reads one byte.
    pub(super) fn read(&self, state: &State, byte: u8) -> State {
        let (steps, at) = match (self, state) {
            (Self::Table(table), State::Table(state)) => {
                return State::Table(table.after(*state, byte));
            }
            (Self::Pattern(Pattern { steps, .. }), State::At(at)) => (steps, at),
            // No state is of another machine.
            _ => return State::At(Vec::new()),
        };
        let goes_on = byte & 0xC0 == 0x80;
        let mut next = Vec::new();
        for at in at {
            match steps.get(*at) {
                Some(Step::Byte(wanted)) if *wanted == byte => arrive(steps, at + 1, &mut next),
                Some(Step::One) if byte != b'/' && !goes_on => arrive(steps, at + 1, &mut next),
                Some(Step::RestOfOne) if goes_on => arrive(steps, *at, &mut next),
                Some(Step::Folder) if byte != b'/' => arrive(steps, *at, &mut next),
                Some(Step::All) => arrive(steps, *at, &mut next),
                _ => {}
            }
        }
        State::At(sorted(next))
    }

    /// Whether a text that ends here passes.
    pub(super) fn fits(&self, state: &State) -> bool {
        match (self, state) {
            (Self::Table(table), State::Table(state)) => table.fits_after(*state),
            (Self::Pattern(Pattern { steps, .. }), State::At(at)) => {
                at.iter().any(|at| steps.get(*at) == Some(&Step::End))
            }
            _ => false,
        }
    }

    /// Whether the text passes, if nothing that follows makes a difference.
    pub(super) fn is_settled(&self, state: &State) -> Option<bool> {
        match (self, state) {
            (_, State::Table(expression::FITS)) => Some(true),
            (_, State::Table(expression::NEVER)) => Some(false),
            (Self::Pattern(_), State::At(at)) if at.is_empty() => Some(false),
            (Self::Pattern(Pattern { steps, .. }), State::At(at)) => {
                let all = |at: &usize| steps.get(*at..at + 2) == Some(&[Step::All, Step::End]);
                at.iter().any(all).then_some(true)
            }
            _ => None,
        }
    }

    /// What tells a byte from others.
    fn kind(&self, byte: u8) -> u16 {
        match self {
            Self::Table(table) => u16::from(table.kind(byte)),
            Self::Pattern(pattern) => {
                if byte == b'/' || pattern.named[usize::from(byte)] {
                    256 + u16::from(byte)
                } else {
                    u16::from(byte & 0xC0 == 0x80)
                }
            }
        }
    }
}

/// Notes a step, and those that follow when it takes nothing.
fn arrive(steps: &[Step], mut at: usize, into: &mut Vec<usize>) {
    while let Some(step) = steps.get(at) {
        into.push(at);
        if !matches!(step, Step::RestOfOne | Step::Folder | Step::All) {
            return;
        }
        at += 1;
    }
}

fn sorted(mut at: Vec<usize>) -> Vec<usize> {
    at.sort_unstable();
    at.dedup();
    at
}

/// A pattern for addresses.
fn signs(pattern: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut bytes = pattern.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'*' if bytes.next_if_eq(&b'*').is_some() => steps.push(Step::All),
            b'*' => steps.push(Step::Folder),
            b'?' => steps.extend([Step::One, Step::RestOfOne]),
            byte => steps.push(Step::Byte(byte)),
        }
    }
    steps.push(Step::End);
    steps
}

/// One byte of each kind that no machine tells apart; those that most texts do
/// without come last.
pub(super) fn different_bytes<'m>(machines: impl Iterator<Item = &'m Machine<'m>>) -> Vec<u8> {
    let mut kinds: Vec<Vec<u16>> = vec![Vec::new(); 256];
    for machine in machines {
        for (byte, kind) in (0..=u8::MAX).zip(&mut kinds) {
            kind.push(machine.kind(byte));
        }
    }
    let mut bytes: Vec<(Vec<u16>, u8)> = kinds.into_iter().zip(0..=u8::MAX).collect();
    bytes.sort_by(|one, other| other.cmp(one));
    bytes.dedup_by(|one, other| one.0 == other.0);
    bytes.into_iter().map(|(_, byte)| byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::text_passes;
    use crate::glob::Glob;

    fn passes(test: &Test, word: &str) -> bool {
        let machine = Machine::of(test).unwrap();
        let mut state = machine.start();
        for byte in word.bytes() {
            state = machine.read(&state, byte);
        }
        let fits = machine.fits(&state);
        assert_ne!(machine.is_settled(&state), Some(!fits), "{test:?} {word:?}");
        fits
    }

    /// All words of these letters with at most so many.
    fn words(letters: &[&str], most: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut last = all.clone();
        for _ in 0..most {
            last = last
                .iter()
                .flat_map(|word| letters.iter().map(move |letter| format!("{word}{letter}")))
                .collect();
            all.extend(last.iter().cloned());
        }
        all
    }

    #[test]
    fn a_machine_says_what_the_test_says() {
        let all = words(&["a", "/", "é", "-"], 4);
        let list = ["a", "a/", "é"].map(str::to_owned);
        let mut tests = vec![
            Test::OneOf(list.to_vec()),
            Test::Language(list.to_vec()),
            Test::OneOf(Vec::new()),
        ];
        for part in words(&["a", "/", "é"], 2) {
            tests.push(Test::Equals(part.clone()));
            tests.push(Test::Contains(part.clone()));
            tests.push(Test::StartsWith(part.clone()));
            tests.push(Test::EndsWith(part));
        }
        for pattern in words(&["a", "/", "*", "?"], 4) {
            tests.push(Test::Glob(Glob::new(pattern)));
        }
        for test in &tests {
            for word in &all {
                assert_eq!(
                    passes(test, word),
                    text_passes(test, word),
                    "{test:?} {word:?}"
                );
            }
        }
    }

    #[test]
    fn bytes_of_one_kind_are_tried_once() {
        let test = Test::Glob(Glob::new("/a/**".to_owned()));
        let machines = [Machine::of(&test).unwrap()];
        let bytes = different_bytes(machines.iter());
        assert_eq!(bytes.len(), 4, "{bytes:?}");
        assert!(bytes.contains(&b'/') && bytes.contains(&b'a'));
    }
}
