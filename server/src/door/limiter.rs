//! Counts by the generic cell rate algorithm: of each key, only the instant at
//! which it will have all its turns again is kept.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{Mutex, PoisonError};

use saluda_protocol::Millis;

use super::Rate;

/// So many keys are told apart. 16 bytes each, and as much again for room: 36 MB.
/// A flood of more shares one count for each limit.
const MOST_KEYS: usize = 1_000_000;
/// Keys with all their turns are forgotten when there are so many, and not more
/// often than once in a second.
const MANY_KEYS: usize = 4_096;
const SWEEP_EVERY_MS: u64 = 1_000;

/// That was too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too much at once; try again in {} s", wait_ms.div_ceil(1_000))]
pub(crate) struct TooMany {
    /// How long until it may be done again.
    pub(crate) wait_ms: u64,
}

/// Remembers who did what, for a while.
#[derive(Default)]
pub(super) struct Limiter {
    /// Nobody outside knows which keys share a hash.
    hasher: RandomState,
    // Not an async mutex: nothing is awaited while it is held.
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    /// By the hash of a key, when it has all its turns again.
    rested: HashMap<u64, Millis>,
    swept: Millis,
}

impl Limiter {
    /// Counts once more for `key`.
    pub(super) fn take<K: Hash>(&self, key: K, rate: Rate, now: Millis) -> Result<(), TooMany> {
        // A panic while the lock was held cannot leave the map half changed.
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted.sweep(now);
        let mut key = self.hasher.hash_one(key);
        if counted.rested.len() >= MOST_KEYS && !counted.rested.contains_key(&key) {
            // All newcomers are one.
            key = self.hasher.hash_one((rate.at_once, rate.every_ms));
        }
        let all_turns = rate.every_ms.saturating_mul(u64::from(rate.at_once));
        let latest = now.plus(all_turns);
        // What lies beyond was counted by a clock that was set back since.
        let counts = |rested: &Millis| *rested <= latest;
        let rested = counted.rested.get(&key).copied().filter(counts);
        let rested = rested.map_or(now, |rested| rested.max(now));
        let next = rested.plus(rate.every_ms);
        let wait_ms = next.0.saturating_sub(latest.0);
        let refused = wait_ms > 0;
        counted
            .rested
            .insert(key, if refused { rested } else { next });
        if refused {
            return Err(TooMany { wait_ms });
        }
        Ok(())
    }
}

impl Counted {
    /// Forgets who has all their turns: it makes no difference.
    fn sweep(&mut self, now: Millis) {
        let just_now = (self.swept..self.swept.plus(SWEEP_EVERY_MS)).contains(&now);
        if self.rested.len() >= MANY_KEYS && !just_now {
            self.rested.retain(|_, rested| *rested > now);
            self.swept = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        at_once: 3,
        every_ms: 1_000,
    };

    #[test]
    fn so_often_at_once_and_then_one_by_one() {
        let limiter = Limiter::default();
        for _ in 0..3 {
            assert_eq!(limiter.take("a", RATE, Millis(50)), Ok(()));
        }
        let wait_ms = 1_000;
        assert_eq!(
            limiter.take("a", RATE, Millis(50)),
            Err(TooMany { wait_ms })
        );
        assert_eq!(limiter.take("b", RATE, Millis(50)), Ok(()));
        let too_early = limiter.take("a", RATE, Millis(1_049));
        assert_eq!(too_early, Err(TooMany { wait_ms: 1 }));
        assert_eq!(limiter.take("a", RATE, Millis(1_050)), Ok(()));
        assert!(limiter.take("a", RATE, Millis(1_050)).is_err());
        // After a rest, all of them.
        for _ in 0..3 {
            assert_eq!(limiter.take("a", RATE, Millis(9_000)), Ok(()));
        }
        assert!(limiter.take("a", RATE, Millis(9_000)).is_err());
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let limiter = Limiter::default();
        for _ in 0..3 {
            limiter.take("a", RATE, Millis(90_000_000)).unwrap();
        }
        for _ in 0..3 {
            limiter.take("a", RATE, Millis(5)).unwrap();
        }
        let refused = limiter.take("a", RATE, Millis(5)).unwrap_err();
        assert_eq!(refused.wait_ms, 1_000);
        assert_eq!(limiter.take("a", RATE, Millis(1_005)), Ok(()));
    }

    #[test]
    fn a_flood_of_networks_takes_no_more_memory_than_it_may() {
        let limiter = Limiter::default();
        let now = Millis(1_000_000);
        for network in 0..MOST_KEYS {
            limiter.take(network, RATE, now).unwrap();
        }
        // Those who come after share one count.
        let after = (MOST_KEYS..MOST_KEYS + 10).map(|network| limiter.take(network, RATE, now));
        assert_eq!(after.flatten().count(), 3);
        let counted = limiter.counted.lock().unwrap();
        assert!(counted.rested.len() <= MOST_KEYS + 1);
        // A table of this kind holds seven eighths of its places, a word more each
        // than a key and an instant.
        let bytes = counted.rested.capacity() * 8 / 7 * 17;
        assert!(bytes <= 64 << 20, "{bytes}");
        drop(counted);
        // And are forgotten once they rested.
        let later = now.plus(RATE.every_ms);
        assert_eq!(limiter.take("later", RATE, later), Ok(()));
        assert!(limiter.counted.lock().unwrap().rested.len() < 10);
    }
}
