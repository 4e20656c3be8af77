//! Numbers that are in or not, found in order without looking at each.

use alloc::vec;
use alloc::vec::Vec;

/// How many numbers one word stands for.
const WORD: usize = u32::BITS as usize;

/// A set of small numbers.
#[derive(Debug, Default)]
pub(crate) struct Set(Vec<u32>);

impl Set {
    /// None of the numbers below `end`.
    pub(crate) fn none_below(end: usize) -> Self {
        Self(vec![0; end.div_ceil(WORD)])
    }

    /// All of the numbers below `end`.
    pub(crate) fn all_below(end: usize) -> Self {
        let mut set = Self::none_below(end);
        set.put_all(end);
        set
    }

    /// Puts all numbers below `end` in.
    pub(crate) fn put_all(&mut self, end: usize) {
        for (word, begin) in self.0.iter_mut().zip((0..end).step_by(WORD)) {
            let beyond = WORD.saturating_sub(end - begin);
            *word = u32::MAX >> beyond;
        }
    }

    /// Takes all numbers out.
    pub(crate) fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Puts a number in, or takes it out.
    pub(crate) fn put(&mut self, number: usize, inside: bool) {
        if let Some(word) = self.0.get_mut(number / WORD) {
            let bit = 1 << (number % WORD);
            *word = if inside { *word | bit } else { *word & !bit };
        }
    }

    /// Those that are in, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let mut words = self.0.iter().copied();
        let mut word = 0;
        let mut begin = 0;
        core::iter::from_fn(move || {
            while word == 0 {
                word = words.next()?;
                begin += WORD;
            }
            let bit = word.trailing_zeros() as usize;
            word &= word - 1;
            Some(begin - WORD + bit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_put_in() {
        let mut set = Set::none_below(100);
        for number in [99, 0, 31, 32, 64, 7] {
            set.put(number, true);
        }
        set.put(31, false);
        set.put(32, true);
        // Beyond its end nothing is ever in.
        set.put(1_000, true);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 7, 32, 64, 99]);
        assert_eq!(Set::none_below(0).iter().next(), None);
    }

    #[test]
    fn all_are_those_below_its_end_and_no_more() {
        for end in [0, 1, 31, 32, 33, 64, 100] {
            let mut set = Set::all_below(end);
            assert!(set.iter().eq(0..end), "{end}");
            set.clear();
            assert_eq!(set.iter().next(), None);
        }
    }
}
