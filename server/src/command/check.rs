//! `saluda check`

use std::process::ExitCode;

use clap::Args;
use saluda_store::SqliteStore;

use crate::files::{Files, Name};
use crate::settings::{Settings, Source};

/// Looks whether what is kept makes sense.
#[derive(Args)]
pub(super) struct Check {
    #[command(flatten)]
    source: Source,
}

impl Check {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let settings = self.source.load()?;
        let found = SqliteStore::check(&settings.database).await?;
        let there = Files::open(&settings)?.sizes().await?;
        let mut faults: Vec<String> = found.faults.iter().map(ToString::to_string).collect();
        for (id, bytes) in &found.files {
            let name = Name::File(*id).to_string();
            faults.extend(fault_of(&settings, &name, *bytes, there.get(&name)));
        }
        println!(
            "{} conversations with {} events, and {} files",
            found.conversations,
            found.events,
            found.files.len()
        );
        if faults.is_empty() {
            println!("nothing is wrong");
            return Ok(ExitCode::SUCCESS);
        }
        for fault in &faults {
            println!("wrong: {fault}");
        }
        println!(
            "nothing was changed; stop the server, keep what is there, and go back to a backup \
             or ask for help with these lines"
        );
        Ok(ExitCode::FAILURE)
    }
}

/// What is wrong with a file that a message names, if anything.
fn fault_of(settings: &Settings, name: &str, bytes: u64, there: Option<&u64>) -> Option<String> {
    let place = match &settings.bucket {
        Some(bucket) => format!("{bucket}/{name}"),
        None => settings.files.join(name).display().to_string(),
    };
    match there {
        Some(there) if *there == bytes => None,
        Some(there) => Some(format!(
            "the file `{place}` has {there} bytes in place of {bytes}"
        )),
        None => Some(format!("the file `{place}` is not there")),
    }
}
