//! A person is erased while their pages and desks may be open.

use saluda_protocol::studio::Actor;
use saluda_protocol::{SiteId, VisitorId};

use super::announce;
use crate::app::App;
use crate::bus::{Notice, Topic};
use crate::person::{self, Unerased};

/// Erases a visitor of a site, and tells everyone concerned. Pages of theirs come
/// back as someone new.
pub(crate) async fn erase(
    app: &App,
    site: SiteId,
    id: VisitorId,
    by: Option<Actor>,
) -> Result<(), Unerased> {
    let whom = (site, id);
    let (store, now) = (&*app.store, app.now());
    let gone = person::erase(store, &app.files, &app.mailer, whom, by, now).await?;
    // Pages are told under the one name, whichever the visitor was asked for by.
    app.bus
        .publish(Topic::Visitor(gone.visitor), Notice::Erased);
    if let Some(change) = gone.change {
        announce(app, change);
    }
    Ok(())
}
