//! The list of triggers (S2.10 to S2.21), and what stands in its place.

use leptos::prelude::*;
use saluda_protocol::{ErrorCode, TriggerId};

use super::order::{COLUMNS, Column, Order};
use super::requests::Trouble;
use super::row::Row;
use super::state::{Rows, Stage};
use super::toolbar::Toolbar;
use super::verbs::{focus_row, focus_title};
use crate::blank::{Blank, Failed};
use crate::icons::{Icon, Symbol};
use crate::route::Place;
use crate::sites::Sites;
use crate::state::use_desk;
use crate::texts::text;

/// Rows drawn while there is nothing to show yet.
const SKELETON_ROWS: usize = 6;

/// What stands below the head.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    NoSite,
    Forbidden,
    Failed(Trouble),
    /// The site has none.
    None,
    /// The table, with rows or on its way.
    Table {
        loading: bool,
    },
}

/// The list of triggers.
#[component]
pub(crate) fn List() -> impl IntoView {
    let desk = use_desk();
    let studio = desk.studio;
    let shown = Memo::new(move |_| {
        let nowhere = desk
            .sites
            .with(|sites| sites.as_ref().is_some_and(Vec::is_empty));
        if nowhere {
            return Shown::NoSite;
        }
        studio.rows.with(shown)
    });
    let listed = Memo::new(move |_| matches!(shown.get(), Shown::None | Shown::Table { .. }));
    let may_write = Memo::new(move |_| desk.may_write());
    let looks_on =
        Memo::new(move |_| listed.get() && !may_write.get() && desk.membership().is_some());
    let begun = Memo::new(move |_| {
        let site = studio.begun.get();
        let here = site.is_some() && studio.rows.with(|rows| rows.site == site);
        here && matches!(shown.get(), Shown::Table { loading: false })
    });
    match studio.left.try_update_value(Option::take).flatten() {
        Some(left) => focus_row(&left),
        None => focus_title(),
    }
    view! {
        <header class="studio-head">
            <h1 class="studio-title" tabindex="-1">{text("triggers.title")}</h1>
            <Sites/>
            {move || (listed.get() && may_write.get()).then(|| view! {
                <a class="button import-way" href=Place::Import.address()>
                    <Icon of=Symbol::Import/><span class="import-words">{text("import.do")}</span>
                </a>
                <a class="button primary" href=Place::NewTrigger.address()>
                    <Icon of=Symbol::Plus/>{text("triggers.new")}
                </a>
            })}
        </header>
        {move || looks_on.get().then(|| view! { <p class="studio-note">{text("triggers.read_only")}</p> })}
        <div role="status">
            {move || begun.get().then(|| view! { <p class="studio-note">{text("triggers.begun")}</p> })}
        </div>
        <div class="studio-body">
            {move || match shown.get() {
                Shown::NoSite => view! {
                    <Blank sign=Symbol::Trigger title=text("inbox.no_site") words=text("inbox.no_site_words")/>
                }
                .into_any(),
                Shown::Forbidden => view! {
                    <Blank sign=Symbol::Trigger title=text("triggers.forbidden") words=text("triggers.forbidden_words")/>
                }
                .into_any(),
                Shown::Failed(trouble) => view! {
                    <Failed title=text("triggers.failed") words=trouble.sentence() again=Callback::new(move |()| {
                        studio.rows.update(|rows| rows.stage = Stage::Loading);
                        desk.load_triggers();
                    })/>
                }
                .into_any(),
                Shown::None => view! {
                    <Blank sign=Symbol::Trigger title=text("triggers.none") words=text("triggers.none_words")/>
                }
                .into_any(),
                Shown::Table { loading } => view! { <Toolbar/> <Hint/> <Table loading/> }.into_any(),
            }}
        </div>
    }
}

fn shown(rows: &Rows) -> Shown {
    match &rows.stage {
        Stage::Loading => Shown::Table { loading: true },
        Stage::Failed(trouble) if trouble.is(ErrorCode::Forbidden) => Shown::Forbidden,
        Stage::Failed(trouble) => Shown::Failed(trouble.clone()),
        Stage::Loaded(rows) if rows.is_empty() => Shown::None,
        Stage::Loaded(_) => Shown::Table { loading: false },
    }
}

/// How the order is changed, where it can be.
#[component]
fn Hint() -> impl IntoView {
    let desk = use_desk();
    let movable =
        Memo::new(move |_| desk.may_write() && desk.studio.order.with(Order::is_by_priority));
    move || {
        movable
            .get()
            .then(|| view! { <p class="studio-note">{text("triggers.order_hint")}</p> })
    }
}

#[component]
fn Table(loading: bool) -> impl IntoView {
    let studio = use_desk().studio;
    let ids: Memo<Vec<TriggerId>> = Memo::new(move |_| {
        studio.rows.with(|rows| {
            studio.order.with(|order| {
                order
                    .of(rows.all())
                    .iter()
                    .map(|it| it.id.clone())
                    .collect()
            })
        })
    });
    let nothing = Memo::new(move |_| !loading && ids.with(Vec::is_empty));
    view! {
        <table class="triggers" role="table" aria-label=text("triggers.title") aria-busy=loading.to_string()>
            <thead role="rowgroup">
                <tr role="row">
                    {COLUMNS.map(|column| view! { <Heading column/> })}
                    <th role="columnheader" class="heading menu-heading">
                        <span class="unseen">{text("triggers.actions")}</span>
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                {if loading {
                    (0..SKELETON_ROWS).map(|_| skeleton()).collect_view().into_any()
                } else {
                    view! {
                        <For each=move || ids.get() key=TriggerId::clone let:id>
                            <Row id/>
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
        <th role="columnheader" class="heading" class:number=is_number(column) aria-sort=sort>
            <button class="heading-button" on:click=move |_| order.update(|order| order.turn(column))>
                {column_name(column)}
                <Icon of=Symbol::Sort/>
            </button>
        </th>
    }
}

fn is_number(column: Column) -> bool {
    matches!(
        column,
        Column::Sent | Column::Opened | Column::Replied | Column::Goal
    )
}

/// What a column is called.
pub(super) fn column_name(column: Column) -> String {
    match column {
        Column::Priority => text("triggers.priority"),
        Column::Name => text("triggers.name"),
        Column::Status => text("triggers.status"),
        Column::Sent => text("triggers.sent"),
        Column::Opened => text("triggers.opened"),
        Column::Replied => text("triggers.replied"),
        Column::Goal => text("triggers.goal"),
        Column::Updated => text("triggers.updated"),
    }
}

/// A row in its shape.
fn skeleton() -> impl IntoView {
    let cell = |class, line| {
        view! { <td role="cell" class=class><span class=line></span></td> }
    };
    view! {
        <tr role="row" class="trigger" aria-hidden="true">
            {cell("trigger-rank", "skeleton line")}
            {cell("trigger-main", "skeleton line long")}
            {cell("trigger-state", "skeleton line")}
            {[(); 4].map(|()| cell("trigger-figure", "skeleton line"))}
            {cell("trigger-updated", "skeleton line")}
            {cell("trigger-menu", "")}
        </tr>
    }
}
