//! What is kept, as the server handles it.

mod audit;
mod file;
mod form;
mod greeting;
mod identity;
mod period;
mod person;
mod token;
mod trigger;

use std::collections::BTreeMap;

use saluda_protocol::form::Form;
use saluda_protocol::inbox::{Counts, Origin, Preview, Summary};
use saluda_protocol::rating::RatingQuestion;
use saluda_protocol::site::{Ask, Attention, Corner, EmailCapture, Launcher, Notices, Words};
use saluda_protocol::trigger::{HoursSpec, SenderId};
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    AgentId, Contact, ConversationId, Event, Identity, Marks, Message, Millis, Number, SiteId,
    SiteKey, Status, VisitorId,
};
use serde::{Deserialize, Serialize};

pub use audit::AuditNote;
pub use file::{Allowance, KeptFile, Sent, TooMuch};
pub use form::{Attribute, FilledIn, Unrated};
pub use greeting::{FollowUp, Greeting, With};
pub use identity::{Identification, Identified, Secret, Used};
pub use period::{By, Period};
pub use person::{Erased, Person};
pub use token::Token;
pub use trigger::{Edit, EditAll, Expected, LiveTrigger, Rank, Saved, Trigger, Unchanged};

/// One owner's installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Its name in the snippet.
    pub key: SiteKey,
    /// Its name, which visitors see.
    pub name: String,
    /// Where its pages live, such as `https://shop.example`. `*` stands for
    /// anywhere.
    pub origins: Vec<String>,
    /// What its owner chose.
    pub settings: SiteSettings,
    /// When it was made.
    pub created_at: Millis,
    /// How often what its live triggers say has changed. What was made of them
    /// is out of date when this is another number.
    pub trigger_changes: u64,
    /// Grows with each change of what its owner chose.
    pub revision: u64,
}

/// What the owner of a site chose. A field that an older server did not write
/// has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteSettings {
    /// The owner's colour, `#rrggbb`.
    pub accent: String,
    /// Where the launcher sits.
    pub corner: Corner,
    /// Agents usually answer within this many milliseconds.
    pub reply_within_ms: Option<u64>,
    /// When to ask for an e-mail address.
    pub email: EmailCapture,
    /// What visitors press to open the chat.
    pub launcher: Launcher,
    /// By what visitors notice that an answer has come.
    pub notices: Notices,
    /// What is said in other words than the widget's own, by language.
    pub texts: BTreeMap<String, Words>,
    /// Most characters of one answer (S1.20).
    pub agent_text_chars: u32,
    /// For how many days someone is kept who is not heard of any more; for ever if
    /// none.
    pub retention_days: Option<u32>,
    /// How many greetings one visitor's attention bears.
    pub attention: Attention,
    /// When it is open; always, if nothing was said.
    pub hours: Option<HoursSpec>,
    /// Who greets, by the name that triggers use. `default` is the site itself
    /// unless it stands here.
    pub senders: BTreeMap<SenderId, String>,
    /// What visitors are asked before they write.
    pub form: Option<Form>,
    /// Whether visitors are asked how they found it.
    pub rating: Option<RatingQuestion>,
}

impl Default for SiteSettings {
    fn default() -> Self {
        Self {
            accent: "#0b6e76".to_owned(),
            corner: Corner::End,
            reply_within_ms: None,
            email: EmailCapture {
                ask: Ask::Unanswered(60_000),
                required: false,
            },
            launcher: Launcher::default(),
            notices: Notices::default(),
            texts: BTreeMap::new(),
            agent_text_chars: u32::try_from(saluda_protocol::limits::AGENT_TEXT_CHARS)
                .unwrap_or(u32::MAX),
            retention_days: Some(730),
            attention: Attention::default(),
            hours: None,
            senders: BTreeMap::new(),
            form: None,
            rating: None,
        }
    }
}

/// An origin that carried the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenOrigin {
    /// As the site's owner wrote it; `*` if nothing else allows the page's.
    pub origin: String,
    /// In which hour it first did.
    pub first_at: Millis,
    /// In which hour it last did.
    pub last_at: Millis,
}

impl Site {
    /// Whether pages of this origin may carry the widget.
    #[must_use]
    pub fn may_be_on(&self, origin: &str) -> bool {
        self.allows(origin).is_some()
    }

    /// What allows pages of this origin to carry the widget, as the owner wrote
    /// it: the origin itself rather than `*`.
    ///
    /// Compared byte for byte: browsers write an origin in one way only, and an
    /// origin that merely begins or ends alike is someone else's.
    #[must_use]
    pub fn allows(&self, origin: &str) -> Option<&str> {
        let listed = |wanted: &str| self.origins.iter().find(|allowed| *allowed == wanted);
        listed(origin).or_else(|| listed("*")).map(String::as_str)
    }

    /// The name of a sender, as visitors see it; nothing when there is no such
    /// sender.
    #[must_use]
    pub fn sender(&self, id: &str) -> Option<&str> {
        let named = self.settings.senders.get(id).map(String::as_str);
        named.or_else(|| (id == "default").then_some(self.name.as_str()))
    }
}

/// A person at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Their id.
    pub id: AgentId,
    /// The address they sign in with, in lower case.
    pub email: String,
    /// Their name, as visitors see it.
    pub name: String,
    /// The hash of their password, in the PHC string format.
    pub password: String,
    /// When they were added.
    pub created_at: Millis,
}

/// A stay at the desk, from sign-in to sign-out or expiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token in the cookie, in hexadecimal.
    pub token_hash: String,
    /// Whose.
    pub agent: AgentId,
    /// When it began.
    pub created_at: Millis,
    /// When it ends by itself.
    pub expires_at: Millis,
}

/// A person in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// Their id.
    pub id: VisitorId,
    /// On which site.
    pub site: SiteId,
    /// SHA-256 of the secret in their cookie, in hexadecimal. Those of other
    /// browsers of a known visitor are kept apart.
    pub secret_hash: String,
    /// How to reach them.
    pub contact: Contact,
    /// What the site's owner says of them.
    pub identity: Option<Identity>,
    /// Where they were last.
    pub place: Place,
    /// When they first interacted.
    pub first_seen: Millis,
    /// When they were last here.
    pub last_seen: Millis,
}

/// What one visitor and the agents of a site say to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// On which site.
    pub site: SiteId,
    /// With whom.
    pub visitor: VisitorId,
    /// Open or closed.
    pub status: Status,
    /// When it began.
    pub created_at: Millis,
    /// Its last event.
    pub last: Number,
    /// The site's change that made it look like this.
    pub change: Number,
    /// When someone last wrote.
    pub written_at: Millis,
    /// The last message that a person wrote; before anyone did, what greeted
    /// the visitor.
    pub preview: Option<Preview>,
    /// The number of the visitor's last message; 0 when there is none.
    pub asked: Number,
    /// How far each side has come.
    pub marks: Marks,
    /// The first greeting that was taken up in it.
    pub origin: Option<Origin>,
    /// What greetings tagged it with.
    pub tags: Vec<String>,
    /// What the last greeting still has to say.
    pub follow_up: Option<FollowUp>,
    /// Whether the site's owner says who the visitor is.
    pub verified: bool,
    /// Whether nothing is left of it but its numbers.
    pub erased: bool,
    /// The conversation that it became a part of.
    pub moved: Option<ConversationId>,
}

impl Conversation {
    /// Whether the visitor wrote something that no agent has seen.
    #[must_use]
    pub fn unread(&self) -> bool {
        self.asked > self.marks.agent.read
    }

    /// As the inbox shows it. Whether the visitor is online is not kept here.
    #[must_use]
    pub fn summary(&self, contact: Contact) -> Summary {
        Summary {
            conversation: self.id,
            visitor: self.visitor,
            contact,
            status: self.status,
            change: self.change,
            last: self.last,
            written_at: self.written_at,
            preview: self.preview.clone(),
            asked: self.asked,
            marks: self.marks,
            online: false,
            origin: self.origin.clone(),
            tags: self.tags.clone(),
            verified: self.verified,
            moved: self.moved,
            erased: self.erased,
        }
    }
}

/// Where a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// To the conversation of this visitor, which begins now if there is none.
    Visitor {
        /// Whose.
        visitor: VisitorId,
        /// Its id, if it begins now.
        fresh: ConversationId,
    },
    /// To this conversation.
    Conversation(ConversationId),
}

/// A message to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Where it goes.
    pub to: To,
    /// What is said, and by whom.
    pub message: Message,
    /// What it brings with it.
    pub with: With,
    /// The server's clock.
    pub at: Millis,
}

/// Why a message was not written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unposted {
    /// There is no such conversation, and no such visitor to begin it with.
    Nowhere,
    /// There is no such quick reply in the conversation.
    NoSuchReply,
    /// A quick reply of that message was tapped before.
    TappedAlready,
    /// There is no such file, or none that whoever posts may post (any more).
    NoSuchFile,
}

/// What a transaction changed in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The events that were added, in order.
    pub events: Vec<Event>,
    /// The conversation afterwards.
    pub conversation: Conversation,
    /// How to reach the visitor, afterwards.
    pub contact: Contact,
    /// The site's inbox afterwards.
    pub counts: Counts,
}

/// What became of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// In which conversation it stands.
    pub conversation: ConversationId,
    /// The place it has for ever.
    pub number: Number,
    /// When it was written down.
    pub at: Millis,
    /// What this post changed; nothing when it was written down before.
    pub change: Option<Change>,
}
