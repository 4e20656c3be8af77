//! The loader's `link`, as far as this module knows it. What each member means
//! stands at the top of the loader.

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ShadowRoot};

use crate::Remote;

#[wasm_bindgen]
extern "C" {
    /// The one object that the parts in a page share.
    #[derive(Clone)]
    pub type Link;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn origin(this: &Link) -> String;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn site(this: &Link) -> String;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn config(this: &Link) -> JsValue;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn locale(this: &Link) -> String;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn texts(this: &Link) -> Promise;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn host(this: &Link) -> HtmlElement;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn root(this: &Link) -> ShadowRoot;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn launcher(this: &Link) -> HtmlElement;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn memory(this: &Link) -> Memory;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn bye(this: &Link) -> Array;

    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_chat(this: &Link, chat: Remote);

    #[wasm_bindgen(method, js_name = emit)]
    fn emit_value(this: &Link, name: &str, detail: &JsValue);

    #[wasm_bindgen(method)]
    pub(crate) fn fail(this: &Link, error: &JsValue);

    /// What the other module keeps for us.
    pub type Memory;

    #[wasm_bindgen(method)]
    pub(crate) fn credentials(this: &Memory) -> Option<String>;

    #[wasm_bindgen(method)]
    pub(crate) fn keep(this: &Memory, credentials: &str);

    #[wasm_bindgen(method)]
    pub(crate) fn recall(this: &Memory, key: &str) -> Option<String>;

    #[wasm_bindgen(method)]
    pub(crate) fn remember(this: &Memory, key: &str, value: &str);

    #[wasm_bindgen(method)]
    pub(crate) fn forget(this: &Memory, key: &str);

    #[wasm_bindgen(method)]
    pub(crate) fn visit(this: &Memory) -> String;

    #[wasm_bindgen(method)]
    pub(crate) fn consent(this: &Memory, word: &str);
}

impl Link {
    /// Tells the page that something happened. Never what was said.
    pub(crate) fn emit(&self, name: &str, detail: &[(&str, JsValue)]) {
        let object = Object::new();
        for (key, value) in detail {
            let _ = Reflect::set(&object, &JsValue::from_str(key), value);
        }
        self.emit_value(name, &object);
    }
}
