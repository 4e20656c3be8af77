//! How a visitor can be reached, inside a transaction.

use saluda_protocol::{Contact, Millis, VisitorId};
use sqlx::SqliteConnection;

use super::change;
use super::rows::json;
use crate::draft::Draft;
use crate::{Change, StoreError, Visitor, sql};

/// Adds what was told to what is known. Returns what is known from then on.
pub(super) async fn keep(
    connection: &mut SqliteConnection,
    visitor: &Visitor,
    told: Contact,
) -> Result<Contact, StoreError> {
    let known = visitor.contact.clone();
    let contact = Contact {
        email: told.email.or(known.email),
        name: told.name.or(known.name),
        phone: told.phone.or(known.phone),
    };
    if contact != visitor.contact {
        sqlx::query(sql::SET_CONTACT)
            .bind(visitor.id.to_string())
            .bind(json(&contact)?)
            .execute(connection)
            .await?;
    }
    Ok(contact)
}

pub(super) async fn set(
    connection: &mut SqliteConnection,
    id: VisitorId,
    told: Contact,
    at: Millis,
) -> Result<Option<Change>, StoreError> {
    let Some(visitor) = change::visitor(connection, id).await? else {
        return Ok(None);
    };
    let says_nothing = told == Contact::default();
    let contact = keep(connection, &visitor, told).await?;
    let Some((found, _)) = change::conversation_of(connection, id).await? else {
        return Ok(None);
    };
    let mut draft = Draft::of(found);
    let news = contact != visitor.contact;
    if news {
        draft.contact(contact.clone(), at);
    }
    let followed = !says_nothing && draft.follow_contact(at);
    if !news && !followed {
        return Ok(None);
    }
    change::save(connection, draft, contact).await.map(Some)
}
