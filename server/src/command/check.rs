//! `saluda check`

use std::fs;
use std::io;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use saluda_protocol::FileId;
use saluda_store::SqliteStore;

use crate::files::Folder;
use crate::settings::Source;

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
        let folder = Folder::new(&settings.files);
        let mut faults: Vec<String> = found.faults.iter().map(ToString::to_string).collect();
        for (id, bytes) in &found.files {
            faults.extend(fault_of(&folder, *id, *bytes)?);
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
fn fault_of(folder: &Folder, id: FileId, bytes: u64) -> anyhow::Result<Option<String>> {
    let path = folder.of(id);
    match fs::metadata(&path) {
        Ok(there) if there.len() == bytes => Ok(None),
        Ok(there) => Ok(Some(format!(
            "the file `{}` has {} bytes in place of {bytes}",
            path.display(),
            there.len()
        ))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Ok(Some(format!("the file `{}` is not there", path.display())))
        }
        Err(error) => Err(error).with_context(|| format!("could not look at `{}`", path.display())),
    }
}
