//! Words that are written.

use alloc::vec::Vec;

use super::codes::{NUMBER_WORD, TEXT_WORD};
use crate::event::{Attribute, LocalClock};

/// Words that are written, one after the other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row(Vec<u8>);

impl Row {
    /// No word yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The words as [`Words`](super::Words) reads them.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Writes all words of another row.
    pub fn append(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// Takes all words away.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Writes a number.
    pub fn number(&mut self, number: f64) {
        self.0.push(NUMBER_WORD);
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// Writes a whole number below 2^53.
    pub fn whole(&mut self, whole: u64) {
        self.number(as_number(whole));
    }

    /// Writes yes or no.
    pub fn flag(&mut self, flag: bool) {
        self.number(f64::from(u8::from(flag)));
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        // No text here comes near to four gigabytes.
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.0.push(TEXT_WORD);
        self.0.extend_from_slice(&length.to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Writes a whole number that may be missing.
    pub fn optional(&mut self, whole: Option<u64>) {
        self.number(whole.map_or(-1.0, as_number));
    }

    /// Writes which of a table it is.
    pub fn code<T: PartialEq>(&mut self, table: &[T], value: &T) {
        let code = table.iter().position(|one| one == value);
        self.whole(code.unwrap_or(0) as u64);
    }

    /// Writes several, after how many there are.
    pub fn list<'a, T: 'a>(
        &mut self,
        items: impl IntoIterator<Item = &'a T, IntoIter: ExactSizeIterator>,
        mut one: impl FnMut(&mut Self, &'a T),
    ) {
        let items = items.into_iter();
        self.whole(items.len() as u64);
        for item in items {
            one(self, item);
        }
    }

    /// Writes something a page says; none when it is taken back.
    pub fn attribute(&mut self, value: Option<&Attribute>) {
        match value {
            None => self.whole(0),
            Some(Attribute::Flag(flag)) => {
                self.whole(1);
                self.flag(*flag);
            }
            Some(Attribute::Number(number)) => {
                self.whole(2);
                self.number(*number);
            }
            Some(Attribute::Text(text)) => {
                self.whole(3);
                self.text(text);
            }
        }
    }

    /// Writes where a clock stands.
    pub fn clock(&mut self, clock: &LocalClock) {
        self.number(f64::from(clock.offset_minutes));
        self.optional(clock.changes_at.map(|at| at.0));
        self.number(f64::from(clock.then_minutes));
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "exact below 2^53, which no length, count or instant here reaches"
)]
pub(super) fn as_number(whole: u64) -> f64 {
    whole as f64
}
