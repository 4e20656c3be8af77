//! People's rights, whoever asks for them: the REST API or the command line.

mod erase;
mod export;

use saluda_protocol::audit::Audited;
use saluda_protocol::studio::Actor;
use saluda_protocol::{Millis, SiteId, VisitorId};
use saluda_store::{AuditNote, Person, Store, StoreError};

pub(crate) use erase::{Unerased, erase};
pub(crate) use export::Export;

/// Everything that is kept of a visitor of a site, which is noted before anyone has
/// it.
pub(crate) async fn hand_out(
    store: &dyn Store,
    site: SiteId,
    id: VisitorId,
    by: Actor,
    at: Millis,
) -> Result<Option<Person>, StoreError> {
    let person = store.person(id).await?;
    let Some(person) = person.filter(|person| person.visitor.site == site) else {
        return Ok(None);
    };
    let visitor = person.visitor.id;
    store
        .add_note(AuditNote {
            site: Some(site),
            by,
            what: Audited::PersonExported { visitor },
            at,
        })
        .await?;
    Ok(Some(person))
}
