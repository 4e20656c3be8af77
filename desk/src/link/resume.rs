//! Taking up the work after a connection began: the same site, the same
//! conversation, from where they were left, and what is still to be sent.

use leptos::prelude::*;
use saluda_protocol::agent::Membership;
use saluda_protocol::{AgentFrame, ConversationId, Counts, Number, SiteId, Summary};

use crate::inbox::state::Inbox;
use crate::memory;
use crate::state::{Desk, Line, Told};
use crate::thread::state::Threads;

impl Desk {
    /// Takes up the work where it was left, or begins it.
    pub(super) fn resume(self, sites: Vec<Membership>) {
        self.told.set_value(Told::default());
        self.line_falls.set_value(None);
        self.line.set(Line::Up);
        self.listing.set(false);
        let before = self.inbox.with_untracked(Inbox::site);
        self.sites.set(Some(sites));
        let wished = [before, self.site_in_address(), memory::site()];
        let site = self
            .sites
            .with_untracked(|sites| choose(sites.as_deref()?, wished));
        if let Some(site) = site {
            self.watch(site);
        }
        if let Some(open) = self.threads.with_untracked(Threads::open_id) {
            self.ask_for(open);
        }
        for (conversation, pending) in self.threads.with_untracked(Threads::to_send) {
            self.send(&AgentFrame::Post {
                conversation,
                id: pending.id,
                body: pending.body,
            });
        }
    }

    /// Turns to a site, or takes it up again.
    pub(crate) fn watch(self, site: SiteId) {
        self.inbox.update(|inbox| inbox.turn_to(site));
        let resume = self.inbox.with_untracked(Inbox::cursor);
        self.send(&AgentFrame::Watch { site, resume });
    }

    pub(super) fn watching(
        self,
        site: SiteId,
        last: Number,
        reset: bool,
        changed: &[Summary],
        counts: Counts,
    ) {
        if self
            .inbox
            .with_untracked(|inbox| inbox.site() != Some(site))
        {
            return;
        }
        let epoch = self.epoch.get_value();
        self.inbox
            .update(|inbox| inbox.watching(&epoch, last, reset, changed, counts));
        self.threads.update(|threads| {
            for summary in changed {
                threads.changed(summary);
            }
        });
        self.tell_delivered(changed);
        self.list_if_lacking();
    }

    /// Asks for the tab that is shown, if it is not here.
    pub(crate) fn list_if_lacking(self) {
        let (tab, lacks) = self
            .inbox
            .with_untracked(|inbox| (inbox.tab(), inbox.lacks_tab()));
        if lacks && self.send(&AgentFrame::List { tab, after: None }) {
            self.listing.set(true);
        }
    }

    /// Asks the server for a conversation, or for what is missing of it.
    pub(crate) fn ask_for(self, conversation: ConversationId) {
        let resume = self
            .threads
            .with_untracked(|threads| threads.get(conversation)?.conversation.cursor());
        self.send(&AgentFrame::Open {
            conversation,
            resume,
        });
    }
}

/// The first of the wished sites that is still there, else the first there is.
fn choose<const N: usize>(sites: &[Membership], wished: [Option<SiteId>; N]) -> Option<SiteId> {
    let here = |site: &SiteId| sites.iter().any(|membership| membership.site == *site);
    let first = sites.first().map(|membership| membership.site);
    wished.into_iter().flatten().find(here).or(first)
}

#[cfg(test)]
mod tests {
    use saluda_protocol::agent::Role;

    use super::*;

    #[test]
    fn the_site_worked_on_stays_while_it_is_there() {
        let site = |n| SiteId::from_random([n; 16]);
        let sites: Vec<_> = [1, 2]
            .map(|n| Membership {
                site: site(n),
                key: format!("site-{n}").parse().unwrap(),
                name: format!("Site {n}"),
                role: Role::Agent,
                text_chars: 512,
            })
            .into();
        assert_eq!(
            choose(&sites, [Some(site(2)), Some(site(1))]),
            Some(site(2))
        );
        assert_eq!(
            choose(&sites, [Some(site(9)), Some(site(2))]),
            Some(site(2))
        );
        assert_eq!(choose(&sites, [None, None]), Some(site(1)));
        assert_eq!(choose(&[], [Some(site(1)), None]), None);
    }
}
