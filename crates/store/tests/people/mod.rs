//! A site and someone on it, for every test that needs no more.

use saluda_protocol::visitor::Place;
use saluda_protocol::{Contact, Millis, SiteId, VisitorId};
use saluda_store::{Site, SiteSettings, Visitor};

/// The site `shop`.
pub(crate) fn site() -> Site {
    Site {
        id: SiteId::from_random([1; 16]),
        key: "shop".parse().unwrap(),
        name: "Shop".into(),
        origins: vec![],
        settings: SiteSettings::default(),
        created_at: Millis(1),
        trigger_changes: 0,
        revision: 1,
    }
}

/// A visitor of the site, of whom nothing is known.
pub(crate) fn somebody(n: u8) -> Visitor {
    Visitor {
        id: VisitorId::from_random([n; 16]),
        site: site().id,
        secret_hash: String::new(),
        contact: Contact::default(),
        identity: None,
        place: Place::default(),
        first_seen: Millis(1),
        last_seen: Millis(1),
    }
}
