//! Which triggers the list shows, and in which order.

use std::cmp::Ordering;

use saluda_protocol::SiteKey;
use saluda_protocol::studio::{TriggerRow, TriggerStatus};

use super::lists::{Entry, Which};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Priority,
    Name,
    Status,
    /// Where the list goes over several.
    Site,
    Sent,
    Opened,
    Replied,
    Goal,
    Updated,
}

/// The columns in their order (S2.11).
const COLUMNS: [Column; 9] = [
    Column::Priority,
    Column::Name,
    Column::Status,
    Column::Site,
    Column::Sent,
    Column::Opened,
    Column::Replied,
    Column::Goal,
    Column::Updated,
];

/// The columns of a list over several sites, or of one site's.
pub(crate) fn columns(across: bool) -> impl Iterator<Item = Column> {
    let is_shown = move |column: &Column| across || *column != Column::Site;
    COLUMNS.into_iter().filter(is_shown)
}

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
            self.descending = !matches!(
                by,
                Column::Priority | Column::Name | Column::Status | Column::Site
            );
        }
    }

    /// The list goes over one site again, which all of it is of.
    pub(crate) fn leave_sites(&mut self) {
        if self.by == Column::Site {
            let (by, descending) = (Self::default().by, Self::default().descending);
            (self.by, self.descending) = (by, descending);
        }
    }

    /// Whether a row's place in the list is its place among the triggers.
    pub(crate) fn is_by_priority(&self) -> bool {
        self.by == Column::Priority && !self.descending
    }

    /// Those that are shown, in order.
    pub(crate) fn of(&self, mut entries: Vec<Entry<'_>>) -> Vec<Which> {
        let search = self.search.trim().to_lowercase();
        let is_shown = |row: &TriggerRow| {
            self.status.is_none_or(|status| row.status == status)
                && (row.name.to_lowercase().contains(&search) || row.id.as_str().contains(&search))
        };
        entries.retain(|entry| is_shown(entry.row));
        entries.sort_by(|a, b| {
            let order = compare(self.by, a, b);
            let order = if self.descending {
                order.reverse()
            } else {
                order
            };
            // Whatever is equal stays where it was, whichever way it is sorted.
            order
                .then_with(|| name_of(a).cmp(&name_of(b)))
                .then_with(|| a.row.id.cmp(&b.row.id))
                .then_with(|| site_of(a).cmp(&site_of(b)))
        });
        entries.iter().map(Entry::which).collect()
    }
}

fn compare(by: Column, a: &Entry<'_>, b: &Entry<'_>) -> Ordering {
    let status = |entry: &Entry<'_>| STATUSES.iter().position(|it| *it == entry.row.status);
    let (ours, theirs) = (a.row.people, b.row.people);
    match by {
        Column::Priority => a.rank.cmp(&b.rank),
        Column::Name => name_of(a).cmp(&name_of(b)),
        Column::Status => status(a).cmp(&status(b)),
        Column::Site => site_of(a).cmp(&site_of(b)),
        Column::Sent => ours.sent.cmp(&theirs.sent),
        Column::Opened => ours.opened.cmp(&theirs.opened),
        Column::Replied => ours.replied.cmp(&theirs.replied),
        Column::Goal => ours.goal.cmp(&theirs.goal),
        Column::Updated => a.row.updated_at.cmp(&b.row.updated_at),
    }
}

fn name_of(entry: &Entry<'_>) -> String {
    entry.row.name.to_lowercase()
}

fn site_of<'l>(entry: &Entry<'l>) -> (String, &'l SiteKey) {
    (entry.site.name.to_lowercase(), &entry.site.key)
}

#[cfg(test)]
mod tests {
    use super::super::lists::Lists;
    use super::super::lists::tests::{list, membership, row};
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
        let site = membership(1, "shop", "Alba Coffee");
        let mut lists = Lists::default();
        *lists.at(&site.key) = list(&rows());
        let shown = order.of(lists.entries(&[site]));
        let name = |which: &Which| lists.get(which).map(|row| row.name.clone());
        shown.iter().filter_map(name).collect()
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
    fn those_of_several_sites_sort_by_the_names_of_the_sites_too() {
        let sites = [membership(1, "one", "Zebra"), membership(2, "two", "alba")];
        let mut lists = Lists::default();
        for site in &sites {
            *lists.at(&site.key) = list(&rows());
        }
        let shown = |order: &Order| {
            let shown = order.of(lists.entries(&sites));
            let words = shown.iter().map(|it| format!("{} {}", it.site, it.id));
            words.collect::<Vec<_>>()
        };
        let mut order = Order::default();
        order.turn(Column::Site);
        assert_eq!(
            shown(&order),
            [
                "two away", "two bye", "two cart", "one away", "one bye", "one cart"
            ]
        );
        order.turn(Column::Site);
        assert_eq!(shown(&order)[..2], ["one away", "one bye"]);
        order.turn(Column::Priority);
        assert_eq!(
            shown(&order)[..3],
            ["two away", "one away", "two bye"],
            "the first of each site, then the second"
        );
        order.turn(Column::Site);
        order.leave_sites();
        assert_eq!(order, Order::default());
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
