//! Which trigger goes first where several may show, and where one is put.

use std::cmp::Ordering;

use saluda_protocol::TriggerId;
use saluda_protocol::studio::TriggerRow;

/// One step in the order, or all the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    First,
    Up,
    Down,
    Last,
}

/// Every step, as a menu offers them.
pub(crate) const STEPS: [Step; 4] = [Step::First, Step::Up, Step::Down, Step::Last];

/// A place in the order, as whoever points at it sees it: next to a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Beside {
    Before(TriggerId),
    After(TriggerId),
}

/// A trigger that is being dragged, and where it would be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drag {
    pub(crate) id: TriggerId,
    pub(crate) to: Option<Beside>,
}

/// Whichever has the higher priority goes first, then whichever is older.
pub(crate) fn compare(a: &TriggerRow, b: &TriggerRow) -> Ordering {
    b.priority
        .cmp(&a.priority)
        .then(a.created_at.cmp(&b.created_at))
        .then_with(|| a.id.cmp(&b.id))
}

/// The triggers in the order in which they go first.
pub(crate) fn ranked(rows: &[TriggerRow]) -> Vec<TriggerId> {
    let mut ranked: Vec<_> = rows.iter().collect();
    ranked.sort_by(|a, b| compare(a, b));
    ranked.into_iter().map(|row| row.id.clone()).collect()
}

/// Where a step from a trigger leads among those that are shown.
pub(crate) fn beside(shown: &[TriggerId], id: &TriggerId, step: Step) -> Option<Beside> {
    let at = shown.iter().position(|it| it == id)?;
    let to = match step {
        Step::First => 0,
        Step::Up => at.checked_sub(1)?,
        Step::Down => at + 1,
        Step::Last => shown.len() - 1,
    };
    let neighbour = shown.get(to)?.clone();
    match to.cmp(&at) {
        Ordering::Less => Some(Beside::Before(neighbour)),
        Ordering::Greater => Some(Beside::After(neighbour)),
        Ordering::Equal => None,
    }
}

/// The order with a trigger in another place; nothing if it is there already.
pub(crate) fn moved(ranked: &[TriggerId], id: &TriggerId, to: &Beside) -> Option<Vec<TriggerId>> {
    let mut order: Vec<_> = ranked.iter().filter(|it| *it != id).cloned().collect();
    let (neighbour, after) = match to {
        Beside::Before(neighbour) => (neighbour, 0),
        Beside::After(neighbour) => (neighbour, 1),
    };
    let at = order.iter().position(|it| it == neighbour)?;
    order.insert(at + after, id.clone());
    (order != ranked).then_some(order)
}

#[cfg(test)]
mod tests {
    use super::super::lists::tests::row;
    use super::*;
    use saluda_protocol::Millis;
    use saluda_protocol::studio::TriggerStatus;

    fn ids(words: &str) -> Vec<TriggerId> {
        let words = words.split_whitespace();
        words.map(|it| it.parse().unwrap()).collect()
    }

    #[test]
    fn the_highest_goes_first_then_the_oldest() {
        let ranked_by = |priority, created_at, id: &str| TriggerRow {
            priority,
            created_at: Millis(created_at),
            ..row(id, TriggerStatus::Live)
        };
        let rows = [
            ranked_by(0, 5, "young"),
            ranked_by(0, 1, "old"),
            ranked_by(-3, 0, "low"),
            ranked_by(7, 9, "high"),
            ranked_by(0, 1, "also-old"),
        ];
        assert_eq!(ranked(&rows), ids("high also-old old young low"));
    }

    #[test]
    fn a_step_goes_past_the_neighbour_that_is_shown() {
        let all = ids("a b c d");
        let shown = ids("a c d");
        for (id, step, order) in [
            ("c", Step::Up, Some("c a b d")),
            ("a", Step::Down, Some("b c a d")),
            ("d", Step::First, Some("d a b c")),
            ("a", Step::Last, Some("b c d a")),
            ("a", Step::Up, None),
            ("a", Step::First, None),
            ("d", Step::Down, None),
            ("b", Step::Up, None),
        ] {
            let id = id.parse().unwrap();
            let to = beside(&shown, &id, step);
            let order = order.map(ids);
            assert_eq!(to.and_then(|to| moved(&all, &id, &to)), order, "{step:?}");
        }
        let there = Beside::After("a".parse().unwrap());
        assert_eq!(moved(&all, &"b".parse().unwrap(), &there), None);
    }
}
