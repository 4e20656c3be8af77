//! The order in which triggers go first.
//!
//! The order is the priority that stands in each trigger's file, and nothing
//! beside it: a site that is made anew from its files chooses as this one does.
//! Putting triggers in order therefore gives them other priorities, and as few
//! of them as the wanted order allows.

use std::ops::RangeInclusive;

use saluda_protocol::studio::{Actor, WantedOrder};
use saluda_protocol::{Millis, TriggerId, limits};
use saluda_store::{EditAll, Rank, Site, Store, Trigger, Unchanged};

use super::NotDone;

/// How far apart priorities are put where there is room: the next trigger that
/// is moved between two finds a place.
const APART: i32 = 10;

/// Gives the triggers the order that is asked for.
pub(crate) async fn order(
    store: &dyn Store,
    site: &Site,
    wanted: WantedOrder,
    by: Actor,
    at: Millis,
) -> Result<Vec<Trigger>, NotDone> {
    let mut found = Vec::with_capacity(wanted.order.len());
    for placed in &wanted.order {
        let trigger = store.trigger(site.id, &placed.id).await?;
        found.push(trigger.ok_or(Unchanged::NotFound)?);
    }
    let standing: Vec<_> = found.iter().map(Standing::of).collect();
    let ranks = wanted.order.into_iter().zip(priorities(&standing));
    let ranks = ranks.map(|(placed, priority)| Rank {
        trigger: placed.id,
        revision: placed.revision,
        priority,
    });
    let edit = EditAll {
        site: site.id,
        by,
        at,
    };
    Ok(store.order_triggers(edit, ranks.collect()).await??)
}

/// Where a trigger stands now: of those with the same priority, the oldest goes
/// first.
struct Standing<'t> {
    priority: i32,
    age: (Millis, &'t TriggerId),
}

impl<'t> Standing<'t> {
    fn of(trigger: &'t Trigger) -> Self {
        Self {
            priority: trigger.spec.priority,
            age: (trigger.created_at, &trigger.id),
        }
    }
}

/// Priorities that put triggers in the order in which they stand here. As many
/// as possible keep the one they have.
fn priorities(wanted: &[Standing<'_>]) -> Vec<i32> {
    // By how much at least each one must be below the first. A younger one may
    // have the priority of the older one before it.
    let mut below = vec![0; wanted.len()];
    for (n, pair) in wanted.windows(2).enumerate() {
        below[n + 1] = below[n] + i32::from(pair[0].age > pair[1].age);
    }
    // With that added, the order is right when no level is above the one before.
    let levels: Vec<i32> = wanted
        .iter()
        .zip(&below)
        .map(|(one, below)| one.priority + below)
        .collect();
    let deepest = below.last().copied().unwrap_or(0);
    let (lowest, highest) = (
        limits::PRIORITIES.start() + deepest,
        *limits::PRIORITIES.end(),
    );
    let kept = longest_descent(&levels, lowest, highest);
    let mut new: Vec<i32> = wanted.iter().map(|one| one.priority).collect();
    let mut from = 0_usize;
    for end in kept.iter().copied().chain([new.len()]) {
        let above = from.checked_sub(1);
        let ends = (above.map(|n| new[n]), new.get(end).copied());
        if !spread(&mut new[from..end], ends, limits::PRIORITIES) {
            // Too narrow for all of them to differ: by level, so that younger
            // ones share the priority of older ones.
            let ends = (above.map(|n| levels[n]), levels.get(end).copied());
            let level = squeeze(end - from, ends, lowest..=highest);
            for ((priority, level), below) in
                new[from..end].iter_mut().zip(level).zip(&below[from..])
            {
                *priority = level - below;
            }
        }
        from = end + 1;
    }
    new
}

/// The places of the longest row of levels that never rises, of those within
/// the bounds.
fn longest_descent(levels: &[i32], lowest: i32, highest: i32) -> Vec<usize> {
    // For each place, how long the best row is that ends there, and the place
    // before it in that row.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(levels.len());
    for (n, level) in levels.iter().enumerate() {
        let fits = (lowest..=highest).contains(level);
        let before = (0..n)
            .filter(|&m| fits && best[m].0 > 0 && levels[m] >= *level)
            .max_by_key(|&m| best[m].0);
        let length = before.map_or(0, |m| best[m].0) + usize::from(fits);
        best.push((length, before));
    }
    let last = (0..best.len())
        .filter(|&n| best[n].0 > 0)
        .max_by_key(|&n| best[n].0);
    let mut row: Vec<usize> = std::iter::successors(last, |&n| best[n].1).collect();
    row.reverse();
    row
}

/// What is above and below some triggers, if anything is.
type Ends = (Option<i32>, Option<i32>);

/// Where some triggers begin and end: between what is above and below them, or
/// with room to spare where there is nothing.
fn room(count: usize, ends: Ends, bounds: RangeInclusive<i32>) -> (i32, i32, i32) {
    let parts = i32::try_from(count).unwrap_or(i32::MAX - 1) + 1;
    let room = parts.saturating_mul(APART);
    let (lowest, highest) = bounds.into_inner();
    let (top, bottom) = match ends {
        (Some(above), Some(below)) => (above, below),
        (Some(above), None) => (above, above.saturating_sub(room).max(lowest)),
        (None, Some(below)) => (below.saturating_add(room).min(highest), below),
        (None, None) => {
            let top = room.clamp(lowest, highest);
            (top, (top - room).max(lowest))
        }
    };
    (top, bottom, parts)
}

/// Gives each of some triggers a priority of its own. Returns whether there was
/// room for that.
fn spread(gap: &mut [i32], ends: Ends, bounds: RangeInclusive<i32>) -> bool {
    let (top, bottom, parts) = room(gap.len(), ends, bounds);
    if top - bottom < parts {
        return gap.is_empty();
    }
    for (n, priority) in (1..).zip(gap) {
        *priority = top - (top - bottom) * n / parts;
    }
    true
}

/// Levels for some triggers, none above the one before.
fn squeeze(count: usize, ends: Ends, bounds: RangeInclusive<i32>) -> Vec<i32> {
    let (top, bottom, parts) = room(count, ends, bounds);
    (1..parts)
        .map(|n| top - (top - bottom) * n / parts)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ids in the order in which they go first.
    fn choice(all: &[(TriggerId, i32, u64)]) -> Vec<TriggerId> {
        let mut all = all.to_vec();
        all.sort_by_key(|(id, priority, created)| {
            (std::cmp::Reverse(*priority), *created, id.clone())
        });
        all.into_iter().map(|(id, _, _)| id).collect()
    }

    fn ordered(all: &[(TriggerId, i32, u64)]) -> Vec<(TriggerId, i32, u64)> {
        let standing: Vec<_> = all
            .iter()
            .map(|(id, priority, created)| Standing {
                priority: *priority,
                age: (Millis(*created), id),
            })
            .collect();
        let new = priorities(&standing);
        let place = |((id, _, created), priority): (&(TriggerId, i32, u64), i32)| {
            (id.clone(), priority, *created)
        };
        all.iter().zip(new).map(place).collect()
    }

    fn trigger(n: usize, priority: i32, created: u64) -> (TriggerId, i32, u64) {
        (format!("t{n:04}").parse().unwrap(), priority, created)
    }

    fn check(all: &[(TriggerId, i32, u64)]) -> Vec<i32> {
        let after = ordered(all);
        let wanted: Vec<_> = all.iter().map(|(id, _, _)| id.clone()).collect();
        assert_eq!(choice(&after), wanted, "{after:?}");
        let new: Vec<_> = after.into_iter().map(|(_, priority, _)| priority).collect();
        assert!(
            new.iter().all(|one| limits::PRIORITIES.contains(one)),
            "{new:?}"
        );
        new
    }

    #[test]
    fn any_order_is_reached_from_any_priorities() {
        // Every order of five, over priorities and ages of every kind.
        let shapes = [
            [0; 5],
            [5, 4, 3, 2, 1],
            [1_000; 5],
            [-1_000; 5],
            [1_000, -1_000, 0, 0, 7],
        ];
        for shape in shapes {
            for ages in [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1], [1; 5]] {
                for n in 0..120 {
                    let mut left: Vec<usize> = (0..5).collect();
                    let mut rest = n;
                    let mut all = Vec::new();
                    for count in (1..=5).rev() {
                        let of = left.remove(rest % count);
                        all.push(trigger(of, shape[of], ages[of]));
                        rest /= count;
                    }
                    check(&all);
                }
            }
        }
    }

    #[test]
    fn who_is_in_order_keeps_its_priority() {
        let all = [trigger(1, 30, 1), trigger(2, 20, 1), trigger(3, 10, 1)];
        assert_eq!(check(&all), [30, 20, 10]);
        // Only the one that was moved gets another.
        let moved = [all[2].clone(), all[0].clone(), all[1].clone()];
        assert_eq!(check(&moved), [40, 30, 20]);
        let moved = [all[0].clone(), all[2].clone(), all[1].clone()];
        assert_eq!(check(&moved), [30, 25, 20]);
        let moved = [all[1].clone(), all[2].clone(), all[0].clone()];
        assert_eq!(check(&moved), [20, 10, 0]);
        // The older one goes first of two with the same priority.
        assert_eq!(check(&[trigger(1, 5, 1), trigger(2, 5, 2)]), [5, 5]);
        assert_eq!(check(&[trigger(2, 5, 2), trigger(1, 5, 1)]).len(), 2);
    }

    #[test]
    fn as_many_as_are_put_in_order_at_once_find_their_places() {
        for priority in [-1_000, 0, 1_000] {
            let all: Vec<_> = (0..limits::ORDERED_TRIGGERS)
                .map(|n| trigger(n, priority, 2_000 - n as u64))
                .collect();
            check(&all);
        }
        check(&[]);
    }
}
