//! The traits that every database implements.

mod audit;
mod conversations;
mod directory;
mod files;
mod identities;
mod persons;
mod triggers;

use async_trait::async_trait;

use crate::StoreError;

pub use audit::Audit;
pub use conversations::Conversations;
pub use directory::Directory;
pub use files::Files;
pub use identities::Identities;
pub use persons::Persons;
pub use triggers::Triggers;

/// Everything that is kept.
///
/// Methods that write return after what they wrote is on disk.
#[async_trait]
pub trait Store:
    Audit + Directory + Identities + Conversations + Files + Persons + Triggers
{
    /// The name of this database, which the numbers in it belong to.
    async fn epoch(&self) -> Result<String, StoreError>;
}
