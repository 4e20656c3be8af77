//! Which site is worked on, where there are several.

use leptos::prelude::*;
use saluda_protocol::agent::Membership;

use crate::inbox::state::Inbox;
use crate::state::use_desk;
use crate::texts::text;

/// The site that is watched, and the way to another one if there are several.
#[component]
pub(crate) fn Sites() -> impl IntoView {
    let desk = use_desk();
    let sites = Memo::new(move |_| desk.sites.get().unwrap_or_default());
    let watched = Memo::new(move |_| desk.inbox.with(Inbox::site));
    let choose = move |event| {
        if let Ok(site) = event_target_value(&event).parse() {
            desk.choose_site(site);
        }
    };
    let option = move |membership: Membership| {
        let chosen = move || watched.get() == Some(membership.site);
        view! {
            <option value=membership.site.to_string() selected=chosen>{membership.name}</option>
        }
    };
    move || {
        let mut sites = sites.get();
        if sites.len() > 1 {
            view! {
                <select class="sites" aria-label=text("inbox.site") on:change=choose>
                    {sites.into_iter().map(option).collect_view()}
                </select>
            }
            .into_any()
        } else {
            view! { <span class="site">{sites.pop().map(|site| site.name)}</span> }.into_any()
        }
    }
}
