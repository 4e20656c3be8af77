//! What an agent sees of the person in the page.

use saluda_protocol::inbox::Person;
use saluda_store::Conversation;

use super::ChatError;
use crate::app::App;

/// What is known of the visitor of a conversation.
pub(crate) async fn person(app: &App, with: &Conversation) -> Result<Person, ChatError> {
    let found = app
        .store
        .visitor(with.visitor)
        .await?
        .ok_or(ChatError::NotFound)?;
    let attributes = app.store.attributes(with.visitor).await?;
    let attributes = attributes.into_iter().map(|one| one.answer).collect();
    Ok(Person {
        visitor: found.id,
        contact: found.contact,
        identity: found.identity,
        place: found.place,
        first_seen: found.first_seen,
        last_seen: found.last_seen,
        online: app.presence.has_visitor(with.visitor),
        origin: with.origin.clone(),
        tags: with.tags.clone(),
        attributes,
    })
}
