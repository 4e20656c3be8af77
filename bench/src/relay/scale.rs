//! How much of everything is measured.

use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::echo::Effort;

/// What a process needs files for besides sockets, and what a server keeps free.
const OTHER_FILES: usize = 300;

/// Numbers of everything.
pub(crate) struct Scale {
    /// Sockets that say nothing.
    pub(crate) sockets: usize,
    /// As many as the others are measured with.
    pub(crate) few: usize,
    /// How long sockets are watched that say nothing: two of the server's heartbeats.
    pub(crate) watch: Duration,
    /// What is in the database that is not empty.
    pub(crate) conversations: u32,
    pub(crate) messages: u32,
    /// Clients that come back at once.
    pub(crate) returning: [usize; 2],
    pub(crate) restarted: usize,
    /// Messages one after the other.
    pub(crate) posts: usize,
    /// Visitors who write so much a second, and for how long.
    pub(crate) writing: usize,
    pub(crate) per_second: f64,
    /// Desks that read nothing.
    pub(crate) slow: usize,
    /// Visitors who write as much as they can.
    pub(crate) most: usize,
    pub(crate) length: Duration,
    pub(crate) rounds: usize,
}

impl Scale {
    /// What the figures are given for.
    pub(crate) fn whole() -> Self {
        let sockets = files().saturating_sub(OTHER_FILES);
        Self {
            sockets: sockets.min(15_000),
            few: sockets.min(5_000),
            watch: Duration::from_secs(50),
            conversations: 15_000,
            messages: 67,
            returning: [sockets.min(5_000), sockets.min(14_000)],
            restarted: sockets.min(5_000),
            posts: 1_000,
            writing: 100,
            per_second: 1_000.0,
            slow: 5,
            most: 500,
            length: Duration::from_secs(8),
            rounds: 3,
        }
    }

    /// A little of everything, to see that it can be measured.
    pub(crate) fn quick() -> Self {
        Self {
            sockets: 600,
            few: 200,
            watch: Duration::from_secs(3),
            conversations: 700,
            messages: 20,
            returning: [200, 600],
            restarted: 300,
            posts: 100,
            writing: 50,
            per_second: 200.0,
            slow: 2,
            most: 100,
            length: Duration::from_secs(1),
            rounds: 1,
        }
    }

    /// How much of each of the others is measured.
    pub(crate) fn of_others(&self) -> Effort {
        Effort {
            sockets: self.few,
            messages: self.posts * 2,
            length: self.length / 2,
            rounds: self.rounds,
        }
    }
}

/// How many files a process may have open: as many as it could be let. Servers that
/// are started have as many.
fn files() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let wanted = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let files = match setrlimit(Resource::Nofile, wanted) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    files.map_or(usize::MAX, |files| {
        usize::try_from(files).unwrap_or(usize::MAX)
    })
}
