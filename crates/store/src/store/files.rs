//! Files that were sent: who may post them, and how many there are. What is in
//! them is kept elsewhere.

use async_trait::async_trait;
use saluda_protocol::{FileId, Millis, VisitorId};

use crate::{Allowance, KeptFile, Sent, StoreError, TooMuch};

/// Files that were sent: who may post them, and how many there are. What is in
/// them is kept elsewhere.
#[async_trait]
pub trait Files: Send + Sync + 'static {
    /// How much a visitor has sent since an instant, posted or not.
    async fn sent_since(&self, visitor: VisitorId, since: Millis) -> Result<Sent, StoreError>;

    /// Notes that a file was sent, unless its sender is beyond their allowance.
    async fn add_file(
        &self,
        kept: KeptFile,
        allowance: Option<Allowance>,
    ) -> Result<Result<(), TooMuch>, StoreError>;

    /// The file with this id, unless it is about to be removed.
    async fn file(&self, id: FileId) -> Result<Option<KeptFile>, StoreError>;

    /// Condemns at most `limit` files that were sent before an instant and became
    /// no message, the oldest first: they cannot be posted any more. Returns them,
    /// with those that were condemned earlier and not forgotten.
    async fn condemn_orphans(&self, before: Millis, limit: u32) -> Result<Vec<FileId>, StoreError>;

    /// Forgets a file that was condemned, once what was in it is gone.
    async fn forget_file(&self, id: FileId) -> Result<(), StoreError>;
}
