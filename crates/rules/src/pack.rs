//! Rules, events and memories as rows of words, which is how they travel between
//! server, page and module.
//!
//! Numbers and texts in a fixed order need no names and nearly no reading: the
//! page lets the browser parse the JSON, writes the words into the module's
//! memory as bytes, and they are taken one after the other. What is laid out is
//! one word of them, a text that holds all of its own words as a line. The
//! page's module comes from the same build as the server that packs, so the
//! order may change from one build to the next. Nothing else may keep it.

#[cfg(feature = "serde")]
use alloc::{string::String, vec::Vec};

mod codes;
mod condition;
pub(crate) mod event;
mod explanation;
mod line;
mod memory;
mod plan;
mod row;
mod words;

pub use row::Row;
pub use words::Words;

/// A number or a text, as a site's config carries it.
#[cfg(feature = "serde")]
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Word {
    /// A number.
    Number(#[serde(serialize_with = "saluda_protocol::number::short")] f64),
    /// A text.
    Text(String),
}

#[cfg(feature = "serde")]
impl Row {
    /// The words one by one.
    #[must_use]
    pub fn words(&self) -> Vec<Word> {
        let mut words = Words::new(self.bytes());
        core::iter::from_fn(|| (!words.is_empty()).then(|| words.word())).collect()
    }
}

#[cfg(feature = "serde")]
impl<'a> FromIterator<&'a Word> for Row {
    fn from_iter<I: IntoIterator<Item = &'a Word>>(words: I) -> Self {
        let mut row = Self::new();
        for word in words {
            match word {
                Word::Number(number) => row.number(*number),
                Word::Text(text) => row.text(text),
            }
        }
        row
    }
}
