//! A visitor's page connects.

use saluda_protocol::visitor::{Credentials, Place};
use saluda_protocol::{Contact, ConversationId, SiteId, VisitorId, limits};
use saluda_store::{StoreError, Visitor};

use crate::app::App;
use crate::bus::{Notice, Topic};
use crate::secret::{self, NoRandomness};

/// The visitor these credentials belong to, on this site.
///
/// Returns nothing when they are unknown here, or belong to another site: then
/// the page begins as someone new, and nothing of anyone else is shown.
pub(crate) async fn recognise(
    app: &App,
    site: SiteId,
    credentials: &Credentials,
) -> Result<Option<Visitor>, StoreError> {
    let Some(visitor) = app.store.visitor(credentials.id).await? else {
        return Ok(None);
    };
    let mut hashes = vec![visitor.secret_hash.clone()];
    if visitor.identity.is_some() {
        hashes.extend(app.store.secrets_of(visitor.id).await?);
    }
    // Compared first, and with all of them, so that it takes as long always. Who
    // asks for the one that somebody became knows the one they were.
    let right = hashes.iter().fold(false, |right, hash| {
        right | secret::matches(&credentials.secret, hash)
    });
    let same = visitor.id == credentials.id && visitor.site == site;
    Ok(Some(visitor).filter(|_| right && same))
}

/// Someone new, and what their browser will know them by. Nothing is written
/// down until they say something.
pub(crate) fn someone_new(
    app: &App,
    site: SiteId,
    place: Place,
) -> Result<(Visitor, Credentials), NoRandomness> {
    let now = app.now();
    let credentials = Credentials {
        id: VisitorId::from_random(secret::random()?),
        secret: secret::new()?,
    };
    let visitor = Visitor {
        id: credentials.id,
        site,
        secret_hash: secret::hash(&credentials.secret),
        contact: Contact::default(),
        identity: None,
        place,
        first_seen: now,
        last_seen: now,
    };
    Ok((visitor, credentials))
}

/// Cuts what a page says about itself to the length that is kept.
pub(crate) fn trim(place: Place) -> Place {
    let page = |text: String| text.chars().take(limits::PAGE_TEXT_CHARS).collect();
    let locale = |text: String| text.chars().take(limits::LOCALE_CHARS).collect();
    Place {
        url: page(place.url),
        title: page(place.title),
        referrer: page(place.referrer),
        language: locale(place.language),
        timezone: locale(place.timezone),
        visits: place.visits,
    }
}

/// Tells the desks of a site whether the visitor of a conversation is there.
pub(crate) fn announce_presence(
    app: &App,
    site: SiteId,
    conversation: ConversationId,
    online: bool,
) {
    let notice = Notice::Presence {
        conversation,
        online,
    };
    app.bus.publish(Topic::Site(site), notice);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scene;

    #[tokio::test]
    async fn knows_a_visitor_by_the_secret_and_only_on_their_site() {
        let scene = Scene::new().await;
        let (visitor, credentials) =
            someone_new(&scene.app, scene.site.id, Place::default()).unwrap();
        let recognise = async |site, credentials: &Credentials| {
            recognise(&scene.app, site, credentials).await.unwrap()
        };
        assert_eq!(
            recognise(scene.site.id, &credentials).await,
            None,
            "not yet"
        );

        scene.app.store.add_visitor(visitor.clone()).await.unwrap();
        assert_eq!(recognise(scene.site.id, &credentials).await, Some(visitor));
        let other_site = SiteId::from_random([99; 16]);
        assert_eq!(recognise(other_site, &credentials).await, None);
        let guess = Credentials {
            secret: secret::new().unwrap(),
            ..credentials
        };
        assert_eq!(recognise(scene.site.id, &guess).await, None);
    }
}
