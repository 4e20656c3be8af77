//! `saluda trigger history`

use anyhow::bail;
use clap::Args;
use saluda_protocol::TriggerId;
use saluda_protocol::studio::{Actor, Happened};
use saluda_protocol::trigger::HoursSpec;
use saluda_rules::hours::Hours;
use saluda_store::Triggers as _;

use super::Of;

#[derive(Args)]
pub(super) struct History {
    /// Of which trigger, gone or not [default: all of the site]
    id: Option<TriggerId>,

    /// How many changes, the latest first
    #[arg(long, value_name = "N", default_value = "50")]
    last: u32,

    #[command(flatten)]
    of: Of,
}

impl History {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let (store, site) = self.of.open().await?;
        let entries = store
            .trigger_history(site.id, self.id.as_ref(), None, self.last)
            .await?;
        if entries.is_empty()
            && let Some(id) = &self.id
        {
            bail!("there was never a trigger `{id}`");
        }
        // By the clock of the site, or by everyone's if it has none.
        let everyones = HoursSpec {
            zone: "UTC".to_owned(),
            ..HoursSpec::default()
        };
        let hours = site.settings.hours.as_ref().unwrap_or(&everyones);
        let Ok(clock) = Hours::read(hours).or_else(|_| Hours::read(&everyones)) else {
            bail!("the hours of the site make no sense");
        };
        for entry in entries {
            let at = clock.written(entry.at);
            let (what, who) = (sentence(&entry.what), name(&entry.by));
            println!("{at}\t{}\t{what}\t{who}", entry.trigger);
        }
        Ok(())
    }
}

fn sentence(what: &Happened) -> String {
    match what {
        Happened::Created => "created".to_owned(),
        Happened::Cloned { from } => format!("cloned from `{from}`"),
        Happened::Edited => "edited".to_owned(),
        Happened::Published { version } => format!("published as {version}"),
        Happened::Paused => "paused".to_owned(),
        Happened::Resumed => "resumed".to_owned(),
        Happened::RolledBack { to, version } => match version {
            Some(version) => format!("rolled back to {to}, published as {version}"),
            None => format!("rolled back to {to}, as a draft"),
        },
        Happened::Ordered { priority, version } => match version {
            Some(version) => format!("given the priority {priority}, published as {version}"),
            None => format!("given the priority {priority}"),
        },
        Happened::Failed { reason } => format!("stopped: {reason}"),
        Happened::Deleted { name } => format!("deleted, called `{name}`"),
        _ => "changed in a way that a newer version knows".to_owned(),
    }
}

fn name(by: &Actor) -> String {
    match by {
        Actor::Agent { name, .. } => name.clone(),
        Actor::Token { name, token, .. } => format!("{name}, with the token `{token}`"),
        _ => "on the command line".to_owned(),
    }
}
