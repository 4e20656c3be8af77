//! Who a visitor is by the word of the site's owner.

use saluda_protocol::identity::SecretRow;
use saluda_protocol::{Identity, Millis, SecretId, SiteId, VisitorId};

use super::{Change, Visitor};

/// What the owner's server signs identities with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its id.
    pub id: SecretId,
    /// Whose.
    pub site: SiteId,
    /// What is signed with.
    pub secret: String,
    /// When it was made.
    pub created_at: Millis,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secret")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Secret {
    /// As lists show it.
    #[must_use]
    pub fn row(self) -> SecretRow {
        SecretRow {
            id: self.id,
            created_at: self.created_at,
        }
    }
}

/// That a visitor is someone whom the owner's server knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identification {
    /// The visitor as the page has them, written down or not.
    pub visitor: Visitor,
    /// Who they are.
    pub identity: Identity,
    /// The known visitor's id, if they are known only now and the other cannot be
    /// theirs.
    pub fresh: VisitorId,
    /// SHA-256 of the secret that this browser knows them by from now on.
    pub secret_hash: String,
    /// The id of the token that says so.
    pub token: String,
    /// When that token is good no more.
    pub expires_at: Millis,
    /// The server's clock.
    pub at: Millis,
}

/// Who a visitor turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// The known visitor.
    pub visitor: Visitor,
    /// What changed in conversations, in the order of their numbers.
    pub changes: Vec<Change>,
}

/// The token was used before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used;
