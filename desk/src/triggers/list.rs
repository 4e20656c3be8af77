//! The list of triggers (S2.10 to S2.21), and what stands in its place.

use leptos::prelude::*;
use saluda_protocol::ErrorCode;
use saluda_protocol::agent::Membership;

use super::lists::{Lists, Stage, Which};
use super::order::Order;
use super::requests::Trouble;
use super::table::Table;
use super::toolbar::Toolbar;
use super::verbs::{focus_row, focus_title};
use crate::blank::{Blank, Failed};
use crate::icons::{Icon, Symbol};
use crate::route::Place;
use crate::sites::Sites;
use crate::state::use_desk;
use crate::texts::{text, text_with};

/// What stands below the head.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    NoSite,
    Forbidden,
    Failed(Trouble),
    /// There are none.
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
    // The page is another one when the place is.
    let across = untrack(|| desk.is_across());
    let shown = Memo::new(move |_| {
        let nowhere = desk
            .sites
            .with(|sites| sites.as_ref().is_some_and(Vec::is_empty));
        if nowhere {
            return Shown::NoSite;
        }
        let sites = desk.listed_sites();
        studio.lists.with(|lists| shown(lists, &sites))
    });
    let listed = Memo::new(move |_| matches!(shown.get(), Shown::None | Shown::Table { .. }));
    // Of which site a new one would be, no list over several says.
    let may_write = Memo::new(move |_| !across && desk.may_write());
    let looks_on = Memo::new(move |_| {
        !across && listed.get() && !may_write.get() && desk.membership().is_some()
    });
    let begun = Memo::new(move |_| {
        let site = studio.begun.get();
        let here = site.is_some() && site == desk.membership().map(|it| it.key);
        !across && here && matches!(shown.get(), Shown::Table { loading: false })
    });
    studio.list.set_value(desk.place.get_untracked());
    if !across {
        studio.order.update(Order::leave_sites);
    }
    let left = studio.left.try_update_value(Option::take).flatten();
    match (left, untrack(|| desk.membership())) {
        (Some(id), Some(Membership { key: site, .. })) => focus_row(&Which { site, id }),
        _ => focus_title(),
    }
    view! {
        <header class="studio-head">
            <h1 class="studio-title" tabindex="-1">{text("triggers.title")}</h1>
            <Sites all=Place::AllTriggers/>
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
                    <Failed
                        title=text("triggers.failed")
                        words=trouble.sentence()
                        again=Callback::new(move |()| desk.load_triggers())
                    />
                }
                .into_any(),
                Shown::None => view! {
                    <Blank sign=Symbol::Trigger title=text("triggers.none") words=text("triggers.none_words")/>
                }
                .into_any(),
                Shown::Table { loading } => view! { <Toolbar/> <Hint/> <Missing/> <Table loading/> }.into_any(),
            }}
        </div>
    }
}

/// What stands there for these lists. Several are shown together, and without
/// those that could not be had.
fn shown(lists: &Lists, sites: &[Membership]) -> Shown {
    let stages = || {
        sites
            .iter()
            .map(|site| lists.of(&site.key).map(|it| &it.stage))
    };
    if sites.is_empty() || stages().any(|it| matches!(it, None | Some(Stage::Loading))) {
        return Shown::Table { loading: true };
    }
    let is_filled =
        |it: Option<&Stage>| matches!(it, Some(Stage::Loaded(rows)) if !rows.is_empty());
    if stages().any(is_filled) {
        return Shown::Table { loading: false };
    }
    let trouble = stages().find_map(|it| match it {
        Some(Stage::Failed(trouble)) => Some(trouble),
        _ => None,
    });
    match trouble {
        Some(trouble) if trouble.is(ErrorCode::Forbidden) => Shown::Forbidden,
        Some(trouble) => Shown::Failed(trouble.clone()),
        None => Shown::None,
    }
}

/// The sites whose triggers could not be had, where those of others are shown.
#[component]
fn Missing() -> impl IntoView {
    let desk = use_desk();
    let missing = Memo::new(move |_| {
        let sites = desk.listed_sites();
        desk.studio.lists.with(|lists| {
            let failed = sites.iter().filter(|site| {
                let list = lists.of(&site.key);
                list.is_some_and(|list| matches!(list.stage, Stage::Failed(_)))
            });
            failed.map(|site| site.name.clone()).collect::<Vec<_>>()
        })
    });
    move || {
        let names = missing.get();
        (!names.is_empty()).then(|| {
            view! {
                <p class="studio-note" role="alert">
                    {text_with("triggers.missing", &[("sites", &names.join(", "))])}
                    " "
                    <button class="link" on:click=move |_| desk.load_triggers()>
                        {text("action.try_again")}
                    </button>
                </p>
            }
        })
    }
}

/// How the order is changed, where it can be.
#[component]
fn Hint() -> impl IntoView {
    let desk = use_desk();
    let movable = Memo::new(move |_| {
        !desk.is_across() && desk.may_write() && desk.studio.order.with(Order::is_by_priority)
    });
    move || {
        movable
            .get()
            .then(|| view! { <p class="studio-note">{text("triggers.order_hint")}</p> })
    }
}
