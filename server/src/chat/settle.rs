//! Everything that is done to a conversation besides posting: marks, contact,
//! closing and reopening.

use saluda_protocol::{Author, Contact, ConversationId, Mark, Side, Status, VisitorId};
use saluda_store::StoreError;

use super::announce;
use crate::app::App;

/// Notes how far a side has come, and tells everyone concerned if it is news.
pub(crate) async fn mark(
    app: &App,
    conversation: ConversationId,
    side: Side,
    mark: Mark,
) -> Result<(), StoreError> {
    if let Some(change) = app.store.mark(conversation, side, mark).await? {
        announce(app, change);
    }
    Ok(())
}

/// Keeps what a visitor told about themselves, and tells everyone concerned if
/// it is news.
pub(crate) async fn contact(
    app: &App,
    visitor: VisitorId,
    contact: Contact,
) -> Result<(), StoreError> {
    let change = app.store.set_contact(visitor, contact, app.now()).await?;
    if let Some(change) = change {
        announce(app, change);
    }
    Ok(())
}

/// Opens or closes a conversation, for all agents (S1.9, S4.5).
pub(crate) async fn status(
    app: &App,
    conversation: ConversationId,
    status: Status,
    by: Author,
) -> Result<(), StoreError> {
    let change = app
        .store
        .set_status(conversation, status, by, app.now())
        .await?;
    if let Some(change) = change {
        announce(app, change);
    }
    Ok(())
}
