//! Words that are read.

use alloc::string::String;
use alloc::vec::Vec;

use saluda_protocol::Millis;
use saluda_protocol::TriggerId;

use super::codes::{BITS_SIGN, MINUS_SIGN, NUMBER_WORD, TEXT_SIGN, TEXT_WORD};
use super::row::as_number;
use crate::event::{Attribute, LocalClock};

/// Words that are read, one after the other.
///
/// A word that is missing, or of the other kind, reads as 0 or as an empty
/// text, and from then on the words are not [sound](Self::are_sound). So what is
/// read is checked once, at the end, and reading costs the page little.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    bytes: &'a [u8],
    sound: bool,
}

impl<'a> Words<'a> {
    /// Reads what [`Row`](super::Row) wrote: bytes, or a line.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, sound: true }
    }

    /// Whether there is no further word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether every word so far was there, and of the kind that was asked for.
    #[must_use]
    pub fn are_sound(&self) -> bool {
        self.sound
    }

    /// Notes that what was read makes no sense. Nothing more can be read.
    pub fn spoil(&mut self) {
        self.sound = false;
        self.bytes = &[];
    }

    /// Stands for what makes no sense.
    pub(super) fn spoilt<T>(&mut self, instead: T) -> T {
        self.spoil();
        instead
    }

    /// The next bytes of a word.
    fn take(&mut self, length: usize) -> &'a [u8] {
        if let Some((taken, rest)) = self.bytes.split_at_checked(length) {
            self.bytes = rest;
            return taken;
        }
        self.spoil();
        &[]
    }

    pub(super) fn array<const N: usize>(&mut self) -> [u8; N] {
        self.take(N).try_into().unwrap_or([0; N])
    }

    /// Whether the next word is a text.
    pub(super) fn begins_text(&self) -> bool {
        matches!(self.bytes.first(), Some(&(TEXT_WORD | TEXT_SIGN)))
    }

    /// The next word, a number.
    pub fn number(&mut self) -> f64 {
        if let Some(([NUMBER_WORD, float @ ..], rest)) = self.bytes.split_first_chunk::<9>() {
            self.bytes = rest;
            return f64::from_le_bytes(*float);
        }
        match self.bytes.first() {
            Some(&BITS_SIGN) => {
                self.take(1);
                f64::from_bits(self.digits())
            }
            Some(&MINUS_SIGN) => {
                self.take(1);
                -as_number(self.digits())
            }
            _ => as_number(self.digits()),
        }
    }

    /// The next word, a text.
    pub fn str(&mut self) -> &'a str {
        let [kind] = self.array();
        let length = match kind {
            TEXT_WORD => u32::from_le_bytes(self.array()) as usize,
            TEXT_SIGN => saturated(self.digits()) as usize,
            _ => return self.spoilt(""),
        };
        let text = core::str::from_utf8(self.take(length));
        text.unwrap_or_else(|_| self.spoilt(""))
    }

    /// The next word, a text of its own.
    pub fn text(&mut self) -> String {
        String::from(self.str())
    }

    /// The next word, whatever it is.
    #[cfg(feature = "serde")]
    pub fn word(&mut self) -> super::Word {
        if self.begins_text() {
            super::Word::Text(self.text())
        } else {
            super::Word::Number(self.number())
        }
    }

    /// A whole number that is not negative.
    pub fn whole(&mut self) -> u64 {
        as_whole(self.number())
    }

    /// A whole number that may be missing.
    pub fn optional(&mut self) -> Option<u64> {
        let number = self.number();
        // Something that is missing is written as -1.
        (number >= 0.0).then(|| as_whole(number))
    }

    /// A whole number below 2^32.
    pub fn small(&mut self) -> u32 {
        saturated(self.whole())
    }

    /// A whole number below 256.
    pub fn byte(&mut self) -> u8 {
        u8::try_from(self.small()).unwrap_or_else(|_| self.spoilt(0))
    }

    /// Yes or no.
    pub fn flag(&mut self) -> bool {
        self.number() != 0.0
    }

    /// One of a table.
    pub fn code<T: Copy>(&mut self, table: &[T]) -> T {
        let code = usize::from(self.byte());
        table
            .get(code)
            .copied()
            .unwrap_or_else(|| self.spoilt(table[0]))
    }

    /// An id of a trigger, which was one before it was written.
    pub fn trigger(&mut self) -> TriggerId {
        TriggerId::trusted(self.text())
    }

    /// An instant.
    pub fn instant(&mut self) -> Millis {
        Millis(self.whole())
    }

    /// Something a page says; none when it is taken back.
    pub fn attribute(&mut self) -> Option<Attribute> {
        Some(match self.byte() {
            0 => return None,
            1 => Attribute::Flag(self.flag()),
            2 => Attribute::Number(self.number()),
            _ => Attribute::Text(self.text()),
        })
    }

    /// Where a clock stands.
    pub fn clock(&mut self) -> LocalClock {
        LocalClock {
            offset_minutes: self.minutes(),
            changes_at: self.optional().map(Millis),
            then_minutes: self.minutes(),
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast of a number that is out of range stops at the end of it"
    )]
    fn minutes(&mut self) -> i32 {
        self.number() as i32
    }

    /// Several, after how many there are.
    pub fn list<T>(&mut self, one: &mut dyn FnMut(&mut Self) -> T) -> Vec<T> {
        let mut left = self.whole();
        let mut list = Vec::new();
        while left > 0 && self.sound {
            list.push(one(self));
            left -= 1;
        }
        list
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a number that is out of range stops at the end of it"
)]
pub(super) fn as_whole(number: f64) -> u64 {
    number as u64
}

/// As much of a whole number as fits below 2^32.
pub(super) fn saturated(whole: u64) -> u32 {
    u32::try_from(whole).unwrap_or(u32::MAX)
}
