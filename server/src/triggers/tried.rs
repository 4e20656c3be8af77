//! What the pages of a site would decide by if a form were published as it is
//! typed: for whoever tries it on a visit that never was.

use std::collections::BTreeSet;

use saluda_protocol::site::Attention;
use saluda_protocol::trigger::HoursSpec;
use saluda_protocol::{Millis, TriggerId, TriggerSpec};
use saluda_rules::Trigger;
use saluda_rules::hours::Interval;
use saluda_store::{LiveTrigger, Site, Store};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::check::{Unsound, alone, compiled};
use super::rules::{day, hours, packed};

/// For how many days before the visit and after it the hours are told: it may
/// last, and what is next is looked for.
const DAYS_BEFORE: u64 = 8;
const DAYS_AFTER: u64 = 62;

/// What is said of a form that is tried.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Tried {
    /// The trigger that it would be.
    pub(crate) id: TriggerId,
    /// The site's opening hours, if it has any.
    hours: Option<HoursSpec>,
    /// What all greetings of the site share.
    attention: Attention,
    /// Whether an agent is at the desk.
    online: bool,
    /// The other triggers that are live.
    others: Vec<Other>,
    /// What the engine decides by: the form with all others. It is between the
    /// server and its own modules, and changes with them.
    pack: Vec<Value>,
    /// The same for the form alone.
    alone: Vec<Value>,
}

/// Another trigger, which may go first.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
struct Other {
    id: TriggerId,
    name: String,
}

/// Lays out what a form would do beside the triggers that are live, around an
/// instant. Nothing is kept.
pub(crate) async fn tried(
    store: &dyn Store,
    site: &Site,
    spec: &TriggerSpec,
    id: TriggerId,
    online: bool,
    at: Millis,
) -> Result<Tried, Unsound> {
    let mine = compiled(store, site, spec, 1, &BTreeSet::from([id.clone()])).await?;
    let mut others = Vec::new();
    let mut all = Vec::new();
    let mut placed = false;
    for LiveTrigger {
        id: other, live, ..
    } in store.live_triggers(site.id).await?
    {
        if other == id {
            // It keeps its age, by which equals are chosen.
            all.push(mine.clone());
            placed = true;
        } else if let Ok(trigger) = alone(site, &live.spec, live.version) {
            all.push(trigger);
            others.push(Other {
                id: other,
                name: live.spec.name,
            });
        }
    }
    if !placed {
        all.push(mine.clone());
    }
    let day = day(at);
    let open = hours(site, day.saturating_sub(DAYS_BEFORE), day + DAYS_AFTER);
    Ok(Tried {
        id,
        hours: site.settings.hours.clone(),
        attention: site.settings.attention,
        online,
        others,
        pack: laid_out(site, all, open.clone()),
        alone: laid_out(site, vec![mine], open),
    })
}

/// Rules as the engine takes them.
fn laid_out(site: &Site, triggers: Vec<Trigger>, hours: Option<Vec<Interval>>) -> Vec<Value> {
    let (_, row) = packed(site, triggers, hours);
    let words = row.words();
    words
        .iter()
        .map(|word| serde_json::to_value(word).unwrap_or_default())
        .collect()
}
