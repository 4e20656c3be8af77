//! Who visitors are by the word of the site's owner.

use async_trait::async_trait;
use saluda_protocol::{SecretId, SiteId, VisitorId};

use crate::{AuditNote, Identification, Identified, Secret, StoreError, Used};

/// Who visitors are by the word of the site's owner.
#[async_trait]
pub trait Identities: Send + Sync + 'static {
    /// Adds a secret. Returns whether its site had fewer than it may have.
    async fn add_secret(&self, secret: Secret, note: Option<AuditNote>)
    -> Result<bool, StoreError>;

    /// All secrets of a site, the latest first.
    async fn secrets(&self, site: SiteId) -> Result<Vec<Secret>, StoreError>;

    /// Revokes a secret of this site. Returns whether it had it.
    async fn revoke_secret(
        &self,
        site: SiteId,
        id: SecretId,
        note: Option<AuditNote>,
    ) -> Result<bool, StoreError>;

    /// Takes a visitor for the one whom the owner's server knows, once for each
    /// token.
    ///
    /// If nobody is known by that name yet, it is this visitor from now on. If
    /// someone is, and this visitor is nobody, what they said moves to the known
    /// one: the conversation if that is the only one, else its events, to the end
    /// of the other. Whoever is known by another name keeps what is theirs. The
    /// secret by which a page knew a visitor who was nobody is void.
    async fn identify(&self, claim: Identification)
    -> Result<Result<Identified, Used>, StoreError>;

    /// SHA-256 of the secrets that other browsers of a known visitor have.
    async fn secrets_of(&self, visitor: VisitorId) -> Result<Vec<String>, StoreError>;
}
