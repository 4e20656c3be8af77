//! How often what may be done.

use std::time::Duration;

/// So often at once, and then once in a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    /// How often at once, after a time of rest. At least 1.
    pub(crate) at_once: u32,
    /// How long until once more, in milliseconds.
    pub(crate) every_ms: u64,
}

impl Rate {
    /// How long until once more.
    pub(crate) fn every(self) -> Duration {
        Duration::from_millis(self.every_ms)
    }

    /// So often in a minute, all at once or spread over it.
    pub(crate) fn in_a_minute(times: u32) -> Self {
        Self {
            at_once: times,
            every_ms: 60_000 / u64::from(times.max(1)),
        }
    }
}

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Limit {
    /// Requests to the API, from a network.
    Requests,
    /// Sockets that begin, from a network.
    Sockets,
    /// Sign-ins, from a network.
    SignIns,
    /// Sign-ins to an account, from a network.
    SignInsFrom,
    /// Sign-ins to an account, from wherever.
    SignInsTo,
    /// Visitors who are written down, from a network.
    Visitors,
    /// Visitors of a site who are written down.
    VisitorsOfSite,
    /// Messages of a visitor. The operator sets how many.
    Posts,
    /// Transcripts and codes that are sent, by visitor and by address.
    Mails,
    /// Codes that someone says, by visitor and by address.
    Codes,
    /// Files that are sent, from a network.
    Uploads,
}

impl Limit {
    /// How often it may be done. A network is an office or a provider's street:
    /// many people may share one.
    /// `posts` is what the operator set.
    pub(super) fn rate(self, posts: Rate) -> Rate {
        let (at_once, every_ms) = match self {
            Self::Posts => return posts,
            Self::Requests => (600, 50),
            Self::Sockets => (200, 200),
            Self::SignIns => (30, 5_000),
            Self::SignInsFrom => (10, 60_000),
            Self::SignInsTo => (100, 10_000),
            Self::Visitors => (60, 10_000),
            Self::VisitorsOfSite => (1_000, 100),
            Self::Mails => (6, 600_000),
            Self::Codes => (12, 300_000),
            Self::Uploads => (100, 5_000),
        };
        Rate { at_once, every_ms }
    }
}
