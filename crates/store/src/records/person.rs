//! A person as they are handed out or erased.

use saluda_protocol::{Event, FileId, Millis, Rating, VisitorId};

use super::{Attribute, Change, Conversation, KeptFile, Visitor};

/// Everything that is kept of a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who they are, how to reach them, where they were.
    pub visitor: Visitor,
    /// Whom they were before it turned out who they are.
    pub also: Vec<VisitorId>,
    /// Since when browsers know them, besides the first.
    pub browsers: Vec<Millis>,
    /// What they filled in.
    pub attributes: Vec<Attribute>,
    /// Their conversation, if they have one.
    pub conversation: Option<Conversation>,
    /// Everything in it, in order.
    pub events: Vec<Event>,
    /// How they found it, by the number of the event that closed it.
    pub ratings: Vec<(Rating, Millis)>,
    /// What they sent and were sent.
    pub files: Vec<KeptFile>,
}

/// What is still to be done once a person is erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// What was in these files has to go, and then they are forgotten
    /// ([`Files::forget_file`](crate::Files::forget_file)).
    pub files: Vec<FileId>,
    /// What agents see of it.
    pub change: Option<Change>,
}
