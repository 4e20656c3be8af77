//! The loader's `link`, as far as this module knows it. What each member means
//! stands at the top of the loader.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::{Memory, clock};

#[wasm_bindgen]
extern "C" {
    /// The one object that the parts in a page share.
    #[derive(Clone)]
    pub type Link;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn consent(this: &Link) -> String;

    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_memory(this: &Link, memory: Memory);

    #[wasm_bindgen(method, getter)]
    fn bye(this: &Link) -> Array;

    #[wasm_bindgen(method)]
    pub(crate) fn need(this: &Link) -> JsValue;

    #[wasm_bindgen(method)]
    pub(crate) fn fail(this: &Link, error: &JsValue);
}

/// Lets the visit go on while its page is looked at, until the loader says bye.
pub(crate) fn watch_visibility(link: &Link, memory: &Memory) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let watched = document.clone();
    let memory = memory.clone();
    let callback = Closure::<dyn FnMut()>::new(move || {
        if watched.visibility_state() == web_sys::VisibilityState::Visible {
            memory.come_back(clock::now());
        } else {
            memory.stay(clock::now());
        }
    });
    let kind = "visibilitychange";
    let _ = document.add_event_listener_with_callback(kind, callback.as_ref().unchecked_ref());
    let bye = Closure::once_into_js(move || {
        let _ =
            document.remove_event_listener_with_callback(kind, callback.as_ref().unchecked_ref());
    });
    link.bye().push(&bye);
}
