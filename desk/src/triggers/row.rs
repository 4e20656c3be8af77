//! One trigger in the list.

use std::collections::{HashMap, HashSet};

use leptos::prelude::*;
use saluda_protocol::TriggerId;
use saluda_protocol::studio::{TriggerRow, TriggerStatus};

use super::actions::{self, status_class, status_name};
use super::figures::Figure;
use super::grip::Grip;
use super::lists::{Lists, Which};
use super::menu::Menu;
use super::order::Order;
use super::priority::{Beside, Drag};
use crate::icons::{Icon, Symbol};
use crate::route::{self, Place};
use crate::state::use_desk;
use crate::texts::{text, text_with};
use crate::time;

/// One trigger in the list.
#[component]
pub(crate) fn Row(
    which: Which,
    /// Which one each of them is among those of its site.
    ranks: Memo<HashMap<Which, usize>>,
    /// Whether the list goes over several sites.
    across: bool,
) -> impl IntoView {
    let desk = use_desk();
    let studio = desk.studio;
    let Which { site, id } = which.clone();
    let which = StoredValue::new(which);
    let row = Memo::new(move |_| {
        let of = |lists: &Lists| which.with_value(|which| lists.get(which).cloned());
        studio.lists.with(of)
    });
    let address = route::address_at(&Place::Trigger(id.clone()), &site);
    let (trigger, link) = (id.to_string(), id.to_string());
    let draft = (site.clone(), Some(id.clone()));
    let unsaved = Memo::new(move |_| studio.drafts.with(|drafts| drafts.contains_key(&draft)));
    let busy = Memo::new(move |_| {
        let contains = |busy: &HashSet<Which>| which.with_value(|which| busy.contains(which));
        studio.busy.with(contains)
    });
    let rank = Memo::new(move |_| {
        let of = |ranks: &HashMap<_, usize>| which.with_value(|which| ranks.get(which).copied());
        ranks.with(of).unwrap_or_default()
    });
    let writable = {
        let site = site.clone();
        Memo::new(move |_| desk.may_write_at(&site))
    };
    let movable =
        Memo::new(move |_| !across && writable.get() && studio.order.with(Order::is_by_priority));
    let of_site = {
        let site = site.clone();
        Memo::new(move |_| desk.site_name(&site))
    };
    let part = {
        let id = id.clone();
        Memo::new(move |_| studio.drag.with(|drag| Part::of(drag.as_ref()?, &id)))
    };
    let name = move || row.with(|row| row.as_ref().map(|row| row.name.clone()));
    let called = Signal::derive(move || name().unwrap_or_default());
    let label = Signal::derive(move || text_with("triggers.menu", &[("name", &called.get())]));
    let offered = Signal::derive(move || {
        row.with(|row| row.as_ref().map(actions::offered).unwrap_or_default())
    });
    let choose = Callback::new(move |action| {
        if let Some(row) = row.get_untracked() {
            which.with_value(|which| desk.choose(&which.site, &row, action));
        }
    });
    view! {
        <tr
            role="row"
            class="trigger"
            data-drag=move || part.get().map(Part::word)
            data-row=trigger
            data-site=site.to_string()
            aria-busy=move || busy.get().to_string()
        >
            <td role="cell" class="trigger-rank">
                <div class="trigger-place">
                    <span class="trigger-number">{rank}</span>
                    {move || movable.get().then(|| view! { <Grip id=id.clone() name=called rank busy/> })}
                </div>
            </td>
            <td role="cell" class="trigger-main">
                <a
                    class="trigger-name"
                    dir="auto"
                    href=address
                    data-trigger=link
                >
                    {name}
                </a>
                {move || row.get().and_then(reason)}
            </td>
            <td role="cell" class="trigger-state">
                {move || row.with(|row| row.as_ref().map(|row| state(row, unsaved.get())))}
            </td>
            {across.then(|| view! { <td role="cell" class="trigger-site" dir="auto">{of_site}</td> })}
            {move || row.with(|row| row.as_ref().map(figures))}
            <td role="cell" class="trigger-updated">
                {move || row.get().map(|row| view! {
                    <time title=time::full(row.updated_at)>
                        {move || time::short_ago(row.updated_at, desk.minute.get())}
                    </time>
                })}
            </td>
            <td role="cell" class="trigger-menu">
                {move || writable.get().then(|| view! { <Menu label offered busy choose/> })}
            </td>
        </tr>
    }
}

/// What a row is to a trigger that is being dragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Itself,
    Below,
    Above,
}

impl Part {
    fn of(drag: &Drag, id: &TriggerId) -> Option<Self> {
        match &drag.to {
            _ if drag.id == *id => Some(Self::Itself),
            Some(Beside::Before(row)) if row == id => Some(Self::Below),
            Some(Beside::After(row)) if row == id => Some(Self::Above),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Itself => "itself",
            Self::Below => "below",
            Self::Above => "above",
        }
    }
}

/// What a trigger in error lacks, in the server's words.
fn reason(row: TriggerRow) -> Option<impl IntoView> {
    let reason = row.reason?;
    Some(view! {
        <p class="trigger-reason"><Icon of=Symbol::Alert/><span>{reason}</span></p>
    })
}

fn state(row: &TriggerRow, unsaved: bool) -> impl IntoView + use<> {
    let changed = row.edited && row.status != TriggerStatus::Draft && row.version.is_some();
    let more = if unsaved {
        Some(text("editor.unsaved"))
    } else {
        changed.then(|| text("triggers.changed"))
    };
    view! {
        <span class=status_class(row.status)>{status_name(row.status)}</span>
        {more.map(|more| view! { <span class="trigger-changed">{more}</span> })}
    }
}

fn figures(row: &TriggerRow) -> impl IntoView + use<> {
    let people = row.people;
    let sent = people.sent;
    let figure = |label: String, count: u64, of: Option<u64>| {
        view! {
            <td role="cell" class="trigger-figure">
                <span class="trigger-label" aria-hidden="true">{label}</span>
                <Figure count of/>
            </td>
        }
    };
    view! {
        {figure(text("triggers.sent"), sent, None)}
        {figure(text("triggers.opened"), people.opened, Some(sent))}
        {figure(text("triggers.replied"), people.replied, Some(sent))}
        {figure(text("triggers.goal"), people.goal, Some(sent))}
    }
}
