//! What the widget and the server say to each other.

use alloc::borrow::ToOwned as _;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::{
    Claim, Contact, Cursor, ErrorBody, Event, FieldId, Marks, MessageId, Millis, Number, Rating,
    Slice, TriggerId, VisitorId, form::Value, message::Body,
};

/// Who a visitor is. Lives in the first-party cookie and nowhere else.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Credentials {
    /// Which visitor.
    pub id: VisitorId,
    /// What only that visitor's browser knows.
    pub secret: String,
}

impl core::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Credentials")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Credentials {
    /// Reads the cookie's value, `<id>.<secret>`.
    #[must_use]
    pub fn from_cookie(value: &str) -> Option<Self> {
        let (id, secret) = value.split_once('.')?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        (!secret.is_empty() && secret.chars().all(plain)).then_some(Self {
            id: id.parse().ok()?,
            secret: secret.to_owned(),
        })
    }

    /// Writes the cookie's value.
    #[must_use]
    pub fn to_cookie(&self) -> String {
        format!("{}.{}", self.id, self.secret)
    }
}

/// Where the visitor is and what their browser says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Place {
    /// The page's address, without its fragment.
    pub url: String,
    /// The page's title.
    pub title: String,
    /// Where the visit came from.
    pub referrer: String,
    /// The browser's first language, such as `es-MX`.
    pub language: String,
    /// The browser's time zone, such as `Europe/Lisbon`.
    pub timezone: String,
    /// Which visit of this browser it is, counting from 1.
    pub visits: u32,
}

/// A greeting that the visitor takes up by writing, tapping or giving what was
/// asked for.
///
/// The server takes its text from its own copy of the trigger: only which one it
/// was, and what stood in its gaps, is the page's word.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Greeted {
    /// The message it becomes: given now, kept over every repetition.
    pub id: MessageId,
    /// Which trigger showed it.
    pub trigger: TriggerId,
    /// Which publication of the trigger.
    pub version: u32,
    /// Which variant; the original if none.
    pub variant: Option<String>,
    /// In which language it was shown, as the trigger names it.
    pub language: String,
    /// What stood in the gaps of the text, in their order.
    pub values: Vec<String>,
}

/// From the widget to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum VisitorFrame {
    /// The first frame. Without credentials it asks to become a visitor, which
    /// the widget does when the person begins to interact and not before.
    Hello {
        /// See [`WIRE_VERSION`](crate::WIRE_VERSION).
        wire: u32,
        /// Who it is, if it is someone.
        credentials: Option<Credentials>,
        /// Where it stands, if it has something already.
        resume: Option<Cursor>,
        /// Where the visitor is.
        place: Place,
    },
    /// Says something.
    Post {
        /// Given now, kept over every repetition.
        id: MessageId,
        /// What to say.
        body: Body,
    },
    /// Takes a greeting up. The server acknowledges it as it does a post.
    Greeted(Greeted),
    /// Tells how to reach the visitor.
    Contact(Claim),
    /// Says who the visitor is, with a token that the site's owner has signed;
    /// see `docs/identity.md`. Answered by another welcome: the visitor is
    /// someone else from then on.
    Identify {
        /// The token.
        token: String,
    },
    /// Fills in the site's form.
    Answers {
        /// Which form: its [`version`](crate::form::PageForm::version).
        form: String,
        /// What stands in its fields.
        values: BTreeMap<FieldId, Value>,
    },
    /// Says how they found the conversation that was closed.
    Rated(Rating),
    /// Is about to send files: a visitor of whom nothing is written down yet may
    /// not. Answered by [`VisitorUpdate::Attach`].
    Attach,
    /// Has everything up to here.
    Delivered(Number),
    /// Had everything up to here on the screen.
    Read(Number),
    /// Went on to another page of a single-page app.
    Moved(Place),
    /// Is typing; at most every [`TYPING_EVERY_MS`](crate::limits::TYPING_EVERY_MS).
    Typing,
    /// Asks for events before this one.
    Older(Number),
    /// Asks for everything after this one: a number was missing.
    Missed(Number),
    /// Answers [`VisitorUpdate::Ping`].
    Pong,
}

/// From the server to the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum VisitorUpdate {
    /// Answers `hello`.
    Welcome {
        /// Who the visitor is from now on, if they were nobody, or if what they
        /// said of themselves is not known here (any more).
        credentials: Option<Credentials>,
        /// See [`Cursor::epoch`].
        epoch: String,
        /// The server's clock.
        now: Millis,
        /// What was said already, or since.
        slice: Slice,
        /// How far each side has come.
        marks: Marks,
        /// What is known of how to reach the visitor.
        contact: Contact,
        /// Whether an agent is at the desk.
        agents_online: bool,
        /// What need not be filled in any more: the fields of the site's form
        /// whose answers are known.
        #[cfg_attr(
            feature = "serde",
            serde(default, skip_serializing_if = "Vec::is_empty")
        )]
        answered: Vec<FieldId>,
    },
    /// Something happened.
    Event(Event),
    /// A post is on disk.
    Ack {
        /// Which one.
        id: MessageId,
        /// The place it has for ever.
        number: Number,
        /// When it was written down.
        at: Millis,
    },
    /// A frame was turned away.
    Refused {
        /// The post it was, if it was one.
        id: Option<MessageId>,
        /// Why.
        error: ErrorBody,
    },
    /// How far each side has come now.
    Marks(Marks),
    /// An agent is typing.
    Typing {
        /// Their name.
        name: String,
    },
    /// Whether an agent is at the desk now.
    AgentsOnline(bool),
    /// What pages are greeted by is another now: the page may ask for the site's
    /// config again.
    RulesChanged,
    /// Answers `older` and `missed`.
    Slice(Slice),
    /// What is known now of how to reach the visitor. Answers `contact`.
    Contact(Contact),
    /// What need not be filled in any more. Answers `answers`, in every page of
    /// the visitor.
    Answered(Vec<FieldId>),
    /// The visitor is written down, and may send files. Answers `attach`.
    Attach,
    /// Are you there? Sent at least every
    /// [`HEARTBEAT_MS`](crate::limits::HEARTBEAT_MS).
    Ping,
}

impl VisitorUpdate {
    /// In the words of a client that said this version in its hello. See
    /// [`What::for_wire`](crate::What::for_wire).
    #[must_use]
    pub fn for_wire(self, wire: u32) -> Self {
        match self {
            Self::Event(event) => Self::Event(event.for_wire(wire)),
            Self::Slice(slice) => Self::Slice(slice.for_wire(wire)),
            Self::Welcome {
                credentials,
                epoch,
                now,
                slice,
                marks,
                contact,
                agents_online,
                answered,
            } => Self::Welcome {
                credentials,
                epoch,
                now,
                slice: slice.for_wire(wire),
                marks,
                contact,
                agents_online,
                answered,
            },
            other => other,
        }
    }
}
