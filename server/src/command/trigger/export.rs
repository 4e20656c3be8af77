//! `saluda trigger export`

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::Of;
use crate::triggers;

#[derive(Args)]
pub(super) struct Export {
    /// Write each trigger into a file of this folder, instead of all to standard
    /// output
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,

    #[command(flatten)]
    of: Of,
}

impl Export {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let (store, site) = self.of.open().await?;
        let all = triggers::all(&store, &site).await?;
        let Some(folder) = self.dir else {
            let specs: Vec<_> = all.iter().map(|(trigger, _)| &trigger.spec).collect();
            println!("{}", serde_json::to_string_pretty(&specs)?);
            return Ok(());
        };
        std::fs::create_dir_all(&folder)
            .with_context(|| format!("could not make `{}`", folder.display()))?;
        for (trigger, _) in all {
            let file = folder.join(format!("{}.json", trigger.id));
            let text = serde_json::to_string_pretty(&trigger.spec)?;
            std::fs::write(&file, text + "\n")
                .with_context(|| format!("could not write `{}`", file.display()))?;
            println!("{}", file.display());
        }
        Ok(())
    }
}
