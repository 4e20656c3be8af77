//! The desk's list of conversations.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{
    Answer, Author, Contact, ConversationId, Identity, Marks, MessageId, Millis, Number, Status,
    TriggerId, VisitorId, visitor::Place,
};

/// The tabs of the inbox (S1.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Tab {
    /// What waits or is in talk.
    #[default]
    Open,
    /// What is done.
    Closed,
    /// Both.
    All,
}

impl Tab {
    /// Whether a conversation of this status stands in the tab.
    #[must_use]
    pub fn holds(self, status: Status) -> bool {
        match self {
            Self::Open => status == Status::Open,
            Self::Closed => status == Status::Closed,
            Self::All => true,
        }
    }
}

/// A conversation as the inbox shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Summary {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Whose.
    pub visitor: VisitorId,
    /// What the visitor told about themselves.
    pub contact: Contact,
    /// Open or closed.
    pub status: Status,
    /// The site's change that made it look like this. Of two summaries of the
    /// same conversation, the one with the higher number is true.
    pub change: Number,
    /// Its last event.
    pub last: Number,
    /// When someone last wrote.
    pub written_at: Millis,
    /// The last message that a person wrote; before anyone did, what greeted
    /// the visitor.
    pub preview: Option<Preview>,
    /// The number of the visitor's last message; 0 when there is none.
    pub asked: Number,
    /// How far each side has come.
    pub marks: Marks,
    /// Whether the visitor is on the site now (S4.9).
    pub online: bool,
    /// The first greeting that was taken up in it.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub origin: Option<Origin>,
    /// What greetings tagged it with (S2.6).
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub tags: Vec<String>,
    /// Whether the site's owner says who the visitor is.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "core::ops::Not::not")
    )]
    pub verified: bool,
    /// The conversation that it became a part of, because both were with the
    /// same person. It is in no list from then on.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub moved: Option<ConversationId>,
    /// Whether nothing is left of it but its numbers, because its visitor was
    /// erased. It is in no list from then on.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "core::ops::Not::not")
    )]
    pub erased: bool,
}

impl Summary {
    /// Whether the visitor wrote something that no agent has seen (S1.4, S4.4).
    #[must_use]
    pub fn unread(&self) -> bool {
        self.asked > self.marks.agent.read
    }
}

/// The first greeting that was taken up in a conversation: where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Origin {
    /// Which trigger showed it.
    pub trigger: TriggerId,
    /// What the team called the trigger at that time. Visitors never see it.
    pub name: String,
    /// Which publication of the trigger.
    pub version: u32,
    /// Which variant; the original if none.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub variant: Option<String>,
    /// In which language.
    pub language: String,
    /// The message it became.
    pub message: MessageId,
}

/// The last message in short.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Preview {
    /// Who wrote it.
    pub author: Author,
    /// Its beginning, on one line.
    pub text: String,
}

/// How many conversations there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Counts {
    /// Open ones.
    pub open: u64,
    /// Those with something unread, open or closed: the number on the button
    /// that is in every section (S1.5).
    pub unread: u64,
}

/// What is known of the person in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Person {
    /// Which visitor.
    pub visitor: VisitorId,
    /// What they told about themselves.
    pub contact: Contact,
    /// What the site's owner says of them, if the owner knows them.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub identity: Option<Identity>,
    /// Where they were last, and what their browser says.
    pub place: Place,
    /// When they first interacted.
    pub first_seen: Millis,
    /// When they were last here.
    pub last_seen: Millis,
    /// Whether they are on the site now.
    pub online: bool,
    /// The first greeting that was taken up in their conversation.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub origin: Option<Origin>,
    /// What greetings tagged it with (S2.6).
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub tags: Vec<String>,
    /// What they filled in, by the names of the attributes.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub attributes: Vec<Answer>,
}
