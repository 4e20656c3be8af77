//! Above the list: which triggers are shown.

use leptos::prelude::*;
use saluda_protocol::studio::TriggerStatus;

use super::actions::status_name;
use super::figures::number;
use super::lists::{Entry, Lists, Stage};
use super::order::{STATUSES, columns};
use super::table::column_name;
use crate::icons::{Icon, Symbol};
use crate::state::use_desk;
use crate::texts::text;

/// Above the list: which triggers are shown.
#[component]
pub(crate) fn Toolbar() -> impl IntoView {
    let desk = use_desk();
    let order = desk.studio.order;
    let across = untrack(|| desk.is_across());
    let search = Memo::new(move |_| order.with(|order| order.search.clone()));
    let by = Memo::new(move |_| order.with(|order| order.by));
    let sort = move |event| {
        let name = event_target_value(&event);
        if let Some(by) = columns(across).find(|it| format!("{it:?}") == name)
            && by != order.with_untracked(|order| order.by)
        {
            order.update(|order| order.turn(by));
        }
    };
    view! {
        <div class="toolbar">
            <div class="filters" role="group" aria-label=text("triggers.filter")>
                <Filter status=None/>
                {STATUSES.map(|status| view! { <Filter status=Some(status)/> })}
            </div>
            <label class="search">
                <Icon of=Symbol::Search/>
                <span class="unseen">{text("triggers.search")}</span>
                <input
                    class="search-input"
                    type="search"
                    placeholder=text("triggers.search")
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=search
                    on:input=move |event| order.update(|order| order.search = event_target_value(&event))
                />
            </label>
            <label class="sorting">
                <span class="sorting-label">{text("triggers.sort")}</span>
                <select class="select" on:change=sort>
                    {columns(across).map(|column| view! {
                        <option value=format!("{column:?}") selected=move || by.get() == column>
                            {column_name(column)}
                        </option>
                    }).collect_view()}
                </select>
            </label>
        </div>
    }
}

/// Shows one status alone, or all of them.
#[component]
fn Filter(status: Option<TriggerStatus>) -> impl IntoView {
    let desk = use_desk();
    let studio = desk.studio;
    let fits = move |entry: &&Entry<'_>| status.is_none_or(|it| entry.row.status == it);
    let count =
        Memo::new(move |_| desk.with_entries(move |entries| entries.iter().filter(fits).count()));
    let there = Memo::new(move |_| {
        let sites = desk.listed_sites();
        let is_there = |lists: &Lists| {
            let mut lists = sites.iter().filter_map(|site| lists.of(&site.key));
            lists.any(|list| matches!(list.stage, Stage::Loaded(_)))
        };
        studio.lists.with(is_there)
    });
    let chosen = Memo::new(move |_| studio.order.with(|order| order.status == status));
    // A status that nothing has is no choice, unless it was chosen before.
    let shown = move || status.is_none() || chosen.get() || count.get() > 0;
    view! {
        <button
            class="filter"
            hidden=move || !shown()
            aria-pressed=move || chosen.get().to_string()
            on:click=move |_| studio.order.update(|order| order.status = status)
        >
            {status.map_or_else(|| text("triggers.all"), status_name)}
            " "
            <span class="filter-count">
                {move || there.get().then(|| {
                    number(u64::try_from(count.get()).unwrap_or_default())
                })}
            </span>
        </button>
    }
}
