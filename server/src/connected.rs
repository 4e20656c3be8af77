//! On which of a site's origins the widget was seen, for whoever wonders whether
//! the snippet is in place.
//!
//! An hour and an origin that the owner wrote: nothing of the visitor, nothing of
//! the page. Each is written once an hour, so it costs page views nothing.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use saluda_protocol::{Millis, SiteId};
use saluda_store::{Site, StoreError};

use crate::app::App;

const HOUR_MS: u64 = 60 * 60 * 1_000;

/// What was noted in this hour.
#[derive(Default)]
pub(crate) struct Connected {
    // Not an async mutex: nothing is awaited while it is held.
    noted: Mutex<Noted>,
}

#[derive(Default)]
struct Noted {
    hour: Millis,
    /// With the revision of the site's settings: an origin that was taken out and
    /// put back was forgotten in between.
    origins: HashSet<(SiteId, u64, String)>,
}

impl Connected {
    /// Whether this is the first time in an hour.
    fn is_new(&self, site: (SiteId, u64), origin: &str, hour: Millis) -> bool {
        // A panic while the lock was held cannot leave it half changed.
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.hour != hour {
            noted.hour = hour;
            noted.origins.clear();
        }
        noted.origins.insert((site.0, site.1, origin.to_owned()))
    }
}

/// Notes that a page of this origin was told of the site. Pages of our own
/// are none of the site's, and are passed over.
pub(crate) async fn note(app: &App, site: &Site, origin: &str) -> Result<(), StoreError> {
    let Some(origin) = site.allows(origin) else {
        return Ok(());
    };
    let now = app.now();
    let hour = Millis(now.0 - now.0 % HOUR_MS);
    if app.connected.is_new((site.id, site.revision), origin, hour) {
        app.store.see_origin(site.id, origin, hour).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_origin_is_new_once_an_hour() {
        let connected = Connected::default();
        let sites = [1, 2].map(|n| (SiteId::from_random([n; 16]), 1));
        let origins = ["https://a.example", "https://b.example"];
        for hour in [1, 2].map(|n| Millis(n * HOUR_MS)) {
            for site in sites {
                for origin in origins {
                    assert!(connected.is_new(site, origin, hour));
                    assert!(!connected.is_new(site, origin, hour));
                }
            }
            assert_eq!(connected.noted.lock().unwrap().origins.len(), 4);
        }
    }
}
