//! How Zendesk Chat compares.

/// A comparison. What case a text has makes no difference here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compared {
    Is,
    IsNot,
    Less,
    AtMost,
    More,
    AtLeast,
    Contains,
    ContainsNot,
    Fits,
    FitsNot,
}

use Compared::{AtLeast, AtMost, Contains, ContainsNot, Fits, FitsNot, Is, IsNot, Less, More};

impl Compared {
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "eq" => Is,
            "neq" | "ne" => IsNot,
            "lt" => Less,
            "lte" => AtMost,
            "gt" => More,
            "gte" => AtLeast,
            "icontains" | "contains" => Contains,
            "nicontains" | "ncontains" | "inot_contains" | "not_contains" => ContainsNot,
            "iregex" | "regex" => Fits,
            _ => return None,
        })
    }

    /// Whether the case of a text counts there, other than in being the same.
    pub(super) fn minds_case(word: &str) -> bool {
        matches!(word, "contains" | "ncontains" | "not_contains" | "regex")
    }

    /// What holds exactly when this does not.
    pub(super) fn opposite(self) -> Self {
        match self {
            Is => IsNot,
            IsNot => Is,
            Less => AtLeast,
            AtLeast => Less,
            AtMost => More,
            More => AtMost,
            Contains => ContainsNot,
            ContainsNot => Contains,
            Fits => FitsNot,
            FitsNot => Fits,
        }
    }

    /// Whether it holds for two numbers, if it is about numbers.
    pub(super) fn holds(self, left: u32, right: u32) -> Option<bool> {
        Some(match self {
            Is => left == right,
            IsNot => left != right,
            Less => left < right,
            AtMost => left <= right,
            More => left > right,
            AtLeast => left >= right,
            Contains | ContainsNot | Fits | FitsNot => return None,
        })
    }

    /// For a sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Is => "is",
            IsNot => "is not",
            Less => "is less than",
            AtMost => "is at most",
            More => "is more than",
            AtLeast => "is at least",
            Contains => "contains",
            ContainsNot => "does not contain",
            Fits => "fits",
            FitsNot => "does not fit",
        }
    }
}
