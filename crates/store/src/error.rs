//! Why the store could not do what it was asked.

use std::error::Error;

/// What stood in the way, in the words of whoever met it.
type Source = Box<dyn Error + Send + Sync>;

/// Why the store could not do what it was asked.
///
/// "Not found" is not among the reasons: a lookup that finds nothing returns
/// `Ok(None)`, and the caller decides whether that matters. After any of them
/// the store goes on: what is asked next may succeed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database could not be opened, or its schema brought up to date.
    #[error("could not open the database `{path}`")]
    Open {
        /// Where it is.
        path: String,
        /// What stood in the way; another of these reasons, if one fits.
        source: Source,
    },
    /// There is no space for what was to be written.
    #[error(
        "the disk is full and nothing was written: free some space, and writing goes on without a restart"
    )]
    Full(#[source] Source),
    /// The disk could not read, write or sync. What was to be written is not
    /// acknowledged; if the sync is what failed, it may turn up after a power
    /// cut, so it should be asked again under the same id.
    #[error("the disk failed and nothing was acknowledged: see the system's log for what ails it")]
    Disk(#[source] Source),
    /// Someone else has held the database for longer than we wait.
    #[error("another process holds the database: end that process, or wait until it is done")]
    Held(#[source] Source),
    /// The file is something else, or its first page is beyond recognition.
    #[error(
        "this is no database, or its first page is damaged: nothing was changed; name another file or bring back the last copy"
    )]
    NoDatabase(#[source] Source),
    /// Pages of the database contradict each other.
    #[error(
        "the database is damaged: stop the server, keep the file, and bring back the last copy"
    )]
    Damaged(#[source] Source),
    /// The database failed otherwise. What was to be written is not written.
    #[error("the database failed")]
    Backend(#[source] Source),
    /// A row contradicts itself or what refers to it.
    #[error("the row `{row}` of table `{table}` makes no sense: {why}")]
    Inconsistent {
        /// In which table.
        table: &'static str,
        /// Which row.
        row: String,
        /// How.
        why: String,
    },
    /// The store was closed before it came to this.
    #[error("the store is closed")]
    Closed,
}
