//! `saluda trigger publish|pause|resume|rollback`

use anyhow::anyhow;
use clap::Args;
use saluda_protocol::TriggerId;
use saluda_protocol::studio::{Actor, Mistake, Warning};
use saluda_store::{Edit, Expected, Site, Trigger, Triggers as _};

use super::{Of, list};
use crate::clock::{Clock as _, SystemClock};
use crate::triggers::{self, NotDone};

#[derive(Args)]
pub(super) struct Change {
    /// Its id
    id: TriggerId,

    #[command(flatten)]
    of: Of,
}

#[derive(Args)]
pub(super) struct Rollback {
    #[command(flatten)]
    change: Change,

    /// What it said in this version
    #[arg(long, value_name = "N")]
    version: u32,
}

impl Rollback {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let (store, site) = self.change.of.open().await?;
        let edit = edit(&site, &self.change.id);
        let rolled = triggers::roll_back(&store, &site, edit, self.version).await;
        self.change.tell(rolled)
    }
}

/// A change to a trigger as it is, whoever changed it last.
pub(super) fn edit(site: &Site, id: &TriggerId) -> Edit {
    Edit {
        site: site.id,
        trigger: id.clone(),
        expected: Expected::Any,
        by: Actor::CommandLine,
        at: SystemClock.now(),
    }
}

/// Where a mistake is, and what it is.
pub(super) fn sentence(mistake: &Mistake) -> String {
    match mistake.path.as_str() {
        "" => mistake.message.clone(),
        path => format!("{path}: {}", mistake.message),
    }
}

/// Says why a trigger was not changed; its mistakes line by line.
pub(super) fn explain(id: &TriggerId, why: NotDone) -> anyhow::Error {
    match why {
        NotDone::Unchanged(why) => anyhow!("`{id}`: {why}"),
        NotDone::Mistakes(mistakes) => {
            for mistake in &mistakes {
                eprintln!("{id}: {}", sentence(mistake));
            }
            anyhow!("`{id}` was not published")
        }
        NotDone::Store(error) => error.into(),
    }
}

impl Change {
    pub(super) async fn publish(self) -> anyhow::Result<()> {
        let (store, site) = self.of.open().await?;
        let edit = edit(&site, &self.id);
        let published = triggers::publish(&store, &site, edit).await;
        if let Ok(trigger) = &published {
            for warning in triggers::warnings(&store, trigger, SystemClock.now()).await? {
                let Warning { path, message, .. } = warning;
                eprintln!("{}: warning: {path}: {message}", self.id);
            }
        }
        self.tell(published)
    }

    pub(super) async fn pause(self) -> anyhow::Result<()> {
        let (store, site) = self.of.open().await?;
        let paused = store.pause_trigger(edit(&site, &self.id)).await?;
        self.tell(paused.map_err(NotDone::from))
    }

    pub(super) async fn resume(self) -> anyhow::Result<()> {
        let (store, site) = self.of.open().await?;
        let resumed = triggers::resume(&store, &site, edit(&site, &self.id)).await;
        self.tell(resumed)
    }

    fn tell(&self, changed: Result<Trigger, NotDone>) -> anyhow::Result<()> {
        let trigger = changed.map_err(|why| explain(&self.id, why))?;
        println!("{}\t{}", trigger.id, list::status(&trigger));
        Ok(())
    }
}
