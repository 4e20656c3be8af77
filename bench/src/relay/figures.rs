//! What is told of all that was measured.

use serde::Serialize;

/// Everything that is printed.
#[derive(Serialize)]
pub(crate) struct Figures {
    pub(crate) disk: Spread,
    pub(crate) filled: Filled,
    pub(crate) ours: Ours,
    pub(crate) others: Vec<Other>,
}

/// How long something took, in milliseconds.
#[derive(Serialize, Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
}

/// The database that is not empty.
#[derive(Serialize)]
pub(crate) struct Filled {
    pub(crate) conversations: u32,
    pub(crate) messages: u32,
    pub(crate) bytes: u64,
    pub(crate) seconds: f64,
}

/// This server.
#[derive(Serialize)]
pub(crate) struct Ours {
    /// Of the server while nobody is there.
    pub(crate) idle_bytes: f64,
    pub(crate) start_empty_s: f64,
    pub(crate) start_filled_s: f64,
    /// Visitors who came back and lack nothing.
    pub(crate) crowd: Crowd,
    /// Visitors who were welcomed with the last of their messages.
    pub(crate) read: Crowd,
    /// From a visitor to the desk, one at a time.
    pub(crate) relayed: Spread,
    /// From a visitor until they know that it is on disk.
    pub(crate) acknowledged: Spread,
    /// From a visitor to the desk, with the database that is not empty.
    pub(crate) relayed_filled: Spread,
    pub(crate) steady: Steady,
    /// The same with the database in memory, where that can be had.
    pub(crate) steady_in_memory: Option<Steady>,
    pub(crate) slow: Slow,
    pub(crate) most: Most,
    pub(crate) returns: Vec<Return>,
    pub(crate) restart: Return,
    /// How long a client that went silent kept its place.
    pub(crate) silent_s: f64,
}

/// Sockets that say nothing.
#[derive(Serialize)]
pub(crate) struct Crowd {
    pub(crate) sockets: usize,
    pub(crate) bytes_each: f64,
    /// Microseconds of the processor that each costs in a second.
    pub(crate) cpu_us_each: f64,
    pub(crate) watched_s: f64,
    pub(crate) dropped: usize,
}

/// Messages that come whether or not the server keeps up.
#[derive(Serialize)]
pub(crate) struct Steady {
    pub(crate) visitors: usize,
    pub(crate) per_second: f64,
    pub(crate) relayed: Spread,
    /// How much of its core the server took, from 0 to 1.
    pub(crate) busy: f64,
}

/// How late messages are at a desk, by what other desks do.
#[derive(Serialize)]
pub(crate) struct Slow {
    /// How many others there are.
    pub(crate) desks: usize,
    pub(crate) beside_readers: Spread,
    pub(crate) beside_sleepers: Spread,
}

/// As many messages as the server takes.
#[derive(Serialize, Clone, Copy)]
pub(crate) struct Most {
    pub(crate) per_second: f64,
    /// How much of its core the server took, from 0 to 1.
    pub(crate) busy: f64,
}

/// Clients that come back.
#[derive(Serialize)]
pub(crate) struct Return {
    pub(crate) clients: usize,
    /// Until the last of them had everything.
    pub(crate) seconds: f64,
    /// Messages that were missing, came twice or were out of place.
    pub(crate) wrong: usize,
    /// Messages that were to be there, each once.
    pub(crate) expected: usize,
}

/// What is compared with.
#[derive(Serialize)]
pub(crate) struct Other {
    pub(crate) name: &'static str,
    pub(crate) bytes_each: f64,
    pub(crate) echoed: Spread,
    pub(crate) most: Most,
}
