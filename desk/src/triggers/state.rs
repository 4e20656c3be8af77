//! What is known of the triggers, and what is being done with them.

use std::collections::{HashMap, HashSet};

use leptos::prelude::*;
use saluda_protocol::studio::{Seen, TriggerRow};
use saluda_protocol::{SiteKey, TriggerId};

use super::about::About;
use super::lists::{Lists, Which};
use super::order::Order;
use super::priority::Drag;
use super::tester::visit::Visit;
use crate::route::Place;

/// What is known of the triggers, and what is being done with them. It lives as
/// long as the desk, so that the list is as it was when one comes back to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Studio {
    /// The lists.
    pub(crate) lists: RwSignal<Lists>,
    /// The page of the list that was looked at last: one comes back to it.
    pub(crate) list: StoredValue<Place>,
    /// Which of them are shown, and in which order.
    pub(crate) order: RwSignal<Order>,
    /// The trigger that is being dragged.
    pub(crate) drag: RwSignal<Option<Drag>>,
    /// Whether another order is on its way to the server.
    pub(crate) placing: StoredValue<bool>,
    /// Something is being done with these.
    pub(crate) busy: RwSignal<HashSet<Which>>,
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
        Self {
            lists: RwSignal::new(Lists::default()),
            list: StoredValue::new(Place::Triggers),
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

/// What is asked before something is done.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Question {
    /// Whether it shall be deleted for good.
    Delete { site: SiteKey, row: TriggerRow },
    /// Whether its mistakes shall be mended: it could not be published.
    Mend {
        site: SiteKey,
        row: TriggerRow,
        mistakes: Vec<saluda_protocol::studio::Mistake>,
    },
}
