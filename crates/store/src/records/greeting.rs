//! What a message brings with it besides itself.

use saluda_protocol::inbox::Origin;
use saluda_protocol::{FileId, Message, MessageId};
use serde::{Deserialize, Serialize};

/// What a message brings with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum With {
    /// Nothing.
    Nothing,
    /// It is a tap on a quick reply. The id is for the answer, if that reply has
    /// one; what stands on the reply is taken from the message it is under.
    Answer(MessageId),
    /// It is a file that its author sent. What is said of it is taken from where it
    /// was found out.
    File(FileId),
    /// It is a greeting that the visitor takes up.
    Greeting(Box<Greeting>),
}

/// A greeting that the visitor takes up, besides what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greeting {
    /// Where the conversation comes from, if this is its first greeting.
    pub origin: Origin,
    /// What the conversation is tagged with.
    pub tags: Vec<String>,
    /// What is answered to each of its quick replies. A reply without an answer,
    /// or beyond the end, is answered with nothing.
    pub answers: Vec<Option<String>>,
    /// What it still has to say. What an earlier one had to say is forgotten.
    pub follow_up: Option<FollowUp>,
}

/// What a greeting says later, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUp {
    /// When the visitor tells how to reach them.
    OnContact(Message),
    /// When the visitor writes or taps.
    OnWords(Message),
}
