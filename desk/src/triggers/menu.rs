//! The menu of a row: what can be done with its trigger.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::{Button, Div};
use leptos::prelude::*;
use saluda_client::socket::Listener;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlElement, Node};

use super::actions::Action;
use crate::icons::{Icon, Symbol};

/// Room that the menu keeps to the edge of the window.
const EDGE_PX: f64 = 8.0;

/// A button, and the menu it opens.
#[component]
pub(crate) fn Menu(
    /// What the button is called.
    #[prop(into)]
    label: Signal<String>,
    /// What it offers.
    #[prop(into)]
    offered: Signal<Vec<Action>>,
    /// Whether something is being done already.
    busy: Memo<bool>,
    /// Called with what was chosen.
    choose: Callback<Action>,
    /// The sign of the button.
    #[prop(default = Symbol::More)]
    symbol: Symbol,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let button = NodeRef::<Button>::new();
    let menu = NodeRef::<Div>::new();
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            // Fails only for an element that is gone.
            let _ = button.focus();
        }
    };
    Effect::new(move |_| {
        if let (Some(button), Some(menu)) = (button.get(), menu.get()) {
            place(&button, &menu);
            focus_item(&menu, 0);
        }
    });
    let keys = move |event: KeyboardEvent| {
        let Some(menu) = menu.get_untracked() else {
            return;
        };
        let count = items(&menu).len();
        let at = focused(&menu).unwrap_or_default();
        match event.key().as_str() {
            "ArrowDown" => focus_item(&menu, (at + 1) % count),
            "ArrowUp" => focus_item(&menu, (at + count - 1) % count),
            "Home" => focus_item(&menu, 0),
            "End" => focus_item(&menu, count - 1),
            "Escape" => close(),
            "Tab" => {
                open.set(false);
                return;
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let left = move |event: FocusEvent| {
        let to = event.related_target();
        let to = to.and_then(|to| to.dyn_into::<Node>().ok());
        let inside = menu
            .get_untracked()
            .is_some_and(|menu| to.is_some_and(|to| menu.contains(Some(&to))));
        if !inside {
            open.set(false);
        }
    };
    let opened = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp") && !open.get_untracked() {
            event.prevent_default();
            open.set(true);
        }
    };
    let item = move |action: Action| {
        let chosen = move |_| {
            close();
            choose.run(action);
        };
        view! {
            <button
                class="menu-item"
                class:grave=action == Action::Delete
                role="menuitem"
                tabindex="-1"
                on:click=chosen
            >
                {action.label()}
            </button>
        }
    };
    view! {
        <div class="menu-place">
            <button
                class="icon-button"
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                aria-disabled=move || busy.get().to_string()
                aria-label=label
                node_ref=button
                on:keydown=opened
                // The press would take the focus out of an open menu, and close
                // it before the click opens it again.
                on:mousedown=move |event| if open.get_untracked() { event.prevent_default() }
                on:click=move |_| if !busy.get_untracked() { open.update(|open| *open = !*open) }
            >
                <Icon of=symbol/>
            </button>
            {move || open.get().then(|| {
                // Its place is worked out once; what moves beneath it closes it.
                let go = move |_: Event| open.set(false);
                StoredValue::new_local([
                    Listener::new(&window(), "resize", go),
                    Listener::new(&window(), "blur", go),
                ]);
                view! {
                    <div class="menu" role="menu" aria-label=label node_ref=menu on:keydown=keys on:focusout=left>
                        {offered.get_untracked().into_iter().map(item).collect_view()}
                    </div>
                }
            })}
        </div>
    }
}

/// Below the button where there is room, else above; never out of the window.
fn place(button: &HtmlElement, menu: &HtmlElement) {
    let size = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|it| it.as_f64()).unwrap_or_default()
    };
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    let (from, own) = (
        button.get_bounding_client_rect(),
        menu.get_bounding_client_rect(),
    );
    let below = from.bottom() + 4.0;
    let y = if below + own.height() + EDGE_PX <= height {
        below
    } else {
        from.top() - own.height() - 4.0
    };
    let right_to_left = document()
        .document_element()
        .and_then(|page| window().get_computed_style(&page).ok().flatten())
        .is_some_and(|style| {
            style
                .get_property_value("direction")
                .is_ok_and(|it| it == "rtl")
        });
    let x = if right_to_left {
        from.left()
    } else {
        from.right() - own.width()
    };
    let x = x.min(width - own.width() - EDGE_PX).max(EDGE_PX);
    for (name, value) in [("left", x), ("top", y.max(EDGE_PX))] {
        // Refused only for a name that is no property.
        let _ = menu.style().set_property(name, &format!("{value}px"));
    }
}

fn items(menu: &HtmlElement) -> Vec<HtmlElement> {
    let children = menu.children();
    (0..children.length())
        .filter_map(|at| children.item(at)?.dyn_into().ok())
        .collect()
}

fn focused(menu: &HtmlElement) -> Option<usize> {
    let active = document().active_element()?;
    items(menu)
        .iter()
        .position(|item| active.is_same_node(Some(item)))
}

fn focus_item(menu: &HtmlElement, at: usize) {
    if let Some(item) = items(menu).get(at) {
        let _ = item.focus();
    }
}
