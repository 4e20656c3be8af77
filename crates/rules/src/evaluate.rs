//! Whether something holds, and until when at least.

use saluda_protocol::Millis;

use crate::event::LocalClock;
use crate::facts::Value;
use crate::hours::{self, Interval};
use crate::memory::Tally;
use crate::text::after;
use crate::trigger::Test;

/// No instant: time alone never changes it.
pub(crate) const NEVER: Millis = Millis(u64::MAX);

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// The days of a week from Thursday on: 1970 began with one.
const WEEKDAYS: [&str; 7] = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"];

/// An answer, and the first instant at which time alone could change it: never
/// later than it does, and [`NEVER`] if it cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) holds: bool,
    pub(crate) until: Millis,
}

impl Outcome {
    /// An answer that time does not change.
    pub(crate) fn fixed(holds: bool) -> Self {
        Self {
            holds,
            until: NEVER,
        }
    }

    pub(crate) fn negated(self, negated: bool) -> Self {
        Self {
            holds: self.holds != negated,
            ..self
        }
    }

    /// Several that must all hold (`joined` is true), or of which one must.
    ///
    /// While one of all fails, nothing changes before every one that fails has:
    /// so it can be looked at later, and one that fails for good ends the
    /// search.
    pub(crate) fn join(joined: bool, parts: impl Iterator<Item = Self>) -> Self {
        let mut outcome = Self::fixed(joined);
        for part in parts {
            if outcome.add(joined, part) {
                break;
            }
        }
        outcome
    }

    /// Joins one more. Returns whether no further one makes a difference.
    pub(crate) fn add(&mut self, joined: bool, part: Self) -> bool {
        let settles = part.holds != joined && part.until == NEVER;
        if settles || part.holds != joined && self.holds == joined {
            *self = part;
        } else if part.holds != joined {
            self.until = self.until.max(part.until);
        } else if self.holds == joined {
            self.until = self.until.min(part.until);
        }
        settles
    }
}

/// What every condition may look at besides its own fact.
#[derive(Clone, Copy)]
pub(crate) struct Instant<'a> {
    pub(crate) now: Millis,
    pub(crate) clock: LocalClock,
    pub(crate) hours: Option<&'a [Interval]>,
    pub(crate) tallies: &'a [Tally],
}

impl<'a> Instant<'a> {
    pub(crate) fn tally(&self, tally: Option<usize>) -> Option<&'a Tally> {
        self.tallies.get(tally?)
    }

    pub(crate) fn opening(&self) -> hours::Opening {
        match self.hours {
            Some(intervals) => hours::at(intervals, self.now),
            // Without hours a site is always open.
            None => hours::Opening {
                open: true,
                closes_at: None,
                next_opening: None,
            },
        }
    }

    pub(crate) fn open(&self) -> Outcome {
        let opening = self.opening();
        let until = opening.closes_at.or(opening.next_opening);
        Outcome {
            holds: opening.open,
            until: until.unwrap_or(NEVER),
        }
    }

    /// The visitor's wall clock, in milliseconds since 1970.
    pub(crate) fn local_ms(&self) -> u64 {
        let minutes = match self.clock.changes_at {
            Some(at) if at <= self.now => self.clock.then_minutes,
            _ => self.clock.offset_minutes,
        };
        let offset_ms = i64::from(minutes) * 60_000;
        self.now.0.saturating_add_signed(offset_ms)
    }

    pub(crate) fn time_of_day_ms(&self) -> u64 {
        self.local_ms() % DAY_MS
    }

    pub(crate) fn weekday(&self) -> &'static str {
        let day = self.local_ms() / DAY_MS % 7;
        usize::try_from(day)
            .ok()
            .and_then(|day| WEEKDAYS.get(day))
            .map_or("thu", |day| *day)
    }

    fn midnight(&self) -> Millis {
        let midnight = self.now.plus(DAY_MS - self.time_of_day_ms());
        self.or_clock_change(midnight)
    }

    /// The visitor's clock may be set before.
    fn or_clock_change(&self, at: Millis) -> Millis {
        match self.clock.changes_at {
            Some(change) if self.now < change => at.min(change),
            _ => at,
        }
    }
}

/// Whether a value passes a test.
pub(crate) fn passes(test: &Test, value: &Value, at: &Instant<'_>) -> Outcome {
    match value {
        Value::Missing => Outcome::fixed(false),
        Value::Flag(flag) => Outcome::fixed(match test {
            Test::Exists => true,
            Test::Is(wanted) => flag == wanted,
            _ => false,
        }),
        Value::Number(number) => Outcome::fixed(number_passes(test, *number)),
        Value::Text(folded) => Outcome::fixed(text_passes(test, folded)),
        Value::Texts(texts) => Outcome::fixed(texts.iter().any(|one| text_passes(test, one))),
        Value::Running(stopwatch) => {
            let elapsed_ms = stopwatch.elapsed_ms(at.now);
            if stopwatch.runs() {
                growing(test, elapsed_ms, at.now)
            } else {
                Outcome::fixed(number_passes(test, as_number(elapsed_ms)))
            }
        }
        Value::Since(then) => growing(test, at.now.since(*then), at.now),
        Value::Counted(tally) => {
            let count = at.tally(*tally).map_or(0, |tally| tally.visit);
            Outcome::fixed(number_passes(test, f64::from(count)))
        }
        Value::TimeOfDay => time_of_day(test, at),
        Value::Weekday => Outcome {
            holds: text_passes(test, at.weekday()),
            until: at.midnight(),
        },
        Value::Open => {
            let open = at.open();
            match test {
                Test::Is(wanted) => open.negated(!wanted),
                _ => Outcome::fixed(*test == Test::Exists),
            }
        }
    }
}

/// Whether a count of the last `within_ms` passes a test.
pub(crate) fn recent_passes(test: &Test, last: &[Millis], within_ms: u64, now: Millis) -> Outcome {
    // An event counts until right before it is `within_ms` old.
    let gone = last.partition_point(|at| at.plus(within_ms) <= now);
    let recent = &last[gone..];
    let passes = |count: usize| number_passes(test, as_number(count as u64));
    let holds = passes(recent.len());
    let turns = recent.iter().enumerate().find_map(|(index, at)| {
        (passes(recent.len() - index - 1) != holds).then(|| at.plus(within_ms))
    });
    Outcome {
        holds,
        until: turns.unwrap_or(NEVER),
    }
}

/// A number that grows by one each millisecond.
fn growing(test: &Test, number: u64, now: Millis) -> Outcome {
    let holds = number_passes(test, as_number(number));
    let turn_at = |target: f64| turn(test, holds, number, target);
    let wait_ms = match test {
        Test::Number(_, target) => turn_at(*target),
        Test::OneOfNumbers(targets) => targets.iter().filter_map(|target| turn_at(*target)).min(),
        _ => None,
    };
    Outcome {
        holds,
        until: wait_ms.map_or(NEVER, |wait_ms| now.plus(wait_ms)),
    }
}

/// How long a growing number takes until the answer turns at `target`: when it
/// gets there, or right after.
fn turn(test: &Test, holds: bool, number: u64, target: f64) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a number that is out of range stops at the end of it"
    )]
    let whole = target as u64;
    let target = whole.saturating_add(u64::from(as_number(whole) < target));
    [target, target.saturating_add(1)]
        .into_iter()
        .find(|then| *then > number && number_passes(test, as_number(*then)) != holds)
        .map(|then| then - number)
}

fn time_of_day(test: &Test, at: &Instant<'_>) -> Outcome {
    let today = growing(test, at.time_of_day_ms(), at.now);
    Outcome {
        holds: today.holds,
        until: today.until.min(at.midnight()),
    }
}

fn number_passes(test: &Test, number: f64) -> bool {
    match test {
        Test::Exists => true,
        Test::Number(comparison, target) => comparison.holds(number, *target),
        Test::OneOfNumbers(numbers) => numbers.contains(&number),
        _ => false,
    }
}

pub(crate) fn text_passes(test: &Test, folded: &str) -> bool {
    match test {
        Test::Exists => true,
        Test::Equals(whole) => folded == whole,
        Test::OneOf(list) => list.iter().any(|one| one == folded),
        Test::Language(ranges) => ranges.iter().any(|range| {
            let rest = folded.strip_prefix(range.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        }),
        Test::Contains(part) => contains(folded.as_bytes(), part.as_bytes()),
        Test::StartsWith(part) => after(folded.as_bytes(), part.as_bytes()).is_some(),
        Test::EndsWith(part) => folded.ends_with(part.as_str()),
        Test::Glob(glob) => glob.fits(folded),
        Test::Matches(expression) => expression.fits(folded),
        Test::Is(_) | Test::Number(..) | Test::OneOfNumbers(_) => false,
    }
}

/// Whether a part is in a text: both are short, and the page need not carry
/// what finds it faster in long ones.
fn contains(text: &[u8], part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else {
        return true;
    };
    // Most places in a text are no beginning of the part.
    let mut text = text.iter();
    while text.by_ref().any(|byte| byte == first) {
        if text.as_slice().starts_with(rest) {
            return true;
        }
    }
    false
}

#[expect(
    clippy::cast_precision_loss,
    reason = "exact below 2^53 milliseconds, which is beyond any visit"
)]
fn as_number(whole: u64) -> f64 {
    whole as f64
}
