//! What is strange about a trigger that can be saved all the same.

use std::fmt;

use crate::kinds::kinds;

/// One warning.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Warning {
    /// Where it is, such as `rule.all[2]`.
    pub path: String,
    /// What kind of warning it is.
    pub kind: WarningKind,
    /// What happens and what to do, for its author.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

kinds! {
    /// What kind of warning it is. The words are for programs and stay; sentences
    /// may change.
    pub enum WarningKind {
        /// A condition that holds for everyone.
        AlwaysTrue = "always_true",
        /// A condition that holds for no one.
        NeverTrue = "never_true",
        /// Conditions that never hold together.
        Contradictory = "contradictory",
        /// "Is not A or is not B": it always is not one of them.
        NotAOrNotB = "not_a_or_not_b",
        /// A condition that the others say already.
        Redundant = "redundant",
        /// A rule that what else the trigger says forbids.
        ForbiddenByTerms = "forbidden_by_terms",
        /// A trigger that no hour of the site lets show.
        NeverInHours = "never_in_hours",
        /// Hours asked for, of a site that has none.
        NoHours = "no_hours",
        /// A trigger whose time is over.
        Over = "over",
        /// Another trigger always goes first.
        Shadowed = "shadowed",
        /// A condition that no page fits that was seen.
        NoPageSeen = "no_page_seen",
        /// A text that is longer than the bubble shows.
        LongerThanBubble = "longer_than_bubble",
    }
}
