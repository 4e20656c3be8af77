//! Numbers that pass some tests: intervals, open or closed at each end.

use super::space::Range;
use crate::trigger::{Comparison, Test};

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
struct End {
    at: f64,
    /// Whether the number itself is in.
    closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Interval {
    low: End,
    high: End,
}

/// Numbers, as intervals that are sorted and do not overlap.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numbers {
    parts: Vec<Interval>,
    whole: bool,
}

const LOWEST: End = End {
    at: f64::NEG_INFINITY,
    closed: true,
};

const HIGHEST: End = End {
    at: f64::INFINITY,
    closed: true,
};

impl Numbers {
    /// All that a fact can be.
    pub(super) fn of(range: Range) -> Self {
        let end = |at| End { at, closed: true };
        Self {
            parts: vec![Interval {
                low: end(range.least),
                high: end(range.most),
            }],
            whole: range.whole,
        }
    }

    /// Keeps those that pass a test, or those that do not.
    pub(super) fn keep(&mut self, test: &Test, wanted: bool) {
        let passing = passing(test);
        let kept = if wanted { passing } else { others(&passing) };
        self.keep_within(&kept);
    }

    /// Keeps those from a number on.
    pub(super) fn keep_from(&mut self, least: f64) {
        let low = End {
            at: least,
            closed: true,
        };
        self.keep_within(&[Interval { low, high: HIGHEST }]);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The least of them, or what all of them are above.
    pub(super) fn least(&self) -> Option<f64> {
        self.parts.first().map(|part| part.low.at)
    }

    fn keep_within(&mut self, kept: &[Interval]) {
        let both = self
            .parts
            .iter()
            .flat_map(|part| kept.iter().filter_map(|other| meet(*part, *other)));
        self.parts = if self.whole {
            both.filter_map(to_whole).collect()
        } else {
            both.collect()
        };
    }
}

/// The numbers that pass a test, and no text or flag.
fn passing(test: &Test) -> Vec<Interval> {
    match test {
        Test::Exists => vec![Interval {
            low: LOWEST,
            high: HIGHEST,
        }],
        // Nothing compares to what is no number.
        Test::Number(_, target) if target.is_nan() => Vec::new(),
        Test::Number(how, target) => {
            let at = |closed| End {
                at: *target,
                closed,
            };
            let (low, high) = match how {
                Comparison::Equal => (at(true), at(true)),
                Comparison::Greater => (at(false), HIGHEST),
                Comparison::AtLeast => (at(true), HIGHEST),
                Comparison::Less => (LOWEST, at(false)),
                Comparison::AtMost => (LOWEST, at(true)),
            };
            sound(Interval { low, high }).into_iter().collect()
        }
        Test::OneOfNumbers(list) => {
            let mut list: Vec<f64> = list.iter().copied().filter(|one| !one.is_nan()).collect();
            list.sort_unstable_by(f64::total_cmp);
            list.dedup();
            let point = |at| {
                let end = End { at, closed: true };
                Interval {
                    low: end,
                    high: end,
                }
            };
            list.into_iter().map(point).collect()
        }
        _ => Vec::new(),
    }
}

/// What lies between and around sorted intervals.
fn others(parts: &[Interval]) -> Vec<Interval> {
    let mut low = LOWEST;
    let mut others = Vec::new();
    for part in parts {
        let high = End {
            at: part.low.at,
            closed: !part.low.closed,
        };
        others.extend(sound(Interval { low, high }));
        low = End {
            at: part.high.at,
            closed: !part.high.closed,
        };
    }
    others.extend(sound(Interval { low, high: HIGHEST }));
    others
}

fn meet(one: Interval, other: Interval) -> Option<Interval> {
    let low = match one.low.at.total_cmp(&other.low.at) {
        std::cmp::Ordering::Greater => one.low,
        std::cmp::Ordering::Less => other.low,
        std::cmp::Ordering::Equal => End {
            closed: one.low.closed && other.low.closed,
            ..one.low
        },
    };
    let high = match one.high.at.total_cmp(&other.high.at) {
        std::cmp::Ordering::Less => one.high,
        std::cmp::Ordering::Greater => other.high,
        std::cmp::Ordering::Equal => End {
            closed: one.high.closed && other.high.closed,
            ..one.high
        },
    };
    sound(Interval { low, high })
}

/// An interval, if anything is in it.
fn sound(part: Interval) -> Option<Interval> {
    let Interval { low, high } = part;
    #[expect(clippy::float_cmp, reason = "a point begins and ends at one number")]
    let point = low.at == high.at && low.closed && high.closed;
    (low.at < high.at || point).then_some(part)
}

/// The whole numbers of an interval.
fn to_whole(part: Interval) -> Option<Interval> {
    let Interval { low, high } = part;
    let (up, down) = (low.at.ceil(), high.at.floor());
    #[expect(clippy::float_cmp, reason = "a whole number is its own ceiling")]
    let (at_low, at_high) = (up == low.at, down == high.at);
    let end = |at| End { at, closed: true };
    sound(Interval {
        low: end(if at_low && !low.closed { up + 1.0 } else { up }),
        high: end(if at_high && !high.closed {
            down - 1.0
        } else {
            down
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Range = Range {
        least: 0.0,
        most: 10.0,
        whole: true,
        nan: false,
    };

    /// Which of the numbers from 0 to 10, in halves, pass all of the tests.
    fn left(whole: bool, tests: &[(Test, bool)]) -> Vec<f64> {
        let mut numbers = Numbers::of(Range { whole, ..WHOLE });
        for (test, wanted) in tests {
            numbers.keep(test, *wanted);
        }
        let candidates = (0..=20).map(|half| f64::from(half) / 2.0);
        let inside = |number: &f64| {
            let mut one = numbers.clone();
            one.keep(&Test::Number(Comparison::Equal, *number), true);
            !one.is_empty()
        };
        candidates.filter(inside).collect()
    }

    #[test]
    fn ends_are_in_or_not() {
        let above = (Test::Number(Comparison::Greater, 3.0), true);
        let below = (Test::Number(Comparison::AtMost, 5.0), true);
        assert_eq!(left(true, &[above.clone(), below.clone()]), [4.0, 5.0]);
        assert_eq!(left(false, &[above, below]), [3.5, 4.0, 4.5, 5.0]);
    }

    #[test]
    fn nothing_is_between_two_neighbours() {
        let above = (Test::Number(Comparison::Greater, 3.0), true);
        let below = (Test::Number(Comparison::Less, 4.0), true);
        assert!(left(true, &[above.clone(), below.clone()]).is_empty());
        assert_eq!(left(false, &[above, below]), [3.5]);
    }

    #[test]
    fn what_is_left_out_is_left_out() {
        let list = Test::OneOfNumbers(vec![5.0, 0.0, f64::NAN, 5.0]);
        assert_eq!(left(true, &[(list.clone(), true)]), [0.0, 5.0]);
        let out = left(true, &[(list, false)]);
        assert_eq!(out, [1.0, 2.0, 3.0, 4.0, 6.0, 7.0, 8.0, 9.0, 10.0]);
        assert!(left(true, &[(Test::Exists, false)]).is_empty());
    }

    #[test]
    fn texts_and_flags_are_no_numbers() {
        assert!(left(true, &[(Test::Is(true), true)]).is_empty());
        assert_eq!(left(true, &[(Test::Contains("1".into()), false)]).len(), 11);
    }
}
