//! What the pages of a site decide by.

use std::collections::{BTreeMap, BTreeSet};

use saluda_protocol::trigger::{Asked, Button, Reply, Texts};
use saluda_protocol::{Millis, TriggerId, TriggerSpec};
use saluda_rules::hours::{Hours, Interval};
use saluda_rules::needs::Needs;
use saluda_rules::pack::{Row, Word};
use saluda_rules::{Plan, SiteRules, Trigger};
use saluda_store::{LiveTrigger, Site, Store, StoreError};
use serde::Serialize;

use super::check::alone;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// For how many days pages are told when the site is open.
const DAYS: u64 = 14;

/// The part of a site's config that decides.
#[derive(Debug, Serialize)]
pub(crate) struct Rules {
    /// Budget, opening hours and the live triggers, laid out for deciding. The
    /// site is open from the beginning of this day (UTC) on as they say.
    pack: Vec<Word>,
    /// What a page has to watch for them.
    needs: Needs,
    /// Whether an agent is at the desk.
    online: bool,
    /// What the triggers show.
    greetings: Vec<Greeting>,
}

/// The greeting of a trigger.
#[derive(Debug, Serialize)]
struct Greeting {
    id: TriggerId,
    version: u32,
    #[serde(flatten)]
    shown: Shown,
}

/// What a page needs to know of a greeting. What is said later stays here.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
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
    let mut triggers = Vec::new();
    let mut greetings = BTreeMap::new();
    for LiveTrigger { id, live, .. } in store.live_triggers(site.id).await? {
        match alone(site, &live.spec, live.version) {
            Ok(compiled) => {
                triggers.push(compiled);
                greetings.insert(id, (live.version, shown(site, live.spec)));
            }
            Err(mistakes) => {
                // Whoever changed what it depends on has stopped it, or is
                // about to.
                let mistakes = mistakes.len();
                tracing::warn!(site = %site.key, trigger = %id, mistakes, "a live trigger makes no sense");
            }
        }
    }
    let today = day(now);
    let hours = hours(site, today, today + DAYS);
    Ok(laid_out(site, triggers, greetings, hours, online))
}

/// What a site decides by, and the same as the engine takes it.
pub(super) fn packed(
    site: &Site,
    triggers: Vec<Trigger>,
    hours: Option<Vec<Interval>>,
) -> (Plan, Row) {
    let plan = Plan::new(SiteRules {
        triggers,
        attention: site.settings.attention,
        hours,
    });
    let mut row = Row::new();
    plan.pack(&mut row);
    (plan, row)
}

/// Triggers and their greetings as a page takes them.
pub(super) fn laid_out(
    site: &Site,
    triggers: Vec<Trigger>,
    greetings: BTreeMap<TriggerId, (u32, Shown)>,
    hours: Option<Vec<Interval>>,
    online: bool,
) -> Rules {
    let (plan, row) = packed(site, triggers, hours);
    let greetings = greetings.into_iter();
    Rules {
        pack: row.words(),
        needs: Needs::of(&plan),
        online,
        greetings: greetings
            .map(|(id, (version, shown))| Greeting { id, version, shown })
            .collect(),
    }
}

/// When the site is open from the first of these days to the last.
pub(crate) fn hours(site: &Site, first: u64, last: u64) -> Option<Vec<Interval>> {
    let Ok(hours) = Hours::read(site.settings.hours.as_ref()?) else {
        tracing::warn!(site = %site.key, "its hours make no sense; it counts as always open");
        return None;
    };
    let from = Millis(first * DAY_MS);
    Some(hours.intervals(from, Millis((last + 1) * DAY_MS)))
}

/// What is shown of a greeting.
pub(super) fn shown(site: &Site, spec: TriggerSpec) -> Shown {
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
