//! A row of words as a line of printable characters, which is how a site's config
//! carries what is laid out: the browser writes it into the module's memory at
//! one stroke, where a list would be gone through word by word.
//!
//! A number is one digit or several; most numbers are small, and take one. What
//! is not whole or too large, and a text, begin with a sign of their own. No
//! character of it has to be escaped in JSON, but for those in texts.

use alloc::string::String;

use super::codes::{BITS_SIGN, MINUS_SIGN, TEXT_SIGN};
use super::row::{Row, as_number};
use super::words::{Words, as_whole};

/// Each digit says this many values, and whether another follows: the lowest
/// comes first.
const BASE: u64 = 45;

/// From here on digits stand in a row, without the one that JSON escapes.
const FIRST: u8 = b'$';
const ESCAPED: u8 = b'\\';

/// Beyond this, floats leave whole numbers out.
const WHOLE: f64 = 9_007_199_254_740_992.0;

impl Row {
    /// All words as a line. [`Words`] reads it as it reads bytes.
    pub(crate) fn line(&self) -> String {
        let mut line = String::new();
        let mut words = Words::new(self.bytes());
        while !words.is_empty() {
            if words.begins_text() {
                let text = words.str();
                line.push(char::from(TEXT_SIGN));
                write(&mut line, text.len() as u64);
                line.push_str(text);
                continue;
            }
            let number = words.number();
            let size = number.abs();
            let whole = as_whole(size);
            if size >= WHOLE || as_number(whole).to_bits() != size.to_bits() {
                line.push(char::from(BITS_SIGN));
                write(&mut line, number.to_bits());
                continue;
            }
            if number < 0.0 {
                line.push(char::from(MINUS_SIGN));
            }
            write(&mut line, whole);
        }
        line
    }
}

fn write(line: &mut String, mut number: u64) {
    loop {
        let rest = number / BASE;
        let more = if rest > 0 { BASE } else { 0 };
        let digit = FIRST + u8::try_from(number % BASE + more).unwrap_or(0);
        line.push(char::from(digit + u8::from(digit >= ESCAPED)));
        if rest == 0 {
            return;
        }
        number = rest;
    }
}

impl Words<'_> {
    /// The digits that come next.
    pub(super) fn digits(&mut self) -> u64 {
        let mut number = 0_u64;
        let mut place = 1_u64;
        loop {
            let [byte] = self.array();
            let Some(digit) = byte.checked_sub(FIRST + u8::from(byte > ESCAPED)) else {
                return self.spoilt(0);
            };
            let digit = u64::from(digit);
            let value = digit.checked_sub(BASE);
            number = number.wrapping_add(value.unwrap_or(digit).wrapping_mul(place));
            if value.is_none() {
                return number;
            }
            place = place.wrapping_mul(BASE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_survives_a_line() {
        let numbers = [
            0.0,
            1.0,
            44.0,
            45.0,
            89.0,
            90.0,
            2_024.0,
            2_025.0,
            4_294_967_295.0,
            1_795_284_031_000.0,
            WHOLE - 1.0,
            WHOLE,
            -1.0,
            -3.5,
            0.25,
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::INFINITY,
        ];
        let texts = ["", "/plans/**", "\"quoted\\\"", "ñandú 🙂", "$$$"];
        let mut row = Row::new();
        for (number, text) in numbers.iter().zip(texts.iter().cycle()) {
            row.number(*number);
            row.text(text);
        }
        let line = row.line();
        let mut words = Words::new(line.as_bytes());
        for (number, text) in numbers.iter().zip(texts.iter().cycle()) {
            assert_eq!(words.number().to_bits(), number.to_bits(), "{number}");
            assert_eq!(words.str(), *text);
        }
        assert!(words.is_empty() && words.are_sound());
    }

    #[test]
    fn small_numbers_take_one_character_that_json_leaves_as_it_is() {
        let mut row = Row::new();
        for number in 0..45 {
            row.whole(number);
        }
        let line = row.line();
        assert_eq!(line.len(), 45);
        let mut all = Row::new();
        for number in 0..10_000 {
            all.whole(number);
        }
        let line = all.line();
        assert!(!line.contains(['"', '\\']) && line.bytes().all(|byte| byte.is_ascii_graphic()));
    }

    #[test]
    fn what_is_no_digit_is_noticed() {
        for damaged in ["", "~", "\"", "\n", "é", "~~~~", "#", "! "] {
            let mut words = Words::new(damaged.as_bytes());
            words.number();
            assert!(!words.are_sound(), "{damaged:?}");
        }
    }
}
