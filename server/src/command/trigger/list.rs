//! `saluda trigger list`

use saluda_protocol::TriggerId;
use saluda_protocol::studio::{People, TriggerStatus};
use saluda_store::{Site, SqliteStore, StoreError, Trigger, Triggers as _};

use super::Of;
use crate::command::PAGE;

pub(super) async fn list(of: Of) -> anyhow::Result<()> {
    let (store, site) = of.open().await?;
    for (trigger, people) in all(&store, &site).await? {
        let edited = if trigger.edited && trigger.version.is_some() {
            " (edited)"
        } else {
            ""
        };
        println!(
            "{}\t{}{edited}\t{}\tsent {}\topened {}\treplied {}",
            trigger.id,
            status(&trigger),
            trigger.spec.name,
            people.sent,
            people.opened,
            people.replied
        );
        if let Some(reason) = trigger.reason {
            println!("\t{reason}");
        }
    }
    Ok(())
}

/// All triggers of a site, in the order of their ids.
pub(super) async fn all(
    store: &SqliteStore,
    site: &Site,
) -> Result<Vec<(Trigger, People)>, StoreError> {
    let mut all: Vec<(Trigger, People)> = Vec::new();
    loop {
        let after: Option<&TriggerId> = all.last().map(|(last, _)| &last.id);
        let page = store.triggers(site.id, after, PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

/// A trigger's status in words, with the version it is about.
pub(super) fn status(trigger: &Trigger) -> String {
    let word = match trigger.status {
        TriggerStatus::Live => "live",
        TriggerStatus::Paused => "paused",
        TriggerStatus::Error => "error",
        _ => "draft",
    };
    match trigger.version {
        Some(version) => format!("{word} {version}"),
        None => word.to_owned(),
    }
}
