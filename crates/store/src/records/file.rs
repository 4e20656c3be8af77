//! Files that were sent.

use saluda_protocol::{AgentId, File, Millis, VisitorId};

/// A file that was sent, besides what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// What clients know of it.
    pub file: File,
    /// Whose conversation it is for.
    pub visitor: VisitorId,
    /// The agent who sent it; the visitor did if none.
    pub agent: Option<AgentId>,
    /// When it was there.
    pub at: Millis,
}

/// How much a visitor has sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sent {
    /// How many files.
    pub files: u32,
    /// How many bytes in all of them.
    pub bytes: u64,
}

/// How much a visitor may send from an instant on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// From when on it is counted.
    pub since: Millis,
    /// The most of it.
    pub most: Sent,
}

impl Allowance {
    /// Whether so many more bytes, in one more file, are within it.
    #[must_use]
    pub fn allows(&self, sent: Sent, bytes: u64) -> bool {
        sent.files < self.most.files && sent.bytes.saturating_add(bytes) <= self.most.bytes
    }
}

/// The visitor has sent as much as they may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch;
