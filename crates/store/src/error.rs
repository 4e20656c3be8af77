//! Why the store could not do what it was asked.

use std::error::Error;

/// Why the store could not do what it was asked.
///
/// "Not found" is not among the reasons: a lookup that finds nothing returns
/// `Ok(None)`, and the caller decides whether that matters.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database could not be opened, or its schema brought up to date.
    #[error("could not open the database `{path}`")]
    Open {
        /// Where it is.
        path: String,
        /// What stood in the way.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The database failed. What was to be written is not written.
    #[error("the database failed")]
    Backend(#[source] Box<dyn Error + Send + Sync>),
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

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Backend(Box::new(error))
    }
}
