//! The grip of a row, which puts its trigger before others or after them: by
//! dragging, by the arrow keys, or from a menu for whoever can do neither.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use saluda_client::socket::Listener;
use saluda_protocol::TriggerId;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, MouseEvent};

use super::actions::Action;
use super::menu::Menu;
use super::priority::{self, Beside, Drag, STEPS, Step};
use crate::icons::Symbol;
use crate::state::{Desk, use_desk};
use crate::texts::text_with;

/// A press that moves less than this is a click.
const SLIP_PX: i32 = 4;
/// So near to the edge of the list, it is scrolled.
const EDGE_PX: f64 = 48.0;
/// By so much for each move of the pointer.
const SCROLL_PX: f64 = 16.0;

/// What listens from the press of a grip until it is let go.
type Ears = StoredValue<Option<[Listener; 4]>, LocalStorage>;

/// The grip of a row.
#[component]
pub(crate) fn Grip(
    /// Which trigger.
    id: TriggerId,
    /// What it is called.
    #[prop(into)]
    name: Signal<String>,
    /// Which one it is, from 1.
    rank: Memo<usize>,
    /// Whether something is being done with it already.
    busy: Memo<bool>,
) -> impl IntoView {
    let desk = use_desk();
    let studio = desk.studio;
    let ears: Ears = StoredValue::new_local(None);
    let dragged = StoredValue::new(false);
    let label = Signal::derive(move || {
        let count = desk.with_list(|list| list.all().len());
        text_with(
            "triggers.grip",
            &[
                ("name", &name.get()),
                ("number", &rank.get().to_string()),
                ("count", &count.to_string()),
            ],
        )
    });
    let step = {
        let id = id.clone();
        move |step| desk.step_trigger(&id, step)
    };
    let by_menu = {
        let step = step.clone();
        Callback::new(move |action| {
            if let Action::Move(to) = action {
                step(to);
            }
        })
    };
    // Before the menu's own button, which the arrows would open.
    let by_key = move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowUp" => Step::Up,
            "ArrowDown" => Step::Down,
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return,
        };
        if is_in_menu(&event) {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        step(to);
    };
    let press = {
        let id = id.clone();
        move |event: PointerEvent| {
            dragged.set_value(false);
            if event.button() == 0 && !is_in_menu(&event) {
                ears.set_value(Some(listen(desk, &id, event.client_y(), ears, dragged)));
            }
        }
    };
    // Whatever was dragged was not clicked.
    let click = move |event: MouseEvent| {
        if dragged.get_value() {
            event.stop_propagation();
        }
    };
    let word = id.to_string();
    on_cleanup(move || {
        studio.drag.try_update(|drag| {
            drag.take_if(|drag| drag.id == id);
        });
    });
    view! {
        <div
            class="grip"
            data-grip=word
            on:keydown:capture=by_key
            on:pointerdown=press
            on:click:capture=click
        >
            <Menu
                label
                offered=Signal::stored(STEPS.map(Action::Move).to_vec())
                busy
                choose=by_menu
                symbol=Symbol::Grip
            />
        </div>
    }
}

fn is_in_menu(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| it.closest("[role=menu]").is_ok_and(|it| it.is_some()))
}

/// Follows the pointer from the press of a grip on.
fn listen(
    desk: Desk,
    id: &TriggerId,
    from_y: i32,
    ears: Ears,
    dragged: StoredValue<bool>,
) -> [Listener; 4] {
    let drag = desk.studio.drag;
    let end = move |drop: bool| {
        let ended = drag.try_update(Option::take).flatten();
        if drop && let Some(Drag { id, to: Some(to) }) = ended {
            desk.place_trigger(&id, &to);
        }
        // Not from within one of them.
        request_animation_frame(move || {
            ears.try_update_value(Option::take);
        });
    };
    let id = id.clone();
    let moves = move |event: MouseEvent| {
        if !dragged.get_value() && (event.client_y() - from_y).abs() < SLIP_PX {
            return;
        }
        dragged.set_value(true);
        let y = f64::from(event.client_y());
        scroll(y);
        let now = Some(Drag {
            id: id.clone(),
            to: place_at(desk, &id, y),
        });
        if drag.with_untracked(|before| *before != now) {
            drag.set(now);
        }
    };
    let window = window();
    [
        Listener::new(&window, "pointermove", moves),
        Listener::new(&window, "pointerup", move |_: MouseEvent| end(true)),
        Listener::new(&window, "pointercancel", move |_: MouseEvent| end(false)),
        Listener::new(&window, "keydown", move |event: KeyboardEvent| {
            if event.key() == "Escape" && drag.with_untracked(Option::is_some) {
                event.prevent_default();
                end(false);
            }
        }),
    ]
}

/// Where a trigger is put if it is let go at this height; nothing where it is.
fn place_at(desk: Desk, id: &TriggerId, y: f64) -> Option<Beside> {
    let rows = document().query_selector_all(".trigger[data-row]").ok()?;
    let rows: Vec<(TriggerId, f64)> = (0..rows.length())
        .filter_map(|at| {
            let row: Element = rows.item(at)?.dyn_into().ok()?;
            let id = row.get_attribute("data-row")?.parse().ok()?;
            let edges = row.get_bounding_client_rect();
            Some((id, f64::midpoint(edges.top(), edges.bottom())))
        })
        .collect();
    let below = rows.iter().find(|(_, middle)| y < *middle);
    let to = match below {
        Some((below, _)) => Beside::Before(below.clone()),
        None => Beside::After(rows.last()?.0.clone()),
    };
    let ranked = untrack(|| desk.ranked());
    priority::moved(&ranked, id, &to).map(|_| to)
}

/// Lets what is out of sight come near.
fn scroll(y: f64) {
    let Ok(Some(list)) = document().query_selector(".studio-body") else {
        return;
    };
    let edges = list.get_bounding_client_rect();
    if y < edges.top() + EDGE_PX {
        list.scroll_by_with_x_and_y(0.0, -SCROLL_PX);
    } else if y > edges.bottom() - EDGE_PX {
        list.scroll_by_with_x_and_y(0.0, SCROLL_PX);
    }
}
