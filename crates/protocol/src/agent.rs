//! What the desk and the server say to each other.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::{
    AgentId, Body, ConversationId, Counts, Cursor, ErrorBody, Event, Marks, MessageId, Millis,
    Number, Person, SiteId, SiteKey, Slice, Status, Summary, Tab,
};

/// What an agent may do on a site. Everyone who works on it may read all of it;
/// `docs/api.md` says who may change what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Role {
    /// Everything.
    Administrator,
    /// Writes and publishes triggers. Does not answer visitors.
    TriggerEditor,
    /// Answers visitors.
    Agent,
    /// Looks on, and changes nothing.
    Viewer,
}

impl Role {
    /// All there are.
    pub const ALL: [Self; 4] = [
        Self::Administrator,
        Self::TriggerEditor,
        Self::Agent,
        Self::Viewer,
    ];
}

/// The agent who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Me {
    /// Which agent.
    pub id: AgentId,
    /// Their name, as visitors see it.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
}

/// What a person types to sign in.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignIn {
    /// Who they say they are.
    pub email: String,
    /// How they prove it.
    pub password: String,
}

impl core::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("SignIn").finish_non_exhaustive()
    }
}

/// A site the agent may work on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Membership {
    /// Which site.
    pub site: SiteId,
    /// Its key in the snippet.
    pub key: SiteKey,
    /// Its name.
    pub name: String,
    /// What the agent may do there.
    pub role: Role,
    /// Most characters of one answer (S1.20).
    pub text_chars: u32,
}

/// From the desk to the server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum AgentFrame {
    /// The first frame. The session cookie says who it is.
    Hello {
        /// See [`WIRE_VERSION`](crate::WIRE_VERSION).
        wire: u32,
    },
    /// Follows the inbox of a site, instead of the one before.
    Watch {
        /// Which site.
        site: SiteId,
        /// Where the desk stands in it, if it has something already.
        resume: Option<Cursor>,
    },
    /// Asks for a page of the inbox.
    List {
        /// Which tab.
        tab: Tab,
        /// Continue after this summary; from the newest when absent.
        after: Option<Page>,
    },
    /// Opens a conversation, and follows it until another one is opened.
    Open {
        /// Which conversation.
        conversation: ConversationId,
        /// Where the desk stands in it, if it has something already.
        resume: Option<Cursor>,
    },
    /// Follows no conversation any more.
    Leave,
    /// Asks for events before this one.
    Older {
        /// Of which conversation.
        conversation: ConversationId,
        /// Before which event.
        before: Number,
    },
    /// Answers the visitor.
    Post {
        /// In which conversation.
        conversation: ConversationId,
        /// Given now, kept over every repetition.
        id: MessageId,
        /// What to say.
        body: Body,
    },
    /// The agents' client has everything up to here.
    Delivered {
        /// Of which conversation.
        conversation: ConversationId,
        /// Up to where.
        up_to: Number,
    },
    /// Everything up to here was on an agent's screen.
    Read {
        /// Of which conversation.
        conversation: ConversationId,
        /// Up to where.
        up_to: Number,
    },
    /// Is typing; at most every [`TYPING_EVERY_MS`](crate::limits::TYPING_EVERY_MS).
    Typing {
        /// In which conversation.
        conversation: ConversationId,
    },
    /// Closes or reopens a conversation, for all agents (S1.9, S4.5).
    SetStatus {
        /// Which conversation.
        conversation: ConversationId,
        /// What it shall be.
        status: Status,
    },
    /// Answers [`AgentUpdate::Ping`].
    Pong,
}

/// A place in the inbox, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Page {
    /// [`Summary::written_at`] of the last one shown.
    pub written_at: Millis,
    /// [`Summary::conversation`] of the last one shown.
    pub conversation: ConversationId,
}

/// From the server to the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum AgentUpdate {
    /// Answers `hello`.
    Welcome {
        /// Who is signed in.
        me: Me,
        /// See [`Cursor::epoch`].
        epoch: String,
        /// The server's clock.
        now: Millis,
        /// Where they may work, by name.
        sites: Vec<Membership>,
    },
    /// Answers `watch`.
    Watching {
        /// Which site.
        site: SiteId,
        /// The site's last change: later changes follow one by one.
        last: Number,
        /// Whether the desk must load its list anew. Otherwise everything that
        /// changed since its cursor is in `changed`.
        reset: bool,
        /// Conversations that changed since the cursor.
        changed: Vec<Summary>,
        /// How many there are.
        counts: Counts,
    },
    /// Answers `list`.
    Listed {
        /// Which tab.
        tab: Tab,
        /// Newest first.
        summaries: Vec<Summary>,
        /// How to ask for more; absent at the end.
        next: Option<Page>,
    },
    /// A conversation looks different now.
    Changed {
        /// In which inbox.
        site: SiteId,
        /// How.
        summary: Box<Summary>,
        /// How many there are now.
        counts: Counts,
    },
    /// Answers `open`.
    Opened {
        /// Which conversation.
        conversation: ConversationId,
        /// What was said already, or since.
        slice: Slice,
        /// With whom.
        person: Box<Person>,
        /// Open or closed.
        status: Status,
        /// How far each side has come.
        marks: Marks,
    },
    /// Answers `older`.
    Older {
        /// Of which conversation.
        conversation: ConversationId,
        /// What was said before.
        slice: Slice,
    },
    /// Something happened in the conversation that is open.
    Event {
        /// Which conversation.
        conversation: ConversationId,
        /// What.
        event: Event,
    },
    /// A post is on disk.
    Ack {
        /// In which conversation.
        conversation: ConversationId,
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
        /// The conversation the frame was about, if it was about one.
        conversation: Option<ConversationId>,
        /// Why.
        error: ErrorBody,
    },
    /// How far each side has come in the conversation that is open.
    Marks {
        /// Which conversation.
        conversation: ConversationId,
        /// Now.
        marks: Marks,
    },
    /// The visitor is typing.
    Typing {
        /// In which conversation.
        conversation: ConversationId,
    },
    /// The person of the conversation that is open is known better, came or
    /// left.
    Person {
        /// Which conversation.
        conversation: ConversationId,
        /// Now.
        person: Box<Person>,
    },
    /// A visitor came to the site or left it.
    Presence {
        /// In which conversation.
        conversation: ConversationId,
        /// Whether they are there.
        online: bool,
    },
    /// Are you there? Sent at least every
    /// [`HEARTBEAT_MS`](crate::limits::HEARTBEAT_MS).
    Ping,
}

impl AgentUpdate {
    /// In the words of a client that said this version in its hello. See
    /// [`What::for_wire`](crate::What::for_wire).
    #[must_use]
    pub fn for_wire(self, wire: u32) -> Self {
        match self {
            Self::Event {
                conversation,
                event,
            } => Self::Event {
                conversation,
                event: event.for_wire(wire),
            },
            Self::Older {
                conversation,
                slice,
            } => Self::Older {
                conversation,
                slice: slice.for_wire(wire),
            },
            Self::Opened {
                conversation,
                slice,
                person,
                status,
                marks,
            } => Self::Opened {
                conversation,
                slice: slice.for_wire(wire),
                person,
                status,
                marks,
            },
            other => other,
        }
    }
}
