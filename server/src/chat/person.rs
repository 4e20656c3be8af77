//! What an agent sees of the person in the page.

use saluda_protocol::VisitorId;
use saluda_protocol::inbox::Person;

use super::ChatError;
use crate::app::App;

/// What is known of a visitor.
pub(crate) async fn person(app: &App, visitor: VisitorId) -> Result<Person, ChatError> {
    let found = app
        .store
        .visitor(visitor)
        .await?
        .ok_or(ChatError::NotFound)?;
    Ok(Person {
        visitor: found.id,
        contact: found.contact,
        place: found.place,
        first_seen: found.first_seen,
        last_seen: found.last_seen,
        online: app.presence.has_visitor(visitor),
    })
}
