//! Time, as an argument.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use saluda_protocol::Millis;

/// Tells the time.
pub(crate) trait Clock: Send + Sync + 'static {
    /// The instant now.
    fn now(&self) -> Millis;
}

/// The machine's clock.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Millis {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }
}

/// A clock that stands where it was put: for tests, and for telling a story of
/// the past.
pub(crate) struct SetClock(AtomicU64);

impl SetClock {
    /// A clock that stands at `now`.
    pub(crate) fn at(now: Millis) -> Self {
        Self(AtomicU64::new(now.0))
    }

    /// Puts it somewhere else.
    pub(crate) fn set(&self, now: Millis) {
        self.0.store(now.0, Ordering::Relaxed);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::Relaxed))
    }
}
