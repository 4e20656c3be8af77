//! Who is told what.
//!
//! The database is the truth and the bus is a hint: a notice that is lost, or
//! comes late or twice, delays and never harms, because whoever listens knows
//! the number it stands at and reads what it missed.

mod local;

use std::sync::Arc;

use saluda_protocol::inbox::{Counts, Summary};
use saluda_protocol::{AgentId, Contact, ConversationId, Event, FieldId, SiteId, VisitorId};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

pub(crate) use local::LocalBus;

/// Whom a notice concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Topic {
    /// The pages of one visitor.
    Visitor(VisitorId),
    /// The desks that watch a site.
    Site(SiteId),
    /// The pages of a site that are connected: what they all need to know.
    Pages(SiteId),
    /// The desks of one agent.
    Agent(AgentId),
}

/// Something that others may need to know at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Notice {
    /// A conversation changed. To its visitor and its site.
    Changed {
        /// What was added to it; empty when only marks moved.
        events: Vec<Event>,
        /// How it looks now.
        summary: Box<Summary>,
        /// The site's inbox now.
        counts: Counts,
    },
    /// The visitor is typing. To the site.
    VisitorTyping(ConversationId),
    /// An agent of this name is typing. To the visitor.
    AgentTyping(String),
    /// A visitor came or left. To the site.
    Presence {
        /// Whose conversation it is.
        conversation: ConversationId,
        /// Whether they are there now.
        online: bool,
    },
    /// The first agent came to the desk or the last one left. To the pages.
    AgentsOnline(bool),
    /// The visitor turned out to be another. To the pages of the one they were,
    /// which come back as the other.
    Identified,
    /// Nothing is kept of the visitor any more. To their pages, which come back as
    /// someone new.
    Erased,
    /// The visitor filled the site's form in. To the visitor.
    FilledIn {
        /// What need not be filled in any more.
        answered: Vec<FieldId>,
        /// How they can be reached now.
        contact: Contact,
    },
    /// What pages are greeted by is another now. To the pages.
    RulesChanged,
    /// A session ended by sign-out. To the agent.
    SignedOut {
        /// Which session.
        token_hash: String,
    },
}

/// Carries notices to everyone who listens, on this node and on others.
pub(crate) trait Bus: Send + Sync + 'static {
    /// Tells everyone who listens. Nobody may.
    fn publish(&self, topic: Topic, notice: Notice);

    /// Begins to listen. What is published after this returned is heard.
    fn subscribe(&self, topic: Topic) -> Subscription;
}

/// What a listener heard.
#[derive(Debug)]
pub(crate) enum Heard {
    /// A notice.
    Notice(Arc<Notice>),
    /// The listener was too slow and notices are gone: read the database.
    Missed,
}

/// One listener's end of a topic.
pub(crate) struct Subscription(broadcast::Receiver<Arc<Notice>>);

impl Subscription {
    /// The next notice. Never returns when nobody will ever publish again.
    ///
    /// Cancel safe: a notice is either returned or still there.
    pub(crate) async fn next(&mut self) -> Heard {
        match self.0.recv().await {
            Ok(notice) => Heard::Notice(notice),
            Err(broadcast::error::RecvError::Lagged(_)) => Heard::Missed,
            Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
        }
    }
}
