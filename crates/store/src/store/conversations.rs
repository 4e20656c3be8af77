//! Visitors, and what they and agents say to each other. A visitor who turned out
//! to be another, and a conversation that became a part of another, stand for
//! that other from then on.

use async_trait::async_trait;
use saluda_protocol::agent::Page;
use saluda_protocol::inbox::{Counts, Summary, Tab};
use saluda_protocol::visitor::Place;
use saluda_protocol::{
    Author, Contact, ConversationId, Event, Mark, Millis, Number, Rating, Side, SiteId, Status,
    VisitorId,
};

use crate::{
    Attribute, Change, Conversation, FilledIn, Post, Recorded, StoreError, Unposted, Unrated,
    Visitor,
};

/// Visitors, and what they and agents say to each other. A visitor who turned out
/// to be another, and a conversation that became a part of another, stand for
/// that other from then on.
#[async_trait]
pub trait Conversations: Send + Sync + 'static {
    /// Adds a visitor.
    async fn add_visitor(&self, visitor: Visitor) -> Result<(), StoreError>;

    /// The visitor with this id.
    async fn visitor(&self, id: VisitorId) -> Result<Option<Visitor>, StoreError>;

    /// Notes that a visitor is here.
    async fn see_visitor(&self, id: VisitorId, place: Place, at: Millis) -> Result<(), StoreError>;

    /// Where at most `limit` visitors of a site were, those who were seen last
    /// first.
    async fn places(&self, site: SiteId, limit: u32) -> Result<Vec<Place>, StoreError>;

    /// Keeps what a visitor told about themselves; a field left out stays as it
    /// was. Writes it into their conversation if they have one, with what a
    /// greeting says once it is told, and then returns the change.
    async fn set_contact(
        &self,
        visitor: VisitorId,
        contact: Contact,
        at: Millis,
    ) -> Result<Option<Change>, StoreError>;

    /// Keeps what a visitor filled in: as their attributes, and as their contact.
    /// Writes what is new of it into their conversation if they have one, and
    /// then returns the change; one that begins later begins with it.
    async fn fill_in(
        &self,
        visitor: VisitorId,
        filled: FilledIn,
        at: Millis,
    ) -> Result<Option<Change>, StoreError>;

    /// What a visitor filled in so far, in the order in which they did.
    async fn attributes(&self, visitor: VisitorId) -> Result<Vec<Attribute>, StoreError>;

    /// Keeps how a visitor found their conversation when it was closed, and
    /// writes it down there. The same again changes nothing.
    async fn rate(
        &self,
        visitor: VisitorId,
        rating: Rating,
        at: Millis,
    ) -> Result<Result<Option<Change>, Unrated>, StoreError>;

    /// Writes a message down, once: repeating it returns the first number.
    ///
    /// A visitor's message opens a closed conversation again (S4.21). What
    /// follows it by itself (the answer to a quick reply, what a greeting says
    /// later) is written down with it. One quick reply of a message can be
    /// tapped, once.
    async fn post(&self, post: Post) -> Result<Result<Recorded, Unposted>, StoreError>;

    /// Opens or closes a conversation. Returns nothing when it was so already,
    /// or does not exist.
    async fn set_status(
        &self,
        conversation: ConversationId,
        status: Status,
        by: Author,
        at: Millis,
    ) -> Result<Option<Change>, StoreError>;

    /// Notes how far a side has come. A mark never goes back, nor beyond the
    /// last event; what was read was delivered. Returns nothing when it changes
    /// nothing.
    async fn mark(
        &self,
        conversation: ConversationId,
        side: Side,
        mark: Mark,
    ) -> Result<Option<Change>, StoreError>;

    /// The conversation with this id.
    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError>;

    /// The conversation of a visitor.
    async fn conversation_of(&self, visitor: VisitorId)
    -> Result<Option<Conversation>, StoreError>;

    /// At most `limit` events that follow `after`, in order.
    async fn events_after(
        &self,
        conversation: ConversationId,
        after: Number,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError>;

    /// At most `limit` events right before `before`, in order.
    async fn events_before(
        &self,
        conversation: ConversationId,
        before: Number,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError>;

    /// At most `limit` conversations of a tab, newest first, after `after`.
    async fn inbox(
        &self,
        site: SiteId,
        tab: Tab,
        after: Option<Page>,
        limit: u32,
    ) -> Result<Vec<Summary>, StoreError>;

    /// At most `limit` conversations that changed after a number, in the order
    /// of their last change.
    async fn inbox_after(
        &self,
        site: SiteId,
        after: Number,
        limit: u32,
    ) -> Result<Vec<Summary>, StoreError>;

    /// The last change of a site's inbox, and how many conversations it holds.
    async fn inbox_state(&self, site: SiteId) -> Result<(Number, Counts), StoreError>;
}
