//! Which site is worked on, where there are several.

use leptos::prelude::*;
use saluda_protocol::agent::Membership;

use crate::inbox::state::Inbox;
use crate::route::{self, Place};
use crate::state::use_desk;
use crate::texts::text;

/// What stands for all of them in the choice.
const ALL: &str = "all";

/// The site that is watched, and the way to another one if there are several.
#[component]
pub(crate) fn Sites(
    /// Where one place shows all of them, the choice leads there as well.
    #[prop(optional)]
    all: Option<Place>,
) -> impl IntoView {
    let desk = use_desk();
    let sites = Memo::new(move |_| desk.sites.get().unwrap_or_default());
    let watched = Memo::new(move |_| desk.inbox.with(Inbox::site));
    let all = StoredValue::new(all);
    let is_all = Memo::new(move |_| {
        desk.place
            .with(|place| all.with_value(|all| all.as_ref() == Some(place)))
    });
    let choose = move |event| {
        let chosen = event_target_value(&event);
        if let Ok(site) = chosen.parse() {
            desk.choose_site(site);
        } else if let Some(place) = all.get_value() {
            route::go(&place);
        }
    };
    let option = move |membership: Membership| {
        let chosen = move || !is_all.get() && watched.get() == Some(membership.site);
        view! {
            <option value=membership.site.to_string() selected=chosen>{membership.name}</option>
        }
    };
    move || {
        let mut sites = sites.get();
        if sites.len() > 1 {
            view! {
                <select class="sites" aria-label=text("inbox.site") on:change=choose>
                    {all.with_value(Option::is_some).then(|| view! {
                        <option value=ALL selected=is_all>{text("sites.all")}</option>
                    })}
                    {sites.into_iter().map(option).collect_view()}
                </select>
            }
            .into_any()
        } else {
            view! { <span class="site">{sites.pop().map(|site| site.name)}</span> }.into_any()
        }
    }
}
