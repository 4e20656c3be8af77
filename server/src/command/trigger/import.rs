//! `saluda trigger import`

mod shown;

use std::collections::BTreeSet;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use saluda_protocol::studio::{Actor, PlannedChange, Product, TriggerStatus};
use saluda_protocol::{TriggerId, limits};
use saluda_store::{Site, SqliteStore, Triggers as _};

use super::change::{edit, explain, sentence};
use super::{Of, list};
use crate::clock::{Clock as _, SystemClock};
use crate::triggers::{self, Arrival, Batch, File, Planned, Unsound};

/// How it ends when a dry run would have changed something.
const WOULD_CHANGE: u8 = 3;

#[derive(Args)]
pub(super) struct Import {
    /// Files of one trigger each, or of a list of them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Whose form the files are in; left out, each is recognised by itself
    #[arg(long, value_enum, value_name = "PRODUCT")]
    from: Option<Origin>,

    /// The language of another product's texts
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,

    /// Show what would change and stop: ends with 0 if nothing would, with 3 if
    /// something would, or was left out
    #[arg(long)]
    dry_run: bool,

    /// Do not ask
    #[arg(long)]
    yes: bool,

    /// Publish them too
    #[arg(long)]
    publish: bool,

    #[command(flatten)]
    of: Of,
}

/// Another product.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Origin {
    Chatwoot,
    Zendesk,
}

impl Origin {
    fn product(self) -> Product {
        match self {
            Self::Chatwoot => Product::Chatwoot,
            Self::Zendesk => Product::Zendesk,
        }
    }
}

impl Import {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let (store, site) = self.of.open().await?;
        let Batch { coming, left } = self.read(&site)?;
        if self.publish {
            if let Some(foreign) = coming.values().find(|one| one.from.is_some()) {
                bail!(
                    "nothing was imported: `{}` is of another product, which is imported as \
                     drafts; publish them once you have seen them",
                    foreign.file
                );
            }
            let lacking = check(&store, &site, &coming).await?;
            if lacking > 0 {
                bail!("nothing was imported: {lacking} mistakes");
            }
            has_room(&store, &site, &coming).await?;
        }
        let planned = triggers::plan(&store, &site, coming).await?;
        let plan = Planned::told(&planned, left, false);
        if self.dry_run {
            print!("{}", shown::plan(&plan));
            let is_same = |one: &Planned| one.told.change == PlannedChange::Same;
            let nothing = plan.left_out.is_empty() && planned.iter().all(is_same);
            return Ok(if nothing {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(WOULD_CHANGE)
            });
        }
        eprint!("{}", shown::plan(&plan));
        if !self.agreed(&planned)? {
            bail!("nothing was imported");
        }
        let at = SystemClock.now();
        let saved = triggers::save(&store, &site, &planned, &Actor::CommandLine, at).await;
        saved.map_err(|(id, why)| explain(&id, why))?;
        for one in &planned {
            let id = &one.told.id;
            if self.publish {
                let published = triggers::publish(&store, &site, edit(&site, id)).await;
                let published = published.map_err(|why| explain(id, why))?;
                println!("{id}\t{}", list::status(&published));
            } else if let Some(trigger) = store.trigger(site.id, id).await? {
                println!("{id}\t{}", list::status(&trigger));
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Reads all files, or says what is wrong with each of them.
    fn read(&self, site: &Site) -> anyhow::Result<Batch> {
        let mut texts = Vec::new();
        for file in &self.files {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("could not read `{}`", file.display()))?;
            texts.push((file.display().to_string(), text));
        }
        let files: Vec<File<'_>> = texts
            .iter()
            .map(|(name, text)| File { name, text })
            .collect();
        let arrival = Arrival {
            senders: &site.settings.senders,
            language: &self.language,
        };
        triggers::batch(&files, self.from.map(Origin::product), arrival).or_else(|mistakes| {
            for mistake in &mistakes {
                eprintln!("{}", sentence(mistake));
            }
            bail!("nothing was imported: {} mistakes", mistakes.len())
        })
    }

    /// Whether to go on. Asks a person, and not a script: what it does is the
    /// same with every terminal and without one.
    fn agreed(&self, planned: &[Planned]) -> anyhow::Result<bool> {
        let changes = |one: &&Planned| one.told.change != PlannedChange::Same;
        let count = planned.iter().filter(changes).count();
        let asks = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        if self.yes || !asks || (count == 0 && !self.publish) {
            return Ok(true);
        }
        let verb = if self.publish {
            "Save and publish"
        } else {
            "Save"
        };
        eprint!("{verb} this? [y/N] ");
        std::io::stderr().flush()?;
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}

/// Triggers by their ids.
type Coming = std::collections::BTreeMap<TriggerId, triggers::Coming>;

/// Says what the triggers depend on and the site lacks. Returns how much.
async fn check(store: &SqliteStore, site: &Site, coming: &Coming) -> anyhow::Result<usize> {
    let ids: BTreeSet<TriggerId> = coming.keys().cloned().collect();
    let mut lacking = 0;
    for one in coming.values() {
        match triggers::compiled(store, site, &one.spec, 1, &ids).await {
            Ok(_) => {}
            Err(Unsound::Store(error)) => return Err(error.into()),
            Err(Unsound::Mistakes(mistakes)) => {
                for mistake in &mistakes {
                    eprintln!("{}: {}", one.file, sentence(mistake));
                }
                lacking += mistakes.len();
            }
        }
    }
    Ok(lacking)
}

async fn has_room(store: &SqliteStore, site: &Site, coming: &Coming) -> anyhow::Result<()> {
    let others = triggers::all(store, site)
        .await?
        .into_iter()
        .filter(|(one, _)| one.status == TriggerStatus::Live && !coming.contains_key(&one.id));
    let live = others.count() + coming.len();
    if live > limits::LIVE_TRIGGERS {
        bail!(
            "nothing was imported: {live} triggers would be live, a site has at most {}",
            limits::LIVE_TRIGGERS
        );
    }
    Ok(())
}
