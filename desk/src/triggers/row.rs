//! One trigger in the list.

use leptos::prelude::*;
use saluda_protocol::TriggerId;
use saluda_protocol::studio::{TriggerRow, TriggerStatus};

use super::actions::{self, status_class, status_name};
use super::figures::Figure;
use super::grip::Grip;
use super::menu::Menu;
use super::order::Order;
use super::priority::{Beside, Drag};
use crate::icons::{Icon, Symbol};
use crate::route::Place;
use crate::state::use_desk;
use crate::texts::{text, text_with};
use crate::time;

/// One trigger in the list.
#[component]
pub(crate) fn Row(id: TriggerId) -> impl IntoView {
    let desk = use_desk();
    let studio = desk.studio;
    let row = {
        let id = id.clone();
        Memo::new(move |_| studio.rows.with(|rows| rows.get(&id).cloned()))
    };
    let (place, trigger) = (Place::Trigger(id.clone()), id.to_string());
    let link = trigger.clone();
    let unsaved = {
        let id = id.clone();
        Memo::new(move |_| {
            let Some(membership) = desk.membership() else {
                return false;
            };
            let of = (membership.key, Some(id.clone()));
            studio.drafts.with(|drafts| drafts.contains_key(&of))
        })
    };
    let busy = {
        let id = id.clone();
        Memo::new(move |_| studio.busy.with(|busy| busy.contains(&id)))
    };
    let rank = {
        let id = id.clone();
        let place = move |ranked: &Vec<TriggerId>| ranked.iter().position(|it| *it == id);
        Memo::new(move |_| studio.ranked.with(&place).map_or(0, |rank| rank + 1))
    };
    let movable = Memo::new(move |_| desk.may_write() && studio.order.with(Order::is_by_priority));
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
            desk.choose(&row, action);
        }
    });
    view! {
        <tr
            role="row"
            class="trigger"
            data-drag=move || part.get().map(Part::word)
            data-row=trigger
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
                    href=place.address()
                    data-trigger=link
                >
                    {name}
                </a>
                {move || row.get().and_then(reason)}
            </td>
            <td role="cell" class="trigger-state">
                {move || row.with(|row| row.as_ref().map(|row| state(row, unsaved.get())))}
            </td>
            {move || row.with(|row| row.as_ref().map(figures))}
            <td role="cell" class="trigger-updated">
                {move || row.get().map(|row| view! {
                    <time title=time::full(row.updated_at)>
                        {move || time::short_ago(row.updated_at, desk.minute.get())}
                    </time>
                })}
            </td>
            <td role="cell" class="trigger-menu">
                {move || desk.may_write().then(|| view! { <Menu label offered busy choose/> })}
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
