//! Erases a person: from the database, from where files lie, and from the folder of
//! mails.

use saluda_protocol::audit::Audited;
use saluda_protocol::studio::Actor;
use saluda_protocol::{EmailAddress, Millis, SiteId, VisitorId};
use saluda_store::{AuditNote, Change, Store, StoreError, Visitor};

use crate::files::{Files, PlaceError};
use crate::mail::{MailError, Mailer};

/// Why not everything of a person is gone. What was done stays done, and doing it
/// again does the rest.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unerased {
    /// Nobody of that id is there.
    #[error("there is no such person")]
    Nobody,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be removed. The sweep tries again within the hour.
    #[error("a file of the person could not be removed")]
    File(#[from] PlaceError),
    /// Mails could not be removed.
    #[error(transparent)]
    Mail(#[from] MailError),
}

/// Who was erased.
pub(crate) struct Gone {
    /// Under the name by which their pages are told of it.
    pub(crate) visitor: VisitorId,
    /// What agents are to be told of it.
    pub(crate) change: Option<Change>,
}

/// Erases a visitor of a site.
///
/// What was theirs may still stand in the log of the database until
/// [`clear_log`](saluda_store::Persons::clear_log) succeeds, which the sweep tries
/// every hour.
pub(crate) async fn erase(
    store: &dyn Store,
    files: &Files,
    mailer: &Mailer,
    (site, id): (SiteId, VisitorId),
    by: Option<Actor>,
    at: Millis,
) -> Result<Gone, Unerased> {
    let visitor = store.visitor(id).await?.filter(|kept| kept.site == site);
    let visitor = visitor.ok_or(Unerased::Nobody)?;
    // Mails first: afterwards nobody knows any more to whom they went.
    mailer.forget(&addresses(&visitor)).await?;
    let note = by.map(|by| AuditNote {
        site: Some(site),
        by,
        what: Audited::PersonErased {
            visitor: visitor.id,
        },
        at,
    });
    let erased = store.erase(visitor.id, at, note).await?;
    let erased = erased.ok_or(Unerased::Nobody)?;
    for id in erased.files {
        files.remove(id).await?;
        store.forget_file(id).await?;
    }
    Ok(Gone {
        visitor: visitor.id,
        change: erased.change,
    })
}

/// Where mails to a visitor went, as far as it is known.
fn addresses(visitor: &Visitor) -> Vec<EmailAddress> {
    let said = visitor.contact.email.clone();
    let owners = visitor.identity.as_ref().and_then(|it| it.email.clone());
    said.into_iter().chain(owners).collect()
}
