//! What the explain panel decides by: every trigger of a site, what is edited as
//! if it were published.

use std::collections::BTreeMap;

use saluda_protocol::studio::{Mistake, TriggerStatus};
use saluda_protocol::trigger::{AfterDismiss, Frequency, Limits, Rule, Schedule};
use saluda_protocol::{Millis, TriggerId};
use saluda_rules::Attention;
use saluda_store::{Site, Store, StoreError, Trigger};
use serde::Serialize;

use super::check::alone;
use super::rules::{Rules, day, hours, laid_out, shown};

/// How many triggers are read at once.
const PAGE: u32 = 100;
/// For how many days before today and after it the panel knows the hours: its
/// clock can be set.
const DAYS_BEFORE: u64 = 31;
const DAYS_AFTER: u64 = 366;

/// What the panel says of triggers besides what it decides by.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    /// From when on the link is good for nothing.
    expires_at: Millis,
    /// The zone of the site's hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
    attention: Attention,
    /// All of them, in the order in which they are considered.
    triggers: Vec<Listed>,
}

/// One trigger: as it is written, for words beside what was found.
#[derive(Debug, Serialize)]
struct Listed {
    id: TriggerId,
    name: String,
    status: TriggerStatus,
    /// Whether this is another form than the one that is published.
    edited: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Why it decides nothing: its author has something to correct.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mistakes: Vec<Mistake>,
    rule: Rule,
    schedule: Schedule,
    frequency: Frequency,
    limits: Limits,
    after_dismiss: AfterDismiss,
}

/// Every trigger of a site, to be explained.
///
/// Drafts count as live: whoever has the link sees them as they would be. What
/// was taken off the pages is there, and does not show.
pub(crate) async fn explained(
    store: &dyn Store,
    site: &Site,
    online: bool,
    expires_at: Millis,
    now: Millis,
) -> Result<(Rules, Told), StoreError> {
    let mut triggers = all(store, site).await?;
    // As pages consider them.
    triggers.sort_by(|one, other| {
        let key = |trigger: &Trigger| (-trigger.spec.priority, trigger.created_at);
        (key(one), &one.id).cmp(&(key(other), &other.id))
    });
    let mut compiled = Vec::new();
    let mut greetings = BTreeMap::new();
    let mut listed = Vec::new();
    for trigger in triggers {
        // What is edited becomes the next version.
        let version = trigger.version.unwrap_or(0) + u32::from(trigger.edited);
        let mistakes = match alone(site, &trigger.spec, version) {
            Ok(mut sound) => {
                sound.terms.live =
                    matches!(trigger.status, TriggerStatus::Live | TriggerStatus::Draft);
                compiled.push(sound);
                let greeting = shown(site, trigger.spec.clone());
                greetings.insert(trigger.id.clone(), (version, greeting));
                Vec::new()
            }
            Err(mistakes) => mistakes,
        };
        let spec = trigger.spec;
        listed.push(Listed {
            id: trigger.id,
            name: spec.name,
            status: trigger.status,
            edited: trigger.edited,
            reason: trigger.reason,
            mistakes,
            rule: spec.rule,
            schedule: spec.schedule,
            frequency: spec.frequency,
            limits: spec.limits,
            after_dismiss: spec.after_dismiss,
        });
    }
    let today = day(now);
    let hours = hours(site, today.saturating_sub(DAYS_BEFORE), today + DAYS_AFTER);
    let zone = site.settings.hours.as_ref().map(|hours| hours.zone.clone());
    let told = Told {
        expires_at,
        zone,
        attention: site.settings.attention,
        triggers: listed,
    };
    Ok((laid_out(site, compiled, greetings, hours, online), told))
}

async fn all(store: &dyn Store, site: &Site) -> Result<Vec<Trigger>, StoreError> {
    let mut all: Vec<Trigger> = Vec::new();
    loop {
        let after = all.last().map(|last| &last.id);
        let page = store.triggers(site.id, after, PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page.into_iter().map(|(trigger, _)| trigger));
    }
}
