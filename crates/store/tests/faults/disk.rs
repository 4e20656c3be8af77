//! A disk that remembers what it was asked to do, and fails when told to.
//!
//! It is a temporary folder in which `vfs.rs` reports every change of a
//! database. Nothing is synced in earnest: what a sync makes durable is worked
//! out by `image.rs` from what is remembered here.

use std::ffi::c_int;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use libsqlite3_sys::{SQLITE_FULL, SQLITE_IOERR_FSYNC};
use saluda_protocol::{ConversationId, MessageId, Number};
use tempfile::TempDir;

use crate::vfs;

/// A file of the database that lies on the disk. The index of the log is not
/// among them: it is memory, and lost with the power.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    Database,
    Wal,
    /// What a new database is made with, before it has a log.
    Journal,
}

impl File {
    pub(crate) const ALL: [Self; 3] = [Self::Database, Self::Wal, Self::Journal];

    fn suffix(self) -> &'static str {
        match self {
            Self::Database => "",
            Self::Wal => "-wal",
            Self::Journal => "-journal",
        }
    }
}

/// What became of a file.
#[derive(Clone)]
pub(crate) enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Truncate { size: usize },
    Delete,
}

/// A message whose author was told that it is on disk.
#[derive(Clone, Copy)]
pub(crate) struct Acknowledged {
    pub(crate) conversation: ConversationId,
    pub(crate) message: MessageId,
    pub(crate) number: Number,
}

/// One thing that happened, in the order in which it did.
#[derive(Clone)]
pub(crate) enum Step {
    Changed(File, Change),
    Synced(File),
    /// What was deleted stays deleted.
    SyncedFolder,
    /// The system may now count as written down what is not.
    FailedToSync(File),
    Acknowledged(Acknowledged),
}

/// A folder with one database in it.
pub(crate) struct Disk {
    _folder: TempDir,
    medium: Arc<Medium>,
}

/// What files that are still open keep of a disk.
pub(crate) struct Medium {
    database: PathBuf,
    state: Mutex<State>,
}

struct State {
    steps: Vec<Step>,
    sizes: [usize; File::ALL.len()],
    /// By how many bytes files may still grow.
    space: usize,
    /// Files that cannot be synced.
    unsyncable: Vec<File>,
}

static DISKS: Mutex<Vec<Weak<Medium>>> = Mutex::new(Vec::new());

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Which file of which disk lies at a path, if any does.
pub(crate) fn at(path: &Path) -> Option<(Arc<Medium>, File)> {
    let disks = lock(&DISKS);
    disks.iter().filter_map(Weak::upgrade).find_map(|medium| {
        let file = File::ALL
            .into_iter()
            .find(|file| medium.path(*file) == path)?;
        Some((medium, file))
    })
}

impl Disk {
    pub(crate) fn new() -> Self {
        vfs::install();
        let folder = tempfile::tempdir().unwrap();
        // SQLite names files by their real path.
        let database = folder.path().canonicalize().unwrap().join("saluda.db");
        let medium = Arc::new(Medium {
            database,
            state: Mutex::new(State {
                steps: Vec::new(),
                sizes: [0; File::ALL.len()],
                space: usize::MAX,
                unsyncable: Vec::new(),
            }),
        });
        let mut disks = lock(&DISKS);
        disks.retain(|disk| disk.strong_count() > 0);
        disks.push(Arc::downgrade(&medium));
        Self {
            _folder: folder,
            medium,
        }
    }

    /// A disk on which these files lie. What is empty is missing.
    pub(crate) fn holding(files: &[(File, Vec<u8>)]) -> Self {
        let disk = Self::new();
        for (file, bytes) in files.iter().filter(|(_, bytes)| !bytes.is_empty()) {
            std::fs::write(disk.medium.path(*file), bytes).unwrap();
            lock(&disk.medium.state).sizes[*file as usize] = bytes.len();
        }
        disk
    }

    /// A disk with the same files, as they are when a process is killed: what
    /// was written is there, synced or not.
    pub(crate) fn copy(&self) -> Self {
        Self::holding(&File::ALL.map(|file| (file, self.read(file))))
    }

    /// What is in a file. What is missing is empty.
    pub(crate) fn read(&self, file: File) -> Vec<u8> {
        std::fs::read(self.medium.path(file)).unwrap_or_default()
    }

    pub(crate) fn database(&self) -> &Path {
        &self.medium.database
    }

    /// Remembers that someone was told their message is on disk.
    pub(crate) fn acknowledge(&self, acknowledged: Acknowledged) {
        lock(&self.medium.state)
            .steps
            .push(Step::Acknowledged(acknowledged));
    }

    /// All that happened so far.
    pub(crate) fn steps(&self) -> Vec<Step> {
        lock(&self.medium.state).steps.clone()
    }

    /// Lets files grow by so many bytes more, together.
    pub(crate) fn set_space(&self, bytes: usize) {
        lock(&self.medium.state).space = bytes;
    }

    /// Lets syncs of these files fail, and no others.
    pub(crate) fn fail_syncs_of(&self, files: &[File]) {
        lock(&self.medium.state).unsyncable = files.to_vec();
    }
}

impl Medium {
    pub(crate) fn path(&self, file: File) -> PathBuf {
        let mut path = self.database.clone().into_os_string();
        path.push(file.suffix());
        path.into()
    }

    /// Takes a change, or says with SQLite's code why not.
    pub(crate) fn change(&self, file: File, change: Change) -> Result<(), c_int> {
        let mut state = lock(&self.state);
        let size = state.sizes[file as usize];
        let new_size = match &change {
            Change::Write { at, bytes } => size.max(at + bytes.len()),
            Change::Truncate { size } => *size,
            Change::Delete => 0,
        };
        let growth = new_size.saturating_sub(size);
        if growth > state.space {
            return Err(SQLITE_FULL);
        }
        state.space -= growth;
        state.sizes[file as usize] = new_size;
        state.steps.push(Step::Changed(file, change));
        Ok(())
    }

    /// Syncs a file, or says with SQLite's code why not.
    pub(crate) fn sync(&self, file: File) -> Result<(), c_int> {
        let mut state = lock(&self.state);
        if state.unsyncable.contains(&file) {
            state.steps.push(Step::FailedToSync(file));
            return Err(SQLITE_IOERR_FSYNC);
        }
        state.steps.push(Step::Synced(file));
        Ok(())
    }

    pub(crate) fn sync_folder(&self) {
        lock(&self.state).steps.push(Step::SyncedFolder);
    }
}
