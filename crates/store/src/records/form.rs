//! What visitors fill in, and how they find a conversation.

use saluda_protocol::{Answer, Contact};

/// What a visitor filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledIn {
    /// Which form: its version.
    pub form: String,
    /// The answers, in the order of the form.
    pub answers: Vec<Answer>,
    /// What they tell of how to reach the visitor.
    pub contact: Contact,
}

/// Something that a visitor filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The answer.
    pub answer: Answer,
    /// In which form it was given last: its version.
    pub form: String,
}

/// Why a rating was not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unrated {
    /// The conversation was not closed so, or is open again.
    NotClosed,
    /// It was changed before.
    ChangedBefore,
}
