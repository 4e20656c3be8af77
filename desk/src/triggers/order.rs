//! Which triggers the list shows, and in which order.

use std::cmp::Ordering;

use saluda_protocol::studio::{TriggerRow, TriggerStatus};

use super::priority;

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Priority,
    Name,
    Status,
    Sent,
    Opened,
    Replied,
    Goal,
    Updated,
}

/// The columns in their order (S2.11).
pub(crate) const COLUMNS: [Column; 8] = [
    Column::Priority,
    Column::Name,
    Column::Status,
    Column::Sent,
    Column::Opened,
    Column::Replied,
    Column::Goal,
    Column::Updated,
];

/// Every status, as the list sorts them: what needs someone comes first.
pub(crate) const STATUSES: [TriggerStatus; 4] = [
    TriggerStatus::Error,
    TriggerStatus::Live,
    TriggerStatus::Draft,
    TriggerStatus::Paused,
];

/// What is shown of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) by: Column,
    pub(crate) descending: bool,
    /// Only these, if any is chosen.
    pub(crate) status: Option<TriggerStatus>,
    /// Only those with this in their name or id.
    pub(crate) search: String,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            by: Column::Updated,
            descending: true,
            status: None,
            search: String::new(),
        }
    }
}

impl Order {
    /// Sorts by a column; by the same one again, the other way round. Numbers
    /// begin with the largest, words with the first.
    pub(crate) fn turn(&mut self, by: Column) {
        if self.by == by {
            self.descending = !self.descending;
        } else {
            self.by = by;
            self.descending = !matches!(by, Column::Priority | Column::Name | Column::Status);
        }
    }

    /// Whether a row's place in the list is its place among the triggers.
    pub(crate) fn is_by_priority(&self) -> bool {
        self.by == Column::Priority && !self.descending
    }

    /// Those that are shown, in order.
    pub(crate) fn of<'r>(&self, rows: &'r [TriggerRow]) -> Vec<&'r TriggerRow> {
        let search = self.search.trim().to_lowercase();
        let mut shown: Vec<_> = rows
            .iter()
            .filter(|row| self.status.is_none_or(|status| row.status == status))
            .filter(|row| {
                row.name.to_lowercase().contains(&search) || row.id.as_str().contains(&search)
            })
            .collect();
        shown.sort_by(|a, b| {
            let order = compare(self.by, a, b);
            let order = if self.descending {
                order.reverse()
            } else {
                order
            };
            // Whatever is equal stays where it was, whichever way it is sorted.
            order
                .then_with(|| name_of(a).cmp(&name_of(b)))
                .then_with(|| a.id.cmp(&b.id))
        });
        shown
    }
}

fn compare(by: Column, a: &TriggerRow, b: &TriggerRow) -> Ordering {
    let status = |row: &TriggerRow| STATUSES.iter().position(|it| *it == row.status);
    match by {
        Column::Priority => priority::compare(a, b),
        Column::Name => name_of(a).cmp(&name_of(b)),
        Column::Status => status(a).cmp(&status(b)),
        Column::Sent => a.people.sent.cmp(&b.people.sent),
        Column::Opened => a.people.opened.cmp(&b.people.opened),
        Column::Replied => a.people.replied.cmp(&b.people.replied),
        Column::Goal => a.people.goal.cmp(&b.people.goal),
        Column::Updated => a.updated_at.cmp(&b.updated_at),
    }
}

fn name_of(row: &TriggerRow) -> String {
    row.name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::state::tests::row;
    use super::*;
    use saluda_protocol::Millis;

    fn rows() -> Vec<TriggerRow> {
        let named = |name: &str, status| TriggerRow {
            name: name.to_owned(),
            ..row(&name.to_lowercase(), status)
        };
        let mut all = vec![
            named("cart", TriggerStatus::Draft),
            named("Bye", TriggerStatus::Live),
            named("away", TriggerStatus::Error),
        ];
        all[0].people.sent = 3;
        all[2].people.sent = 9;
        all[1].updated_at = Millis(5);
        all
    }

    fn names(order: &Order) -> Vec<String> {
        let rows = rows();
        order.of(&rows).iter().map(|row| row.name.clone()).collect()
    }

    #[test]
    fn every_column_sorts_both_ways() {
        let mut order = Order::default();
        assert_eq!(names(&order), ["Bye", "away", "cart"], "the newest first");
        for (column, first, then) in [
            (
                Column::Name,
                ["away", "Bye", "cart"],
                ["cart", "Bye", "away"],
            ),
            (
                Column::Status,
                ["away", "Bye", "cart"],
                ["cart", "Bye", "away"],
            ),
            (
                Column::Sent,
                ["away", "cart", "Bye"],
                ["Bye", "cart", "away"],
            ),
            (
                Column::Priority,
                ["away", "Bye", "cart"],
                ["cart", "Bye", "away"],
            ),
            // All the same: by name, both ways.
            (
                Column::Goal,
                ["away", "Bye", "cart"],
                ["away", "Bye", "cart"],
            ),
        ] {
            order.turn(column);
            assert_eq!(names(&order), first, "{column:?}");
            order.turn(column);
            assert_eq!(names(&order), then, "{column:?} again");
        }
    }

    #[test]
    fn a_status_and_a_word_narrow_the_list() {
        let mut order = Order {
            search: " A".to_owned(),
            ..Order::default()
        };
        assert_eq!(names(&order), ["away", "cart"]);
        order.status = Some(TriggerStatus::Draft);
        assert_eq!(names(&order), ["cart"]);
    }
}
