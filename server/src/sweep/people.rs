//! Nothing is kept for longer than a site's owner wants: whoever was not heard of
//! for so long is erased.

use saluda_protocol::{Millis, SiteKey};
use saluda_store::Site;

use crate::app::App;
use crate::chat;
use crate::person::Unerased;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Scene;

    fn at(days: u64) -> Millis {
        Millis(1_000_000 + days * DAY_MS)
    }

    impl Scene {
        async fn keeps(&self, days: Option<u32>) {
            let store = &self.app.store;
            let mut site = store.site(self.site.id).await.unwrap().unwrap();
            site.settings.retention_days = days;
            assert!(store.update_site(site).await.unwrap());
        }
    }

    #[tokio::test]
    async fn nobody_is_kept_for_longer_than_the_owner_wants() {
        let scene = Scene::new().await;
        let app = &scene.app;
        let (long, lately) = (scene.visitor().await, scene.visitor().await);
        scene.says(long, "long ago").await;
        scene.clock.set(at(20));
        scene.says(lately, "lately").await;
        scene.keeps(Some(30)).await;
        assert_eq!(expire(app, at(30)).await.unwrap(), 0);
        assert_eq!(expire(app, at(31)).await.unwrap(), 1);
        assert_eq!(app.store.visitor(long).await.unwrap(), None);
        assert!(app.store.visitor(lately).await.unwrap().is_some());
        // For ever is for ever.
        scene.keeps(None).await;
        assert_eq!(expire(app, at(9_000)).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn two_years_are_kept_where_nobody_says_otherwise() {
        let scene = Scene::new().await;
        let ines = scene.visitor().await;
        scene.says(ines, "hello").await;
        assert_eq!(expire(&scene.app, at(730)).await.unwrap(), 0);
        assert_eq!(expire(&scene.app, at(731)).await.unwrap(), 1);
    }
}
