//! The table of triggers: its columns, which sort it, and its rows.

use std::collections::HashMap;

use leptos::prelude::*;

use super::lists::{Entry, Which};
use super::order::{Column, columns};
use super::row::Row;
use crate::icons::{Icon, Symbol};
use crate::state::use_desk;
use crate::texts::text;

/// Rows drawn while there is nothing to show yet.
const SKELETON_ROWS: usize = 6;

/// The table.
#[component]
pub(super) fn Table(loading: bool) -> impl IntoView {
    let desk = use_desk();
    let studio = desk.studio;
    let across = untrack(|| desk.is_across());
    let all = Memo::new(move |_| {
        desk.with_entries(|entries| studio.order.with(|order| order.of(entries)))
    });
    let ranks = Memo::new(move |_| {
        let rank = |entry: Entry<'_>| (entry.which(), entry.rank);
        desk.with_entries(|entries| entries.into_iter().map(rank).collect::<HashMap<_, _>>())
    });
    let nothing = Memo::new(move |_| !loading && all.with(Vec::is_empty));
    view! {
        <table class="triggers" role="table" aria-label=text("triggers.title") aria-busy=loading.to_string()>
            <thead role="rowgroup">
                <tr role="row">
                    {columns(across).map(|column| view! { <Heading column/> }).collect_view()}
                    <th role="columnheader" class="heading menu-heading">
                        <span class="unseen">{text("triggers.actions")}</span>
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                {if loading {
                    (0..SKELETON_ROWS).map(|_| skeleton(across)).collect_view().into_any()
                } else {
                    view! {
                        <For each=move || all.get() key=Which::clone let:which>
                            <Row which ranks across/>
                        </For>
                    }
                    .into_any()
                }}
            </tbody>
        </table>
        <div role="status">
            {loading.then(|| view! { <p class="unseen">{text("triggers.loading")}</p> })}
            {move || nothing.get().then(|| view! {
                <div class="empty">
                    <p class="empty-title">{text("triggers.nothing")}</p>
                    <button class="link" on:click=move |_| studio.order.update(|order| {
                        order.status = None;
                        order.search.clear();
                    })>
                        {text("triggers.show_all")}
                    </button>
                </div>
            })}
        </div>
    }
}

/// A column's name, which sorts by it.
#[component]
fn Heading(column: Column) -> impl IntoView {
    let order = use_desk().studio.order;
    let sorted =
        Memo::new(move |_| order.with(|order| (order.by == column).then_some(order.descending)));
    let sort = move || match sorted.get() {
        Some(true) => "descending",
        Some(false) => "ascending",
        None => "none",
    };
    view! {
        <th role="columnheader" class=heading_class(column) aria-sort=sort>
            <button class="heading-button" on:click=move |_| order.update(|order| order.turn(column))>
                {column_name(column)}
                <Icon of=Symbol::Sort/>
            </button>
        </th>
    }
}

fn heading_class(column: Column) -> &'static str {
    match column {
        Column::Priority => "heading priority",
        Column::Name => "heading name",
        Column::Status | Column::Site => "heading wide",
        Column::Sent | Column::Opened | Column::Replied | Column::Goal => "heading number",
        Column::Updated => "heading updated",
    }
}

/// What a column is called.
pub(super) fn column_name(column: Column) -> String {
    match column {
        Column::Priority => text("triggers.priority"),
        Column::Name => text("triggers.name"),
        Column::Status => text("triggers.status"),
        Column::Site => text("inbox.site"),
        Column::Sent => text("triggers.sent"),
        Column::Opened => text("triggers.opened"),
        Column::Replied => text("triggers.replied"),
        Column::Goal => text("triggers.goal"),
        Column::Updated => text("triggers.updated"),
    }
}

/// A row in its shape.
fn skeleton(across: bool) -> impl IntoView {
    let cell = |class, line| {
        view! { <td role="cell" class=class><span class=line></span></td> }
    };
    view! {
        <tr role="row" class="trigger" aria-hidden="true">
            {cell("trigger-rank", "skeleton line")}
            {cell("trigger-main", "skeleton line long")}
            {cell("trigger-state", "skeleton line")}
            {across.then(|| cell("trigger-site", "skeleton line"))}
            {[(); 4].map(|()| cell("trigger-figure", "skeleton line"))}
            {cell("trigger-updated", "skeleton line")}
            {cell("trigger-menu", "")}
        </tr>
    }
}
