//! The loader's `link`, as far as this module knows it. What each member means
//! stands at the top of the loader.

use js_sys::{Array, Function, Object, Promise, Reflect};
use saluda_protocol::{Millis, TriggerId};
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
    pub(crate) fn label(this: &Link) -> Option<String>;

    /// What the owner says otherwise, by the names of our sentences.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn words(this: &Link) -> JsValue;

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

    /// Not there before the other module decides about greetings.
    #[wasm_bindgen(method, getter)]
    fn rules(this: &Link) -> Option<Rules>;

    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_chat(this: &Link, chat: Remote);

    #[wasm_bindgen(method, js_name = emit)]
    fn emit_value(this: &Link, name: &str, detail: &JsValue);

    #[wasm_bindgen(method)]
    pub(crate) fn fail(this: &Link, error: &JsValue);

    /// The page's title, while another stands in its place.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn title(this: &Link) -> Option<String>;

    #[wasm_bindgen(method)]
    pub(crate) fn bring(this: &Link, file: &str);

    /// Not there while this tab has a socket of its own.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn dial(this: &Link) -> Option<Function>;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn claims(this: &Link) -> Option<String>;

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
    pub(crate) fn visits(this: &Memory) -> u32;

    #[wasm_bindgen(method)]
    pub(crate) fn consent(this: &Memory, word: &str);

    /// What decides about greetings.
    type Rules;

    #[wasm_bindgen(method, js_name = tell)]
    fn tell_fact(this: &Rules, what: &str, value: bool);

    #[wasm_bindgen(method)]
    fn messages(this: &Rules, count: u32, last_at: f64);

    #[wasm_bindgen(method, js_name = react)]
    fn note_reaction(this: &Rules, trigger: &str, what: &str);

    #[wasm_bindgen(method, js_name = clicked)]
    fn note_click(this: &Rules, trigger: &str, button: usize);
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

    /// Tells the rules something they cannot see by themselves.
    ///
    /// They may answer at once, with a greeting to show: nothing of ours may be
    /// borrowed meanwhile.
    pub(crate) fn tell(&self, what: &str, value: bool) {
        if let Some(rules) = self.rules() {
            rules.tell_fact(what, value);
        }
    }

    /// Tells the rules what there was in the conversation before this page.
    pub(crate) fn tell_before(&self, count: u32, last_at: Millis) {
        if let Some(rules) = self.rules() {
            #[expect(
                clippy::cast_precision_loss,
                reason = "exact below 2^53, which no instant here reaches"
            )]
            rules.messages(count, last_at.0 as f64);
        }
    }

    /// Tells the rules what the visitor did with a greeting.
    pub(crate) fn react(&self, trigger: &TriggerId, what: &str) {
        if let Some(rules) = self.rules() {
            rules.note_reaction(trigger.as_str(), what);
        }
    }

    /// Tells the rules that a call to action was followed.
    pub(crate) fn clicked(&self, trigger: &TriggerId, button: usize) {
        if let Some(rules) = self.rules() {
            rules.note_click(trigger.as_str(), button);
        }
    }
}
