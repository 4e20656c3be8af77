//! Many times as two, and many rounds as one.

use std::time::Duration;

use crate::figures::Spread;

/// The middle and the worst of a hundred.
pub(crate) fn spread(mut times: Vec<Duration>) -> Spread {
    times.sort();
    let at = |percent: usize| {
        let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times
            .get(place)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    };
    Spread {
        p50_ms: at(50),
        p99_ms: at(99),
    }
}

/// Of each figure the median of the rounds.
pub(crate) fn of_rounds(rounds: &[Spread]) -> Spread {
    Spread {
        p50_ms: median(rounds.iter().map(|round| round.p50_ms).collect()),
        p99_ms: median(rounds.iter().map(|round| round.p99_ms).collect()),
    }
}

/// The middle one; of an even number, the greater of the two.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(crate) fn count(counted: usize) -> f64 {
    counted as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_a_hundred_is_the_second_worst_of_two_hundred() {
        let spread = spread((1..=200).map(Duration::from_millis).collect());
        assert!((spread.p50_ms - 101.0).abs() < 1e-9);
        assert!((spread.p99_ms - 199.0).abs() < 1e-9);
        assert!(super::spread(Vec::new()).p50_ms.is_nan());
    }
}
