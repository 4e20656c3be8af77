//! The order in which triggers go first, changed in the list.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::window;
use saluda_desk::{Answer, Ask};
use saluda_protocol::agent::Role;
use saluda_protocol::studio::{Ranked, TriggerOrder, TriggerRow, TriggerStatus, WantedOrder};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{EventTarget, HtmlElement, MouseEvent, MouseEventInit};

use crate::page::{Page, focused, press, until};
use crate::server::Server;
use crate::studio::{answered, listed, refused, row};

/// The triggers of a server that puts them in order as it is asked to.
#[derive(Clone)]
struct Kept(Rc<RefCell<Vec<TriggerRow>>>);

impl Kept {
    fn new(ids: &[&str]) -> Self {
        let rows = ids.iter().zip((0..).step_by(10)).map(|(id, below)| {
            let mut row = row(id, TriggerStatus::Live);
            row.priority = -below;
            row
        });
        Self(Rc::new(RefCell::new(rows.collect())))
    }

    fn answer(&self, ask: &Ask) -> Answer {
        if ask.method == "GET" {
            return listed(&self.0.borrow(), None);
        }
        assert_eq!(ask.path, "/api/sites/demo/order");
        let wanted: WantedOrder = serde_json::from_str(ask.body.as_deref().unwrap()).unwrap();
        let mut rows = self.0.borrow_mut();
        let mut order = Vec::new();
        for (placed, priority) in wanted.order.iter().zip((0..1000).rev()) {
            let row = rows.iter_mut().find(|row| row.id == placed.id).unwrap();
            if row.revision != placed.revision {
                return refused(412, "conflict");
            }
            (row.priority, row.revision) = (priority, row.revision + 1);
            order.push(Ranked {
                id: row.id.clone(),
                priority,
                status: row.status,
                version: row.version,
                revision: row.revision,
            });
        }
        answered(
            200,
            &serde_json::to_string(&TriggerOrder { order }).unwrap(),
        )
    }

    fn ids(&self) -> Vec<String> {
        let mut rows = self.0.borrow().clone();
        rows.sort_by_key(|row| -row.priority);
        rows.iter().map(|row| row.id.to_string()).collect()
    }
}

fn shown(page: &Page) -> Vec<String> {
    let rows = page.all("[data-trigger]");
    rows.iter().filter_map(|row| row.text_content()).collect()
}

/// The list of three triggers, in the order in which they go first.
async fn by_priority(server: &Server) -> (Page, Kept) {
    let kept = Kept::new(&["cart", "help", "away"]);
    let answers = kept.clone();
    server.answer(move |ask| Some(answers.answer(ask)));
    let page = Page::at(server, "/desk/triggers");
    server.welcome();
    until("the list is there", || shown(&page).len() == 3).await;
    assert!(!page.has("button", "Move cart, number 1 of 3"));
    page.find("button", "Priority").click();
    until("the first goes first", || {
        shown(&page) == ["cart", "help", "away"]
    })
    .await;
    (page, kept)
}

#[wasm_bindgen_test]
async fn arrows_put_a_trigger_in_another_place_and_keep_the_focus() {
    let server = Server::new();
    let (page, kept) = by_priority(&server).await;
    let grip = page.find("button", "Move away, number 3 of 3");
    grip.focus().unwrap();
    server.hold(true);
    press(&grip, "ArrowUp");
    until("it is shown at once", || {
        shown(&page) == ["cart", "away", "help"]
    })
    .await;
    until("it has the focus", || {
        focused() == "Move away, number 2 of 3"
    })
    .await;
    assert!(page.says("status", "“away” is number 2 of 3 now"));
    // Before the server has answered.
    press(&page.find("button", "Move away, number 2 of 3"), "Home");
    until("it is the first", || shown(&page)[0] == "away").await;
    assert_eq!(kept.ids(), ["cart", "help", "away"], "nothing was sent yet");
    server.hold(false);
    until("the server has both moves", || {
        kept.ids() == ["away", "cart", "help"]
    })
    .await;
    until("all is told", || {
        server.asked().last().unwrap() == "GET /api/sites/demo/triggers"
    })
    .await;
    assert_eq!(shown(&page), ["away", "cart", "help"]);
    assert!(page.text("alert").is_empty());
}

fn point(at: &EventTarget, kind: &str, y: i32) {
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_client_y(y);
    let event = MouseEvent::new_with_mouse_event_init_dict(kind, &init).unwrap();
    at.dispatch_event(&event).unwrap();
}

fn middle(element: &HtmlElement) -> i32 {
    let edges = element.get_bounding_client_rect();
    #[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
    let middle = f64::midpoint(edges.top(), edges.bottom()) as i32;
    middle
}

#[wasm_bindgen_test]
async fn a_trigger_is_dragged_before_another_one() {
    let server = Server::new();
    let (page, kept) = by_priority(&server).await;
    let rows = page.all("[data-row]");
    let grip = page.find("button", "Move away, number 3 of 3");
    point(&grip, "pointerdown", middle(&rows[2]));
    point(&window(), "pointermove", middle(&rows[0]) - 2);
    until("its place is shown", || {
        !page.all("[data-row=cart][data-drag=below]").is_empty()
    })
    .await;
    // Escape leaves everything as it was.
    press(&grip, "Escape");
    point(&window(), "pointerup", middle(&rows[0]) - 2);
    until("nothing is dragged", || page.all("[data-drag]").is_empty()).await;
    assert_eq!(shown(&page), ["cart", "help", "away"]);

    point(&grip, "pointerdown", middle(&rows[2]));
    point(&window(), "pointermove", middle(&rows[1]) - 2);
    point(&window(), "pointerup", middle(&rows[1]) - 2);
    grip.click();
    until("it is there", || shown(&page) == ["cart", "away", "help"]).await;
    until("the server has it", || {
        kept.ids() == ["cart", "away", "help"]
    })
    .await;
    assert!(!page.has("menuitem", "Move up"), "a drag is no click");
}

#[wasm_bindgen_test]
async fn a_menu_moves_for_whoever_cannot_drag() {
    let server = Server::new();
    let (page, kept) = by_priority(&server).await;
    page.find("button", "Move cart, number 1 of 3").click();
    until("the menu is open", || focused() == "Move to the top").await;
    page.find("menuitem", "Move to the bottom").click();
    until("the server has it", || {
        kept.ids() == ["help", "away", "cart"]
    })
    .await;
    assert_eq!(shown(&page), ["help", "away", "cart"]);
}

#[wasm_bindgen_test]
async fn an_order_that_is_refused_is_taken_back() {
    let server = Server::new();
    let (page, kept) = by_priority(&server).await;
    // Someone else saves one of them.
    kept.0.borrow_mut()[1].revision = 9;
    press(&page.find("button", "Move cart, number 1 of 3"), "End");
    until("it says so", || {
        page.says("alert", "the order stays as it was")
    })
    .await;
    assert_eq!(shown(&page), ["cart", "help", "away"]);
    assert_eq!(kept.ids(), ["cart", "help", "away"]);
}

#[wasm_bindgen_test]
async fn who_looks_on_moves_nothing() {
    let server = Server::new();
    let (page, _) = by_priority(&server).await;
    server.welcome_as(Role::Agent);
    until("there are no grips", || page.all("[data-grip]").is_empty()).await;
    assert_eq!(shown(&page), ["cart", "help", "away"]);
}
