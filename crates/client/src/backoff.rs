//! How long to wait before the next attempt to connect.

/// The longest pause.
const LONGEST_MS: f64 = 30_000.0;
/// The longest first pause.
const FIRST_MS: f64 = 500.0;

/// The pause before attempt `attempt`, counting from 0, in milliseconds.
///
/// Full jitter: anywhere between nothing and a bound that doubles, so that
/// thousands of clients of a server that restarts do not come back at once.
/// `chance` is random, at least 0 and below 1.
#[must_use]
pub fn pause_ms(attempt: u32, chance: f64) -> u32 {
    let bound = (FIRST_MS * f64::from(2_u32.saturating_pow(attempt.min(16)))).min(LONGEST_MS);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 30,000 by construction"
    )]
    let pause = (bound * chance.clamp(0.0, 1.0)) as u32;
    pause
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_doubles_and_ends() {
        assert_eq!(pause_ms(0, 0.5), 250);
        assert_eq!(pause_ms(1, 0.5), 500);
        assert_eq!(pause_ms(4, 0.5), 4_000);
        assert_eq!(pause_ms(6, 0.5), 15_000);
        assert_eq!(pause_ms(u32::MAX, 1.0), 30_000);
    }

    #[test]
    fn chance_alone_decides_within_the_bound() {
        assert_eq!(pause_ms(9, 0.0), 0);
        assert_eq!(pause_ms(0, f64::NAN), 0);
    }
}
