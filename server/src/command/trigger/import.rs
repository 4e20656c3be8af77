//! `saluda trigger import`

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use saluda_protocol::studio::TriggerStatus;
use saluda_protocol::{TriggerId, TriggerSpec, limits};
use saluda_store::{Site, SqliteStore, Triggers as _};

use super::change::{edit, explain, sentence};
use super::{Of, list};
use crate::triggers::{self, Unsound};

#[derive(Args)]
pub(super) struct Import {
    /// Files of one trigger each, or of a list of them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Publish them too
    #[arg(long)]
    publish: bool,

    #[command(flatten)]
    of: Of,
}

/// Triggers by their ids, and the files they come from.
type Read<'f> = BTreeMap<TriggerId, (TriggerSpec, &'f Path)>;

impl Import {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let (store, site) = self.of.open().await?;
        let mut mistakes = 0;
        let read = read(&self.files, &mut mistakes)?;
        if self.publish {
            mistakes += check(&store, &site, &read).await?;
        }
        if mistakes > 0 {
            bail!("nothing was imported: {mistakes} mistakes");
        }
        if self.publish {
            has_room(&store, &site, &read).await?;
        }
        for (id, (spec, _)) in &read {
            let saved = store.save_trigger(edit(&site, id), spec.clone()).await?;
            let saved = saved.map_err(|why| explain(id, why.into()))?;
            if !self.publish {
                println!("{id}\t{}", list::status(&saved.trigger));
            }
        }
        if self.publish {
            for id in read.keys() {
                let published = triggers::publish(&store, &site, edit(&site, id)).await;
                let published = published.map_err(|why| explain(id, why))?;
                println!("{id}\t{}", list::status(&published));
            }
        }
        Ok(())
    }
}

/// Reads all files, and says what is wrong with each of them.
fn read<'f>(files: &'f [PathBuf], mistakes: &mut usize) -> anyhow::Result<Read<'f>> {
    let mut read = Read::new();
    let mut say = |file: &Path, what: &str| {
        eprintln!("{}: {what}", file.display());
        *mistakes += 1;
    };
    for file in files {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("could not read `{}`", file.display()))?;
        let specs = match triggers::read_all(&text) {
            Ok(specs) => specs,
            Err(found) => {
                for mistake in &found {
                    say(file, &sentence(mistake));
                }
                continue;
            }
        };
        for mut spec in specs {
            let Some(id) = spec.id.clone().or_else(|| TriggerId::from_name(&spec.name)) else {
                say(file, "name: this name gives no id");
                continue;
            };
            // It keeps its id, whatever the team calls it later.
            spec.id = Some(id.clone());
            if let Some((_, other)) = read.get(&id) {
                say(file, &format!("`{id}` is in `{}` too", other.display()));
                continue;
            }
            read.insert(id, (spec, file));
        }
    }
    Ok(read)
}

/// Says what the triggers depend on and the site lacks. Returns how much.
async fn check(store: &SqliteStore, site: &Site, read: &Read<'_>) -> anyhow::Result<usize> {
    let coming: BTreeSet<TriggerId> = read.keys().cloned().collect();
    let mut lacking = 0;
    for (spec, file) in read.values() {
        match triggers::compiled(store, site, spec, 1, &coming).await {
            Ok(_) => {}
            Err(Unsound::Store(error)) => return Err(error.into()),
            Err(Unsound::Mistakes(mistakes)) => {
                for mistake in &mistakes {
                    eprintln!("{}: {}", file.display(), sentence(mistake));
                }
                lacking += mistakes.len();
            }
        }
    }
    Ok(lacking)
}

async fn has_room(store: &SqliteStore, site: &Site, read: &Read<'_>) -> anyhow::Result<()> {
    let others = list::all(store, site)
        .await?
        .into_iter()
        .filter(|(one, _)| one.status == TriggerStatus::Live && !read.contains_key(&one.id));
    let live = others.count() + read.len();
    if live > limits::LIVE_TRIGGERS {
        bail!(
            "nothing was imported: {live} triggers would be live, a site has at most {}",
            limits::LIVE_TRIGGERS
        );
    }
    Ok(())
}
