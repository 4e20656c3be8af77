//! Waits for what the chat does, and presses its buttons once they are there.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/tests/page.js")]
extern "C" {
    #[wasm_bindgen(js_name = press)]
    fn click(name: &str);
    fn has_button(name: &str) -> bool;
    fn pause() -> js_sys::Promise;
}

/// Waits for a condition, and names it if it does not come.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..300 {
        if holds() {
            return;
        }
        JsFuture::from(pause()).await.expect("a timer");
    }
    panic!("waited in vain: {what}");
}

/// Presses a button as soon as it is there.
pub(crate) async fn press(name: &str) {
    until(name, || has_button(name)).await;
    click(name);
}
