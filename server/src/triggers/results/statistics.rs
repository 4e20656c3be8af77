//! What may be concluded from those who came.

use saluda_protocol::studio::{Estimate, SampleRatio};
use statrs::distribution::{ChiSquared, ContinuousCDF as _};

/// How many standard deviations around the mean hold 95 % of a normal
/// distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Chance alone deals people so unevenly once in a thousand experiments.
const SUSPICIOUS: f64 = 0.001;

/// With fewer expected in any arm, the test of their numbers is not exact.
const FEWEST: f64 = 5.0;

/// Which part of `whole` people `part` is, with Wilson's score interval. None of
/// nobody.
pub(super) fn share(part: u64, whole: u64) -> Option<Estimate> {
    if whole == 0 {
        return None;
    }
    let n = number(whole);
    let value = (number(part) / n).min(1.0);
    let spread = Z * Z / n;
    let middle = (value + spread / 2.0) / (1.0 + spread);
    let reach = Z / (1.0 + spread) * (value * (1.0 - value) / n + spread / (4.0 * n)).sqrt();
    Some(Estimate {
        value,
        low: (middle - reach).max(0.0),
        high: (middle + reach).min(1.0),
    })
}

/// By how much one share is more than another, with Newcombe's interval made of
/// the two of Wilson.
pub(super) fn difference(one: Estimate, other: Estimate) -> Estimate {
    let value = one.value - other.value;
    let reach = |a: f64, b: f64| (a * a + b * b).sqrt();
    Estimate {
        value,
        low: value - reach(one.value - one.low, other.high - other.value),
        high: value + reach(one.high - one.value, other.value - other.low),
    }
}

/// Whether people were dealt as they should have been: how many came to each
/// arm, and which part of all should have. None for too few to tell.
pub(super) fn sample_ratio(arms: &[(u64, f64)]) -> Option<SampleRatio> {
    let total: u64 = arms.iter().map(|(people, _)| people).sum();
    let expected = |share: f64| share * number(total);
    // An arm that nobody is dealt to has nobody, or everything is wrong.
    let (none, some): (Vec<_>, Vec<_>) = arms.iter().partition(|(_, share)| *share <= 0.0);
    if some.len() < 2 || some.iter().any(|(_, share)| expected(*share) < FEWEST) {
        return None;
    }
    let p = if none.iter().any(|(people, _)| *people > 0) {
        0.0
    } else {
        let squares = some.iter().map(|(people, share)| {
            let off = number(*people) - expected(*share);
            off * off / expected(*share)
        });
        let freedom = number(some.len() as u64 - 1);
        ChiSquared::new(freedom).ok()?.sf(squares.sum())
    };
    Some(SampleRatio {
        p,
        suspicious: p < SUSPICIOUS,
    })
}

#[expect(
    clippy::cast_precision_loss,
    reason = "exact below 2^53 people, which is more than there are"
)]
fn number(people: u64) -> f64 {
    people as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(estimate: Estimate, value: f64, low: f64, high: f64) {
        for (here, there) in [
            (estimate.value, value),
            (estimate.low, low),
            (estimate.high, high),
        ] {
            assert!((here - there).abs() < 0.000_1, "{estimate:?}");
        }
    }

    #[test]
    fn shares_are_those_of_the_literature() {
        // Newcombe 1998, table I: method 3.
        close(share(81, 263).unwrap(), 0.3080, 0.2553, 0.3662);
        close(share(15, 148).unwrap(), 0.1014, 0.0624, 0.1605);
        close(share(0, 20).unwrap(), 0.0, 0.0, 0.1611);
        close(share(29, 29).unwrap(), 1.0, 0.8830, 1.0);
        assert_eq!(share(0, 0), None);
        // More goals than people is a claim of a page, and no reason to fail.
        assert!(share(7, 5).unwrap().value <= 1.0);
    }

    #[test]
    fn differences_are_those_of_the_literature() {
        // Newcombe 1998, table II: method 10.
        let of = |a, m, b, n| difference(share(a, m).unwrap(), share(b, n).unwrap());
        close(of(56, 70, 48, 80), 0.2, 0.0524, 0.3339);
        close(of(9, 10, 3, 10), 0.6, 0.1705, 0.8090);
        close(of(10, 10, 0, 10), 1.0, 0.6075, 1.0);
    }

    #[test]
    fn an_uneven_deal_is_suspicious_only_when_chance_cannot_have_done_it() {
        let p = |arms: &[(u64, f64)]| sample_ratio(arms).unwrap();
        assert!((p(&[(50, 0.5), (50, 0.5)]).p - 1.0).abs() < 1e-9);
        assert!((p(&[(60, 0.5), (40, 0.5)]).p - 0.0455).abs() < 0.000_1);
        assert!(!p(&[(60, 0.5), (40, 0.5)]).suspicious);
        assert!(p(&[(600, 0.5), (400, 0.5)]).suspicious);
        let three = p(&[(900, 0.8), (100, 0.1), (100, 0.1)]);
        assert!((three.p - 0.3210).abs() < 0.000_1, "{three:?}");
        assert!(p(&[(100, 1.0 / 2.0), (90, 0.5), (1, 0.0)]).suspicious);
    }

    #[test]
    fn too_few_say_nothing() {
        assert_eq!(sample_ratio(&[(9, 0.5), (0, 0.5)]), None);
        assert_eq!(sample_ratio(&[(9_000, 1.0), (0, 0.0)]), None);
        assert_eq!(sample_ratio(&[]), None);
    }
}
