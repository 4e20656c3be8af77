//! How a visitor found a conversation, once it was closed.

use alloc::string::String;
use core::ops::RangeInclusive;

use crate::trigger::Texts;
use crate::{Number, limits};

/// Whether visitors are asked how they found it, and in which words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RatingQuestion {
    /// The question, by language; words of the widget's own if none. At most
    /// 100 characters in each.
    #[cfg_attr(feature = "serde", serde(default))]
    pub question: Texts,
}

/// The scores there are, from the worst to the best.
pub const SCORES: RangeInclusive<u8> = 1..=5;

/// How often a rating of one close may be given: once, and changed once.
pub const TIMES: usize = 2;

/// How a visitor found a conversation when it was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Rating {
    /// The event that closed it.
    pub closed: Number,
    /// From 1, the worst, to 5.
    pub score: u8,
    /// In the visitor's own words.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub comment: Option<String>,
}

/// Why a rating cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidRating {
    /// There is no such score.
    NoScore,
    /// The comment is longer than allowed, in characters.
    TooLong {
        /// How many there are.
        chars: usize,
        /// How many there may be.
        limit: usize,
    },
}

impl Rating {
    /// Reads what was sent: a comment of nothing but spaces is none.
    ///
    /// # Errors
    ///
    /// When there is no such score, or the comment is too long.
    pub fn read(self) -> Result<Self, InvalidRating> {
        if !SCORES.contains(&self.score) {
            return Err(InvalidRating::NoScore);
        }
        let limit = limits::RATING_COMMENT_CHARS;
        let plain = |typed: String| {
            let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
            let plain: String = typed.trim().chars().filter(kept).collect();
            Some(plain).filter(|text| !text.trim().is_empty())
        };
        let comment = self.comment.and_then(plain);
        let chars = comment.as_deref().map_or(0, |text| text.chars().count());
        if chars > limit {
            return Err(InvalidRating::TooLong { chars, limit });
        }
        Ok(Self { comment, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(score: u8, comment: &str) -> Rating {
        Rating {
            closed: Number(9),
            score,
            comment: Some(comment.to_owned()),
        }
    }

    #[test]
    fn a_score_is_one_of_five_and_a_comment_is_short() {
        for score in [0, 6, 255] {
            assert_eq!(rating(score, "").read(), Err(InvalidRating::NoScore));
        }
        assert_eq!(rating(1, " \u{0}\n ").read().unwrap().comment, None);
        let fine = rating(5, " Thank\u{1b} you ").read().unwrap();
        assert_eq!(fine.comment.as_deref(), Some("Thank you"));
        assert!(rating(5, &"é".repeat(500)).read().is_ok());
        let long = rating(5, &"é".repeat(501)).read();
        let (chars, limit) = (501, 500);
        assert_eq!(long, Err(InvalidRating::TooLong { chars, limit }));
    }
}
