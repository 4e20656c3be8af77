//! Regular expressions, as a table that says where to go with each byte.
//!
//! The table is made when a trigger is saved, by `compile`; running it takes one
//! step for each byte of the text, whatever the expression was.
//!
//! **Invariant:** every entry of a table is a state that the table has, so no
//! text and no damage on the way to a page can lead outside of it.

use alloc::boxed::Box;
use alloc::vec::Vec;

/// The state of a text that fits, whatever follows.
pub(crate) const FITS: u8 = 0;

/// The state of a text that cannot fit any more.
pub(crate) const NEVER: u8 = 1;

/// The state at the beginning of a text: the first that has a row.
pub(crate) const START: u8 = 2;

/// Most entries of a table, its 256 kinds of bytes left aside.
pub(crate) const ENTRIES: usize = 8_192;

/// A table made of a regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Entries of a row: one for each kind of byte, the last for the end.
    width: usize,
    /// The kind of each byte, then the rows.
    table: Box<[u8]>,
}

impl Expression {
    /// Takes the kind of each byte and the rows of all states from the third.
    /// None when they do not fit together.
    #[must_use]
    pub(crate) fn new(mut kinds: Vec<u8>, rows: &[u8]) -> Option<Self> {
        let width = usize::from(*kinds.iter().max()?) + 2;
        let states = rows.len() / width + usize::from(START);
        let whole = kinds.len() == 256
            && !rows.is_empty()
            && rows.len() <= ENTRIES
            && rows.len().is_multiple_of(width)
            && rows.iter().all(|state| usize::from(*state) < states);
        kinds.extend_from_slice(rows);
        whole.then(|| Self {
            width,
            table: kinds.into_boxed_slice(),
        })
    }

    /// Whether a part of a folded text fits.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let Some(kinds) = self.table.first_chunk::<256>() else {
            return false;
        };
        let mut state = START;
        for byte in text.bytes() {
            let kind = kinds[usize::from(byte)];
            // Until something begins to fit, no step has to wait for the last.
            if state == START && self.next(START, usize::from(kind)) == START {
                continue;
            }
            state = self.next(state, usize::from(kind));
            if state < START {
                return state == FITS;
            }
        }
        self.next(state, self.width - 1) == FITS
    }

    fn next(&self, state: u8, kind: usize) -> u8 {
        let row = usize::from(state - START) * self.width;
        self.table.get(256 + row + kind).map_or(NEVER, |next| *next)
    }

    /// The state after one more byte.
    #[cfg(feature = "compile")]
    pub(crate) fn after(&self, state: u8, byte: u8) -> u8 {
        if state < START {
            return state;
        }
        self.next(state, usize::from(self.kind(byte)))
    }

    /// Whether a text that ends in this state fits.
    #[cfg(feature = "compile")]
    pub(crate) fn fits_after(&self, state: u8) -> bool {
        state == FITS || state >= START && self.next(state, self.width - 1) == FITS
    }

    /// The kind of a byte: those of one kind lead to the same states.
    #[cfg(feature = "compile")]
    pub(crate) fn kind(&self, byte: u8) -> u8 {
        self.table.get(usize::from(byte)).map_or(0, |kind| *kind)
    }

    /// The kind of each byte, and the rows.
    pub(crate) fn parts(&self) -> (&[u8], &[u8]) {
        self.table.split_at(256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fits a text with an `a` that is not its last character.
    fn sample() -> Expression {
        let kinds = (0..=255).map(|byte| u8::from(byte == b'a')).collect();
        let rows = [
            [START, START + 1, NEVER],
            [FITS, FITS, NEVER],
            [200, 200, 200],
        ];
        let rows = &rows.as_flattened()[..6];
        Expression::new(kinds, rows).unwrap()
    }

    #[test]
    fn a_table_is_run_to_the_end_of_the_text() {
        for (text, fits) in [("", false), ("a", false), ("ba!", true), ("é", false)] {
            assert_eq!(sample().fits(text), fits, "{text:?}");
        }
    }

    #[test]
    fn a_table_that_leads_outside_of_itself_is_none() {
        assert_eq!(Expression::new(vec![0; 256], &[9, 9]), None);
        assert_eq!(Expression::new(vec![0; 255], &[0, 0]), None);
        assert_eq!(Expression::new(vec![0; 256], &[]), None);
        assert_eq!(Expression::new(vec![0; 256], &[0, 0, 0]), None);
    }
}
