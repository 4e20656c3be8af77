//! How often something may be done within a time, by each who does it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use saluda_protocol::Millis;

/// So many who did it within the time are told apart. Whoever comes after waits
/// for the next: a flood must not fill the memory.
const MOST_KEYS: usize = 100_000;

/// Counts within a time that begins with the first, and then anew.
pub(crate) struct Quota {
    most: u32,
    span_ms: u64,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    until: Millis,
    by: HashMap<String, u32>,
}

impl Quota {
    /// At most so often within this time, in milliseconds.
    pub(crate) fn new(most: u32, span_ms: u64) -> Self {
        Self {
            most,
            span_ms,
            counted: Mutex::default(),
        }
    }

    /// Counts once more for `key`. False if that is too often, which is not
    /// counted.
    pub(crate) fn take(&self, key: &str, now: Millis) -> bool {
        // A panic while the lock was held cannot leave the counts half changed.
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        // Also when the clock was set back.
        if now >= counted.until || counted.until > now.plus(self.span_ms) {
            counted.until = now.plus(self.span_ms);
            counted.by.clear();
        }
        if counted.by.len() >= MOST_KEYS && !counted.by.contains_key(key) {
            return false;
        }
        let count = counted.by.entry(key.to_owned()).or_default();
        let may = *count < self.most;
        *count += u32::from(may);
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_may_so_often_until_the_time_is_over() {
        let quota = Quota::new(2, 1_000);
        assert!(quota.take("a", Millis(5)));
        assert!(quota.take("a", Millis(6)));
        assert!(!quota.take("a", Millis(7)));
        assert!(quota.take("b", Millis(7)));
        assert!(!quota.take("a", Millis(1_004)));
        assert!(quota.take("a", Millis(1_005)));
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let quota = Quota::new(1, 1_000);
        assert!(quota.take("a", Millis(1_000_000)));
        assert!(quota.take("a", Millis(5)));
        assert!(!quota.take("a", Millis(6)));
    }

    #[test]
    fn a_flood_fills_no_memory() {
        let quota = Quota::new(1, 1_000);
        for at in 0..MOST_KEYS {
            assert!(quota.take(&at.to_string(), Millis(5)));
        }
        assert!(!quota.take("one more", Millis(5)));
        assert!(quota.take("one more", Millis(1_005)));
    }
}
