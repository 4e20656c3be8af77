//! What the owner of a site chooses: read, checked and kept, whoever asks for it,
//! the REST API or the command line.

mod check;
mod embed;
mod fields;
mod preview;
mod read;
mod words;

use saluda_protocol::audit::Audited;
use saluda_protocol::settings::{FIELDS, SiteForm, StoppedTrigger};
use saluda_protocol::studio::{Actor, Mistake, Warning};
use saluda_protocol::trigger::Schedule;
use saluda_protocol::{Millis, TriggerId};
use saluda_store::{AuditNote, Expected, Site, SiteSettings, Store, StoreError, Unchanged};

use crate::triggers;

pub(crate) use check::{Checked, check, is_sender_id, origin};
pub(crate) use embed::{policy, snippet};
pub(crate) use preview::preview;
pub(crate) use read::read;

/// What was chosen for a site, as a form.
pub(crate) fn form(site: &Site) -> SiteForm {
    let settings = site.settings.clone();
    SiteForm {
        name: site.name.clone(),
        origins: site.origins.clone(),
        accent: settings.accent,
        corner: settings.corner,
        launcher: settings.launcher,
        notices: settings.notices,
        texts: settings.texts,
        reply_within_ms: settings.reply_within_ms,
        email: settings.email,
        agent_text_chars: settings.agent_text_chars,
        retention_days: settings.retention_days,
        attention: settings.attention,
        hours: settings.hours,
        senders: settings.senders,
        form: settings.form,
        rating: settings.rating,
    }
}

/// The site with what was chosen.
pub(crate) fn with(site: &Site, checked: Checked) -> Site {
    let form = checked.into_form();
    Site {
        name: form.name,
        origins: form.origins,
        settings: SiteSettings {
            accent: form.accent,
            corner: form.corner,
            launcher: form.launcher,
            notices: form.notices,
            texts: form.texts,
            reply_within_ms: form.reply_within_ms,
            email: form.email,
            agent_text_chars: form.agent_text_chars,
            retention_days: form.retention_days,
            attention: form.attention,
            hours: form.hours,
            senders: form.senders,
            form: form.form,
            rating: form.rating,
        },
        ..site.clone()
    }
}

/// Why what was chosen was not kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotKept {
    /// Someone else has changed it.
    #[error("someone else has changed this site's settings meanwhile; load them again")]
    Stale,
    /// There is no such site any more.
    #[error("there is no such site")]
    Gone,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was kept, and what became of it.
pub(crate) struct Kept {
    /// The site as it is now.
    pub(crate) site: Site,
    /// Live triggers that need what is gone. They are in error from now on.
    pub(crate) stopped: Vec<StoppedTrigger>,
    /// Live triggers whose dates mean other instants from now on.
    pub(crate) moved: Vec<TriggerId>,
}

/// Keeps what was chosen, and sees to the live triggers that depend on it.
pub(crate) async fn keep(
    store: &dyn Store,
    site: &Site,
    checked: Checked,
    expected: Expected,
    by: &Actor,
    at: Millis,
) -> Result<Kept, NotKept> {
    let before = zone(site);
    let old = form(site);
    let mut site = with(site, checked);
    let fields = changed(&old, &form(&site));
    let note = (!fields.is_empty()).then(|| AuditNote {
        site: Some(site.id),
        by: by.clone(),
        what: Audited::SettingsChanged { fields },
        at,
    });
    site.revision = match store.save_site(site.clone(), expected, note).await? {
        Ok(revision) => revision,
        Err(Unchanged::NotFound) => return Err(NotKept::Gone),
        Err(_) => return Err(NotKept::Stale),
    };
    let mut stopped = Vec::new();
    for id in triggers::review(store, &site, by, at).await? {
        // It may have been deleted in the meantime.
        if let Some(trigger) = store.trigger(site.id, &id).await? {
            stopped.push(StoppedTrigger {
                id,
                name: trigger.spec.name,
                reason: trigger.reason.unwrap_or_default(),
            });
        }
    }
    let mut moved = Vec::new();
    if zone(&site) != before {
        let live = store.live_triggers(site.id).await?.into_iter();
        let dated = live.filter(|one| has_dates(&one.live.spec.schedule));
        moved.extend(dated.map(|one| one.id));
    }
    Ok(Kept {
        site,
        stopped,
        moved,
    })
}

/// The fields in which two forms differ, as they are written.
fn changed(old: &SiteForm, new: &SiteForm) -> Vec<String> {
    let value = |form: &SiteForm| serde_json::to_value(form).unwrap_or_default();
    let (old, new) = (value(old), value(new));
    let differs = |field: &&str| old[*field] != new[*field];
    FIELDS
        .iter()
        .copied()
        .filter(differs)
        .map(str::to_owned)
        .collect()
}

/// What is said of live triggers whose dates have moved, if there are any.
pub(crate) fn moved(triggers: &[TriggerId]) -> Option<Warning> {
    let names: Vec<_> = triggers.iter().map(|id| format!("`{id}`")).collect();
    (!names.is_empty()).then(|| Warning {
        path: "hours.zone".to_owned(),
        kind: "dates_moved".to_owned(),
        message: format!(
            "the dates in triggers are by the site's zone, which is another now; look at {}",
            names.join(", ")
        ),
    })
}

/// The zone of dates in triggers.
fn zone(site: &Site) -> String {
    let hours = site.settings.hours.as_ref();
    hours.map_or_else(|| "UTC".to_owned(), |hours| hours.zone.clone())
}

fn has_dates(schedule: &Schedule) -> bool {
    schedule.from.is_some() || schedule.until.is_some()
}

/// A mistake at a place.
fn mistake(path: impl Into<String>, kind: &str, message: impl Into<String>) -> Mistake {
    Mistake {
        path: path.into(),
        kind: kind.to_owned(),
        message: message.into(),
    }
}
