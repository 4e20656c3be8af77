//! What is strange about a trigger, on its site as it is.

use saluda_protocol::studio::Warning;
use saluda_protocol::{Millis, TriggerSpec};
use saluda_rules::hours::Hours;
use saluda_rules::lint::{self, Around, Other, SiteHours};
use saluda_store::{Site, Store, StoreError, Trigger};

/// Most pages that conditions are compared with. A site with more is not known
/// well enough to say that it has no such page.
const PAGES: u32 = 2_000;

/// Warns of what its author may not have meant, in the form as it is edited.
pub(crate) async fn warnings(
    store: &dyn Store,
    trigger: &Trigger,
    now: Millis,
) -> Result<Vec<Warning>, StoreError> {
    let Some(site) = store.site(trigger.site).await? else {
        return Ok(Vec::new());
    };
    let seen = Seen::of(store, site, trigger).await?;
    let (spec, site) = (trigger.spec.clone(), trigger.site);
    // It may take as long as some requests together.
    let found = tokio::task::spawn_blocking(move || seen.warnings(&spec, now)).await;
    Ok(found.unwrap_or_else(|error| {
        tracing::error!(%site, error = &error as &dyn std::error::Error, "the linter failed");
        Vec::new()
    }))
}

/// What is known of a site.
struct Seen {
    site: Site,
    /// The other live triggers, and whether they are older.
    others: Vec<(TriggerSpec, bool)>,
    pages: Vec<String>,
}

impl Seen {
    async fn of(store: &dyn Store, site: Site, trigger: &Trigger) -> Result<Self, StoreError> {
        let live = store.live_triggers(site.id).await?;
        let age = |at, id| (at, id);
        let own = age(trigger.created_at, trigger.id.clone());
        let others = live.into_iter().filter(|other| other.id != trigger.id);
        let others = others.map(|other| {
            let older = age(other.created_at, other.id) < own;
            (other.live.spec, older)
        });
        let mut pages = store.pages(site.id, PAGES).await?;
        if u32::try_from(pages.len()).is_ok_and(|count| count >= PAGES) {
            pages.clear();
        }
        Ok(Self {
            others: others.collect(),
            pages,
            site,
        })
    }

    fn warnings(&self, spec: &TriggerSpec, now: Millis) -> Vec<Warning> {
        let hours = self.site.settings.hours.as_ref().map(Hours::read);
        let others = self.others.iter();
        let others: Vec<Other<'_>> = others
            .map(|(spec, older)| Other {
                spec,
                older: *older,
            })
            .collect();
        let around = Around {
            others: &others,
            hours: match &hours {
                None => SiteHours::None,
                Some(Ok(hours)) => SiteHours::Written(hours),
                Some(Err(_)) => SiteHours::Unknown,
            },
            pages: &self.pages,
            now: Some(now),
        };
        let told = |warning: lint::Warning| Warning {
            path: warning.path,
            kind: warning.kind.to_string(),
            message: warning.message,
        };
        lint::lint(spec, &around).into_iter().map(told).collect()
    }
}
