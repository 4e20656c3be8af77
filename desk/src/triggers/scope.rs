//! Over which sites the list goes: the one that is watched, or all of them.

use leptos::prelude::*;
use saluda_protocol::agent::{Membership, Role};
use saluda_protocol::{SiteKey, TriggerId};

use super::lists::{Entry, List};
use super::priority;
use super::requests::Remote;
use crate::route::Place;
use crate::state::Desk;

impl Desk {
    /// Whether the list goes over all sites.
    pub(crate) fn is_across(self) -> bool {
        self.place.with(|place| *place == Place::AllTriggers)
    }

    /// The address of the list that was looked at last.
    pub(crate) fn list_address(self) -> String {
        self.studio.list.with_value(Place::address)
    }

    /// The sites that the list goes over.
    pub(crate) fn listed_sites(self) -> Vec<Membership> {
        if self.is_across() {
            self.sites.get().unwrap_or_default()
        } else {
            self.membership().into_iter().collect()
        }
    }

    /// What a site is called.
    pub(crate) fn site_name(self, site: &SiteKey) -> Option<String> {
        self.sites.with(|sites| {
            let mut all = sites.iter().flatten();
            all.find(|it| it.key == *site).map(|it| it.name.clone())
        })
    }

    /// Looks at the triggers that the list goes over.
    pub(crate) fn with_entries<T>(self, look: impl FnOnce(Vec<Entry<'_>>) -> T) -> T {
        let sites = self.listed_sites();
        self.studio.lists.with(|lists| look(lists.entries(&sites)))
    }

    /// Looks at the list of the site that is watched.
    pub(crate) fn with_list<T>(self, look: impl FnOnce(&List) -> T) -> T {
        let site = self.membership().map(|it| it.key);
        self.studio.lists.with(|lists| {
            let list = site.and_then(|site| lists.of(&site));
            look(list.unwrap_or(&List::default()))
        })
    }

    /// The triggers of that site in the order in which they go first.
    pub(crate) fn ranked(self) -> Vec<TriggerId> {
        self.with_list(|list| priority::ranked(list.all()))
    }

    /// The triggers of the site that is watched, on the server.
    pub(crate) fn remote(self) -> Option<Remote> {
        let site = untrack(|| self.membership())?.key;
        Some(self.remote_of(site))
    }

    /// The triggers of a site, on the server.
    pub(crate) fn remote_of(self, site: SiteKey) -> Remote {
        let errand = self.errand.get_value();
        Remote { errand, site }
    }

    /// Whether the agent's role on the site that is watched lets them write
    /// triggers. The server checks it again.
    pub(crate) fn may_write(self) -> bool {
        self.membership().is_some_and(|it| may_write(it.role))
    }

    /// Whether it does on this site.
    pub(crate) fn may_write_at(self, site: &SiteKey) -> bool {
        self.sites.with(|sites| {
            let mut all = sites.iter().flatten();
            all.any(|it| it.key == *site && may_write(it.role))
        })
    }
}

fn may_write(role: Role) -> bool {
    matches!(role, Role::Administrator | Role::TriggerEditor)
}
