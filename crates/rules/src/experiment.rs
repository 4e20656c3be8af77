//! Deals visitors to holdouts and variants.
//!
//! The same dice and seed give the same hand on every page, in every engine and
//! for ever: results are counted by it.

use crate::hash;
use crate::trigger::Terms;

/// Whether a visitor is among those who see nothing of this trigger.
#[must_use]
pub fn is_held(terms: &Terms, dice: u64) -> bool {
    is_below(terms.holdout, dice, &terms.seed, "holdout")
}

/// Whether a visitor sees no greeting of the site at all, to compare with.
#[must_use]
pub fn is_held_by_site(holdout: u8, dice: u64) -> bool {
    is_below(holdout, dice, "", "site")
}

fn is_below(holdout: u8, dice: u64, seed: &str, purpose: &str) -> bool {
    // Most hold nobody back, and need no hand.
    holdout > 0 && percent(dice, seed, purpose) < u32::from(holdout)
}

/// Which variant a visitor sees, counted from 0; the original if none.
#[must_use]
pub fn variant(terms: &Terms, dice: u64) -> Option<u8> {
    if terms.shares.is_empty() {
        return None;
    }
    let dealt = percent(dice, &terms.seed, "variant");
    let mut below = 0;
    for (index, share) in terms.shares.iter().enumerate() {
        below += u32::from(*share);
        if dealt < below {
            return u8::try_from(index).ok();
        }
    }
    None
}

/// A number from 0 to 99. `purpose` keeps what is dealt for one thing from
/// telling anything about another.
fn percent(dice: u64, seed: &str, purpose: &str) -> u32 {
    let bytes = dice.to_le_bytes();
    let bytes = bytes.iter().chain(purpose.as_bytes()).chain(&[0]);
    let mut hash = hash::of(bytes.chain(seed.as_bytes()).copied());
    // The last step of MurmurHash3 spreads what that leaves close.
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^= hash >> 33;
    u32::try_from(hash % 100).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that are as good as random, and the same each time.
    fn dice() -> impl Iterator<Item = u64> {
        let mut state = 1_u64;
        std::iter::repeat_with(move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            state
        })
        .take(100_000)
    }

    /// Chi-squared of counts against equal ones.
    fn unevenness(counts: &[u32]) -> f64 {
        let total: u32 = counts.iter().sum();
        let expected = f64::from(total) / f64::from(u32::try_from(counts.len()).unwrap());
        let squares = counts.iter().map(|count| {
            let off = f64::from(*count) - expected;
            off * off / expected
        });
        squares.sum()
    }

    #[test]
    fn every_percent_gets_its_share() {
        let mut counts = [0_u32; 100];
        for dice in dice() {
            counts[percent(dice, "a1", "variant") as usize] += 1;
        }
        // 99 degrees of freedom: above 149 in one of a thousand fair deals.
        assert!(unevenness(&counts) < 149.0, "{}", unevenness(&counts));
    }

    #[test]
    fn one_hand_tells_nothing_about_another() {
        for (one, other) in [
            (("a1", "holdout"), ("a1", "variant")),
            (("a1", "variant"), ("a2", "variant")),
            (("a1", "holdout"), ("b", "holdout")),
        ] {
            let mut counts = [0_u32; 100];
            for dice in dice() {
                let first = percent(dice, one.0, one.1) / 10;
                let second = percent(dice, other.0, other.1) / 10;
                counts[(first * 10 + second) as usize] += 1;
            }
            assert!(unevenness(&counts) < 149.0, "{one:?} {other:?}");
        }
    }

    #[test]
    fn the_deal_is_the_same_for_ever() {
        let hands: Vec<u32> = [0, 1, 2, u64::MAX]
            .iter()
            .map(|dice| percent(*dice, "a1", "variant"))
            .collect();
        assert_eq!(hands, HANDS);
    }

    /// Written down when it was first released; results are counted by it.
    const HANDS: [u32; 4] = [79, 70, 32, 94];
}
