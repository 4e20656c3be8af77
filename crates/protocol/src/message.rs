//! What is said, and by whom.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{AgentId, File, MessageId, TriggerId};

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Message {
    /// Given by the author before it was sent.
    pub id: MessageId,
    /// Who said it.
    pub author: Author,
    /// What was said.
    pub body: Body,
}

/// Who did something in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Author {
    /// The person in the page.
    Visitor,
    /// A person at the desk.
    Agent {
        /// Which one.
        id: AgentId,
        /// Their name at that time, as the visitor sees it.
        name: String,
    },
    /// A greeting that the visitor took up, and what it says by itself (S1.16).
    Greeting {
        /// Which trigger showed it.
        trigger: TriggerId,
        /// The name of its sender at that time, as the visitor sees it.
        name: String,
    },
}

impl Author {
    /// Whether the person in the page said it.
    #[must_use]
    pub fn is_visitor(&self) -> bool {
        matches!(self, Self::Visitor)
    }
}

/// What a message says.
///
/// Buttons, lists, forms, files and questions join as variants of their own. A
/// client that said an older [`WIRE_VERSION`](crate::WIRE_VERSION) in its hello
/// receives them as text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Body {
    /// Plain text with line breaks.
    Text(String),
    /// Text with quick replies, of which one can be tapped, once (S0.7).
    QuickReplies {
        /// What is said.
        text: String,
        /// What stands on the buttons.
        replies: Vec<String>,
    },
    /// Text with calls to action, which can be clicked again and again and are
    /// no answer (S0.13, S0.14).
    Actions {
        /// What is said.
        text: String,
        /// The buttons.
        actions: Vec<Action>,
    },
    /// The visitor tapped a quick reply (S1.14).
    Tap {
        /// The message it stands under.
        message: MessageId,
        /// Which one, counted from 0.
        button: u8,
        /// What stands on it. The server writes down its own.
        label: String,
    },
    /// A file (S1.22). Of what a client says here its id counts; the server
    /// writes down what it found itself.
    File(File),
}

/// A button that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Action {
    /// What stands on it.
    pub label: String,
    /// Where it leads: `https:` for a page, `tel:` for a call (S0.10, S0.11).
    pub href: String,
}

/// Why a text cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidText {
    /// Nothing but spaces.
    Empty,
    /// Longer than allowed, in characters.
    TooLong {
        /// How many there are.
        chars: usize,
        /// How many there may be.
        limit: usize,
    },
}

impl Body {
    /// Reads what a person typed: spaces around it and control characters
    /// other than line breaks and tabs do not count.
    ///
    /// # Errors
    ///
    /// When nothing is left, or more than `limit` characters.
    pub fn text(typed: &str, limit: usize) -> Result<Self, InvalidText> {
        let text: String = typed
            .trim()
            .chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            .collect();
        let chars = text.chars().count();
        if text.trim().is_empty() {
            Err(InvalidText::Empty)
        } else if chars > limit {
            Err(InvalidText::TooLong { chars, limit })
        } else {
            Ok(Self::Text(text))
        }
    }

    /// The body in plain words, for previews and for clients that know no
    /// other kind.
    #[must_use]
    pub fn as_text(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::QuickReplies { text, .. }
            | Self::Actions { text, .. }
            | Self::Tap { label: text, .. } => text,
            Self::File(file) => &file.name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_freed_of_control_characters() {
        assert_eq!(
            Body::text("  two\nlines\u{0}\u{1b}[31m \r\n", 100),
            Ok(Body::Text("two\nlines[31m".into()))
        );
    }

    #[test]
    fn text_keeps_within_its_limit() {
        assert_eq!(Body::text(" \n ", 10), Err(InvalidText::Empty));
        assert_eq!(Body::text("\u{0}", 10), Err(InvalidText::Empty));
        assert!(Body::text(&"é".repeat(10), 10).is_ok());
        assert_eq!(
            Body::text(&"é".repeat(11), 10),
            Err(InvalidText::TooLong {
                chars: 11,
                limit: 10
            })
        );
    }
}
