//! Who did what. What is noted beside another change is written in its transaction,
//! if it was done.

use async_trait::async_trait;
use saluda_protocol::SiteId;
use saluda_protocol::audit::AuditEntry;

use crate::{AuditNote, StoreError};

/// Who did what. What is noted beside another change is written in its transaction,
/// if it was done.
#[async_trait]
pub trait Audit: Send + Sync + 'static {
    /// Notes something that changes nothing here.
    async fn add_note(&self, note: AuditNote) -> Result<(), StoreError>;

    /// At most `limit` entries of a site, or of everything, the latest first, before
    /// `before`.
    async fn audit_log(
        &self,
        site: Option<SiteId>,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError>;
}
