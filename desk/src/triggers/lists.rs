//! The triggers of the sites that someone works on, as this desk holds them.

use std::collections::HashMap;

use saluda_protocol::agent::Membership;
use saluda_protocol::studio::{TriggerRow, TriggerStatus};
use saluda_protocol::{SiteKey, TriggerId};

use super::priority;
use super::requests::Trouble;

/// One trigger among those of all sites: an id is a site's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Which {
    pub(crate) site: SiteKey,
    pub(crate) id: TriggerId,
}

/// The lists, by the sites they are of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists(HashMap<SiteKey, List>);

impl Lists {
    /// The list of a site, if it was ever asked for.
    pub(crate) fn of(&self, site: &SiteKey) -> Option<&List> {
        self.0.get(site)
    }

    /// The list of a site, to change it.
    pub(crate) fn at(&mut self, site: &SiteKey) -> &mut List {
        self.0.entry(site.clone()).or_default()
    }

    pub(crate) fn get(&self, which: &Which) -> Option<&TriggerRow> {
        self.of(&which.site)?.get(&which.id)
    }

    /// The triggers of these sites, as far as they are known.
    pub(crate) fn entries<'l>(&'l self, sites: &'l [Membership]) -> Vec<Entry<'l>> {
        let of_site = |site: &'l Membership| {
            let rows = self.of(&site.key).map_or(&[][..], List::all);
            let ranked = priority::ranked(rows);
            rows.iter().map(move |row| Entry {
                site,
                rank: ranked.iter().position(|id| *id == row.id).unwrap_or(0) + 1,
                row,
            })
        };
        sites.iter().flat_map(of_site).collect()
    }
}

/// A trigger with all that the list sorts it by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'l> {
    pub(crate) site: &'l Membership,
    /// Which one it is among those of its site, from 1.
    pub(crate) rank: usize,
    pub(crate) row: &'l TriggerRow,
}

impl Entry<'_> {
    pub(crate) fn which(&self) -> Which {
        Which {
            site: self.site.key.clone(),
            id: self.row.id.clone(),
        }
    }
}

/// The list of one site, or how far it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    /// What came.
    pub(crate) stage: Stage,
    /// Rises with each change of our own: what was asked for before is void.
    pub(crate) generation: u32,
}

/// How far a list is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Stage {
    /// On its way.
    #[default]
    Loading,
    /// It could not be had.
    Failed(Trouble),
    /// It is here.
    Loaded(Vec<TriggerRow>),
}

impl List {
    /// The triggers, as far as they are known.
    pub(crate) fn all(&self) -> &[TriggerRow] {
        match &self.stage {
            Stage::Loaded(rows) => rows,
            Stage::Loading | Stage::Failed(_) => &[],
        }
    }

    pub(crate) fn get(&self, id: &TriggerId) -> Option<&TriggerRow> {
        self.all().iter().find(|row| row.id == *id)
    }

    /// It is about to be asked for: what failed before is tried again.
    pub(crate) fn ask(&mut self) {
        if matches!(self.stage, Stage::Failed(_)) {
            self.stage = Stage::Loading;
        }
    }

    /// Takes a list that was asked for at a generation.
    pub(crate) fn listed(&mut self, generation: u32, answer: Result<Vec<TriggerRow>, Trouble>) {
        if generation != self.generation {
            return;
        }
        match answer {
            Ok(rows) => self.stage = Stage::Loaded(rows),
            // What is on the screen is better than nothing.
            Err(_) if matches!(self.stage, Stage::Loaded(_)) => {}
            Err(trouble) => self.stage = Stage::Failed(trouble),
        }
    }

    /// Puts a trigger in its place, or adds it.
    pub(crate) fn put(&mut self, row: TriggerRow) {
        self.generation += 1;
        if let Stage::Loaded(rows) = &mut self.stage {
            match rows.iter_mut().find(|known| known.id == row.id) {
                Some(known) => *known = row,
                None => rows.push(row),
            }
        }
    }

    /// Shows what a trigger is about to be. Returns it as it was.
    pub(crate) fn foresee(&mut self, id: &TriggerId, status: TriggerStatus) -> Option<TriggerRow> {
        let Stage::Loaded(rows) = &mut self.stage else {
            return None;
        };
        let row = rows.iter_mut().find(|row| row.id == *id)?;
        let before = row.clone();
        row.status = status;
        row.reason = None;
        self.generation += 1;
        Some(before)
    }

    /// Forgets a trigger.
    pub(crate) fn remove(&mut self, id: &TriggerId) {
        self.generation += 1;
        if let Stage::Loaded(rows) = &mut self.stage {
            rows.retain(|row| row.id != *id);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use saluda_protocol::agent::Role;
    use saluda_protocol::studio::People;
    use saluda_protocol::{Millis, SiteId};

    pub(crate) fn row(id: &str, status: TriggerStatus) -> TriggerRow {
        TriggerRow {
            id: id.parse().unwrap(),
            name: id.to_owned(),
            priority: 0,
            status,
            reason: None,
            version: None,
            edited: true,
            revision: 1,
            created_at: Millis(1),
            updated_at: Millis(1),
            people: People::default(),
        }
    }

    pub(crate) fn list(all: &[TriggerRow]) -> List {
        let mut list = List::default();
        list.listed(0, Ok(all.to_vec()));
        list
    }

    pub(crate) fn membership(n: u8, key: &str, name: &str) -> Membership {
        Membership {
            site: SiteId::from_random([n; 16]),
            key: key.parse().unwrap(),
            name: name.to_owned(),
            role: Role::Administrator,
            text_chars: 512,
        }
    }

    #[test]
    fn what_was_foreseen_can_be_taken_back() {
        let help = row("help", TriggerStatus::Live);
        let mut list = list(&[help.clone(), row("tour", TriggerStatus::Draft)]);
        let before = list.foresee(&help.id, TriggerStatus::Paused).unwrap();
        assert_eq!(
            list.get(&help.id).map(|it| it.status),
            Some(TriggerStatus::Paused)
        );
        list.put(before);
        assert_eq!(list.get(&help.id), Some(&help));
    }

    #[test]
    fn a_list_from_before_a_change_is_passed_over() {
        let mut list = list(&[row("help", TriggerStatus::Live)]);
        let asked_at = list.generation;
        list.remove(&"help".parse().unwrap());
        list.listed(asked_at, Ok(vec![row("help", TriggerStatus::Live)]));
        assert!(list.all().is_empty());
    }

    #[test]
    fn a_list_that_is_here_outlives_a_failure_and_one_that_failed_is_tried_again() {
        let mut list = list(&[row("help", TriggerStatus::Live)]);
        list.listed(0, Err(Trouble::Unreachable));
        list.ask();
        assert_eq!(list.all().len(), 1);
        let mut list = List::default();
        list.listed(0, Err(Trouble::Unreachable));
        assert_eq!(list.stage, Stage::Failed(Trouble::Unreachable));
        list.ask();
        assert_eq!(list.stage, Stage::Loading);
    }

    #[test]
    fn each_site_counts_its_own_and_none_that_was_not_asked_for() {
        let mut lists = Lists::default();
        let shop = membership(1, "shop", "Alba Coffee");
        let tea = membership(2, "tea", "Alba Tea");
        for (site, ids) in [(&shop, ["a", "b"]), (&tea, ["a", "c"])] {
            let rows = ids.map(|id| row(id, TriggerStatus::Live));
            lists.at(&site.key).listed(0, Ok(rows.to_vec()));
        }
        let places = |sites: &[Membership]| {
            let entries = lists.entries(sites);
            let words = entries.iter().map(|entry| {
                let which = entry.which();
                format!("{} {} {}", which.site, which.id, entry.rank)
            });
            words.collect::<Vec<_>>()
        };
        assert_eq!(places(std::slice::from_ref(&tea)), ["tea a 1", "tea c 2"]);
        let none = membership(3, "none", "None");
        assert_eq!(
            places(&[tea, none, shop]),
            ["tea a 1", "tea c 2", "shop a 1", "shop b 2"]
        );
    }
}
