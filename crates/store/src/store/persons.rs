//! People's rights.

use async_trait::async_trait;
use saluda_protocol::{Millis, SiteId, VisitorId};

use crate::{AuditNote, Erased, Person, StoreError, Visitor};

/// People's rights.
#[async_trait]
pub trait Persons: Send + Sync + 'static {
    /// The visitors of a site whom a word may mean: an id, what the owner's server
    /// calls them, or an e-mail address that they or the owner named. Anyone can
    /// name any address.
    async fn people(&self, site: SiteId, who: &str) -> Result<Vec<Visitor>, StoreError>;

    /// Everything that is kept of a visitor.
    async fn person(&self, id: VisitorId) -> Result<Option<Person>, StoreError>;

    /// Erases a visitor: what they are and were, said, sent and filled in, and what
    /// was said to them. It is in no file of the database any more once
    /// [`clear_log`](Self::clear_log) succeeds. Their conversation stays as one of
    /// which nothing is left but its numbers. What they were counted in stays
    /// counted.
    async fn erase(
        &self,
        id: VisitorId,
        at: Millis,
        note: Option<AuditNote>,
    ) -> Result<Option<Erased>, StoreError>;

    /// Empties the log of the database, in which what was erased may still stand
    /// while someone reads on in an older state. Returns whether that could be done
    /// at this moment.
    async fn clear_log(&self) -> Result<bool, StoreError>;

    /// At most `limit` visitors of a site who were last here before an instant, and
    /// in whose conversation nobody wrote since.
    async fn silent_since(
        &self,
        site: SiteId,
        before: Millis,
        limit: u32,
    ) -> Result<Vec<VisitorId>, StoreError>;
}
