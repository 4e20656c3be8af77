//! The inbox of one site, as this desk holds it.
//!
//! Conversations are kept once, whatever tab they stand in; a tab knows how far
//! down it was loaded. So one change moves a conversation in all tabs, and a
//! conversation never shows up below what was loaded there.

use std::cmp::Reverse;
use std::collections::HashMap;

use saluda_protocol::agent::Page;
use saluda_protocol::{ConversationId, Counts, Cursor, Millis, Number, SiteId, Summary, Tab};

/// The inbox of the site that is watched.
#[derive(Debug, Clone, Default)]
pub(crate) struct Inbox {
    site: Option<SiteId>,
    cursor: Option<Cursor>,
    tab: Tab,
    known: HashMap<ConversationId, Known>,
    /// Rises when what was known became void; what is from before stays on the
    /// screen until there is something to put in its place.
    generation: u32,
    pages: HashMap<Tab, Loaded>,
    counts: Counts,
}

#[derive(Debug, Clone)]
struct Known {
    summary: Summary,
    generation: u32,
}

/// How far down a tab was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loaded {
    /// Down to this one, and there are more.
    To(Page),
    /// All of it.
    Whole,
}

impl Inbox {
    /// Turns to a site. What another one had is forgotten.
    pub(crate) fn turn_to(&mut self, site: SiteId) {
        if self.site != Some(site) {
            *self = Self {
                site: Some(site),
                tab: self.tab,
                ..Self::default()
            };
        }
    }

    /// Which site is watched.
    pub(crate) fn site(&self) -> Option<SiteId> {
        self.site
    }

    /// Where this desk stands, if it has anything to continue from.
    pub(crate) fn cursor(&self) -> Option<Cursor> {
        self.cursor.clone()
    }

    /// The tab that is shown.
    pub(crate) fn tab(&self) -> Tab {
        self.tab
    }

    /// Shows another tab.
    pub(crate) fn show(&mut self, tab: Tab) {
        self.tab = tab;
    }

    /// Whether the tab that is shown has to be asked for.
    pub(crate) fn lacks_tab(&self) -> bool {
        !self.pages.contains_key(&self.tab)
    }

    /// Where the tab that is shown goes on, if it does.
    pub(crate) fn next(&self) -> Option<Page> {
        match self.pages.get(&self.tab) {
            Some(Loaded::To(page)) => Some(*page),
            Some(Loaded::Whole) | None => None,
        }
    }

    /// How many there are.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// What is known of a conversation.
    pub(crate) fn summary(&self, conversation: ConversationId) -> Option<&Summary> {
        self.known.get(&conversation).map(|known| &known.summary)
    }

    /// The conversations of the tab that is shown, newest first; nothing until
    /// the tab was loaded.
    pub(crate) fn shown(&self) -> Option<Vec<ConversationId>> {
        let loaded = self.pages.get(&self.tab);
        let stale = self
            .known
            .values()
            .any(|known| known.generation != self.generation);
        if loaded.is_none() && !stale {
            return None;
        }
        let within = |summary: &Summary| match loaded {
            Some(Loaded::To(page)) => place(summary) >= (page.written_at, page.conversation),
            Some(Loaded::Whole) | None => true,
        };
        let mut shown: Vec<_> = self
            .known
            .values()
            .map(|known| &known.summary)
            .filter(|summary| self.tab.holds(summary.status) && within(summary))
            .map(place)
            .collect();
        shown.sort_unstable_by_key(|place| Reverse(*place));
        Some(
            shown
                .into_iter()
                .map(|(_, conversation)| conversation)
                .collect(),
        )
    }

    /// Begins to follow a site, or continues.
    pub(crate) fn watching(
        &mut self,
        epoch: &str,
        last: Number,
        reset: bool,
        changed: &[Summary],
        counts: Counts,
    ) {
        if reset {
            self.pages.clear();
            self.generation += 1;
        }
        self.cursor = Some(Cursor {
            epoch: epoch.to_owned(),
            last,
        });
        self.counts = counts;
        for summary in changed {
            self.learn(summary);
        }
    }

    /// Takes a page of a tab.
    pub(crate) fn listed(&mut self, tab: Tab, summaries: &[Summary], next: Option<Page>) {
        self.known
            .retain(|_, known| known.generation == self.generation);
        for summary in summaries {
            self.learn(summary);
        }
        self.pages
            .insert(tab, next.map_or(Loaded::Whole, Loaded::To));
    }

    /// Takes a change of one conversation.
    pub(crate) fn changed(&mut self, summary: &Summary, counts: Counts) {
        self.counts = counts;
        if let Some(cursor) = &mut self.cursor {
            cursor.last = cursor.last.max(summary.change);
        }
        self.learn(summary);
    }

    /// A visitor came or left.
    pub(crate) fn presence(&mut self, conversation: ConversationId, online: bool) {
        if let Some(known) = self.known.get_mut(&conversation) {
            known.summary.online = online;
        }
    }

    fn learn(&mut self, summary: &Summary) {
        if summary.moved.is_some() || summary.erased {
            // It is a part of another now, or nothing is left of it.
            self.known.remove(&summary.conversation);
            return;
        }
        let newer = self.known.get(&summary.conversation).is_none_or(|known| {
            known.generation != self.generation || summary.change >= known.summary.change
        });
        if newer {
            let known = Known {
                summary: summary.clone(),
                generation: self.generation,
            };
            self.known.insert(summary.conversation, known);
        }
    }
}

fn place(summary: &Summary) -> (Millis, ConversationId) {
    (summary.written_at, summary.conversation)
}

#[cfg(test)]
mod tests {
    use saluda_protocol::{Contact, Marks, Status, VisitorId};

    use super::*;

    fn id(n: u8) -> ConversationId {
        ConversationId::from_random([n; 16])
    }

    fn summary(n: u8, change: u64, written_at: u64, status: Status) -> Summary {
        Summary {
            conversation: id(n),
            visitor: VisitorId::from_random([n; 16]),
            contact: Contact::default(),
            status,
            change: Number(change),
            last: Number(1),
            written_at: Millis(written_at),
            preview: None,
            asked: Number(1),
            marks: Marks::default(),
            online: false,
            origin: None,
            tags: Vec::new(),
            verified: false,
            moved: None,
            erased: false,
        }
    }

    fn open(n: u8, change: u64, written_at: u64) -> Summary {
        summary(n, change, written_at, Status::Open)
    }

    fn inbox(last: u64) -> Inbox {
        let mut inbox = Inbox::default();
        inbox.turn_to(SiteId::from_random([1; 16]));
        inbox.watching("e", Number(last), true, &[], Counts::default());
        inbox
    }

    fn page(n: u8, written_at: u64) -> Page {
        Page {
            written_at: Millis(written_at),
            conversation: id(n),
        }
    }

    #[test]
    fn what_changes_moves_to_where_it_belongs() {
        let mut inbox = inbox(2);
        assert_eq!(inbox.shown(), None, "nothing was loaded yet");
        inbox.listed(Tab::Open, &[open(2, 2, 20), open(1, 1, 10)], None);
        assert_eq!(inbox.shown(), Some(vec![id(2), id(1)]));

        inbox.changed(&open(1, 3, 30), Counts::default());
        assert_eq!(inbox.shown(), Some(vec![id(1), id(2)]));
        assert_eq!(inbox.cursor().unwrap().last, Number(3));

        inbox.changed(&summary(1, 4, 30, Status::Closed), Counts::default());
        assert_eq!(inbox.shown(), Some(vec![id(2)]));
    }

    #[test]
    fn what_became_a_part_of_another_or_was_erased_is_in_no_list() {
        let joined = Summary {
            moved: Some(id(2)),
            ..summary(1, 3, 10, Status::Closed)
        };
        let erased = Summary {
            erased: true,
            ..summary(1, 3, 10, Status::Closed)
        };
        for rest in [joined, erased] {
            let mut inbox = inbox(2);
            inbox.listed(Tab::Open, &[open(2, 2, 20), open(1, 1, 10)], None);
            inbox.changed(&rest, Counts::default());
            for tab in [Tab::Open, Tab::Closed, Tab::All] {
                inbox.show(tab);
                assert!(inbox.shown().is_none_or(|shown| !shown.contains(&id(1))));
            }
            assert_eq!(inbox.cursor().unwrap().last, Number(3));
        }
    }

    #[test]
    fn the_newer_of_two_summaries_wins() {
        let mut inbox = inbox(5);
        inbox.changed(&summary(1, 6, 30, Status::Closed), Counts::default());
        inbox.listed(Tab::Open, &[open(1, 5, 30)], None);
        assert_eq!(inbox.shown(), Some(vec![]));
        assert_eq!(inbox.summary(id(1)).unwrap().change, Number(6));
    }

    #[test]
    fn nothing_shows_below_what_was_loaded() {
        let mut inbox = inbox(9);
        inbox.listed(
            Tab::Open,
            &[open(3, 3, 30), open(2, 2, 20)],
            Some(page(2, 20)),
        );
        inbox.changed(&open(1, 10, 10), Counts::default());
        assert_eq!(inbox.shown(), Some(vec![id(3), id(2)]));
        assert_eq!(inbox.next(), Some(page(2, 20)));

        inbox.listed(Tab::Open, &[open(1, 10, 10)], None);
        assert_eq!(inbox.shown(), Some(vec![id(3), id(2), id(1)]));
        assert_eq!(inbox.next(), None);
    }

    #[test]
    fn each_tab_is_loaded_by_itself() {
        let mut inbox = inbox(2);
        inbox.listed(Tab::Open, &[open(1, 1, 10)], None);
        inbox.show(Tab::All);
        assert!(inbox.lacks_tab());
        assert_eq!(inbox.shown(), None);
        inbox.listed(
            Tab::All,
            &[summary(2, 2, 20, Status::Closed), open(1, 1, 10)],
            None,
        );
        assert_eq!(inbox.shown(), Some(vec![id(2), id(1)]));
        inbox.show(Tab::Closed);
        assert!(inbox.lacks_tab());
    }

    #[test]
    fn a_reset_keeps_the_screen_until_the_list_is_there() {
        let mut inbox = inbox(2);
        inbox.listed(Tab::Open, &[open(1, 900, 10)], None);
        inbox.watching("other", Number(1), true, &[], Counts::default());
        assert_eq!(inbox.shown(), Some(vec![id(1)]));
        assert!(inbox.lacks_tab());

        inbox.changed(&open(2, 2, 20), Counts::default());
        inbox.listed(Tab::Open, &[open(3, 1, 5)], None);
        assert_eq!(
            inbox.shown(),
            Some(vec![id(2), id(3)]),
            "only what is true now"
        );
    }

    #[test]
    fn another_site_begins_empty_in_the_same_tab() {
        let mut inbox = inbox(2);
        inbox.show(Tab::All);
        inbox.listed(Tab::All, &[open(1, 1, 10)], None);
        inbox.turn_to(SiteId::from_random([2; 16]));
        assert_eq!(
            (inbox.shown(), inbox.tab(), inbox.cursor()),
            (None, Tab::All, None)
        );
    }

    #[test]
    fn presence_has_no_place_in_the_order() {
        let mut inbox = inbox(2);
        inbox.listed(Tab::Open, &[open(1, 1, 10)], None);
        inbox.presence(id(1), true);
        inbox.presence(id(7), true);
        assert!(inbox.summary(id(1)).unwrap().online);
        assert!(inbox.summary(id(7)).is_none());
    }
}
