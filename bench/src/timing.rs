//! How long something takes: always the median of some rounds, in nanoseconds.

use std::time::{Duration, Instant};

const ROUNDS: usize = 15;

/// How long a round takes at least.
const ROUND: Duration = Duration::from_millis(10);

/// One repetition, after a warm-up.
pub(crate) fn median_ns(mut repeat: impl FnMut()) -> f64 {
    let mut time = |times: u32| {
        let start = Instant::now();
        for _ in 0..times {
            repeat();
        }
        start.elapsed()
    };
    let mut times = 1;
    while time(times) < ROUND {
        times *= 2;
    }
    median_of(|| time(times)) / f64::from(times)
}

/// Something that measures itself.
pub(crate) fn median_of(mut time: impl FnMut() -> Duration) -> f64 {
    let mut rounds: Vec<Duration> = (0..ROUNDS).map(|_| time()).collect();
    rounds.sort();
    rounds[ROUNDS / 2].as_secs_f64() * 1e9
}
