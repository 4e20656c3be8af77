//! What visitors filled in.

use saluda_protocol::VisitorId;
use sqlx::SqliteConnection;

use super::rows::Row;
use crate::{Attribute, StoreError, sql};

/// What a visitor filled in so far, in the order in which they did.
pub(super) async fn attributes(
    connection: &mut SqliteConnection,
    visitor: VisitorId,
) -> Result<Vec<Attribute>, StoreError> {
    let found = sqlx::query(sql::ATTRIBUTES)
        .bind(visitor.to_string())
        .fetch_all(connection)
        .await?;
    let attribute = |row| {
        let row = Row::of("attribute", row);
        Ok(Attribute {
            answer: row.json("answer")?,
            form: row.text("form")?,
        })
    };
    found.iter().map(attribute).collect()
}
