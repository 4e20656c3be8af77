//! `saluda backup`

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use saluda_store::SqliteStore;

use crate::files::{COMING, PREVIEW};
use crate::settings::Source;

/// What the copies are called, so that a server started in the folder finds them.
const DATABASE: &str = "saluda.db";
const FILES: &str = "saluda.files";

/// Copies database and files into a folder.
#[derive(Args)]
pub(super) struct Backup {
    /// The folder. One that holds an earlier backup is brought up to date
    #[arg(value_name = "FOLDER")]
    to: PathBuf,

    #[command(flatten)]
    source: Source,
}

impl Backup {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let settings = self.source.load()?;
        let (database, to) = (&settings.database, &self.to);
        fs::create_dir_all(to)
            .with_context(|| format!("could not make the folder `{}`", to.display()))?;
        let copy = to.join(DATABASE);
        if is_same(database, &copy) {
            bail!(
                "`{}` is where the database itself lies; choose another folder, best on another \
                 disk",
                to.display()
            );
        }
        // The database first: every file that a message of it names is there by
        // then, and stays until long after.
        let fresh = to.join("saluda.db.new");
        remove(&fresh)?;
        SqliteStore::back_up(database, &fresh).await?;
        if let Some(bucket) = &settings.bucket {
            put(&fresh, &copy)?;
            println!("wrote `{}`", copy.display());
            println!(
                "the files lie in `{bucket}` and were not copied; copy them after the database, \
                 with what copies buckets, such as `aws s3 sync {bucket} {}`",
                to.join(FILES).display()
            );
            return Ok(());
        }
        let files = copy_files(&settings.files, &to.join(FILES))?;
        put(&fresh, &copy)?;
        println!(
            "wrote `{}` and {} files, {} of them new",
            copy.display(),
            files.all,
            files.new
        );
        Ok(())
    }
}

/// Whether both are one file.
fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Removes what may have been left of an attempt before.
fn remove(path: &Path) -> anyhow::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not remove `{}`", path.display()))
        }
        _ => Ok(()),
    }
}

/// Gives a file its name once it is on disk: whoever looks finds the old one or the
/// new one, whole.
fn put(fresh: &Path, to: &Path) -> anyhow::Result<()> {
    let done = || {
        File::open(fresh)?.sync_all()?;
        fs::rename(fresh, to)?;
        match to.parent() {
            Some(folder) => File::open(folder)?.sync_all(),
            None => Ok(()),
        }
    };
    done().with_context(|| format!("could not write `{}`", to.display()))
}

struct Copied {
    all: usize,
    new: usize,
}

/// Copies the files that are not there yet, and removes those that are gone: what is
/// in a file never changes.
fn copy_files(from: &Path, to: &Path) -> anyhow::Result<Copied> {
    fs::create_dir_all(to).with_context(|| format!("could not make `{}`", to.display()))?;
    let there = names(from)?;
    let copied = names(to)?;
    for gone in copied.difference(&there) {
        remove(&to.join(gone))?;
    }
    let mut new = 0;
    for name in there.difference(&copied) {
        let (source, target) = (from.join(name), to.join(name));
        let fresh = target.with_extension(COMING);
        match fs::copy(&source, &fresh) {
            // It was removed this moment, with whatever named it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            copied => copied.with_context(|| format!("could not copy `{}`", source.display()))?,
        };
        put(&fresh, &target)?;
        new += usize::from(!is_preview(name));
    }
    Ok(Copied {
        all: there.iter().filter(|name| !is_preview(name)).count(),
        new,
    })
}

/// Whether it is made of a file, and no file of its own.
fn is_preview(name: &OsString) -> bool {
    Path::new(name).extension().is_some_and(|it| it == PREVIEW)
}

/// The files in a folder that have come to their end; none if there is no folder.
fn names(folder: &Path) -> anyhow::Result<HashSet<OsString>> {
    let read = || {
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(HashSet::new()),
            entries => entries?,
        };
        let names = entries.map(|entry| entry.map(|entry| entry.file_name()));
        let is_whole = |name: &OsString| Path::new(name).extension().is_none() || is_preview(name);
        names
            .filter(|name| name.as_ref().map_or(true, is_whole))
            .collect::<io::Result<_>>()
    };
    read().with_context(|| format!("could not read the folder `{}`", folder.display()))
}
