//! What happens when this module cannot go on.

use std::cell::RefCell;

use wasm_bindgen::JsValue;

use crate::Link;

thread_local! {
    static LINK: RefCell<Option<Link>> = const { RefCell::new(None) };
}

/// Tells the loader of the first panic. A module that panicked is in no state
/// to be called again, so there is no second one to tell of.
pub(crate) fn report_to(link: Link) {
    LINK.set(Some(link));
    std::panic::set_hook(Box::new(|panic| {
        let link = LINK.take();
        if let Some(link) = link {
            link.fail(&JsValue::from_str(&panic.to_string()));
        }
    }));
}
