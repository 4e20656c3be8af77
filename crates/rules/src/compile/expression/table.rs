//! Makes the smallest table for what an expression means.

use std::collections::HashMap;

use regex_automata::Input;
use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_syntax::hir::Hir;

use crate::expression::{ENTRIES, Expression, FITS, NEVER, START};

/// Most bytes while the table is being made.
const WORK_BYTES: usize = 1 << 17;

/// A state, by its place in a list.
type State = usize;

/// Rows of next states: one entry for each kind of byte, the last for the end of
/// the text. The state at 0 fits, the one at 1 is the beginning.
struct Rows(Vec<Vec<State>>);

/// Makes a table. None when it would be too large.
pub(super) fn make(meaning: &Hir) -> Option<Expression> {
    let automaton = determine(meaning)?;
    let (kinds, rows) = explore(&automaton)?;
    let rows = rows.fit_early().join_alike();
    rows.write(kinds)
}

fn determine(meaning: &Hir) -> Option<dense::DFA<Vec<u32>>> {
    let nfa = thompson::Compiler::new()
        .configure(
            thompson::Config::new()
                .which_captures(thompson::WhichCaptures::None)
                .nfa_size_limit(Some(WORK_BYTES)),
        )
        .build_from_hir(meaning)
        .ok()?;
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .accelerate(false)
                .start_kind(StartKind::Unanchored)
                .dfa_size_limit(Some(WORK_BYTES))
                .determinize_size_limit(Some(WORK_BYTES)),
        )
        .build_from_nfa(&nfa)
        .ok()
}

/// Walks through an automaton from its beginning. The result has the kind of
/// each byte, and the rows.
fn explore(automaton: &dense::DFA<Vec<u32>>) -> Option<([usize; 256], Rows)> {
    let classes = automaton.byte_classes();
    let mut kinds = [0; 256];
    let mut examples: Vec<u8> = Vec::new();
    for byte in 0..=255_u8 {
        let kind = usize::from(classes.get(byte));
        kinds[usize::from(byte)] = kind;
        if kind == examples.len() {
            examples.push(byte);
        }
    }
    let start = automaton.start_state_forward(&Input::new("")).ok()?;
    let mut numbers: HashMap<StateID, State> = HashMap::from([(start, 1)]);
    let mut states = vec![start];
    let fits = vec![0; examples.len() + 1];
    let mut rows = vec![fits];
    while let Some(state) = states.get(rows.len() - 1).copied() {
        let by_byte = examples
            .iter()
            .map(|byte| automaton.next_state(state, *byte));
        let all = by_byte.chain([automaton.next_eoi_state(state)]);
        let row = all.map(|next| {
            if automaton.is_match_state(next) {
                return 0;
            }
            *numbers.entry(next).or_insert_with(|| {
                states.push(next);
                states.len()
            })
        });
        let row = row.collect();
        rows.push(row);
    }
    Some((kinds, Rows(rows)))
}

impl Rows {
    /// A state from which every way fits is as good as one that fits: the
    /// automaton says so one byte late.
    fn fit_early(mut self) -> Self {
        loop {
            let early: Vec<bool> = self
                .0
                .iter()
                .enumerate()
                .map(|(state, row)| state > 1 && row.iter().all(|next| *next == 0))
                .collect();
            let mut changed = false;
            for next in self.0.iter_mut().flatten() {
                if early[*next] {
                    *next = 0;
                    changed = true;
                }
            }
            if !changed {
                return self;
            }
        }
    }

    /// Joins states that no text can tell apart, by dividing them into groups
    /// until the members of each lead to the same groups (Moore).
    fn join_alike(self) -> Self {
        let mut group: Vec<usize> = (0..self.0.len()).map(|state| state.min(1)).collect();
        let mut count = 2;
        loop {
            let mut seen = HashMap::new();
            let finer: Vec<usize> = self
                .0
                .iter()
                .zip(&group)
                .map(|(row, own)| {
                    let leads: Vec<usize> = row.iter().map(|next| group[*next]).collect();
                    let known = seen.len();
                    *seen.entry((*own, leads)).or_insert(known)
                })
                .collect();
            let finer_count = seen.len();
            group = finer;
            if finer_count == count {
                break;
            }
            count = finer_count;
        }
        let mut rows: Vec<Vec<State>> = vec![Vec::new(); count];
        for (row, own) in self.0.iter().zip(&group) {
            rows[*own] = row.iter().map(|next| group[*next]).collect();
        }
        Self(rows)
    }

    /// Writes the table, with states in the order in which a text reaches them.
    fn write(&self, mut kinds: [usize; 256]) -> Option<Expression> {
        // No folded text has these bytes: they are like the bytes before them,
        // which is written shortest.
        for byte in b'A'..=b'Z' {
            kinds[usize::from(byte)] = kinds[usize::from(b'@')];
        }
        for byte in (0xC0..=0xC1).chain(0xF5..=0xFF) {
            kinds[byte] = kinds[byte - 1];
        }
        let order = self.reached()?;
        let name = |state: State| -> Option<u8> {
            if state == 0 {
                Some(FITS)
            } else if self.is_lost(state) {
                Some(NEVER)
            } else {
                let place = order.iter().position(|known| *known == state)?;
                u8::try_from(place + usize::from(START)).ok()
            }
        };
        // Kinds of bytes with the same column become one.
        let column = |kind: usize| order.iter().map(move |state| self.0[*state][kind]);
        let mut columns: Vec<usize> = Vec::new();
        let narrow = kinds.map(|kind| {
            let known = |other: &usize| *other == kind || column(*other).eq(column(kind));
            columns.iter().position(known).unwrap_or_else(|| {
                columns.push(kind);
                columns.len() - 1
            })
        });
        let end = self.0.first()?.len() - 1;
        columns.push(end);
        if order.len() * columns.len() > ENTRIES {
            return None;
        }
        let mut rows = Vec::new();
        for state in &order {
            for kind in &columns {
                rows.push(name(self.0[*state][*kind])?);
            }
        }
        let narrow = narrow.into_iter().map(u8::try_from);
        Expression::new(narrow.collect::<Result<_, _>>().ok()?, &rows)
    }

    /// The states that have a row in the table, the beginning first. None when
    /// there are more than a byte can number.
    fn reached(&self) -> Option<Vec<State>> {
        let mut order = vec![1];
        let mut looked_at = 0;
        while let Some(state) = order.get(looked_at).copied() {
            looked_at += 1;
            if order.len() > usize::from(u8::MAX - START) + 1 {
                return None;
            }
            for next in &self.0[state] {
                if *next != 0 && !order.contains(next) && !self.is_lost(*next) {
                    order.push(*next);
                }
            }
        }
        Some(order)
    }

    /// Whether nothing leads out of a state any more.
    fn is_lost(&self, state: State) -> bool {
        self.0[state].iter().all(|next| *next == state)
    }
}
