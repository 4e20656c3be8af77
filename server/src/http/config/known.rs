//! What pages of a site are told, kept until something has changed that it is made
//! of.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use saluda_protocol::SiteId;
use saluda_protocol::site::Module;
use saluda_store::Site;

use super::{Config, script, site_config};
use crate::app::App;
use crate::http::packed::Packed;
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
pub(in crate::http) struct Known {
    made_of: Sources,
    /// The answer.
    pub(super) config: Packed,
    /// The loader with the config in it, if the loader is built.
    pub(in crate::http) loader: Option<Packed>,
}

/// All that a config depends on. The site counts the changes of its triggers,
/// so those of other processes are seen too.
#[derive(PartialEq)]
struct Sources {
    site: Site,
    modules: BTreeMap<String, Module>,
    loader: Cow<'static, [u8]>,
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
pub(in crate::http) async fn known(app: &App, site: Site) -> Result<Arc<Known>, Refusal> {
    let now = app.now();
    let made_of = Sources {
        modules: app.assets.modules(false),
        loader: app.assets.read("widget.js").unwrap_or_default(),
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
    let config = serde_json::to_string(&config)?;
    let loader = script::with_config(&made_of.loader, &site.key, &config);
    let known = Arc::new(Known {
        loader: loader.map(Packed::new),
        config: Packed::new(config.into_bytes()),
        made_of,
    });
    let id = known.made_of.site.id;
    app.configs.lock().insert(id, Arc::clone(&known));
    Ok(known)
}
