//! Where the log stands: at its end while the visitor is there, and where they
//! left it while they read something older.

use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{HtmlElement, ResizeObserver};

use crate::chat::Chat;

/// Nearer to the end than this is at the end.
const NEAR_END_PX: i32 = 32;
/// Nearer to the beginning than this, older messages are loaded.
const NEAR_BEGINNING_PX: i32 = 120;

/// Keeps the place until it is dropped.
pub(crate) struct Follower {
    observer: ResizeObserver,
    _keep_place: Closure<dyn FnMut()>,
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Keeps the place whenever the scroller or what is in it changes its height,
/// whatever the reason: a message, the keyboard of a phone, a line of typing.
pub(crate) fn follow(chat: Chat) -> Option<Follower> {
    let scroller: HtmlElement = chat.element("scroller")?;
    let content: HtmlElement = chat.element("content")?;
    let keep_place = Closure::<dyn FnMut()>::new({
        let scroller = scroller.clone();
        let mut last_height = 0;
        move || {
            let Some(core) = chat.core() else { return };
            let height = scroller.scroll_height();
            let grown = height - last_height;
            last_height = height;
            if chat.now(|shown| shown.at_end) {
                scroller.set_scroll_top(height);
            } else if core.prepended.take() {
                scroller.set_scroll_top(scroller.scroll_top() + grown);
            }
        }
    });
    let observer = ResizeObserver::new(keep_place.as_ref().unchecked_ref()).ok()?;
    observer.observe(&scroller);
    observer.observe(&content);
    Some(Follower {
        observer,
        _keep_place: keep_place,
    })
}

/// Takes note of where the visitor scrolled to.
pub(crate) fn moved(chat: Chat) {
    let Some(scroller) = chat.element::<HtmlElement>("scroller") else {
        return;
    };
    let top = scroller.scroll_top();
    let below = scroller.scroll_height() - scroller.client_height() - top;
    let Some(core) = chat.core() else { return };
    // Only going up leaves the end. This may also be word of how we went there,
    // come after the log has grown again.
    let went_up = top < core.scroll_top.replace(top);
    chat.show(|shown| shown.at_end = below < NEAR_END_PX || (shown.at_end && !went_up));
    chat.see();
    if top < NEAR_BEGINNING_PX {
        chat.load_older();
    }
}

/// Goes to the end.
pub(crate) fn to_end(chat: Chat) {
    if let Some(scroller) = chat.element::<HtmlElement>("scroller") {
        scroller.set_scroll_top(scroller.scroll_height());
    }
    chat.show(|shown| shown.at_end = true);
    chat.see();
    chat.focus_soon();
}
