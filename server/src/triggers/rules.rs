//! What the pages of a site decide by.

use std::collections::BTreeSet;

use saluda_protocol::site::Attention;
use saluda_protocol::trigger::{Asked, Button, Reply, Texts};
use saluda_protocol::{Millis, TriggerSpec};
use saluda_rules::hours::{Hours, Interval};
use saluda_rules::pack::Word;
use saluda_store::{LiveTrigger, Site, Store, StoreError};
use serde::Serialize;

use super::check::alone;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// For how many days pages are told when the site is open.
const DAYS: u64 = 14;

/// The part of a site's config that decides.
#[derive(Debug, Serialize)]
pub(crate) struct Rules {
    attention: Attention,
    /// When the site is open, from the beginning of this day (UTC) on. None
    /// when its owner did not say: then it always is.
    hours: Option<Vec<Interval>>,
    /// Whether an agent is at the desk.
    online: bool,
    /// The live triggers, in the order in which they are asked.
    triggers: Vec<Packed>,
}

#[derive(Debug, Serialize)]
struct Packed {
    pack: Vec<Word>,
    greeting: Shown,
}

/// What a page needs to know of a greeting. What is said later stays here.
#[derive(Debug, Serialize)]
struct Shown {
    sender: Sender,
    text: Texts,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    buttons: Vec<Labelled>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    ask: BTreeSet<Asked>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    variants: Vec<Variant>,
}

#[derive(Debug, Serialize)]
struct Sender {
    name: String,
}

#[derive(Debug, Serialize)]
struct Labelled {
    label: Texts,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

#[derive(Debug, Serialize)]
struct Variant {
    name: String,
    text: Texts,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    buttons: Vec<Labelled>,
}

/// The day that an instant lies in, counted from 1970 (UTC).
pub(crate) fn day(now: Millis) -> u64 {
    now.0 / DAY_MS
}

/// What the pages of a site decide by, as it is published now.
///
/// It changes with what is published, with the site, with whether someone is at
/// the desk, and with the day; not with every instant, so that what a page has
/// stays good.
pub(crate) async fn rules(
    store: &dyn Store,
    site: &Site,
    online: bool,
    now: Millis,
) -> Result<Rules, StoreError> {
    let live = store.live_triggers(site.id).await?;
    Ok(Rules {
        attention: site.settings.attention,
        hours: hours(site, day(now)),
        online,
        triggers: live
            .into_iter()
            .filter_map(|trigger| packed(site, trigger))
            .collect(),
    })
}

fn hours(site: &Site, today: u64) -> Option<Vec<Interval>> {
    let from = Millis(today * DAY_MS);
    let Ok(hours) = Hours::read(site.settings.hours.as_ref()?) else {
        tracing::warn!(site = %site.key, "its hours make no sense; it counts as always open");
        return None;
    };
    Some(hours.intervals(from, from.plus((DAYS + 1) * DAY_MS)))
}

fn packed(site: &Site, trigger: LiveTrigger) -> Option<Packed> {
    let (id, live) = (trigger.id, trigger.live);
    match alone(site, &live.spec, live.version) {
        Ok(compiled) => Some(Packed {
            pack: compiled.pack(),
            greeting: shown(site, live.spec),
        }),
        Err(mistakes) => {
            // Whoever changed what it depends on has stopped it, or is about to.
            let mistakes = mistakes.len();
            tracing::warn!(site = %site.key, trigger = %id, mistakes, "a live trigger makes no sense");
            None
        }
    }
}

fn shown(site: &Site, spec: TriggerSpec) -> Shown {
    let sender = site.sender(&spec.greeting.sender).unwrap_or(&site.name);
    let ask = match spec.greeting.reply {
        Reply::Agent(reply) => reply.ask.into_iter().collect(),
        _ => BTreeSet::new(),
    };
    let variants = spec.experiment.map(|tried| tried.variants);
    Shown {
        sender: Sender {
            name: sender.to_owned(),
        },
        text: spec.greeting.text,
        buttons: labelled(spec.greeting.buttons),
        ask,
        variants: variants
            .unwrap_or_default()
            .into_iter()
            .map(|variant| Variant {
                name: variant.name,
                text: variant.text,
                buttons: labelled(variant.buttons),
            })
            .collect(),
    }
}

fn labelled(buttons: Vec<Button>) -> Vec<Labelled> {
    let labelled = |button: Button| Labelled {
        label: button.label,
        url: button.url,
        phone: button.phone,
    };
    buttons.into_iter().map(labelled).collect()
}
