//! `saluda trigger list`

use saluda_protocol::studio::TriggerStatus;
use saluda_store::Trigger;

use super::Of;
use crate::triggers;

pub(super) async fn list(of: Of) -> anyhow::Result<()> {
    let (store, site) = of.open().await?;
    for (trigger, people) in triggers::all(&store, &site).await? {
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
