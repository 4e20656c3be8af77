//! What an agent sees of the person in the page.

use saluda_protocol::Contact;
use saluda_protocol::inbox::Person;
use saluda_protocol::visitor::Place;
use saluda_store::Conversation;

use super::ChatError;
use crate::app::App;

/// What is known of the visitor of a conversation.
pub(crate) async fn person(app: &App, with: &Conversation) -> Result<Person, ChatError> {
    if with.erased {
        return Ok(nobody(with));
    }
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

/// Someone of whom nothing is left.
fn nobody(with: &Conversation) -> Person {
    Person {
        visitor: with.visitor,
        contact: Contact::default(),
        identity: None,
        place: Place::default(),
        first_seen: with.created_at,
        last_seen: with.written_at,
        online: false,
        origin: None,
        tags: Vec::new(),
        attributes: Vec::new(),
    }
}
