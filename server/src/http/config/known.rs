//! What pages of a site are told, kept until something has changed that it is made
//! of.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use brotli::enc::BrotliEncoderParams;
use saluda_protocol::SiteId;
use saluda_protocol::site::Module;
use saluda_store::Site;

use super::{Config, site_config};
use crate::app::App;
use crate::http::etag;
use crate::refusal::Refusal;
use crate::triggers;

/// What pages were told last, by site. Making it anew means to compile every
/// live trigger.
#[derive(Default)]
pub(crate) struct Configs {
    // Not an async mutex: nothing is awaited while it is held.
    known: Mutex<HashMap<SiteId, Arc<Known>>>,
}

/// A config, and what it was made of.
pub(super) struct Known {
    made_of: Sources,
    /// The answer.
    pub(super) body: Bytes,
    /// The same, packed by brotli: half of it, where a page on a slow line waits
    /// for it to draw the launcher.
    pub(super) packed: Option<Bytes>,
    /// Its tag.
    pub(super) tag: String,
}

/// All that a config depends on. The site counts the changes of its triggers,
/// so those of other processes are seen too.
#[derive(PartialEq)]
struct Sources {
    site: Site,
    modules: BTreeMap<String, Module>,
    online: bool,
    day: u64,
}

impl Configs {
    fn lock(&self) -> MutexGuard<'_, HashMap<SiteId, Arc<Known>>> {
        // A panic while the lock was held cannot leave the map half changed.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, made_of: &Sources) -> Option<Arc<Known>> {
        let known = self.lock().get(&made_of.site.id).cloned()?;
        (known.made_of == *made_of).then_some(known)
    }
}

/// The config of a site, made anew if something has changed.
pub(super) async fn known(app: &App, site: Site) -> Result<Arc<Known>, Refusal> {
    let now = app.now();
    let made_of = Sources {
        modules: app.assets.modules(false),
        online: app.presence.has_agent(site.id),
        day: triggers::day(now),
        site,
    };
    if let Some(known) = app.configs.get(&made_of) {
        return Ok(known);
    }
    let site = &made_of.site;
    let config = Config {
        site: site_config(site, made_of.modules.clone(), now),
        rules: triggers::rules(&*app.store, site, made_of.online, now).await?,
        explain: None,
    };
    let body = Bytes::from(serde_json::to_vec(&config)?);
    let known = Arc::new(Known {
        tag: etag::of(&body),
        packed: pack(&body),
        body,
        made_of,
    });
    let id = known.made_of.site.id;
    app.configs.lock().insert(id, Arc::clone(&known));
    Ok(known)
}

/// Between the quickest and the smallest: it is done once for each change.
const PACKING: i32 = 5;

fn pack(body: &[u8]) -> Option<Bytes> {
    let params = BrotliEncoderParams {
        quality: PACKING,
        size_hint: body.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut packed, &params).ok()?;
    Some(packed.into())
}
