//! A trigger as a row of words, which is how it travels to a page.
//!
//! Numbers and texts in a fixed order need no names and nearly no reading: the
//! page lets the browser parse the JSON and takes one word after the other. The
//! page's module comes from the same build as the server that packs, so the
//! order may change from one build to the next. Nothing else may keep it.

mod codes;
mod row;
mod words;

use saluda_protocol::{Millis, TriggerId, limits};

use codes::{FREQUENCIES, HOURS};
use row::{Row, as_number};
use words::{Words, as_whole, present, saturated};

use crate::trigger::{Counted, Dismissal, Goal, Trigger};

/// A number or a text.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum Word {
    /// A number.
    Number(
        #[cfg_attr(
            feature = "serde",
            serde(serialize_with = "saluda_protocol::number::short")
        )]
        f64,
    ),
    /// A text.
    Text(String),
}

impl Trigger {
    /// Writes it as words.
    #[must_use]
    pub fn pack(&self) -> Vec<Word> {
        let mut row = Row(Vec::new());
        row.text(self.id.as_str());
        row.whole(u64::from(self.version));
        row.flag(self.live);
        row.number(f64::from(self.priority));
        row.code(&HOURS, &self.hours);
        row.optional(self.from.map(|at| at.0));
        row.optional(self.until.map(|at| at.0));
        row.code(&FREQUENCIES, &self.frequency);
        row.optional(self.times.map(u64::from));
        row.optional(self.gap_ms);
        row.number(match self.after_dismiss {
            Dismissal::None => -1.0,
            Dismissal::Visit => -2.0,
            Dismissal::Forever => -3.0,
            Dismissal::For(span_ms) => as_number(span_ms),
        });
        row.flag(self.with_open_conversation);
        match &self.goal {
            Some(goal) => {
                row.text(&goal.event);
                row.whole(goal.within_ms);
            }
            None => row.text(""),
        }
        row.text(&self.seed);
        row.whole(u64::from(self.holdout));
        row.whole(self.shares.len() as u64);
        for share in &self.shares {
            row.whole(u64::from(*share));
        }
        row.rule(&self.rule);
        row.0
    }

    /// Reads it back. None when the words are no trigger.
    pub fn unpack(words: &mut dyn Iterator<Item = Word>) -> Option<Self> {
        let mut words = Words(words);
        Some(Self {
            id: TriggerId::try_from(words.text()?).ok()?,
            version: words.small()?,
            live: words.flag()?,
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a cast of a number that is out of range stops at the end of it"
            )]
            priority: words.number()? as i32,
            hours: words.code(&HOURS)?,
            from: present(words.number()?).map(Millis),
            until: present(words.number()?).map(Millis),
            frequency: words.code(&FREQUENCIES)?,
            times: present(words.number()?).map(saturated),
            gap_ms: present(words.number()?),
            after_dismiss: match words.number()? {
                -1.0 => Dismissal::None,
                -2.0 => Dismissal::Visit,
                -3.0 => Dismissal::Forever,
                span_ms => Dismissal::For(as_whole(span_ms)),
            },
            with_open_conversation: words.flag()?,
            goal: match words.text()? {
                event if event.is_empty() => None,
                event => Some(Goal {
                    event,
                    within_ms: words.whole()?,
                }),
            },
            seed: words.text()?,
            holdout: words.byte()?,
            shares: words.list(&mut Words::byte)?,
            rule: words.rule(limits::RULE_DEPTH)?,
        })
    }
}

impl Counted {
    /// The name under which it is counted: conditions that ask for the same
    /// share it.
    #[must_use]
    pub fn key(&self) -> String {
        let mut row = Row(Vec::new());
        for property in &self.properties {
            row.property(property);
        }
        let mut key = self.name.clone();
        if row.0.is_empty() {
            return key;
        }
        // What is asked of the properties is told by a hash: short, and the
        // same for ever, because browsers keep counts under it.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |bytes: &[u8]| {
            for byte in bytes {
                hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        };
        for word in &row.0 {
            match word {
                Word::Number(number) => add(&number.to_bits().to_le_bytes()),
                Word::Text(text) => {
                    add(text.as_bytes());
                    add(&[0]);
                }
            }
        }
        key.push('#');
        for shift in (0..16).rev() {
            let digit = u32::try_from(hash >> (shift * 4) & 0xF).unwrap_or(0);
            key.extend(char::from_digit(digit, 16));
        }
        key
    }
}
