//! What `saluda-relay` prints.

use serde::Deserialize;

/// Everything.
#[derive(Debug, Deserialize)]
pub(super) struct Figures {
    /// What a sync of the disk takes.
    pub(super) disk: Spread,
    pub(super) filled: Filled,
    pub(super) ours: Ours,
    pub(super) others: Vec<Other>,
}

/// How long something takes.
#[derive(Debug, Deserialize, Clone, Copy)]
pub(super) struct Spread {
    pub(super) p50_ms: f64,
    pub(super) p99_ms: f64,
}

/// The database that is not empty.
#[derive(Debug, Deserialize)]
pub(super) struct Filled {
    pub(super) conversations: f64,
    pub(super) messages: f64,
    pub(super) bytes: f64,
    pub(super) seconds: f64,
}

/// This server.
#[derive(Debug, Deserialize)]
pub(super) struct Ours {
    pub(super) idle_bytes: f64,
    pub(super) start_empty_s: f64,
    pub(super) start_filled_s: f64,
    /// Visitors who came back and lack nothing.
    pub(super) crowd: Crowd,
    /// Visitors who were welcomed with the last of their messages.
    pub(super) read: Crowd,
    pub(super) relayed: Spread,
    pub(super) acknowledged: Spread,
    pub(super) relayed_filled: Spread,
    pub(super) steady: Steady,
    pub(super) steady_in_memory: Option<Steady>,
    pub(super) slow: Slow,
    pub(super) most: Most,
    pub(super) returns: Vec<Return>,
    pub(super) restart: Return,
    pub(super) silent_s: f64,
}

/// How late messages are at a desk, by what other desks do.
#[derive(Debug, Deserialize)]
pub(super) struct Slow {
    pub(super) desks: f64,
    pub(super) beside_readers: Spread,
    pub(super) beside_sleepers: Spread,
}

/// Sockets that say nothing.
#[derive(Debug, Deserialize)]
pub(super) struct Crowd {
    pub(super) sockets: f64,
    pub(super) bytes_each: f64,
    pub(super) cpu_us_each: f64,
    pub(super) watched_s: f64,
    pub(super) dropped: f64,
}

/// Messages that come whether or not the server keeps up.
#[derive(Debug, Deserialize)]
pub(super) struct Steady {
    pub(super) visitors: f64,
    pub(super) per_second: f64,
    pub(super) relayed: Spread,
    pub(super) busy: f64,
}

/// As many messages as the server takes.
#[derive(Debug, Deserialize)]
pub(super) struct Most {
    pub(super) per_second: f64,
    /// How much of its core the server took, from 0 to 1.
    pub(super) busy: f64,
}

/// Clients that come back.
#[derive(Debug, Deserialize)]
pub(super) struct Return {
    pub(super) clients: f64,
    pub(super) seconds: f64,
    pub(super) wrong: f64,
    pub(super) expected: f64,
}

/// What is compared with.
#[derive(Debug, Deserialize)]
pub(super) struct Other {
    pub(super) name: String,
    pub(super) bytes_each: f64,
    pub(super) echoed: Spread,
    pub(super) most: Most,
}
