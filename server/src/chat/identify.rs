//! A visitor is someone whom the site's owner knows.

use saluda_protocol::{Credentials, SiteId};
use saluda_store::{Identification, Visitor};

use super::announce;
use crate::app::App;
use crate::bus::{Notice, Topic};
use crate::identity::{self, Unidentified};
use crate::refusal::Refusal;
use crate::secret;

/// Takes a visitor for the one that a token names, and tells everyone concerned.
///
/// Returns that visitor, and what this browser will know them by. Whatever it
/// knew before is void: who planted it must not be let in by what follows.
pub(crate) async fn identify(
    app: &App,
    site: SiteId,
    visitor: &Visitor,
    token: &str,
) -> Result<(Visitor, Credentials), Refusal> {
    let secrets = app.store.secrets(site).await?;
    let signed = identity::read(token, &secrets, app.now())?;
    let fresh_secret = secret::new()?;
    let claim = Identification {
        visitor: visitor.clone(),
        identity: signed.identity,
        fresh: identity::fresh()?,
        secret_hash: secret::hash(&fresh_secret),
        token: signed.token,
        expires_at: signed.expires_at,
        at: app.now(),
    };
    let identified = app.store.identify(claim).await?;
    let identified = identified.map_err(|_| Unidentified::Used)?;
    for change in identified.changes {
        announce(app, change);
    }
    let known = identified.visitor;
    if known.id != visitor.id {
        app.bus
            .publish(Topic::Visitor(visitor.id), Notice::Identified);
    }
    let credentials = Credentials {
        id: known.id,
        secret: fresh_secret,
    };
    Ok((known, credentials))
}
