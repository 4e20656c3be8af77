//! Nothing is kept for longer than a site's owner wants: whoever was not heard of
//! for so long is erased.

use saluda_protocol::{Millis, SiteKey};
use saluda_store::Site;

use super::Unerased;
use crate::app::App;
use crate::chat;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// So many are looked for at once. Each is erased by itself, so nobody who writes
/// meanwhile waits for long.
const BATCH: u32 = 50;
/// How many sites are read at once.
const SITES: u32 = 100;

/// Erases everyone who was not heard of for as long as their site keeps what was
/// said. Returns how many they were.
pub(crate) async fn expire(app: &App, now: Millis) -> Result<usize, Unerased> {
    let mut gone = 0;
    let mut after: Option<SiteKey> = None;
    loop {
        let sites = app.store.sites(after.as_ref(), SITES).await?;
        let Some(last) = sites.last() else {
            break;
        };
        after = Some(last.key.clone());
        for site in &sites {
            gone += of_site(app, site, now).await?;
        }
    }
    if gone > 0 {
        metrics::counter!("saluda_persons_expired_total").increment(gone as u64);
    }
    Ok(gone)
}

async fn of_site(app: &App, site: &Site, now: Millis) -> Result<usize, Unerased> {
    let Some(days) = site.settings.retention_days else {
        return Ok(0);
    };
    let before = Millis(now.0.saturating_sub(u64::from(days) * DAY_MS));
    let mut gone = 0;
    loop {
        let silent = app.store.silent_since(site.id, before, BATCH).await?;
        if silent.is_empty() {
            return Ok(gone);
        }
        for id in silent {
            match chat::erase(app, site.id, id, None).await {
                // Someone was quicker.
                Ok(()) | Err(Unerased::Nobody) => gone += 1,
                Err(error) => return Err(error),
            }
        }
    }
}
