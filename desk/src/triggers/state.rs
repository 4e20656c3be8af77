//! The triggers of a site, as this desk holds them.

use std::collections::{HashMap, HashSet};

use leptos::prelude::*;
use saluda_protocol::studio::{Seen, TriggerRow, TriggerStatus};
use saluda_protocol::{SiteKey, TriggerId};

use super::about::About;
use super::order::Order;
use super::priority::{self, Drag};
use super::requests::Trouble;
use super::tester::visit::Visit;

/// What is known of the triggers, and what is being done with them. It lives as
/// long as the desk, so that the list is as it was when one comes back to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Studio {
    /// The list.
    pub(crate) rows: RwSignal<Rows>,
    /// Them in the order in which they go first.
    pub(crate) ranked: Memo<Vec<TriggerId>>,
    /// Which of them are shown, and in which order.
    pub(crate) order: RwSignal<Order>,
    /// The trigger that is being dragged.
    pub(crate) drag: RwSignal<Option<Drag>>,
    /// Whether another order is on its way to the server.
    pub(crate) placing: StoredValue<bool>,
    /// Something is being done with these.
    pub(crate) busy: RwSignal<HashSet<TriggerId>>,
    /// The question that is asked before something is done.
    pub(crate) asked: RwSignal<Option<Question>>,
    /// The site that was given drafts to begin with.
    pub(crate) begun: RwSignal<Option<SiteKey>>,
    /// What the site has seen.
    pub(crate) seen: RwSignal<SeenOf>,
    /// What was done, for whoever does not see it.
    pub(crate) told: RwSignal<String>,
    /// What was typed and not saved.
    pub(crate) drafts: RwSignal<HashMap<DraftOf, Draft>>,
    /// Visits that were tried, the latest first.
    pub(crate) visits: RwSignal<Vec<Visit>>,
    /// The trigger that was looked at last: the focus goes back to it.
    pub(crate) left: StoredValue<Option<TriggerId>>,
    /// What the editor knows of the site.
    pub(crate) about: RwSignal<Option<About>>,
    /// Whether that could not be had.
    pub(crate) about_failed: RwSignal<bool>,
}

impl Studio {
    pub(crate) fn new() -> Self {
        let rows = RwSignal::new(Rows::default());
        Self {
            rows,
            ranked: Memo::new(move |_| rows.with(|rows| priority::ranked(rows.all()))),
            order: RwSignal::new(Order::default()),
            drag: RwSignal::new(None),
            placing: StoredValue::new(false),
            busy: RwSignal::new(HashSet::new()),
            asked: RwSignal::new(None),
            begun: RwSignal::new(None),
            seen: RwSignal::new(None),
            told: RwSignal::new(String::new()),
            drafts: RwSignal::new(HashMap::new()),
            visits: RwSignal::new(Vec::new()),
            left: StoredValue::new(None),
            about: RwSignal::new(None),
            about_failed: RwSignal::new(false),
        }
    }
}

/// What a site has seen, as far as it was asked.
pub(crate) type SeenOf = Option<(SiteKey, Seen)>;

/// Of which trigger a draft is; of a new one if it has no id.
pub(crate) type DraftOf = (SiteKey, Option<TriggerId>);

/// What was typed and not saved. It outlives the page it was typed in, so that
/// a look elsewhere loses nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) text: String,
    /// The revision it began from; none for a new trigger.
    pub(crate) revision: Option<u64>,
}

/// The list, or how far it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    /// Of which site.
    pub(crate) site: Option<SiteKey>,
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

impl Rows {
    /// Turns to a site. What another one had is forgotten.
    pub(crate) fn turn_to(&mut self, site: &SiteKey) {
        if self.site.as_ref() != Some(site) {
            self.site = Some(site.clone());
            self.stage = Stage::Loading;
            self.generation += 1;
        }
    }

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

/// What is asked before something is done.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Question {
    /// Whether it shall be deleted for good.
    Delete(TriggerRow),
    /// Whether its mistakes shall be mended: it could not be published.
    Mend {
        row: TriggerRow,
        mistakes: Vec<saluda_protocol::studio::Mistake>,
    },
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use saluda_protocol::Millis;
    use saluda_protocol::studio::People;

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

    fn rows(all: &[TriggerRow]) -> Rows {
        let mut rows = Rows::default();
        rows.turn_to(&"shop".parse().unwrap());
        rows.listed(rows.generation, Ok(all.to_vec()));
        rows
    }

    #[test]
    fn what_was_foreseen_can_be_taken_back() {
        let help = row("help", TriggerStatus::Live);
        let mut rows = rows(&[help.clone(), row("tour", TriggerStatus::Draft)]);
        let before = rows.foresee(&help.id, TriggerStatus::Paused).unwrap();
        assert_eq!(
            rows.get(&help.id).map(|it| it.status),
            Some(TriggerStatus::Paused)
        );
        rows.put(before);
        assert_eq!(rows.get(&help.id), Some(&help));
    }

    #[test]
    fn a_list_from_before_a_change_is_passed_over() {
        let mut rows = rows(&[row("help", TriggerStatus::Live)]);
        let asked_at = rows.generation;
        rows.remove(&"help".parse().unwrap());
        rows.listed(asked_at, Ok(vec![row("help", TriggerStatus::Live)]));
        assert!(rows.all().is_empty());
    }

    #[test]
    fn a_list_that_is_here_outlives_a_failure() {
        let mut rows = rows(&[row("help", TriggerStatus::Live)]);
        rows.listed(rows.generation, Err(Trouble::Unreachable));
        assert_eq!(rows.all().len(), 1);
        rows.turn_to(&"other".parse().unwrap());
        rows.listed(rows.generation, Err(Trouble::Unreachable));
        assert_eq!(rows.stage, Stage::Failed(Trouble::Unreachable));
    }
}
